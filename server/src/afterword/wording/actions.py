import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from afterword.kit.errors import BadInput
from afterword.wording.copied import run_digests
from afterword.wording.models import InternalRun, InternalText
from afterword.wording.named import Named, names_in, term_of

MAX_LENGTH = 500_000
# Characters of internal text that are searched for names: beyond it, checking takes seconds.
_SEARCHED = 120_000


def remember_internal_text(
    *, incident_ref: str, text: str, now: datetime, names: Iterable[Named] = ()
) -> None:
    """Replace the hashes of an incident's internal review by those of this text and these names.

    Keeps a fresh salt, the salted SHA-256 of each run of eight words, and those of the names given
    and of what looks like a secret, a machine, a ticket or an address; never the words. Called by
    the verb that saves the review, which asks who may and writes the audit entry. Raises BadInput
    over 500,000 characters.
    """
    if len(text) > MAX_LENGTH:
        raise BadInput(
            f"The review has {len(text):,} characters; the limit is {MAX_LENGTH:,}.",
            {"body": "too long"},
        )
    with transaction.atomic():
        InternalText.objects.filter(incident_ref=incident_ref).delete()
        salt = secrets.token_hex(16)
        named = [*names, *names_in(text[:_SEARCHED])]
        terms = {term for each in named if (term := term_of(each, salt)) is not None}
        kept = InternalText(
            incident_ref=incident_ref,
            salt=salt,
            updated_at=now,
            terms={digest: [kind, words] for kind, digest, words in sorted(terms)},
        )
        kept.save(force_insert=True)
        InternalRun.objects.bulk_create(
            (InternalRun(text=kept, digest=d) for d in sorted(set(run_digests(text, salt)))),
            batch_size=500,
        )
