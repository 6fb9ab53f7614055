"""Tries that an older version wrote learn the key by which their letters are found."""

from django.db import connection, transaction

from afterword.postbox.message_ids import KEY_OF_LETTER, only_tried_are_known
from afterword.postbox.models import Attempt

_AT_A_TIME = 10_000


def key_tries() -> int:
    """Give the tries without a key the one of their letter's Message-ID; return how many.

    In small steps, each a transaction, found by an index that is empty otherwise. Tries whose
    letter is gone are of nobody and get one of their own, so that they are not found again.
    """
    if not only_tried_are_known():
        return 0
    keyed = 0
    without = Attempt.objects.filter(message_key=None).order_by("pk")
    while ids := list(without.values_list("pk", flat=True)[:_AT_A_TIME]):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE postbox_attempt SET message_key = coalesce((SELECT "  # noqa: S608
                f"{KEY_OF_LETTER} FROM postbox_letter "
                "WHERE postbox_letter.id = postbox_attempt.letter_id), 0) WHERE id = ANY(%s)",
                [ids],
            )
        keyed += len(ids)
    return keyed
