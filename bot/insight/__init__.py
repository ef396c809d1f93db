"""What was counted, put into pictures, words and tables."""
