"""Equal treatment: what the office told one person becomes readable, and is told, to all."""
