"""Brings a history from another status page. Parsers here are pure; ``actions`` writes.

A parser never fails on an odd item: it skips it or mends it, and says where and why. Importing
never notifies anybody.
"""
