"""The people who work here and what each may do. Knows nothing of incidents or texts."""
