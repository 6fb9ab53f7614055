"""Promises that nobody can keep."""
