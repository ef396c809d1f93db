"""How the deadline moves, and what people are told of it: reminders before it, and the news that it changed."""
