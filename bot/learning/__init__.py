"""What the bot was not taught and comes to know: silences in groups, lessons of staff, a call folder that changed."""
