"""Reminding those who run incidents of the next word they owe, by mail."""

from datetime import datetime, timedelta

from django.conf import settings

from afterword.accounts.queries import people_who_may
from afterword.components.queries import every_page
from afterword.incidents.queries import WordDue, alarms
from afterword.postbox.actions import Addressed, post, write_message
from afterword.postbox.models import Stream
from afterword.postbox.words import Words, without_marks

# What nobody mailed about for a day is no news to anybody: the worker was off, or it is imported.
FORGOTTEN_AFTER = timedelta(days=1)


def remind(*, now: datetime) -> int:
    """Write to everybody who may run incidents about each word that is due; return how many words.

    A promised word is mailed about shortly before its time and once more when it was missed, any
    other once, when it is due. May be called as often as one likes and by several workers: the
    letters of a word are unique.
    """
    found = [
        word
        for page in every_page()
        for word in alarms(page, now)
        if now - word.due.at <= FORGOTTEN_AFTER
    ]
    for word in found:
        team = people_who_may("run_incident", page=word.incident.page_id)
        missed = word.due.at < now
        said = f"{word.newest.pk if word.newest else 0}:{'missed' if missed else 'soon'}"
        about = f"reminder:{word.incident.pk}:{said}"
        message = write_message(
            now=now, key=about, stream=Stream.TEAM, words=_words(word, missed=missed)
        )
        post(now=now, message=message, about=about, letters=[Addressed(p.email) for p in team])
    return len(found)


def _words(word: WordDue, *, missed: bool) -> Words:
    incident, at = word.incident, f"{word.due.at:%H:%M} UTC"
    title = without_marks(incident.title)
    if word.due.because == "promised":
        subject = f"{'Missed' if missed else 'Soon'}: the word promised by {at} on “{title}”"
        why = f"Readers were promised the next word by {at}."
    else:
        subject = f"The next word is due: “{title}”"
        why = _WHY[word.due.because].format(at=at)
    last = f" The last one came at {word.newest.display_at:%H:%M} UTC." if word.newest else ""
    where = f"{settings.PUBLIC_URL}/desk/incidents/{incident.public_id}/"
    text = (
        f"{why}{last} Saying that you know nothing new is a word too.\n\nPost an update: {where}\n"
    )
    return Words(
        subject=f"[{without_marks(incident.page.name)} desk] {subject}", text=text, html=""
    )


_WHY = {
    "monitoring": "It has been watched for an hour without a word. Resolve it, or say that you "
    "are still watching.",
    "silence": "Readers have waited since the last word, and nothing was promised them.",
    "end": "The planned work was to end by {at}.",
    "beginning": "The planned work was to begin at {at}.",
}
