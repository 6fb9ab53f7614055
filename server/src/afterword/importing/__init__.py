"""Histories from elsewhere: parse a foreign page, keep what is sound, report what is skipped."""
