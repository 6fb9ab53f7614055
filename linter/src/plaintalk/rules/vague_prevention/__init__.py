"""Intentions offered in place of changes."""
