import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import override

from afterword.accounts.permissions import MACHINE
from afterword.audience.models import Channel, Digest, RecipientListMember, Subscriber
from afterword.audience.queries.customers import (
    count_members,
    is_of_affected,
    members,
    not_demanded_on,
)
from afterword.audience.queries.hooks import RECIPIENT, Target, active_hooks, hooks_told
from afterword.audience.queries.subscribers import (
    Moment,
    Occasion,
    active_among,
    active_between,
    active_subscribers,
    digest_readers,
    hold_between,
    newest_subscriber_id,
    next_active_id,
)
from afterword.audience.queries.suppressions import suppressed_among
from afterword.audience.sealed import address_mark
from afterword.audit.actions import record_act
from afterword.fanout.actions.digest_letters import write_digests
from afterword.fanout.actions.digesting import Waiting, follow, lay
from afterword.fanout.actions.digests_apart import (
    drop_from_digests,
    lay_again,
    take_digests_apart,
)
from afterword.fanout.actions.instead import ask_instead, tell_all_instead
from afterword.fanout.actions.opening import open_in_time
from afterword.fanout.actions.replaced import tell_replaced
from afterword.fanout.actions.turns import hold_runs
from afterword.fanout.actions.wording import (
    COURTESY,
    message_of,
    put_on_top,
    retitle_letters,
    take_apart,
    take_off_top,
    voice_of,
)
from afterword.fanout.amended import amends
from afterword.fanout.choosing import letters_of_their_own, occasion_of
from afterword.fanout.composing import fill_of, way_out_of
from afterword.fanout.models import DigestEntry, Mailing, MailingState
from afterword.fanout.own_figures import own_sections, shape_of
from afterword.fanout.queries import (
    about_of,
    held_before,
    stale_after,
    without_mailing,
    worded_with,
)
from afterword.fanout.quiet_hours import after_the_night
from afterword.fanout.together import Told, is_taken_back, is_told_before, who_hears
from afterword.kit.garbage import seldom_collecting
from afterword.postbox.actions import (
    Addressed,
    Voiced,
    begin_posting,
    can_post_found,
    carry_out,
    forget_recipients,
    pause_about,
    post,
    post_found,
    stop_about,
)
from afterword.postbox.destinations import Destination, sealed_destination
from afterword.postbox.models import Letter, Wish
from afterword.postbox.queries import (
    any_unsent,
    count_about,
    count_reached,
    machines_told,
    reached_after,
    recipients_of,
    wish_about,
)
from afterword.postbox.states import STALE_AFTER
from afterword.publishing.corrections import RETRACTION, TITLE, weight_of
from afterword.publishing.models import Audience, Publication
from afterword.publishing.queries import notes_on_delivered, taken_back_by

log = logging.getLogger(__name__)

BATCH = 1000
# Numbers of subscribers per statement: about half a second, for which those who leave wait.
RANGE = 20_000
# Letters of a run above which it can be cancelled before the first one leaves. Our policy.
MANY = 100
TAKEN_BACK = "Withdrawn before it was sent; nobody more was written to."
TOO_OLD = "Published more than {days} days before it could be sent; nobody was written to."

# How the voice of a letter to a list begins that nothing demands.
# A letter with the voice of its words.
Spoken = tuple[str, Addressed]


@dataclass(frozen=True)
class Expanded:
    """What one call did: publications taken up, mailings finished."""

    begun: int = 0
    finished: int = 0


def expand_due(*, now: datetime, should_stop: Callable[[], bool] = lambda: False) -> Expanded:
    """Turn what was published into letters: begin new mailings, carry on unfinished ones.

    Every step is its own transaction and may be repeated: a mailing is unique per publication,
    a letter per recipient. Imported publications and those for the page alone make no letters;
    neither do those published more than three days ago (notices: thirty).

    One that fails holds up nothing but what follows it; its error is raised at the end.
    """
    begun, faults = _begin_all(now)
    finished = 0
    unfinished = Mailing.objects.filter(expanded_at=None).order_by("id")
    for mailing_id in list(unfinished.values_list("pk", flat=True)):
        try:
            finished += _expand_all(mailing_id, now, should_stop)
        except Exception as fault:  # whatever it is, others are not to wait for it
            log.exception("mailing %s cannot be written", mailing_id)
            faults.append(fault)
    while carry_out(now=now) and not should_stop():
        pass
    tell_all_instead(now=now, should_stop=should_stop)
    tell_replaced(now=now, should_stop=should_stop)
    lay_again(now=now, should_stop=should_stop)
    faults += write_digests(now=now, should_stop=should_stop)
    if faults:
        raise faults[0]
    return Expanded(begun=begun, finished=finished)


