"""What lasts and keeps time: settings, store, inbox, outbox, reminders, and the ways in and out of Telegram."""
