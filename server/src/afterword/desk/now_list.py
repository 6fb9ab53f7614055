"""What needs saying now, across all cases and incidents, the most pressing first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from afterword.accounts.queries import people_who_may
from afterword.audience.models import Segment
from afterword.audience.queries.answers import left_asking, remarks_waiting
from afterword.commitments import queries as commitments
from afterword.commitments.models import CommitmentState
from afterword.components.models import Page
from afterword.desk.acts import (
    TELL,
    Act,
    act_for,
    act_for_drift,
    act_for_text,
    act_for_written,
    letters_to_write,
)
from afterword.desk.came_before import Before, before_it
from afterword.desk.case_view import CaseView, Written, gather
from afterword.desk.channels import THROUGH
from afterword.desk.known_cases import know_cases
from afterword.desk.page_audit import Unexplained, unexplained, what_to_say, why_now
from afterword.desk.recognising import shown_answer
from afterword.desk.shell import Reader
from afterword.desk.templatetags.desk_words import coarse_span, day, in_sentence, plural
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import (
    GaveUp,
    Rested,
    is_demanded,
    publishers_of,
    stale_after,
    trouble,
)
from afterword.incidents import queries as incidents
from afterword.incidents.cadence import next_word
from afterword.incidents.clocks import end_of_day
from afterword.incidents.models import Incident, Kind
from afterword.incidents.steps import Step
from afterword.postmortems import queries as postmortems
from afterword.postmortems.queries import Standing as ReviewStanding
from afterword.publishing.actions import delivered
from afterword.statements import queries as statements
from afterword.statements.models import Bypass, StatementKind, StatementState
from afterword.statements.queries import authors_of

PROMISES_AHEAD = timedelta(days=max(14, settings.PROMISE_REMINDER_DAYS))
WITHOUT_CASE_AFTER = timedelta(days=120)
MOST_CASES = 50
MOST_ITEMS = 20
# What waits to be read, or left unread, is read within a day; a closure keeps readers waiting.
READ_WITHIN = timedelta(hours=24)
READ_AT_ONCE = timedelta(minutes=15)
READ_REVIEW_WITHIN = timedelta(days=2)


@dataclass(frozen=True)
class Item:
    """One thing owed: ``what`` in a few words, ``why`` in a sentence, one act, maybe a clock.

    ``mine``: whether the reader holds the role for it; the rest waits for somebody else.
    """

    kind: str
    what: str
    why: str
    incident: Incident | None
    act: Act | None
    due_at: datetime | None = None
    mine: bool = True
    about: str = ""
    where: str = ""

    @property
    def subject(self) -> str:
        """What it is about, in words."""
        return self.about or (self.incident.title if self.incident else "")

    @property
    def page(self) -> str:
        """The address of what it is about."""
        if self.where or self.incident is None:
            return self.where
        name = "desk:incident" if self.kind == "live" else "desk:case"
        return reverse(name, args=[self.incident.public_id])

    def late(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


def items_for(page: Page, reader: Reader, now: datetime) -> list[Item]:
    """Return what is owed, by when it runs out; what has no clock comes after what has."""
    found = [*_live(page, now, reader), *_promises(page, now, reader), *_held(page, reader)]
    found += _delivered(page, now, reader)
    unread = statements.unread(page.pk)
    found += [*_unread(unread, reader), *_action_items(page, now, reader)]
    found += _held_letters(page, now, reader)
    going_on = incidents.cases_open(page)[:MOST_CASES]
    overtaken = incidents.cases_closed_before_their_record(page)[:MOST_CASES]
    know_cases(page, [case.incident for case in (*going_on, *overtaken)])
    for case in going_on:
        view = gather(page, case.incident, now, unread)
        found += _steps(view, reader)
        found += _letters(view, reader)
    with_case = [case.incident for case in going_on]
    found += _readers(page, with_case, reader)
    found += _come_again(page, [*incidents.open_incidents(page), *with_case], reader)
    for case in overtaken:
        view = gather(page, case.incident, now, unread)
        found += [_drifted(view, reader)] if view.drift.is_there else []
    return sorted(found, key=lambda i: (i.due_at is None, i.due_at or now, i.kind != "review"))


def without_case(page: Page, now: datetime) -> list[Incident]:
    """Return recent incidents that are over and have no case: imported ones, mostly."""
    recent = incidents.recent_incidents(page, limit=100)
    known = {case.incident_id for case in incidents.cases_of(recent)}
    return [
        one
        for one in recent
        if one.is_over
        and one.kind == Kind.INCIDENT
        and one.pk not in known
        and (one.resolved_at or one.started_at) > now - WITHOUT_CASE_AFTER
    ]


def _live(page: Page, now: datetime, reader: Reader) -> Iterator[Item]:
    """Yield what goes on, and what is shown as failing though nothing is said of it."""
    going_on = incidents.open_incidents(page)
    for part in unexplained(page, going_on):
        yield _unexplained(part, now, reader)
    waiting = [each for each in incidents.planned_maintenance(page) if _has_begun(each, now)]
    newest = incidents.newest_updates([*going_on, *waiting])
    for incident in [*going_on, *waiting]:
        last = newest.get(incident.pk)
        due = next_word(incident, last)
        if incident.kind == Kind.MAINTENANCE and (due is None or due.at > now):
            continue
        yield Item(
            "live",
            what_to_say(incident, due),
            why_now(incident, last, due, now),
            incident,
            Act("Post an update", reverse("desk:incident", args=[incident.public_id])),
            due.at if due else None,
            mine=reader.may["run_incident"],
        )


def _has_begun(work: Incident, now: datetime) -> bool:
    return work.scheduled_for is not None and work.scheduled_for <= now


def _unexplained(found: Unexplained, now: datetime, reader: Reader) -> Item:
    part = found.component
    since = coarse_span(max(int((now - found.since).total_seconds()), 0))
    where = reverse("desk:open-incident")
    filled = urlencode({f"component-{part.public_id}": part.status})
    return Item(
        "unexplained",
        "Say what is wrong",
        f"Readers have seen “{part.get_status_display().lower()}” for {since}, and no incident "
        "says why.",
        None,
        Act("Open an incident", f"{where}?{filled}"),
        found.since,
        mine=reader.may["run_incident"],
        about=part.name,
        where=f"{where}?{filled}",
    )


def _steps(view: CaseView, reader: Reader) -> Iterator[Item]:
    """Yield what each step asks for now; overdue promises stand in the list by themselves."""
    for step in view.steps:
        clock = view.clock_of(step)
        due_at = clock.due_at if clock else None
        written = view.text(step.where) if step.where in _TEXTS else None
        if step.state == "waiting" and written is not None:
            yield _text_item(view, written, reader, due_at)
        elif step.state == "waiting" and step.where == "postmortem" and view.review is not None:
            yield _review_to_read(view, view.review, reader)
        elif step.state == "due" and step.where == "published" and view.drift.is_there:
            yield _drifted(view, reader)
        elif step.state == "due" and step.where == "published":
            yield from _untold(view, step, reader)
        elif step.state == "due":
            what, act = _WHAT[step.where]
            if written is not None:
                yield _text_item(view, written, reader, due_at)
                continue
            yield Item(
                step.where,
                what,
                step.why,
                view.incident,
                act_for(step, view, reader),
                due_at,
                mine=reader.may[act],
            )


def _review_to_read(view: CaseView, review: ReviewStanding, reader: Reader) -> Item:
    """Return that an internal review waits for a second person. No word of it."""
    asked = review.asked_at
    return Item(
        "review",
        "Read the internal review",
        f"{review.asked_by or 'Afterword'} asks for a second pair of eyes. It stays inside.",
        view.incident,
        Act("Read it", reverse("desk:postmortem", args=[view.incident.public_id])),
        asked + READ_REVIEW_WITHIN if asked else None,
        mine=reader.may["postmortem"] and reader.person.pk not in review.not_by,
    )


def _drifted(view: CaseView, reader: Reader) -> Item:
    """Return that the page says something else than the record, with both figures."""
    return Item(
        "drift",
        "Correct what the page says",
        view.drift.sentence,
        view.incident,
        act_for_drift(view, reader),
        mine=reader.may["write"],
    )


def _untold(view: CaseView, step: Step, reader: Reader) -> Iterator[Item]:
    """Yield that readers know the promises in an older state, if they do."""
    if view.told.differs:
        act = act_for(step, view, reader)
        mine = reader.may["publish"]
        due = _kept_if_told_by(view)
        yield Item("untold", TELL, _said_to_change(view), view.incident, act, due, mine=mine)


def _kept_if_told_by(view: CaseView) -> datetime | None:
    """Return by when readers must be told of what is done, for it to be kept in time."""
    done = [each.due for each in view.told.changed if each.state == CommitmentState.DONE]
    return min((end_of_day(due) for due in done if due), default=None)


def _said_to_change(view: CaseView) -> str:
    return " ".join(view.told.sentences[:3]) + (" …" if len(view.told.sentences) > 3 else "")


def _letters(view: CaseView, reader: Reader) -> Iterator[Item]:
    """Yield the letters that the follow-up plan promises and nobody has sent."""
    step = next(s for s in view.steps if s.where == "follow_up")
    clock = view.clock_of(step)
    for kind, segment in letters_to_write(view):
        written = view.text(kind, segment)
        due_at = clock.due_at if clock else None
        if written is not None:
            yield _text_item(view, written, reader, due_at)
            continue
        yield Item(
            "letter",
            f"Write the {StatementKind(kind).label.lower()}",
            f"The plan promises it to: {in_sentence(Segment(segment).label)}.",
            view.incident,
            act_for_text(view, kind, reader, segment),
            due_at,
            mine=reader.may["write"],
        )


def _text_item(
    view: CaseView,
    written: Written,
    reader: Reader,
    due_at: datetime | None,
) -> Item:
    """Return what a text that is under way waits for, and whether that is this reader."""
    name = written.name.lower()
    author = written.newest.author.name if written.newest.author else "Afterword"
    act = act_for_written(written, reader)
    if written.state == StatementState.IN_REVIEW:
        own = reader.person.pk in authors_of(written.newest)
        why = f"{author} asks for a second pair of eyes. {_who_can(view, written)}"
        read_by = _read_by(written)
        due_at = min(due_at, read_by) if due_at else read_by
        mine = reader.may["review"] and not own
        return Item("review", f"Review the {name}", why, view.incident, act, due_at, mine=mine)
    if written.state == StatementState.APPROVED and written.approval.missing:
        missing, given = written.approval.missing, written.approval.review
        own = reader.person.pk in statements.authors_of(written.newest)
        first = given is not None and given.reviewer_id == reader.person.pk
        of = statements.reader_of(reader.person, view.incident.page_id)
        able = any(of.can(need) for need in missing)
        why = f"{written.approval.why[:1].upper()}{written.approval.why[1:]}."
        see = Act(f"Review the {name}", reverse("desk:review", args=[written.statement.public_id]))
        mine = able and not own and not first
        return Item("review", f"Review the {name}", why, view.incident, see, due_at, mine=mine)
    if written.leaves_at is not None:
        why = f"{written.approval.why[:1].upper()}{written.approval.why[1:]}; it can be cancelled."
        where = reverse("desk:publish", args=[written.statement.public_id])
        what, see = f"The {name} leaves by itself", Act("See or cancel", where)
        return Item("leaving", what, why, view.incident, see, written.leaves_at, mine=False)
    if written.state == StatementState.APPROVED and written.approval.valid:
        why = f"{written.approval.why[:1].upper()}{written.approval.why[1:]}; only this is left."
        what = f"Publish the {name}"
        return Item("ready", what, why, view.incident, act, due_at, mine=reader.may["publish"])
    if written.state == StatementState.APPROVED:
        why = f"Its approval is void: {written.approval.why}."
    elif written.state == StatementState.CHANGES_ASKED:
        why = "Changes were asked for."
    else:
        why = f"A draft by {author}, revision {written.newest.number}."
    if written.did_not_leave:
        why = f"It was to leave by itself and did not: {written.did_not_leave}"
    what = f"Finish the {name}"
    return Item("draft", what, why, view.incident, act, due_at, mine=reader.may["write"])


def _read_by(written: Written) -> datetime:
    """Return by when a text is read: a closure at once, the others within a day."""
    at_once = written.statement.kind == StatementKind.CLOSURE
    return written.newest.created_at + (READ_AT_ONCE if at_once else READ_WITHIN)


def _who_can(view: CaseView, written: Written) -> str:
    """Return who may review it, by name, so that somebody can be asked."""
    writers = authors_of(written.newest)
    able = people_who_may("review", page=view.incident.page_id)
    names = [each.name for each in able if each.pk not in writers]
    if not names:
        return "Nobody else here holds the role Reviewer; ask an administrator for one."
    return f"{' or '.join(names[:4])} can give it."


_TEXTS = frozenset({StatementKind.CLOSURE, StatementKind.SUMMARY})
_WHAT = {
    "closure": ("Close it in public", "write"),
    "decision": ("Decide whether a summary is due", "decide"),
    "record": ("Complete the record", "edit_record"),
    "summary": ("Write the summary", "write"),
    "commitments": ("Promise what will change", "promise"),
    "postmortem": ("Write the internal review", "postmortem"),
    "follow_up": ("Decide who needs more than the page", "plan_follow_up"),
    "published": ("Look at what was published", "write"),
}


def _unread(unread: Iterable[Bypass], reader: Reader) -> Iterator[Item]:
    """Yield what left without a second person, for somebody to read now."""
    for bypass in unread:
        statement = bypass.statement
        newest = statements.newest_revision(statement)
        own = reader.person.pk in statements.authors_of(newest) | {bypass.used_by_id}
        yield Item(
            "review",
            f"Read what left unread: the {statement.get_kind_display().lower()}",
            f"{bypass.used_by.name} let it out: {bypass.reason}",
            statement.incident,
            Act("Read it", reverse("desk:review", args=[statement.public_id])),
            bypass.used_at + READ_WITHIN,
            mine=reader.may["review"] and not own,
        )


def _held(page: Page, reader: Reader) -> Iterator[Item]:
    """Yield what is held back, by the day somebody is to look at the hold again."""
    for hold in incidents.holds_in_force(page):
        yield Item(
            "held",
            "Look at the hold again",
            f"Held by {hold.placed_by.name}: {hold.reason}",
            hold.incident,
            Act("See the case", reverse("desk:case", args=[hold.incident.public_id])),
            end_of_day(hold.look_again_on),
            mine=reader.may["review"] or reader.may["publish"],
        )


def _held_letters(page: Page, now: datetime, reader: Reader) -> Iterator[Item]:
    """Yield what keeps letters from arriving: sending that rests, runs that gave up letters, and
    those that somebody paused or that wait for a second person.
    """
    found = trouble(page, now)
    yield from (_resting(each, reader) for each in found.rests)
    yield from (_refused(mailing, why, reader) for mailing, why in found.refused)
    yield from (_gave_up(each, reader) for each in found.gave_up)
    for mailing in found.held:
        where = reverse("desk:mailing", args=[mailing.pk])
        if mailing.state == MailingState.AWAITING:
            publishers = publishers_of(mailing.publication)
            yield Item(
                "mailing",
                "Agree to a large mailing",
                "More letters than one person may let out alone. Nothing has left.",
                None,
                Act("Look at it", where),
                mailing.started_at,
                mine=reader.may["send_letters"] and reader.person.pk not in publishers,
                about=mailing.publication.title,
                where=where,
            )
            continue
        yield Item(
            "mailing",
            "Decide on a paused mailing",
            f"Paused by {mailing.steered_by}: {mailing.because} Letters of "
            f"{stale_after(mailing.publication).days} days are not sent any more.",
            None,
            Act("See how it stands", where),
            mailing.publication.published_at + stale_after(mailing.publication),
            mine=reader.may["send_letters"],
            about=mailing.publication.title,
            where=where,
        )


def _resting(rest: Rested, reader: Reader) -> Item:
    mailings = reverse("desk:mailings")
    answer = shown_answer(rest.answer, reader.may["manage_audience"])
    through = THROUGH.get(rest.channel, rest.channel)
    return Item(
        "mailing",
        f"Nothing leaves {through}",
        f"The last answer: {answer}",
        None,
        Act("See what can be done", mailings),
        rest.since,
        mine=reader.may["send_letters"],
        about="Sending rests",
        where=mailings,
    )


def _refused(mailing: Mailing, why: str, reader: Reader) -> Item:
    where = reverse("desk:mailing", args=[mailing.pk])
    return Item(
        "mailing",
        "A mailing is refused",
        f"{shown_answer(why, reader.may['manage_audience'])}. Other mail leaves; this is tried "
        "once an hour.",
        None,
        Act("See how it stands", where),
        mailing.started_at,
        mine=reader.may["send_letters"],
        about=mailing.publication.title,
        where=where,
    )


def _gave_up(run: GaveUp, reader: Reader) -> Item:
    where = f"{reverse('desk:mailing', args=[run.mailing.pk])}#given-up"
    publication = run.mailing.publication
    must = "The law or a contract demands them. " if is_demanded(publication) else ""
    return Item(
        "mailing",
        "Letters were given up",
        f"{plural(run.count, 'letter,letters')} of {max(run.total, run.count):,} did not arrive. "
        f"{must}They can be sent again once the mail server is mended, until they are "
        f"{stale_after(publication).days} days old.",
        None,
        Act("See what servers answered", where),
        publication.published_at + stale_after(publication),
        mine=reader.may["send_letters"],
        about=publication.title,
        where=where,
    )


def _action_items(page: Page, now: datetime, reader: Reader) -> Iterator[Item]:
    """Yield the action items that are due today or late. Internal: only to who may read reviews."""
    if not reader.may["postmortem"]:
        return
    due = postmortems.open_items(page, reader.person, due_by=now.date(), limit=MOST_ITEMS)
    for item in due:
        incident = item.postmortem.incident
        yield Item(
            "action_item",
            "Do what the review asks for",
            f"{item.what} ({item.owned_by or 'nobody does it yet'}; stays inside)",
            incident,
            Act("Say how it stands", reverse("desk:action-item",
                args=[incident.public_id, item.public_id])),
            end_of_day(item.due) if item.due else None,
            mine=item.owner_id in {None, reader.person.pk},
        )  # fmt: skip


def _promises(page: Page, now: datetime, reader: Reader) -> Iterator[Item]:
    for promise in commitments.open_promises(page):
        if promise.due is None or end_of_day(promise.due) > now + PROMISES_AHEAD:
            continue
        where = reverse("desk:commitment", args=[promise.incident.public_id, promise.public_id])
        yield Item(
            "promise",
            "Keep a promise",
            f"{promise.what}{_done_by(promise.owner_name)}",
            promise.incident,
            Act("Say how it stands", where),
            end_of_day(promise.due),
            mine=reader.may["promise"] or _is_called(reader, promise.owner_name),
        )


def _delivered(page: Page, now: datetime, reader: Reader) -> Iterator[Item]:
    """Yield that those who got the summaries can be told what was delivered, if there is any."""
    offers = delivered(page=page, now=now)
    if not offers:
        return
    where, count = reverse("desk:delivered"), sum(len(each.promises) for each in offers)
    incident = offers[0].incident
    others = f" and {len(offers) - 1} more" if len(offers) > 1 else ""
    yield Item(
        "delivered",
        "Tell who got the summary",
        f"{count} {'promise' if count == 1 else 'promises'} moved since. One letter each.",
        None,
        Act("See who would hear", where),
        mine=reader.may["publish"],
        about=f"{incident.title}{others}",
        where=where,
    )


def _readers(page: Page, with_case: Sequence[Incident], reader: Reader) -> Iterator[Item]:
    """Yield what readers wrote that nobody took note of, and what most of them still ask where the
    case is open.
    """
    waiting = remarks_waiting(page)
    asking = left_asking(page, [each.public_id for each in with_case])
    if not waiting and not asking:
        return
    known = {each.public_id: each for each in with_case}
    missing = [ref for ref in waiting if ref not in known]
    known |= {each.public_id: each for each in incidents.incidents_called(page, missing)}
    for ref, incident in known.items():
        count, answered = waiting.get(ref, 0), asking.get(ref)
        if not count and answered is None:
            continue
        said = []
        if answered is not None:
            question, times = answered.remaining[0]
            said.append(
                f"{answered.no} of {answered.total} readers are left with a question; "
                f"{times} ask: {question}"
            )
        if count:
            said.append(f"{count} wrote what is missing.")
        where = reverse("desk:case", args=[ref])
        yield Item(
            "readers",
            "Read what readers miss",
            " ".join(said),
            incident,
            Act("See what they say", f"{where}#readers"),
            mine=reader.may["write"],
        )


def _come_again(page: Page, asked: Sequence[Incident], reader: Reader) -> Iterator[Item]:
    """Yield what looks like an earlier incident and nobody has judged: while it goes on, and as
    long as its case is open. What was said and promised then stands beside the question.
    """
    by_key = {each.pk: each for each in asked}
    found = incidents.unsaid(list(by_key.values()))
    earlier = before_it(page, list(found.values()))
    for pk, before in zip(found, earlier, strict=True):
        incident = by_key[pk]
        name = "desk:case" if incident.is_over else "desk:incident"
        where = reverse(name, args=[incident.public_id])
        yield Item(
            "recurrence",
            f"Looks like “{before.found.earlier.title}”: the same again?",
            _what_came_before(before),
            incident,
            Act("Say whether it is", f"{where}#before"),
            mine=reader.may["edit_record"],
            where=where,
            about=incident.title,
        )


def _what_came_before(before: Before) -> str:
    of_cause = before.found.because == "cause"
    shared = "Its cause has the same short name as" if of_cause else "It hit a same part as"
    said = f"{shared} on {day(before.found.earlier.started_at)}. "
    said += f"Summary: “{before.summary}”." if before.summary else "It has no summary."
    if before.promises:
        listed = [f"{each.what} ({in_sentence(each.get_state_display())})"
                  for each in before.promises[:3]]  # fmt: skip
        said += f" Promised then: {'; '.join(listed)}{' …' if len(before.promises) > 3 else ''}"
    return said


def _done_by(owner: str) -> str:
    return f" (inside: {owner})" if owner else ""


def _is_called(reader: Reader, owner: str) -> bool:
    return owner.casefold() in {reader.person.name.casefold(), reader.person.email.casefold()}
