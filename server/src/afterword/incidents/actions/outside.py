"""What was heard from outside: who spoke first, and who asked again after the summary."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.models import HeardOutside, Incident
from afterword.incidents.queries import heard_outside
from afterword.kit.errors import BadInput
from afterword.kit.timespans import year_problem

MOST_QUESTIONS = 1_000_000


def note_outside(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    first_at: datetime | None = None,
    nobody_before: bool = False,
    repeat_questions: int | None = None,
) -> HeardOutside:
    """Keep what was heard from outside, as it is known now; what was noted before stays in the log.

    ``first_at`` (UTC) is the first report from outside, ``nobody_before`` says that there was none
    before our own first word, ``repeat_questions`` counts questions within 72 hours of the summary.
    None is not known. Raises BadInput.
    """
    require(actor, "edit_record", page=incident.page_id)
    problems = _problems(first_at, nobody_before, repeat_questions, now)
    if problems:
        raise BadInput("This cannot be what was heard.", problems)
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        before = heard_outside(incident)
        said = (first_at, nobody_before, repeat_questions)
        if before and said == (before.first_at, before.nobody_before, before.repeat_questions):
            return before
        noted = HeardOutside(
            incident=incident,
            first_at=first_at,
            nobody_before=nobody_before,
            repeat_questions=repeat_questions,
            noted_by=actor if isinstance(actor, Person) else None,
            noted_at=now,
        )
        noted.save(force_insert=True)
        record_act(
            actor=actor, verb="incidents.note_outside", subject=f"incident:{incident.public_id}",
            now=now, detail={"heard": noted.pk},
        )  # fmt: skip
    return noted


def _problems(
    first_at: datetime | None, nobody_before: bool, questions: int | None, now: datetime
) -> dict[str, str]:
    problems: dict[str, str] = {}
    if first_at is not None:
        if first_at.tzinfo is None:
            problems["first_at"] = "has no time zone"
        elif problem := year_problem(first_at):
            problems["first_at"] = problem
        elif first_at > now:
            problems["first_at"] = "is in the future"
        elif nobody_before:
            problems["nobody_before"] = "says that nobody spoke before us; take off the time, or it"
    if questions is not None and not 0 <= questions <= MOST_QUESTIONS:
        problems["repeat_questions"] = f"must be 0 to {MOST_QUESTIONS:,}"
    return problems
