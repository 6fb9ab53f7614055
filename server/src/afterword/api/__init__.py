"""What programs may do with a token of the desk. Parses, calls one verb, answers in JSON."""
