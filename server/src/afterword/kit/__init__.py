"""The ground floor: clock, errors, ids, safe Markdown, time spans.

Owns no tables and knows no business words. Everything may import it; it imports no other room.
"""
