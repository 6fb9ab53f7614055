"""How fast the checker is, on what, and on the inputs that are hardest for it."""
