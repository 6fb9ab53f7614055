"""Reminding the team by mail of what is owed next: a word, or a promise."""

from afterword.reminders.actions.promises_due import remind_of_promises
from afterword.reminders.actions.words_due import remind

__all__ = ("remind", "remind_of_promises")
