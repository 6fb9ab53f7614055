"""Afterword: what a team says after an incident, and how it keeps its word."""

__version__ = "0.1.0"
