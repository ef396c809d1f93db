"""Announcements: as staff write them, as they go out a copy a person, and what came of them."""
