"""The only writers of statements: drafting, reviewing, overriding, and the mark of publication."""

from afterword.statements.actions.correcting import start_correction
from afterword.statements.actions.drafting import save_revision, start
from afterword.statements.actions.leaving import mark_published
from afterword.statements.actions.overriding import confirm_override, override
from afterword.statements.actions.reviewing import approve, ask_changes, ask_review

__all__ = [
    "approve",
    "ask_changes",
    "ask_review",
    "confirm_override",
    "mark_published",
    "override",
    "save_revision",
    "start",
    "start_correction",
]
