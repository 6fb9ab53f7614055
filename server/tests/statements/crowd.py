"""Run by itself, with a database of its own: many people act on one text at the same moment.

Prints one JSON object: what each was told, and what is stored in the end.
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from afterword.kit.errors import Refusal  # noqa: E402
from afterword.publishing.actions import publish_statement  # noqa: E402
from afterword.statements import queries  # noqa: E402
from afterword.statements.actions import approve, ask_review, save_revision, start  # noqa: E402
from statements.world import HONEST, TITLE, build, change_record, for_the_page_only  # noqa: E402

# The real hasher costs a tenth of a second for each person of the company.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
company: Any = None


def at_once(acts: list[Callable[[], Any]]) -> list[str]:
    """Start all acts together and return what each was told: a refusal's name, or "done"."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> str:
        gate.wait()
        try:
            act()
        except Refusal as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def writing(number: int) -> dict[str, Any]:
    """Everybody starts the same text at once, then everybody saves their own words on it."""

    def begin() -> Any:
        return start(actor=company.noor, now=NOON, incident=company.incident, kind="summary")

    started = at_once([begin] * number)
    [statement] = queries.of_incident(company.incident)

    def save(word: str) -> Callable[[], Any]:
        return lambda: save_revision(
            actor=company.noor, now=NOON, statement=queries.of_incident(company.incident)[0],
            title=TITLE, body=word, based_on=1,
        )  # fmt: skip

    told = at_once([save(f"words of writer {n}") for n in range(number)])
    revisions = queries.revisions_of(statement)
    return {
        "started": started,
        "told": sorted(told),
        "numbers": [r.number for r in revisions],
        "bodies": sorted(r.body for r in revisions[1:]),
    }


def publishing(rounds: int) -> list[dict[str, Any]]:
    """Publish, rewrite and correct the record of an approved text, all at once, again and again."""
    seen = []
    for each in range(rounds):
        statement = start(actor=company.noor, now=NOON, incident=company.incident, kind="closure")
        body = f"{HONEST} Thank you, {each}."
        save_revision(
            actor=company.noor, now=NOON, statement=statement, title=TITLE, body=body, based_on=1
        )
        ask_review(actor=company.noor, now=NOON, statement=statement)
        review = approve(actor=company.bo, now=NOON, statement=statement)

        def fresh(public_id: str = statement.public_id) -> Any:
            return queries.statement_by_public_id(company.page, public_id)

        left: list[Any] = []

        def publish(fresh: Any = fresh, left: list[Any] = left) -> None:
            left.append(publish_statement(actor=company.pia, now=NOON, statement=fresh()))

        def rewrite(fresh: Any = fresh) -> None:
            save_revision(
                actor=company.noor, now=NOON, statement=fresh(), title=TITLE, body="other words",
                based_on=2,
            )  # fmt: skip

        def learn(each: int = each) -> None:
            change_record(company, NOON, symptoms=[f"invoices were late, {each}"])

        told = at_once([publish, publish, rewrite, learn])
        seen.append(
            {
                "told": told,
                "left": [(p.body == body, p.record_version == review.record_version) for p in left],
                "state": fresh().state,
            }
        )
        if not left:
            # Out of the way, so that the next round starts a text of its own.
            statement.delete()
    return seen


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    company = for_the_page_only(build(NOON), NOON)
    sys.stdout.write(
        json.dumps({"writing": writing(6), "publishing": publishing(int(sys.argv[1]))})
    )
