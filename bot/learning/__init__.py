"""What the bot was not taught, in groups of like questions, and the matcher that answers at this moment."""
