"""Turns publications into a folder of finished files that stands without us.

Reads ``publishing``, ``components`` and ``audience``; never the rooms where texts are drafted.
"""
