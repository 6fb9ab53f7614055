from datetime import datetime

from afterword.postbox.models import Letter, LetterState, Stream


def count_about(about: str) -> int:
    """Return how many letters there are about a thing, in whatever state."""
    return Letter.objects.filter(about=about).count()


def counts_about(about: str) -> dict[str, int]:
    """Return the letters about a thing counted by state; every state is a key."""
    counted = {state.value: 0 for state in LetterState}
    for state in Letter.objects.filter(about=about).values_list("state", flat=True):
        counted[state] += 1
    return counted


def newest(limit: int) -> list[Letter]:
    """Return the newest letters with their messages, for the outbox page of the desk."""
    return list(Letter.objects.select_related("message").order_by("-pk")[:limit])


def count_to(recipient: str, stream: Stream, *, since: datetime) -> int:
    """Return how many letters of a stream were posted to the address since then."""
    return Letter.objects.filter(
        recipient=recipient, created_at__gt=since, message__stream=stream
    ).count()
