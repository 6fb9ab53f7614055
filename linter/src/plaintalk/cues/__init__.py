"""Cues that a text says a certain thing: one judge for each element of coverage.

A judge gets a sentence that holds one of its trigger words and says `answered`, `partly` or None.
"""