def forget_affected(*, now: datetime, keep: timedelta) -> int:
    """Take the addresses of people whose data was affected out of letters begun ``keep`` ago.

    A mailing of which a letter may yet leave waits for that. Returns how many letters were changed.
    """
    old = Mailing.objects.filter(
        names_affected=True, forgotten_at=None, started_at__lt=now - keep
    ).select_related("publication")
    changed = 0
    for mailing in old.order_by("pk"):
        if mailing.expanded_at is None or any_unsent(about_of(mailing.publication)):
            continue
        forgotten = forget_recipients(about=about_of(mailing.publication))
        with transaction.atomic():
            if not Mailing.objects.filter(pk=mailing.pk, forgotten_at=None).update(
                forgotten_at=now
            ):
                continue
            record_act(
                actor=MACHINE,
                verb="fanout.forget_affected",
                subject=f"incident:{mailing.publication.incident_id}",
                now=now,
                detail={"publication": mailing.publication.number, "letters": forgotten},
            )
        changed += forgotten
    return changed


def _begin_all(now: datetime) -> tuple[int, list[Exception]]:
    """Begin what has no mailing yet, oldest first; return how many, and what went wrong."""
    failed: list[Publication] = []
    faults: list[Exception] = []
    fresh = without_mailing()
    for publication in fresh:
        if failed and _follows_any(publication, failed):
            failed.append(publication)
            continue
        try:
            _begin(publication, now)
        except Exception as fault:  # whatever it is, others are not to wait for it
            log.exception("publication %s cannot be turned into letters", publication.pk)
            failed.append(publication)
            faults.append(fault)
    return len(fresh) - len(failed), faults


def _follows_any(publication: Publication, earlier: list[Publication]) -> bool:
    """Whether who gets it is known only when one of the earlier ones has its letters."""
    waits_for = {publication.corrects_id, *(each.pk for each in is_told_before(publication))}
    return any(each.pk in waits_for for each in earlier)


def _expand_all(mailing_id: int, now: datetime, should_stop: Callable[[], bool]) -> bool:
    """Write the letters of a mailing as far as may be; return whether it is finished."""
    if _must_wait(mailing_id):
        return False
    open_in_time(now=now)
    with seldom_collecting():
        while not should_stop():
            if _expand_some(mailing_id, now):
                return True
    return False


def _begin(publication: Publication, now: datetime) -> None:
    """Freeze who the publication is for. Two workers may both try; one row is the result.

    A retraction first stops the letters that are still to leave with the words it takes back; a new
    title is put into those that have not left.
    """
    longest = stale_after(publication)
    stale = now - publication.published_at > longest
    with transaction.atomic():
        hold_runs(_changed_by(publication))
        if weight_of(publication) == RETRACTION:
            _stop_letters(publication, now)
        elif weight_of(publication) == TITLE:
            for earlier in taken_back_by(publication):
                retitle_letters(publication=earlier, now=now)
                take_digests_apart(publication=earlier, now=now)
        cutoff = (
            0 if publication.audience == Audience.LIST else newest_subscriber_id(publication.page)
        )
        gate = {} if stale else _gate(publication, cutoff, now)
        mailing, fresh = Mailing.objects.get_or_create(
            publication=publication,
            defaults={
                "cutoff_id": cutoff,
                "names_affected": is_of_affected(publication.recipient_list),
                "started_at": now,
                "expanded_at": now if stale else None,
                "skipped": TOO_OLD.format(days=longest.days) if stale else "",
                **gate,
            },
        )
        if fresh and mailing.state == MailingState.AWAITING:
            pause_about(about=about_of(publication), now=now)


