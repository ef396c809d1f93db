"""Announcements: written, confirmed, followed, looked after."""
