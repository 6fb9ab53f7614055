"""The internal review on the desk: written, read, lifted from, and seen by nobody else."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.actions import set_roles
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.desk.review_form import entry_rows, factor_rows
from afterword.incidents.queries import current_record
from afterword.postmortems.actions import add_item, ask_reading, begin, lift_fact, save
from afterword.postmortems.content import NAME_KINDS, SECTIONS, Content, Entry, Factor
from afterword.postmortems.queries import open_items, review_of
from afterword.statements.actions import approve, ask_review
from afterword.statements.queries import approval
from desk.office import complete_record, has_inline_code, seen, signed_in, values_of, written
from desk.test_telling_promises import closed

CANARIES = Content(
    body="quetzalbody", went_well="quetzalwell", luck="quetzalluck", hard="quetzalhard",
    timeline=(Entry("", "2026-03-17T08:21:30Z", "mitigated", "quetzalline", "quetzalknown",
                    "quetzalsource"),),
    factors=(Factor("", "detection", "quetzalfactor"),),
    people=("quetzalperson",), hosts=("quetzalhost",), tickets=("quetzalticket",),
    customers=("quetzalcustomer",),
)  # fmt: skip


def form_of(content: Content, based_on: int, **changes: str) -> dict[str, str]:
    """Return what the page's form would send for this content, but for the changes."""
    posted = {"body": content.body, "based_on": str(based_on)}
    posted |= {name: getattr(content, name) for name in SECTIONS}
    posted |= {kind: "\n".join(getattr(content, kind)) for kind in NAME_KINDS}
    for row in entry_rows(content, {}):
        each = row.entry
        posted |= {
            f"{row.name}.{name}": value
            for name, value in (("id", each.id), ("origin", each.origin), ("at", row.at),
                                ("kind", each.kind), ("what", each.what), ("known", each.known),
                                ("source", each.source))
        }  # fmt: skip
    for factor in factor_rows(content, {}):
        posted |= {f"{factor.name}.id": factor.factor.id, f"{factor.name}.kind":
                   factor.factor.kind, f"{factor.name}.text": factor.factor.text}  # fmt: skip
    return posted | changes


@pytest.fixture
def reviewed(recorded: SimpleNamespace, clock: Any) -> SimpleNamespace:
    """The office with a review whose every part holds a canary, and an action item past its day."""
    recorded.where = recorded.case + "postmortem/"
    save(actor=recorded.ines, now=clock.now(), incident=recorded.incident, content=CANARIES)
    recorded.item = add_item(
        actor=recorded.ines, now=clock.now(), incident=recorded.incident, what="quetzalitem",
        mechanism="prevent", owner=recorded.ines, due=clock.now().date() - timedelta(days=1),
        tracker_url="https://tracker.office.example/quetzaltracker",
    )  # fmt: skip
    return recorded


def content_now(office: SimpleNamespace) -> Content:
    review = review_of(office.incident, office.ines)
    assert review is not None
    return review.content


def test_it_is_begun_with_questions_and_a_timeline_and_sent_back_untouched_writes_nothing(
    office: SimpleNamespace,
) -> None:
    client = signed_in(office.ines)
    where = office.case + "postmortem/"
    page = seen(client.get(where))
    assert "Begin it" in page.words
    assert has_inline_code(page) == []
    client.post(where + "begin/", {"outline": "full"})
    begun = content_now(office)
    page = seen(client.get(where))
    assert "Still to come" in page.words
    assert "Fill in or cut what the outline asks" in page.words
    assert "6 hours 12 minutes" in page.words, "how long it took in all follows from the timeline"
    assert has_inline_code(page) == []
    client.post(where, form_of(begun, 1))
    review = review_of(office.incident, office.ines)
    assert review is not None
    assert review.newest.number == 1


def test_lines_typed_in_any_zone_are_sorted_and_seconds_are_kept(reviewed: SimpleNamespace) -> None:
    before = content_now(reviewed)
    client = signed_in(reviewed.ines)
    changes = {"timeline[1].at": "2026-03-17T09:05+01:00", "timeline[1].what": "It began."}
    answer = client.post(reviewed.where, form_of(before, 1, **changes), follow=True)
    assert "Saved as revision 2" in seen(answer).words
    lines = [(e.at, e.what) for e in content_now(reviewed).timeline]
    assert lines == [
        ("2026-03-17T08:05:00Z", "It began."), ("2026-03-17T08:21:30Z", "quetzalline"),
    ]  # fmt: skip


