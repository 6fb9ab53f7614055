import secrets
from datetime import datetime

from django.db import transaction

from afterword.kit.errors import BadInput
from afterword.wording.copied import run_digests
from afterword.wording.models import InternalRun, InternalText

MAX_LENGTH = 500_000


def remember_internal_text(*, incident_ref: str, text: str, now: datetime) -> None:
    """Replace the hashes of an incident's internal review by those of this text.

    Keeps a fresh salt and the salted SHA-256 of each run of eight words; never the words. Called
    by the verb that saves the review, which asks who may and writes the audit entry. Raises
    BadInput over 500,000 characters.
    """
    if len(text) > MAX_LENGTH:
        raise BadInput(
            f"The review has {len(text):,} characters; the limit is {MAX_LENGTH:,}.",
            {"body": "too long"},
        )
    with transaction.atomic():
        InternalText.objects.filter(incident_ref=incident_ref).delete()
        kept = InternalText(incident_ref=incident_ref, salt=secrets.token_hex(16), updated_at=now)
        kept.save(force_insert=True)
        InternalRun.objects.bulk_create(
            (InternalRun(text=kept, digest=d) for d in sorted(set(run_digests(text, kept.salt)))),
            batch_size=500,
        )
