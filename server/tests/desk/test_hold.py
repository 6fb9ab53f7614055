"""A held case: nothing about it leaves through any way out, and everybody sees why."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.audit.models import Entry
from afterword.incidents.actions import hold_case
from afterword.kit.errors import BadInput, WrongState
from afterword.publishing import actions as door
from afterword.publishing.models import Publication
from afterword.statements.actions import approve, ask_review
from afterword.statements.models import Statement
from desk.office import has_inline_code, seen, signed_in, written
from statements.world import for_the_page_only

WHY = "Counsel reads the supplier's contract first."


@pytest.fixture
def approved(recorded: SimpleNamespace, clock: Any) -> Statement:
    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    approve(actor=recorded.rolf, now=clock.now(), statement=statement)
    for_the_page_only(recorded, clock.now())
    return statement


@pytest.fixture
def held(recorded: SimpleNamespace, approved: Statement) -> SimpleNamespace:
    post = {"reason": WHY, "look_again_on": "2026-03-20"}
    answer = signed_in(recorded.rolf).post(f"{recorded.case}hold/", post, follow=True)
    page = seen(answer)
    assert "Held: nothing about this incident leaves." in page.words
    assert has_inline_code(page) == []
    return recorded


def test_every_way_out_is_closed_and_nothing_is_written_on_the_way(
    held: SimpleNamespace, approved: Statement, clock: Any
) -> None:
    now, incident = clock.now(), held.incident
    ways: list[Any] = [
        lambda: door.publish_statement(actor=held.pia, now=now, statement=approved),
        lambda: door.announce_update(
            actor=held.wanda, now=now, incident=incident, status="resolved", body="Still well."
        ),
        lambda: door.reopen_incident(
            actor=held.wanda, now=now, incident=incident, reason="It is back.", body="It is back.",
            status="investigating",
        ),
    ]  # fmt: skip
    before = list(Publication.objects.values_list("pk"))
    for way in ways:
        with pytest.raises(WrongState, match="Rolf holds this case: Counsel reads"):
            way()
    assert list(Publication.objects.values_list("pk")) == before
    incident.refresh_from_db()
    approved.refresh_from_db()
    assert (incident.status, approved.state) == ("resolved", "approved")


def test_the_publisher_sees_why_and_the_first_page_when_to_look_again(
    held: SimpleNamespace, approved: Statement
) -> None:
    client = signed_in(held.pia)
    assert (
        f"Rolf holds this case: {WHY}"
        in seen(client.get(f"/desk/statements/{approved.public_id}/publish/")).words
    )
    first = seen(client.get("/desk/"))
    assert f"Held by Rolf: {WHY}" in first.words
    assert "2026-03-20T23:59:59Z" in {str(t.get("datetime")) for t in first.all("time")}


def test_released_it_leaves_and_the_log_has_both_acts(
    held: SimpleNamespace, approved: Statement, clock: Any
) -> None:
    client = signed_in(held.pia)
    client.post(f"{held.case}release/", {"reason": "Counsel is content."})
    door.publish_statement(actor=held.pia, now=clock.now(), statement=approved)
    verbs = Entry.objects.filter(verb__in=["incidents.hold", "incidents.release"])
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "incidents.hold",
        "incidents.release",
    ]


@pytest.mark.parametrize("who", ["wanda", "ines"])
def test_writers_neither_hold_nor_release(held: SimpleNamespace, who: str) -> None:
    client = signed_in(getattr(held, who))
    assert client.post(f"{held.case}release/", {"reason": "Enough."}).status_code == 403
    assert "Release the case" not in seen(client.get(held.case)).words


def test_a_hold_needs_a_day_to_come_and_is_placed_once(
    recorded: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    for days in (-1, 365 * 90):
        with pytest.raises(BadInput, match="on which day"):
            hold_case(
                actor=recorded.rolf, now=now, incident=recorded.incident, reason=WHY,
                look_again_on=now.date() + timedelta(days=days),
            )  # fmt: skip
    day = now.date()
    hold_case(
        actor=recorded.rolf, now=now, incident=recorded.incident, reason=WHY, look_again_on=day
    )
    with pytest.raises(WrongState, match="held already, by Rolf"):
        hold_case(
            actor=recorded.pia, now=now, incident=recorded.incident, reason=WHY, look_again_on=day
        )