def test_a_time_that_cannot_be_read_is_named_and_nothing_typed_is_lost(
    reviewed: SimpleNamespace,
) -> None:
    before = content_now(reviewed)
    changes = {"timeline[0].at": "about nine", "luck": "A quiet Sunday."}
    answer = signed_in(reviewed.ines).post(reviewed.where, form_of(before, 1, **changes))
    assert answer.status_code == 422
    assert values_of(answer)["timeline[0].at"] == "about nine"
    assert "needs a time" in seen(answer).words
    assert "A quiet Sunday." in seen(answer).words
    assert content_now(reviewed) == before


def test_two_writers_on_different_parts_are_put_together_and_told(
    reviewed: SimpleNamespace,
) -> None:
    before = content_now(reviewed)
    signed_in(reviewed.ada).post(reviewed.where, form_of(before, 1, luck="Theirs."))
    answer = signed_in(reviewed.ines).post(
        reviewed.where, form_of(before, 1, hard="Mine."), follow=True
    )
    assert "Put together with what others saved" in seen(answer).words
    both = content_now(reviewed)
    assert (both.luck, both.hard, both.body) == ("Theirs.", "Mine.", "quetzalbody")


def test_blame_is_found_in_the_field_where_it_stands_while_it_is_typed(
    reviewed: SimpleNamespace,
) -> None:
    before = content_now(reviewed)
    said = "🦊 Rolf forgot to look."
    changes = {"factors[0].text": said, "body": "Ada should have asked."}
    answer = signed_in(reviewed.ines).post(
        reviewed.where + "check/", form_of(before, 1, **changes)
    ).json()  # fmt: skip
    found = {(f["field"], f["rule"]): f["start"] for f in answer["findings"]}
    assert {field for field, _ in found} == {"body", "factors[0].text"}
    # Browsers count the fox as two.
    assert found["factors[0].text", "BLM-03"] == 3
    assert ("body", "BLM-02") in found
    assert "Factor 1" in answer["html"]
    assert content_now(reviewed) == before, "nothing is saved"


def test_a_second_person_reads_it_and_the_case_says_how_far_it_is(
    reviewed: SimpleNamespace,
) -> None:
    def stands() -> str:
        return seen(signed_in(reviewed.wanda).get(reviewed.case)).words

    assert "Finish it, and let a second person read it." in stands()
    ines, ada = signed_in(reviewed.ines), signed_in(reviewed.ada)
    ines.post(reviewed.where + "ask/", {"reader": str(reviewed.ada.pk)})
    assert "waits for a second person" in stands()
    assert "It is final" not in seen(ines.get(reviewed.where)).words
    assert "Ines asks you to read it" in seen(ada.get(reviewed.where)).words
    final = {"revision": "1", "verdict": "final"}
    assert ines.post(reviewed.where + "settle/", final).status_code == 403
    assert ada.post(
        reviewed.where + "settle/", {"revision": "1", "verdict": "changes"}
    ).status_code == 422  # fmt: skip
    ada.post(reviewed.where + "settle/", final)
    assert "Read by a second person, and kept apart." in stands()
    assert "Ada found revision 1 final" in seen(ines.get(reviewed.where)).words


def test_the_first_page_says_what_is_due_to_those_who_investigate_and_no_word_to_others(
    reviewed: SimpleNamespace, clock: Any
) -> None:
    ask_reading(actor=reviewed.ines, now=clock.now(), incident=reviewed.incident)

    def waits_for(person: Any) -> tuple[str, str]:
        words = seen(signed_in(person).get("/desk/")).words
        mine, _, others = words.partition("Waits for somebody else")
        return mine, others

    mine, others = waits_for(reviewed.ines)
    assert "Do what the review asks for" in mine
    assert "Read the internal review" in others, "nobody finds their own words final"
    mine, others = waits_for(reviewed.ada)
    assert "Read the internal review" in mine
    assert "quetzalitem" in others
    mine, others = waits_for(reviewed.wanda)
    assert "quetzal" not in mine + others
    assert "Read the internal review" in others


def test_an_overdue_review_has_its_clock_on_the_first_page(office: SimpleNamespace) -> None:
    page = seen(signed_in(office.ines).get("/desk/"))
    assert "Write the internal review" in page.words
    # Resolved on Tuesday 17 March at 14:24, severity 2: five business days.
    assert "2026-03-24T14:24:00Z" in [c.get("datetime") for c in page.all("time")]