def _gate(publication: Publication, cutoff: int, now: datetime) -> dict[str, Any]:
    """Return what a run has to pass before its first letter leaves: a moment in which it can be
    cancelled, and a second person where it is larger than any should be by accident.
    """
    ceiling = settings.SECOND_PERSON_ABOVE
    wait = timedelta(seconds=settings.CANCEL_SECONDS)
    count = _count_up_to(publication, cutoff, max(ceiling, MANY) + 1)
    found: dict[str, Any] = {}
    if wait and count > MANY:
        found["opens_at"] = now + wait
    if 0 < ceiling < count:
        found["state"] = MailingState.AWAITING
    return found


def _count_up_to(publication: Publication, cutoff: int, limit: int) -> int:
    """Return how many mails the publication makes, counting no further than the limit."""
    if publication.corrects is not None:
        laid = DigestEntry.objects.filter(publication=publication.corrects)
        return count_reached(about_of(publication.corrects), up_to=limit) + laid.count()
    if publication.audience == Audience.LIST:
        return count_members(publication.recipient_list)
    people = active_between(
        page=publication.page,
        after_id=0,
        up_to_id=cutoff,
        # Digests are mails, too.
        occasion=replace(occasion_of(publication), can_wait=False),
        confirmed_by=publication.published_at,
    )
    return len(people.order_by("pk").values_list("pk")[:limit])


def _changed_by(correction: Publication) -> list[Publication]:
    """Return whose letters a retraction, or a new title, stops or words anew."""
    taken = taken_back_by(correction)
    return [each for said in taken for each in (said, *notes_on_delivered(said))]


def _stop_letters(retraction: Publication, now: datetime) -> None:
    for each in _changed_by(retraction):
        stop_about(about=about_of(each), now=now, says=TAKEN_BACK)
        take_apart(publication=each, now=now)
        if amends(each):
            take_off_top(correction=each, now=now)
        drop_from_digests(publication=each, now=now)
        begun = Mailing.objects.filter(publication=each).select_related("publication__page").first()
        if begun is not None:
            ask_instead(mailing=begun, now=now)


def _must_wait(mailing_id: int) -> bool:
    """Whether it is not known yet who got what this publication corrects, or follows. What is held
    on the desk may still leave: a correction comes after it, never before.
    """
    mailing = Mailing.objects.select_related("publication__page", "publication__corrects").get(
        pk=mailing_id
    )
    publication, corrected = mailing.publication, mailing.publication.corrects
    first = [publication.corrects_id, *(each.pk for each in is_told_before(publication))]
    if Mailing.objects.filter(publication__in=first, expanded_at=None).exists():
        return True
    if corrected is not None and wish_about(about_of(corrected)) in {Wish.STOP, Wish.GO_ON}:
        return True
    return held_before(publication) is not None


def _expand_some(mailing_id: int, now: datetime) -> bool:
    """Write the next letters of a mailing and move its cursor, in one transaction.

    Returns whether the mailing is finished.
    """
    with transaction.atomic():
        mailing = (
            Mailing.objects.select_for_update(of=("self",))
            .select_related("publication__page", "publication__corrects")
            .get(pk=mailing_id)
        )
        if mailing.expanded_at is not None:
            return True
        publication = mailing.publication
        taken_back = is_taken_back(publication)
        if not taken_back and _post_range(publication, mailing, now):
            return False
        last, letters = (0, []) if taken_back else _recipients(publication, mailing, now)
        if last > mailing.cursor:
            if amends(publication):
                held_back = put_on_top(
                    correction=publication, recipients=[to.recipient for _, to in letters], now=now
                )
                letters = [each for each in letters if each[1].recipient not in held_back]
            for code in sorted({code for code, _ in letters}):
                post(
                    now=now,
                    message=message_of(publication=publication, voice=code, now=now),
                    about=about_of(publication),
                    letters=[letter for each, letter in letters if each == code],
                    not_before=mailing.opens_at,
                    spare_forgotten=mailing.names_affected,
                )
            _move(mailing, last)
            return False
        if not taken_back:
            if _lay_missed(publication, mailing, now):
                return False
            if publication.corrects is None or not mailing.digest_cursor:
                _tell_machines(publication, mailing, now)
            if follow(publication=publication, mailing=mailing, now=now):
                return False
        mailing.letters = count_about(about_of(publication))
        mailing.expanded_at = now
        mailing.skipped = TAKEN_BACK if taken_back else ""
        mailing.save(update_fields=["letters", "expanded_at", "skipped"])
        record_act(
            actor=MACHINE,
            verb="fanout.expand",
            subject=f"incident:{publication.incident_id}",
            now=now,
            detail={"publication": publication.number, "letters": mailing.letters},
        )
        return True


