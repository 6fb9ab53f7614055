"""The words of letters, once per voice; and letters that tell of several things, taken apart."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from afterword.audience.links import unsubscribe_url, way_out_url
from afterword.audience.models import Channel, Subscriber
from afterword.fanout.amended import Voice, on_top, voice_in, what_is_amended, with_numbers
from afterword.fanout.composing import list_id_of, words_of
from afterword.fanout.machine_words import machine_words
from afterword.fanout.own_figures import lengths_in
from afterword.fanout.queries import about_of
from afterword.fanout.together import JOINED, joined, newest_title, without
from afterword.postbox.actions import reword, reword_for, write_message
from afterword.postbox.marks import mark
from afterword.postbox.models import Message, Stream
from afterword.postbox.queries import messages_unsent
from afterword.publishing.models import Audience, Publication
from afterword.publishing.queries import told_together, under_newest_title

COURTESY = "^"
# So began the voice of such letters before they had a way out. Those that still wait have no token
# for one, and keep their words.
_WITHOUT_WAY_OUT = "~"


def message_of(*, publication: Publication, voice: str, now: datetime) -> Message:
    """Render the words once per voice and keep them; later letters use what is kept. A voice is
    language, zone and how many lines of their own recipients have: ``de@Europe/Berlin``, ``en+5``,
    or for each of several accounts (``shape_of``);
    that of a machine is its channel: ``slack``; what a letter tells beside it stands behind ``&``,
    what corrects it and stands above it behind ``!``, and one to a list that nothing demands begins
    with ``^``.

    After a title was replaced, letters that were not written before have the new one.
    """
    parts, titled = _parts_of(publication, voice)
    key = f"{about_of(publication)}:{voice}" + (f":{titled}" if titled else "")
    return write_message(now=now, key=key, **parts)


def unkept_message_of(*, publication: Publication, voice: str, now: datetime) -> Message:
    """Return the same message without keeping it, for letters that are only looked at."""
    parts, _ = _parts_of(publication, voice)
    words = parts.pop("words")
    return Message(
        key=voice, sender=settings.MAIL_FROM, subject=words.subject, text=words.text,
        html=words.html, created_at=now, **parts,
    )  # fmt: skip


def _parts_of(publication: Publication, voice: str) -> tuple[dict[str, Any], int]:
    """Return what a message is made of, and the number of the title that it was given, or 0."""
    to_list = publication.audience == Audience.LIST
    read, titled = under_newest_title(publication)
    said = Voice.of(voice)
    above = [under_newest_title(each)[0] for each in with_numbers(publication.page, said.numbers)]
    if said.spoken in Channel.values:
        words = machine_words(on_top(read, above), said.spoken)
    else:
        spoken, _, places = said.spoken.lstrip(COURTESY + _WITHOUT_WAY_OUT).partition(JOINED)
        spoken, _, shape = spoken.partition("+")
        code, _, zone = spoken.partition("@")
        words = words_of(
            joined(read, places), code, zone, lengths_in(shape), optional=_has_way_out(voice),
            above=above,
        )  # fmt: skip
        titled = newest_title(publication, places) if places else titled
    parts = {
        "stream": _stream(voice) if to_list else Stream.STATUS,
        "words": words,
        "list_id": "" if to_list else list_id_of(publication.page),
        "unsubscribe_url": _unsubscribe_url(voice) if to_list else unsubscribe_url(mark("token")),
    }
    return parts, titled


def put_on_top(
    *, correction: Publication, recipients: Collection[str], now: datetime, channel: str = "email"
) -> set[str]:
    """Put a correction above the words it corrects in the letters to these recipients that have
    not left; return who needs no letter of the correction's own, for nobody can have the words as
    they were.
    """
    told: set[str] = set()
    for earlier in what_is_amended(correction):
        about = about_of(earlier)

        def words(before: Message, earlier: Publication = earlier, about: str = about) -> Message:
            voice = Voice.of(voice_in(before.key, about)).with_these([correction.number])
            return message_of(publication=earlier, voice=str(voice), now=now)

        told |= reword_for(about=about, recipients=recipients, channel=channel, words=words)
    return told


def put_on_all(*, correction: Publication, now: datetime) -> None:
    """Put a correction above the words it corrects in all letters that have not left, whoever gets
    one of its own.

    The caller holds the runs (``hold_runs``).
    """
    for earlier in what_is_amended(correction):
        about = about_of(earlier)
        for message in messages_unsent(about):
            voice = Voice.of(_voice_of(message, about))
            if correction.number not in voice.numbers:
                after = message_of(
                    publication=earlier, voice=str(voice.with_these([correction.number])), now=now
                )
                reword(about=about, before=message, after=after)


def take_off_top(*, correction: Publication, now: datetime) -> None:
    """Leave a correction out of the letters that have it above what it corrects and have not left.

    The caller holds the runs (``hold_runs``).
    """
    for earlier in what_is_amended(correction):
        about = about_of(earlier)
        for message in messages_unsent(about):
            voice = Voice.of(_voice_of(message, about))
            if correction.number in voice.numbers:
                left = [each for each in voice.numbers if each != correction.number]
                after = message_of(
                    publication=earlier, voice=str(Voice(voice.spoken, tuple(left))), now=now
                )
                reword(about=about, before=message, after=after)


def take_apart(*, publication: Publication, now: datetime) -> None:
    """Leave out of the letters about others what they tell of a publication beside it, where they
    have not left. Whose letter is about it itself is not written to by this.

    The caller holds the runs (``hold_runs``).
    """
    for other, message, voice in _telling_too(publication):
        place = told_together(publication).index(publication) + 1
        reword(
            about=about_of(other), before=message,
            after=message_of(publication=other, voice=without(voice, place), now=now),
        )  # fmt: skip


def retitle_letters(*, publication: Publication, now: datetime) -> None:
    """Put the newest title of its incident into the letters that tell a publication and have not
    left. The caller holds the runs (``hold_runs``).
    """
    about = about_of(publication)
    for message in messages_unsent(about):
        voice = _voice_of(message, about)
        after = message_of(publication=publication, voice=voice, now=now)
        reword(about=about, before=message, after=after)
    for other, message, voice in _telling_too(publication):
        after = message_of(publication=other, voice=voice, now=now)
        reword(about=about_of(other), before=message, after=after)


def _telling_too(publication: Publication) -> Iterator[tuple[Publication, Message, str]]:
    """Yield the words of letters about others that tell it too, with their voices."""
    together = told_together(publication)
    for other in together:
        if other == publication:
            continue
        place, about = together.index(publication) + 1, about_of(other)
        for message in messages_unsent(about):
            voice = _voice_of(message, about)
            if without(voice, place) != voice:
                yield other, message, voice


def _voice_of(message: Message, about: str) -> str:
    return voice_in(message.key, about)


def _stream(voice: str) -> Stream:
    optional = voice.startswith((COURTESY, _WITHOUT_WAY_OUT))
    return Stream.COURTESY if optional else Stream.NOTICE


def _unsubscribe_url(voice: str) -> str:
    return way_out_url(mark("token")) if _has_way_out(voice) else ""


def _has_way_out(voice: str) -> bool:
    return voice.startswith(COURTESY)


def voice_of(subscriber: Subscriber, publication: Publication) -> str:
    """Return the subscriber's language and zone: ``de@Europe/Berlin``, ``en`` for the page's zone.

    The language is the text's where the page has theirs no more.
    """
    known = subscriber.language in publication.page.languages
    language = subscriber.language if known else publication.language
    return f"{language}@{subscriber.zone}" if subscriber.zone else language
