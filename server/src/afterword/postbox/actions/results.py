import json
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import connection, transaction

from afterword.kit.postgresql.arrays import array_of
from afterword.postbox.actions.coming_back import note_refused
from afterword.postbox.actions.judging import (
    held_back,
    judge_refusals,
    nobody_got,
    take_back_given_up,
)
from afterword.postbox.actions.ordering import rest_about
from afterword.postbox.actions.overtaking import OVERTAKEN
from afterword.postbox.actions.plain_plans import by_indexes_alone
from afterword.postbox.addresses import FORGOTTEN
from afterword.postbox.message_ids import message_key
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.reports import of_refusal
from afterword.postbox.states import MOST_ATTEMPTS, Event, event_after, sources, wait_before_retry


def record_results(*, results: Sequence[Result]) -> list[Result]:
    """Write down how tries ended: the attempts, and what they mean for their letters. Return the
    refusals by mail that are held back, for the server refuses too many. Those of one run alone,
    while other mail is to leave, make that run rest and are not returned.

    A refusal while the server takes nobody, of a run that nobody got, does not end its letter: one
    to four letters are too few to judge a server by, so they are tried on as if it had been put
    off, each try counted.

    May be called again with the same results (a journal read after a crash): attempts are then
    not counted twice. A result other than "accepted" of a claim that was lost is ignored.
    """
    kept_back: list[Result] = []
    if not results:
        return kept_back
    others = [each for each in results if each.outcome is not Outcome.ACCEPTED]
    with transaction.atomic():
        if others:
            _hold([each.letter_id for each in results])
        if connection.vendor == "postgresql":
            _write_at_once(results)
        else:
            _write_down(results)
        if others:
            known = Letter.objects.in_bulk([each.letter_id for each in others])
            judged = judge_refusals(others)
            for result in others:
                if (letter := known.get(result.letter_id)) is None:
                    continue
                of_mail = letter.channel == "email" and _is_refusal(result)
                kept = of_mail and letter.pk in judged.held
                if kept and not judged.run:
                    kept_back.append(result)
                _mark_not_sent(letter, result, kept, judged.took_nobody)
            # Those that were given up before it was plain, in this batch too.
            take_back_given_up(judged.held, others[-1].at)
            if judged.run:
                rest_about(about=judged.run, now=others[-1].at, says=judged.why)
    return kept_back


def _hold(letter_ids: Sequence[int]) -> None:
    """Hold all letters in the order of their ids, as everybody does who holds several. What was
    accepted is marked in that order, before the others are looked at.
    """
    if connection.features.has_select_for_update:  # SQLite lets one writer in at a time
        mine = Letter.objects.filter(pk__in=letter_ids).order_by("pk")
        list(mine.select_for_update().values_list("pk", flat=True))


def _is_refusal(result: Result) -> bool:
    return result.outcome is Outcome.REFUSED and result.code is not None


def _write_at_once(results: Sequence[Result]) -> None:
    """Keep the attempts and mark what was accepted, in one statement of PostgreSQL's."""
    unsent = [state.value for state in sources(Event.ACCEPTED)]
    statement = (
        # OFFSET 0: looked for letter by letter. Joined, all tries there ever were would be read.
        "WITH fresh AS MATERIALIZED (SELECT told.* FROM unnest(%s::bigint[], %s::timestamptz[], "
        "%s::text[], %s::smallint[], %s::text[], %s::bigint[]) "
        "AS told(letter, at, outcome, code, answer, key) "
        "WHERE NOT EXISTS (SELECT 1 FROM postbox_attempt AS old "
        "WHERE old.letter_id = told.letter AND old.at = told.at OFFSET 0)), "
        "marked AS (UPDATE postbox_letter SET state = %s, sent_at = fresh.at, "
        "attempts = attempts + 1, lease_until = NULL, stop_asked = false, "
        "last_answer = fresh.answer FROM fresh WHERE postbox_letter.id = fresh.letter "
        "AND fresh.outcome = %s AND state = ANY(%s)) "
        "INSERT INTO postbox_attempt (letter_id, at, outcome, code, answer, message_key) "
        "SELECT fresh.* FROM fresh "
        "WHERE EXISTS (SELECT 1 FROM postbox_letter WHERE id = fresh.letter OFFSET 0)"
    )
    # Marked, and so held, in the order of their ids.
    told = sorted(results, key=lambda each: each.letter_id)
    by_indexes_alone()
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            (
                array_of([each.letter_id for each in told]),
                array_of([each.at.isoformat() for each in told]),
                array_of([each.outcome.value for each in told]),
                array_of([each.code for each in told]),
                array_of([each.answer[:500] for each in told]),
                array_of([message_key(each.message_id) for each in told]),
                LetterState.SENT.value,
                Outcome.ACCEPTED.value,
                unsent,
            ),
        )


