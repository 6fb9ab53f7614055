"""A fourth generator, written as a blind trial; see `shapes`."""
