"""Outward texts before they leave: numbered revisions, findings overridden, reviews.

A review is bound to the hash of a revision and the version of the record; a change to either
voids it. The author of a revision never approves it.
"""