def _post_range(publication: Publication, mailing: Mailing, now: datetime) -> bool:
    """Let the database turn the next range of subscribers into letters and move the cursor.

    Returns False when there is none left, and when it cannot: it is left to ``_recipients`` then.
    """
    to_subscribers = publication.audience == Audience.SUBSCRIBERS and publication.corrects is None
    if not to_subscribers or not can_post_found() or letters_of_their_own(publication):
        return False
    first = next_active_id(publication.page, after_id=mailing.cursor)
    if not 0 < first <= mailing.cutoff_id:
        return False
    last = min(mailing.cutoff_id, first + RANGE - 1)
    occasion = occasion_of(publication)
    can_wait = occasion.moment == Moment.AFTER
    if occasion.can_wait:
        # None of them chooses otherwise between the two looks, so each is in one of them. They are
        # held before the turn is taken, as by whoever leaves: their row first, then the letters.
        hold_between(page=publication.page, after_id=mailing.cursor, up_to_id=last)
    # Not before: the last step of a mailing waits for the log, and whoever leaves may hold that.
    begin_posting()
    if occasion.can_wait:
        _lay_between(publication, mailing.cursor, last, occasion, now)
    people = active_between(
        page=publication.page,
        after_id=mailing.cursor,
        up_to_id=last,
        occasion=occasion,
        confirmed_by=publication.published_at,
    )
    spoken = people.order_by().values_list("language", "zone").distinct()
    post_found(
        now=now,
        about=about_of(publication),
        people=people,
        voices={
            (language, zone): Voiced(
                message_of(
                    publication=publication,
                    voice=voice_of(Subscriber(language=language, zone=zone), publication),
                    now=now,
                ),
                after_the_night(now, zone or publication.page.time_zone) if can_wait else None,
            )
            for language, zone in spoken
        },
        not_before=mailing.opens_at,
    )
    _move(mailing, last)
    return True


def _move(mailing: Mailing, last: int) -> None:
    """Note how far the run is, and its digests where they are as far as its letters."""
    if mailing.publication.corrects_id is None and mailing.digest_cursor == mailing.cursor:
        mailing.digest_cursor = last
    mailing.cursor = last
    mailing.save(update_fields=["cursor", "digest_cursor"])


def _lay_missed(publication: Publication, mailing: Mailing, now: datetime) -> bool:
    """Lay the publication into the digests of the next readers whom a worker of an older version
    passed over, for it laid them all in the end; return False when there were none left.

    Whoever chose a digest after their letter was written has heard of it.
    """
    occasion = occasion_of(publication)
    if not occasion.can_wait or mailing.digest_cursor >= mailing.cutoff_id:
        return False
    readers = digest_readers(
        page=publication.page,
        after_id=mailing.digest_cursor,
        up_to_id=mailing.cutoff_id,
        occasion=occasion,
        confirmed_by=publication.published_at,
    )
    written = recipients_of([about_of(publication)]).filter(recipient=OuterRef("email"))
    missed = readers.filter(~Exists(written)).select_for_update(of=("self",)).order_by("pk")
    found = list(missed.values_list("pk", "zone", "digest", "email")[:BATCH])
    if not found:
        return False
    own = letters_of_their_own(publication)
    lay(
        publication=publication,
        readers=(Waiting(*each[:3]) for each in found if address_mark(each[3]) not in own),
        now=now,
    )
    mailing.digest_cursor = found[-1][0]
    mailing.save(update_fields=["digest_cursor"])
    return True