def test_the_review_stands_beside_the_text_for_those_alone_who_may_read_it(
    reviewed: SimpleNamespace, clock: Any
) -> None:
    statement = written(reviewed, clock.now())
    where = f"/desk/statements/{statement.public_id}/"
    words = seen(signed_in(reviewed.ada).get(where)).words
    for part in ("quetzalbody", "quetzalline", "quetzalknown", "quetzalfactor", "quetzalitem",
                 "lift the time", "promise it"):  # fmt: skip
        assert part in words, part
    assert "lift the time" not in seen(signed_in(reviewed.ines).get(where)).words
    for reader in (reviewed.wanda, reviewed.rolf, reviewed.pia):
        client = signed_in(reader)
        for address in (where, where + "review/", where + "publish/"):
            assert b"quetzal" not in client.get(address).content, (reader, address)
        assert b"quetzal" not in client.post(where + "check/", {"body": "x"}).content


def test_no_word_of_it_is_on_any_page_of_who_may_not_read_it(reviewed: SimpleNamespace) -> None:
    gus = reviewed.gus
    roles = [r for r in Role if r not in {Role.INVESTIGATOR, Role.ADMIN}]
    set_roles(actor=MACHINE, now=reviewed.incident.updated_at, person=gus, roles=roles)
    client = signed_in(gus)
    pages = ["/desk/", "/desk/incidents/", "/desk/log/", "/desk/outbox/", "/desk/action-items/"]
    pages += [reviewed.case + p for p in (
        "", "record/", "decision/", "commitments/", "follow-up/", "postmortem/",
        "postmortem/revisions/", "postmortem/lift/", f"postmortem/items/{reviewed.item.public_id}/",
    )]  # fmt: skip
    for where in pages:
        assert b"quetzal" not in client.get(where).content, where
    refused = client.post(reviewed.where + "export/")
    assert refused.status_code == 403
    assert b"quetzal" not in refused.content


def test_a_lifted_fact_voids_the_approval_of_a_text_and_says_so_before(
    reviewed: SimpleNamespace, clock: Any
) -> None:
    statement = written(reviewed, clock.now())
    ask_review(actor=reviewed.wanda, now=clock.now(), statement=statement)
    approve(actor=reviewed.rolf, now=clock.now(), statement=statement)
    assert approval(statement).valid
    client = signed_in(reviewed.ada)
    line = content_now(reviewed).timeline[0]
    where = reviewed.where + "lift/"
    page = client.get(where, {"line": line.id})
    assert "are void: closure" in seen(page).words
    assert "2026-03-17 08:21:30" in page.content.decode(), "a time is filled in as it is"
    version = current_record(reviewed.incident).version
    given = {"path": "times.mitigated", "value": "2026-03-17 08:21:30", "confidence": "measured",
             "source": "quetzallifted", "expected_version": str(version)}  # fmt: skip
    answer = client.post(where, given, follow=True)
    assert f"version {version + 1} of the record" in seen(answer).words
    record = current_record(reviewed.incident).data
    assert record["times"]["mitigated"] == "2026-03-17T08:21:30Z"
    assert "quetzal" not in repr(record)
    assert not approval(statement).valid
    assert client.post(where, given).status_code == 409, "somebody else saved meanwhile"


def test_a_lifted_fact_that_makes_the_record_smaller_asks_why_once_a_text_has_left(
    reviewed: SimpleNamespace, clock: Any
) -> None:
    closed(reviewed, clock.now())
    known = current_record(reviewed.incident).data
    complete_record(reviewed, clock.now(), data=known["data"] | {"loss": "possible"})
    client, where = signed_in(reviewed.ada), reviewed.where + "lift/"
    given = {"path": "data.loss", "value": "none", "confidence": "measured",
             "source": "the gauges",
             "expected_version": str(current_record(reviewed.incident).version)}  # fmt: skip
    refused = client.post(where, given)
    assert refused.status_code == 422
    assert "this makes the record smaller: loss: possible became none" in seen(refused).words
    assert "the gauges" in refused.content.decode()
    leaky = client.post(where, given | {"reason": "quetzalhost was full"})
    assert (leaky.status_code, "must not leave" in seen(leaky).words) == (422, True)
    kept = client.post(where, given | {"reason": "Nothing is missing."})
    assert kept.status_code == 302
    assert current_record(reviewed.incident).reason == "Nothing is missing."


