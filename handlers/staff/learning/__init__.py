"""What the bot learns from staff: phrasings, answers, entries."""
