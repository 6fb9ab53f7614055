"""Claims that the facts contradict."""