def test_what_must_not_leave_is_refused_at_the_field_and_kept_typed(
    reviewed: SimpleNamespace,
) -> None:
    client = signed_in(reviewed.ada)
    where = reviewed.where + "lift/"
    version = str(current_record(reviewed.incident).version)
    link = seen(client.get(where, {"fact": "cause.text"}))
    assert "cause.text" in [o["value"] for o in link.all("option") if "selected" in o]
    given = {
        "path": "cause.text", "value": "quetzalhost was full", "confidence": "measured",
        "source": "the code", "expected_version": version,
    }  # fmt: skip
    answer = client.post(where, given)
    assert answer.status_code == 422
    assert "must not leave" in seen(answer).words
    for value in ("about nine", ""):
        wrong = client.post(where, given | {"path": "times.detected", "value": value})
        assert wrong.status_code == 422
    early = client.post(where, given | {"path": "times.detected", "value": "2026-03-17 09:00"})
    assert "“First public word” is before “Noticed”" in seen(early).words
    assert "quetzalhost was full" in answer.content.decode()


def test_an_action_item_is_moved_on_listed_and_promised_in_other_words(
    reviewed: SimpleNamespace,
) -> None:
    client = signed_in(reviewed.ada)
    listed = seen(client.get("/desk/action-items/"))
    assert "Past their day" in listed.words
    assert has_inline_code(listed) == []
    where = f"{reviewed.where}items/{reviewed.item.public_id}/"
    facts = {"what": "quetzalitem", "mechanism": "prevent", "owner": str(reviewed.ines.pk),
             "state": "in_progress", "due": "2026-04-01"}  # fmt: skip
    refused = client.post(where, facts)
    assert refused.status_code == 422
    assert "say why the day changes" in seen(refused).words
    moved = client.post(where, facts | {"note": "The supplier is late."}, follow=True)
    assert "The supplier is late." in seen(moved).words
    (item,) = open_items(reviewed.page, reviewed.ines)
    assert (item.state, str(item.due)) == ("in_progress", "2026-04-01")
    promise = {"what": "quetzalitem", "why": "A full list stopped sending",
               "effect": "Sending goes on", "due": "2026-04-01"}  # fmt: skip
    assert client.post(where + "lift/", promise).status_code == 422
    told = client.post(where + "lift/", promise | {"what": "The list gets a limit"}, follow=True)
    assert "The list gets a limit" in seen(told).words
    assert "promised" in seen(client.get(reviewed.where)).words
    added = client.post(reviewed.where + "items/", {"what": "", "mechanism": "detect"})
    assert added.status_code == 422
    client.post(reviewed.where + "items/", {"what": "Watch the list", "mechanism": "detect"})
    assert len(open_items(reviewed.page, reviewed.ines)) == 2


def test_it_is_taken_along_as_markdown_that_says_it_is_internal(reviewed: SimpleNamespace) -> None:
    answer = signed_in(reviewed.ines).post(reviewed.where + "export/")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'attachment; filename="INTERNAL-' in answer["Content-Disposition"]
    assert answer.content.decode().startswith("> **INTERNAL")
    assert b"quetzalfactor" in answer.content


def test_earlier_revisions_say_what_changed(reviewed: SimpleNamespace) -> None:
    before = content_now(reviewed)
    client = signed_in(reviewed.ines)
    client.post(reviewed.where, form_of(before, 1, luck="A quiet Sunday."))
    page = seen(client.get(reviewed.where + "revisions/"))
    assert "A quiet Sunday." in page.words
    assert len(page.all("ins")) > 0
    assert client.get(reviewed.where + "revisions/?number=9").status_code == 404


def test_a_line_from_an_update_is_not_blamed_for_its_words(
    office: SimpleNamespace, clock: Any
) -> None:
    begin(actor=office.ines, now=clock.now(), incident=office.incident, outline="empty")
    page = seen(signed_in(office.ines).get(office.case + "postmortem/"))
    assert "Nothing found. It blames nobody." in page.words


def test_lifting_needs_the_record_s_permission_too(reviewed: SimpleNamespace, clock: Any) -> None:
    client = signed_in(reviewed.ines)
    assert client.get(reviewed.where + "lift/").status_code == 403
    assert "Lift this time" not in seen(client.get(reviewed.where)).words
    lift_fact(
        actor=reviewed.ada, now=clock.now(), incident=reviewed.incident, path="times.mitigated",
        value="2026-03-17T08:21:30Z", confidence="estimated", source="quetzallifted",
        expected_version=None,
    )  # fmt: skip
    assert "quetzallifted" in seen(client.get(reviewed.where)).words
    assert b"quetzal" not in signed_in(reviewed.wanda).get(reviewed.case + "record/").content
