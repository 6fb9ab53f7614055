"""An invented company with eighteen months of history, for a first look."""
