"""What only the office may say to the bot."""
