"""Starting a text from the record, and saving what people make of it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audience.models import Segment
from afterword.audit.actions import record_act
from afterword.commitments.queries import of_incident, public_view
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.kit.errors import BadInput, Conflict
from afterword.statements import queries, states
from afterword.statements.actions.checking import keep_first_check
from afterword.statements.actions.holding import hold, move
from afterword.statements.first_day import with_day_of_summary
from afterword.statements.models import Revision, Statement, StatementKind, StatementState
from afterword.statements.texts import MAX_TITLE, Text, tidied
from afterword.wording.drafts import starting_text

_SEGMENTS = {
    StatementKind.FOLLOW_UP: (Segment.SLA, Segment.HIGH, Segment.DATA),
    StatementKind.DATA_NOTICE: (Segment.DATA,),
}


def start(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    kind: str,
    segment: str = "",
    interim: bool = False,
) -> Statement:
    """Start a text about the incident, with revision 1 drafted from the record and the promises.

    Returns the unpublished text of this kind and segment where there is one already. ``segment``
    says who a follow-up (default: SLA customers) or a data notice is for; other kinds have none.
    Raises BadInput for a kind or segment that does not exist, and for a correction, which has a
    verb of its own: it says what it corrects.
    """
    require(actor, "write", page=incident.page_id)
    kind, segment = _kind_and_segment(kind, segment)
    if kind == StatementKind.CORRECTION:
        raise BadInput(
            "A correction names what it corrects. Start it from the published text on the case.",
            {"kind": "is started from what it corrects"},
        )
    wanted = Statement.objects.filter(incident=incident, kind=kind, segment=segment).exclude(
        state=StatementState.PUBLISHED
    )
    existing = wanted.first()
    if existing is not None:
        return existing
    record = current_record(incident)
    title, body = starting_text(
        kind,
        record.data if record else starting_record(incident),
        incident.page.support_contact,
        [public_view(each) for each in of_incident(incident)],
    )
    if kind == StatementKind.CLOSURE:
        body = with_day_of_summary(body, incident, now)
    text = tidied(title[:MAX_TITLE], body)
    try:
        with transaction.atomic():
            statement = Statement.objects.create(
                incident=incident,
                kind=kind,
                segment=segment,
                interim=interim,
                language=incident.page.first_language,
                created_at=now,
            )
            write_revision(
                statement=statement, text=text, number=1, based_on=0, actor=actor, now=now
            )
            record_act(
                actor=actor,
                verb="statements.start",
                subject=f"statement:{statement.public_id}",
                now=now,
                detail={"incident": incident.public_id, "kind": kind, "segment": segment},
            )
    except IntegrityError:
        # Somebody else started the same text between our look and our write.
        existing = wanted.first()
        if existing is None:
            raise
        return existing
    return statement


def save_revision(
    *,
    actor: Actor,
    now: datetime,
    statement: Statement,
    title: str,
    body: str,
    based_on: int,
) -> Revision:
    """Save a new revision written on top of revision ``based_on``; the same text writes nothing.

    When somebody saved meanwhile, this text is kept all the same, as the newest revision, and
    Conflict names both numbers: nothing can be reviewed until one save on top of the newest has
    settled it. Raises BadInput for over-long text or a revision that does not exist, WrongState
    for a published statement.
    """
    require(actor, "write", page=statement.incident.page_id)
    text = tidied(title, body)
    with transaction.atomic():
        newest = hold(statement)
        after = states.after(states.SAVE, statement.state)
        if not 1 <= based_on <= newest.number:
            raise BadInput(
                f"There is no revision {based_on}; the newest is {newest.number}. "
                "Load the text again.",
                {"based_on": "does not exist"},
            )
        kept = _kept_already(statement, newest, text, based_on)
        if kept is None:
            kept = write_revision(
                statement=statement, text=text, number=newest.number + 1, based_on=based_on,
                actor=actor, now=now,
            )  # fmt: skip
            move(statement, after)
            keep_first_check(now=now, statement=statement, revision=kept)
            record_act(
                actor=actor,
                verb="statements.save_revision",
                subject=f"statement:{statement.public_id}",
                now=now,
                detail={"revision": kept.number, "based_on": based_on},
            )
    # Raised after the transaction, so that the refusal cannot take the late text with it.
    _refuse_late(newest, kept, text, based_on)
    return kept


def _kind_and_segment(kind: str, segment: str) -> tuple[StatementKind, str]:
    if kind not in StatementKind.values:
        raise BadInput(
            f"There is no text of the kind {kind[:40]!r}. "
            f"Choose {', '.join(StatementKind.values)}.",
            {"kind": "unknown"},
        )
    known = StatementKind(kind)
    allowed = _SEGMENTS.get(known, ())
    if not allowed and segment:
        raise BadInput(
            f"A {known.label.lower()} is for everybody and takes no segment.",
            {"segment": "must be empty"},
        )
    if allowed and segment not in {"", *allowed}:
        raise BadInput(
            f"A {known.label.lower()} is for {' or '.join(allowed)}, not {segment[:40]!r}.",
            {"segment": "unknown"},
        )
    return known, segment or (str(allowed[0]) if allowed else "")


def _kept_already(
    statement: Statement, newest: Revision, text: Text, based_on: int
) -> Revision | None:
    """Return the revision that holds this text already, if saving it again would add nothing."""
    if based_on == newest.number:
        # The same words on top of a newest that left somebody aside are an answer: they settle it.
        settles = newest.based_on != newest.number - 1
        return newest if newest.text_hash == text.hash and not settles else None
    return (
        Revision.objects.filter(statement=statement, text_hash=text.hash, number__gte=based_on)
        .order_by("-number")
        .first()
    )


def _refuse_late(newest: Revision, kept: Revision, text: Text, based_on: int) -> None:
    """Raise Conflict when others saved after ``based_on``; ``newest`` is what they left."""
    if based_on == newest.number:
        return
    if kept.pk == newest.pk and newest.based_on == newest.number - 1:
        return
    theirs = newest.author.name if newest.author else "Afterword"
    if kept.number == based_on:
        raise Conflict(
            f"{theirs} saved revision {newest.number} meanwhile. You had not changed revision "
            f"{based_on}, so nothing of yours is waiting: load revision {newest.number}."
        )
    if kept.number <= newest.number:
        raise Conflict(
            f"This text is kept already, as revision {kept.number}; the newest is {newest.number}. "
            f"Load revision {newest.number}, take over what belongs in, and save."
        )
    raise Conflict(
        f"{theirs} saved revision {newest.number} while you wrote on revision {based_on}. Nothing "
        f"is lost: yours is revision {kept.number}, theirs is {newest.number}. Take over what "
        f"belongs in, then save on top of revision {kept.number}; until then neither can go to "
        "review."
    )


def write_revision(
    *, statement: Statement, text: Text, number: int, based_on: int, actor: Actor, now: datetime
) -> Revision:
    """Append a revision, inside the transaction of the verb that checked it."""
    return Revision.objects.create(
        statement=statement,
        number=number,
        based_on=based_on,
        title=text.title,
        body=text.body,
        text_hash=text.hash,
        record_version=queries.record_version_of(statement.incident),
        author=actor if isinstance(actor, Person) else None,
        created_at=now,
    )
