"""Words that make the harm smaller than it was."""
