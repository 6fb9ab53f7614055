"""The first generator."""
