"""Times that readers cannot place."""
