"""Django's SQLite, asking for the write lock often instead of rarely."""
