"""The only writers of statements: drafting, reviewing, overriding, and the mark of publication."""

from afterword.statements.actions.bypassing import begin_bypass, read_afterwards
from afterword.statements.actions.commenting import comment, settle
from afterword.statements.actions.correcting import start_correction
from afterword.statements.actions.drafting import save_revision, start
from afterword.statements.actions.leaving import mark_published
from afterword.statements.actions.overriding import confirm_override, override
from afterword.statements.actions.reviewing import approve, ask_changes, ask_review
from afterword.statements.actions.translating import (
    approve_translation,
    ask_translation_changes,
    save_translation,
)

__all__ = [
    "approve",
    "approve_translation",
    "ask_changes",
    "ask_review",
    "ask_translation_changes",
    "begin_bypass",
    "comment",
    "confirm_override",
    "mark_published",
    "override",
    "read_afterwards",
    "save_revision",
    "save_translation",
    "settle",
    "start",
    "start_correction",
]
