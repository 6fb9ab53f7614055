"""The condition of the index over letters that are still to be sent, word for word.

SQLite reads an index over part of a table only where its condition stands in the statement itself.
With the states handed over beside the statement, it looks at every letter there ever was.
"""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

READY = RawSQL("postbox_letter.state IN ('waiting', 'claimed')", (), output_field=BooleanField())
"""Waiting or claimed, due or not: the letters in the index ``letters_ready``."""
