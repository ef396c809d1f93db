"""The deadline as it stands now, the reminders before it and the news that it moved."""
