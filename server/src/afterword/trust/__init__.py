"""Measures over time, each with its definition, its count and the list behind it. Reads only."""
