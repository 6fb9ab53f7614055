"""One module per client: what it is pointed at, and what it must say."""
