"""The second generator: other companies, other ways with figures, other sentences."""