def _lay_between(
    publication: Publication, after_id: int, up_to_id: int, occasion: Occasion, now: datetime
) -> None:
    readers = digest_readers(
        page=publication.page,
        after_id=after_id,
        up_to_id=up_to_id,
        occasion=occasion,
        confirmed_by=publication.published_at,
    )
    found = readers.order_by("pk").values_list("pk", "zone", "digest")
    rows = found.iterator(chunk_size=BATCH)
    lay(publication=publication, readers=(Waiting(*each) for each in rows), now=now)


def _tell_machines(publication: Publication, mailing: Mailing, now: datetime) -> None:
    """Put a message for each webhook and chat room into the outbox."""
    if publication.audience != Audience.SUBSCRIBERS:
        return
    found: dict[str, list[Addressed]] = {}
    for target in _machines(publication):
        told = to_machine(target)
        if target.hook.confirmed_at and target.hook.confirmed_at <= publication.published_at:
            found.setdefault(target.hook.channel, []).append(told)
    for channel, to in found.items():
        held_back: set[str] = set()
        if amends(publication):
            names = [each.recipient for each in to]
            held_back = put_on_top(
                correction=publication, recipients=names, now=now, channel=channel
            )
        letters = [each for each in to if each.recipient not in held_back]
        message = message_of(publication=publication, voice=channel, now=now)
        post(
            now=now,
            message=message,
            about=about_of(publication),
            letters=letters,
            channel=channel,
            not_before=mailing.opens_at,
        )


def to_machine(target: Target) -> Addressed:
    """Return a hook as the recipient of a letter, its address and secret sealed."""
    signs = target.hook.channel == Channel.WEBHOOK
    there = Destination(target.url, target.secret if signs else "")
    fill = sealed_destination(there) | {"token": target.hook.token}
    return Addressed(f"{RECIPIENT}{target.hook.pk}", fill)


def _machines(publication: Publication) -> Iterator[Target]:
    """Yield the hooks a publication goes to; a correction goes to those that got the corrected."""
    if publication.corrects is not None:
        corrected = publication.corrects
        got = machines_told(about_of(corrected), RECIPIENT, worded=worded_with(corrected))
        return hooks_told(publication.page, got)
    return active_hooks(publication.page, occasion_of(publication, Channel.values))


def _recipients(
    publication: Publication, mailing: Mailing, now: datetime
) -> tuple[int, list[Spoken]]:
    """Return the next recipients after the mailing's cursor, and the id of the last of them."""
    if publication.corrects is not None:
        return who_got_after(
            corrected=publication.corrects, correction=publication, cursor=mailing.cursor, now=now
        )
    if publication.audience == Audience.LIST:
        return members_after(publication=publication, cursor=mailing.cursor, now=now)
    return _subscribers(publication, mailing, now)


def members_after(
    *, publication: Publication, cursor: int, now: datetime
) -> tuple[int, list[Spoken]]:
    """Return the next people on the publication's list. What nothing demands goes to nobody who
    asked for no mail since the list was frozen, and to nobody when it is old.
    """
    too_old = now - publication.published_at > STALE_AFTER
    while found := members(list_public_id=publication.recipient_list, after_id=cursor, limit=BATCH):
        cursor = found[-1].pk
        with override(publication.language):
            letters = [(_to_member(publication, each, now), each.must) for each in found]
        spared = suppressed_among(
            publication.page, [to.recipient for (_, to), must in letters if not must]
        )
        if wanted := [
            (voice, to)
            for (voice, to), must in letters
            if must or not (too_old or to.recipient in spared)
        ]:
            return cursor, wanted
    return cursor, []


