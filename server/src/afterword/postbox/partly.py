"""The conditions of indexes over a part of the letters, word for word.

SQLite reads an index over part of a table only where its condition stands in the statement itself.
With the states handed over beside the statement, it looks at every letter there ever was.
"""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

READY = RawSQL("postbox_letter.state IN ('waiting', 'claimed')", (), output_field=BooleanField())
"""Waiting or claimed, due or not: the letters in the index ``letters_ready``."""

AHEAD = RawSQL(
    "postbox_letter.lane IS NOT NULL AND postbox_letter.state IN ('waiting', 'claimed')",
    (),
    output_field=BooleanField(),
)
"""The same of those that leave before the rest: the index ``letters_ahead``."""

GIVEN_UP_BY_MACHINES = RawSQL(
    "postbox_letter.state = 'failed' AND NOT (postbox_letter.channel = 'email')",
    (),
    output_field=BooleanField(),
)
"""Messages to webhooks and chat that were given up: the index ``machines_given_up``."""

GIVEN_UP = RawSQL(
    "postbox_letter.channel = 'email' AND postbox_letter.state = 'failed'",
    (),
    output_field=BooleanField(),
)
"""Letters by mail that were given up: the index ``letters_given_up``."""
