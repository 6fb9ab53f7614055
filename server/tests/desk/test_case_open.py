"""What opens within the page of a case: the way back, what is refused, and what does not open."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.incidents.actions import decide_summary
from afterword.incidents.queries import current_record
from afterword.statements.actions import comment, start
from desk.office import record_post, seen, signed_in, written
from desk.test_who_may_what import another_page
from desk.walking import Walker, _Page


def opening(office: SimpleNamespace, at: str, then: str = "") -> str:
    return f"{office.case}?open={at}" + (f"&then={then}" if then else "")


def test_the_record_opened_from_a_text_leads_back_to_the_text(
    recorded: SimpleNamespace, clock: Any
) -> None:
    text = f"statements/{written(recorded, clock.now()).public_id}/"
    decide_summary(
        actor=recorded.wanda,
        now=clock.now(),
        incident=recorded.incident,
        outcome="summary",
        reason="",
    )
    wanda = Walker(recorded.wanda, [])
    wanda.arrive(opening(recorded, text)).follow("Edit the record")
    assert wanda.page.links["Leave it as it was"] == f"{opening(recorded, text)}#opened"
    wanda.press("Save the record")
    assert wanda.address == f"{opening(recorded, text)}#opened"
    assert "6 hours 12 minutes" in wanda.text
    # What has more than one thing to do stays open, with the way back above it.
    wanda.follow("Make a promise").enter("what", "A list with a limit.")
    wanda.enter("why", "It filled up.").enter("effect", "It does not.").enter("due", "2026-04-15")
    wanda.press("Promise it").follow("Back to the text")
    assert wanda.address == f"{opening(recorded, text)}#opened"


def test_what_is_refused_is_shown_within_the_case_with_what_was_typed(
    recorded: SimpleNamespace,
) -> None:
    where = opening(recorded, f"cases/{recorded.incident.public_id}/record/")
    post = record_post(recorded, **{"customers.affected": "about nine"})
    answer = signed_in(recorded.wanda).post(where, post)
    page = seen(answer)
    assert answer.status_code == 422
    assert page.all("section", id="opened")
    assert page.all("input", name="customers.affected", value="about nine")
    record = current_record(recorded.incident)
    assert record is not None
    assert record.data["customers"]["affected"] == 1798


def test_every_form_of_a_text_leads_back_into_the_case(
    recorded: SimpleNamespace, clock: Any
) -> None:
    text = written(recorded, clock.now())
    said = comment(actor=recorded.rolf, now=clock.now(), statement=text, body="Say who.")
    at, client = f"statements/{text.public_id}/", signed_in(recorded.ada)
    for form, led in {
        f"{at}comment/": "review/",
        f"{at}comment/{said.pk}/settle/": "review/",
        f"{at}ask-review/": "review/",
        f"{at}typed/{'0' * 32}/forget/": "",
    }.items():
        answer = client.post(opening(recorded, form), {"body": "Well said."})
        assert answer.status_code == 302, form
        assert answer["Location"].partition("#")[0] == opening(recorded, f"{at}{led}"), form
    # The address of a form alone, opened anew, is no dead end.
    again = client.get(opening(recorded, f"{at}approve/"))
    assert again["Location"] == recorded.case


def test_nothing_else_opens_within_a_case(recorded: SimpleNamespace, clock: Any) -> None:
    other = another_page(recorded, clock.now()).incident.public_id
    client = signed_in(recorded.ada)
    for at in (
        f"cases/{other}/record/", "statements/none/", "people/", "sign-out/", "/example.org/",
        "https://example.org/", "../incidents/", f"cases/{recorded.incident.public_id}/", "%00",
    ):  # fmt: skip
        assert client.get(opening(recorded, at)).status_code == 404, at
        record = f"cases/{recorded.incident.public_id}/record/"
        assert client.get(opening(recorded, record, then=at)).status_code == 404, at
    assert client.post(recorded.case, {"body": "x"}).status_code == 422


@pytest.mark.parametrize("at", ["record/", "commitments/", "decision/", "follow-up/"])
def test_within_a_case_roles_are_asked_as_on_the_page_itself(
    recorded: SimpleNamespace, at: str
) -> None:
    client = signed_in(recorded.rolf)
    inside = opening(recorded, f"cases/{recorded.incident.public_id}/{at}")
    assert client.get(inside).status_code == 200
    assert client.post(inside, {}).status_code == 403


def test_comparing_two_revisions_keeps_the_way_back_to_the_text(
    recorded: SimpleNamespace, clock: Any
) -> None:
    text = written(recorded, clock.now())
    note = start(actor=recorded.wanda, now=clock.now(), incident=recorded.incident, kind="note")
    here = opening(
        recorded, f"statements/{text.public_id}/review/", f"statements/{note.public_id}/"
    )
    page = _Page(signed_in(recorded.rolf).get(here).content.decode())
    compare = next(form["values"] for form in page.forms if "since" in form["values"])
    assert compare == {
        "open": f"statements/{text.public_id}/review/",
        "then": f"statements/{note.public_id}/",
        "since": "1",
    }