def _write_down(results: Sequence[Result]) -> None:
    """The same in two statements of SQLite's, each of which gets all results as one list."""
    told = json.dumps(
        [(r.letter_id, _for_sqlite(r.at), r.outcome, r.code, r.answer[:500]) for r in results]
    )
    listed = (
        "WITH told AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS letter, "
        "json_extract(value, '$[1]') AS at, json_extract(value, '$[2]') AS outcome, "
        "json_extract(value, '$[3]') AS code, json_extract(value, '$[4]') AS answer "
        "FROM json_each(%s)) "
    )
    # CROSS: in this order, for SQLite cannot know that the list is short.
    keep = (
        "INSERT INTO postbox_attempt (letter_id, at, outcome, code, answer) "
        "SELECT postbox_letter.id, told.at, told.outcome, told.code, told.answer "
        "FROM told CROSS JOIN postbox_letter ON postbox_letter.id = told.letter "
        "WHERE NOT EXISTS (SELECT 1 FROM postbox_attempt AS old "
        "WHERE old.letter_id = told.letter AND old.at = told.at)"
    )
    unsent = [state.value for state in sources(Event.ACCEPTED)]
    states = ", ".join(["%s"] * len(unsent))
    mark = (
        "UPDATE postbox_letter SET state = %s, sent_at = told.at, "  # noqa: S608
        "attempts = attempts + 1, lease_until = NULL, stop_asked = 0, last_answer = told.answer "
        "FROM told WHERE postbox_letter.id = told.letter AND told.outcome = %s "
        f"AND state IN ({states})"
    )
    with connection.cursor() as cursor:
        cursor.execute(listed + keep, (told,))
        cursor.execute(
            listed + mark, (told, LetterState.SENT.value, Outcome.ACCEPTED.value, *unsent)
        )


def _for_sqlite(moment: datetime) -> str:
    """Return a time as Django writes it there; its own way takes longer than the whole insert."""
    return moment.astimezone(UTC).isoformat(" ").removesuffix("+00:00")


def _said_last(letter: Letter, result: Result, state: LetterState, kept_back: bool) -> str:
    if state == LetterState.WITHDRAWN and letter.last_answer == OVERTAKEN:
        return OVERTAKEN
    return held_back(result.answer) if kept_back else result.answer[:500]


def _mark_not_sent(letter: Letter, result: Result, kept_back: bool, took_nobody: bool) -> None:
    """Apply a failed try under the fence of its claim, so that a later claim is left alone.

    One that is ``kept_back`` is none of the tries after which a letter is given up.
    """
    attempts = letter.attempts + (0 if kept_back else 1)
    event = Event.RETRY if kept_back else event_after(result.outcome, attempts)
    may_be_the_server = took_nobody and letter.channel == "email" and _is_refusal(result)
    if may_be_the_server and attempts < MOST_ATTEMPTS and nobody_got(letter.about):
        event = Event.RETRY
    if letter.stop_asked and event is Event.RETRY:
        event = Event.WITHDRAW
    state = {
        Event.RETRY: LetterState.WAITING,
        Event.GIVE_UP: LetterState.FAILED,
        Event.WITHDRAW: LetterState.WITHDRAWN,
    }[event]
    changed = Letter.objects.filter(
        pk=letter.pk, state=LetterState.CLAIMED, lease_until=result.lease_until
    ).update(
        state=state,
        attempts=attempts,
        next_at=result.at + wait_before_retry(attempts),
        lease_until=None,
        last_answer=_said_last(letter, result, state, kept_back),
    )
    if changed and state == LetterState.FAILED and letter.channel == "email":
        report = of_refusal(result.answer, code=result.code)
        if report is not None and not letter.recipient.startswith(FORGOTTEN):
            note_refused(at=result.at, letter=letter, report=report)
