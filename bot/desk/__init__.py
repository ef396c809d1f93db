"""The desk: questions that applicants put to a person, and what the office answers."""
