"""What is allowed and what is next: pure, from the state and the time that they are told."""
