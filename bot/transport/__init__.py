"""How bytes get in and out of Telegram: the only part of bot/ that knows its library."""
