"""Nobody is offered a button that their own role would refuse."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from afterword.commitments.actions import promise
from afterword.statements.actions import approve, ask_review, start
from afterword.statements.models import Statement
from desk.office import BRIEF, Seen, seen, signed_in, written


class RolledBack(Exception):
    """Ends the savepoint of a try."""


def offered(page: Seen, here: str) -> list[tuple[str, dict[str, str]]]:
    """Return (address, values) of every form that posts and has a button that is not disabled."""
    forms: list[tuple[str, dict[str, str], list[str]]] = []
    chosen = ""
    for tag, attrs in page.tags:
        if tag == "form":
            forms.append((str(attrs.get("action") or here), {}, []))
        elif forms and tag in {"input", "textarea"} and attrs.get("name"):
            forms[-1][1][str(attrs["name"])] = str(attrs.get("value") or _typed(attrs))
        elif forms and tag == "select" and attrs.get("name"):
            chosen = str(attrs["name"])
        elif forms and tag == "option" and (chosen not in forms[-1][1] or "selected" in attrs):
            forms[-1][1][chosen] = str(attrs.get("value") or "")
        elif forms and tag == "button" and attrs.get("type") == "submit":
            live = "disabled" not in attrs
            forms[-1][2].extend([str(attrs.get("formaction") or "")] if live else [])
    return [(other or where, values) for where, values, buttons in forms for other in set(buttons)]


def _typed(attrs: dict[str, str | None]) -> str:
    """Return what somebody in a hurry would fill in."""
    return "2026-04-01" if attrs.get("type") == "date" else "Words enough for a reason."


def refused(client: Client, page: Seen, here: str) -> list[str]:
    found = []
    for where, values in offered(page, here):
        if where.endswith("/sign-out/"):
            continue
        try:
            with transaction.atomic():
                if client.post(where, values).status_code == 403:
                    found.append(f"{here} offers {where}")
                raise RolledBack
        except RolledBack:
            pass
    return found


@pytest.fixture
def texts(recorded: SimpleNamespace, clock: Any) -> list[Statement]:
    """A draft, a text in review, an approved one, and a promise."""
    now, made = clock.now(), []
    made.append(start(actor=recorded.wanda, now=now, incident=recorded.incident, kind="summary"))
    made.append(start(actor=recorded.wanda, now=now, incident=recorded.incident, kind="note"))
    closure = written(recorded, now)
    ask_review(actor=recorded.wanda, now=now, statement=closure)
    approve(actor=recorded.rolf, now=now, statement=closure)
    promise(
        actor=recorded.wanda, now=now, incident=recorded.incident, what="Alarms", why="because",
        effect="so that", mechanism="detect", due=now.date(),
    )  # fmt: skip
    return [*made, closure]


@pytest.mark.parametrize("who", ["wanda", "rolf", "pia", "ines", "ada"])
def test_every_button_on_every_page_is_one_the_reader_may_press(
    recorded: SimpleNamespace, texts: list[Statement], clock: Any, who: str
) -> None:
    from afterword.commitments.queries import of_incident

    made = of_incident(recorded.incident)[0].public_id
    pages = ["/desk/", "/desk/incidents/", "/desk/customers/", "/desk/outbox/", "/desk/log/"]
    pages += [recorded.case.replace("cases", "incidents")]
    parts = ("", "record/", "decision/", "commitments/", f"commitments/{made}/", "follow-up/")
    pages += [recorded.case + part for part in (*parts, "people/")]
    for text in texts:
        pages += [f"/desk/statements/{text.public_id}/{act}" for act in ("", "review/", "publish/")]
    client = signed_in(getattr(recorded, who))
    found: list[str] = []
    for here in pages:
        answer = client.get(here)
        assert answer.status_code == 200, here
        found += refused(client, seen(answer), here)
    assert found == []


def test_an_override_is_offered_to_who_may_let_findings_through(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now(), BRIEF)
    where = f"/desk/statements/{statement.public_id}/review/"
    assert "Let it stand" in seen(signed_in(recorded.rolf).get(where)).words
    assert "Let it stand" not in seen(signed_in(recorded.wanda).get(where)).words
