"""What one applicant was told is told to all: questions and answers of the office, published."""