def _subscribers(
    publication: Publication, mailing: Mailing, now: datetime
) -> tuple[int, list[Spoken]]:
    """Return the next subscribers who hear of the publication, by their ids. What is said after the
    end waits for the end of the reader's night, in the zone they chose or else the page's.

    Whoever gets a letter of their own about the incident gets that one and not the text for
    everybody: one message each. What can wait is laid into the digests of those who chose one.
    """
    cursor, occasion = mailing.cursor, occasion_of(publication)
    can_wait = occasion.moment == Moment.AFTER
    own = letters_of_their_own(publication)
    while subscribers := active_subscribers(
        page=publication.page,
        after_id=cursor,
        up_to_id=mailing.cutoff_id,
        limit=BATCH,
        occasion=replace(occasion, can_wait=False),
        confirmed_by=publication.published_at,
        hold=True,
    ):
        cursor = subscribers[-1].pk
        subscribers = [
            each for each in subscribers if not own or address_mark(each.email) not in own
        ]
        laid = [
            Waiting(each.pk, each.zone, each.digest)
            for each in subscribers
            if occasion.can_wait and each.digest != Digest.NONE
        ]
        lay(publication=publication, readers=laid, now=now)
        wait = {each.pk for each in laid}
        letters = [
            (
                voice_of(each, publication),
                Addressed(
                    each.email,
                    {"token": each.token},
                    after_the_night(now, each.zone or publication.page.time_zone)
                    if can_wait
                    else None,
                ),
            )
            for each in subscribers
            if each.pk not in wait
        ]
        if letters or laid:
            return cursor, letters
    return cursor, []


def who_got_after(
    *, corrected: Publication, correction: Publication, cursor: int, now: datetime
) -> tuple[int, list[Spoken]]:
    """Return the next of those who have a letter of what is corrected, by the ids of its letters.

    Who unsubscribed since is left alone; on a list nobody can, and everybody is written to but who
    asked for no mail and need not get any.
    """
    follows = "delivered" in correction.facts
    worded = worded_with(corrected)
    while got := reached_after(about_of(corrected), after_id=cursor, limit=BATCH, worded=worded):
        cursor = got[-1].pk
        if follows:
            if letters := [
                _to_reader(correction, each, now) for each in who_hears(correction, got)
            ]:
                return cursor, letters
            continue
        if correction.audience == Audience.LIST:
            if letters := _of_list(corrected, correction, got):
                return cursor, letters
            continue
        still = active_among(
            page=correction.page, emails=[each.recipient for each in got], hold=True
        )
        letters = [
            (voice_of(known, correction), Addressed(each.recipient, {"token": known.token}))
            for each in got
            if (known := still.get(each.recipient)) is not None
        ]
        if letters:
            return cursor, letters
    return cursor, []


def _of_list(
    corrected: Publication, correction: Publication, got: Sequence[Letter]
) -> list[Spoken]:
    marks = {each.recipient: address_mark(each.recipient) for each in got}
    optional = not_demanded_on(corrected.recipient_list, marks.values())
    courtesies = {to for to, mark in marks.items() if mark in optional}
    spared = suppressed_among(correction.page, courtesies)
    code = correction.language
    return [
        (
            f"{COURTESY}{code}" if each.recipient in courtesies else code,
            Addressed(
                each.recipient,
                {"greeting": each.fill.get("greeting", "")}
                | (way_out_of(correction, each.recipient) if each.recipient in courtesies else {}),
            ),
        )
        for each in got
        if each.recipient not in spared
    ]


def _to_reader(publication: Publication, told: Told, now: datetime) -> Spoken:
    """Return the letter on delivered promises; it can wait for the end of the reader's night."""
    reader = told.reader
    waits = after_the_night(now, reader.zone or publication.page.time_zone)
    voice = f"{voice_of(reader, publication)}{told.voice}"
    return voice, Addressed(reader.email, {"token": reader.token}, waits)


def _to_member(publication: Publication, member: RecipientListMember, now: datetime) -> Spoken:
    """Return the letter to somebody on a list: their name, and the figures that are their own.

    It waits for the end of their night unless it must be sent.
    """
    email, name, what = member.opened()
    zone = member.zone or publication.page.time_zone
    told = [figures for _, figures in member.accounts] or [member.figures]
    own = own_sections(told, what, zone, publication.published_at)
    voice = f"{publication.language}+{shape_of(own)}" if own else publication.language
    voice = voice if member.must else f"{COURTESY}{voice}"
    waits = None if member.must else after_the_night(now, zone)
    fill = fill_of(name, own) | ({} if member.must else way_out_of(publication, email))
    return voice, Addressed(email, fill, waits)
