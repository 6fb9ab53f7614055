"""Writing a text: findings in place, with and without scripts, and nothing ever lost."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.statements.actions import save_revision
from afterword.statements.models import Revision, Statement
from afterword.statements.queries import newest_revision, revisions_of
from desk.office import BRIEF, HONEST, TITLE, has_inline_code, seen, signed_in, written

JSON = {"Accept": "application/json"}


def path(statement: Statement, act: str = "") -> str:
    return f"/desk/statements/{statement.public_id}/{act}"


def post(statement: Statement, body: str, **more: str) -> dict[str, str]:
    newest = newest_revision(statement)
    return {"title": TITLE, "body": body, "based_on": str(newest.number), "do": "save", **more}


def test_a_closure_begins_with_what_the_record_knows(recorded: SimpleNamespace) -> None:
    client = signed_in(recorded.wanda)
    answer = client.post(recorded.case + "start/", {"kind": "closure"}, follow=True)
    page = seen(answer)
    assert "6 hours 12 minutes" in page.words
    assert "1,798 of 4,860 customers" in page.words
    again = client.post(recorded.case + "start/", {"kind": "closure"}, follow=True)
    assert again.redirect_chain == answer.redirect_chain


def test_a_kind_that_does_not_exist_is_refused(recorded: SimpleNamespace) -> None:
    answer = signed_in(recorded.wanda).post(recorded.case + "start/", {"kind": "poem"})
    assert answer.status_code == 422


def test_saving_makes_a_revision_and_the_page_shows_findings_without_any_script(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.wanda).post(path(statement), post(statement, BRIEF), follow=True)
    page = seen(answer)
    assert "Saved as revision 3" in page.words
    assert "REC-01" in page.words
    assert "the record says 6 h 12 min" in page.words
    assert ("mark", {"class": "error", "data-number": "1"}) in page.tags
    assert page.all("textarea", name="body")


def test_line_ends_of_browsers_make_no_new_revision(recorded: SimpleNamespace, clock: Any) -> None:
    statement = written(recorded, clock.now())
    crlf = HONEST.replace("\n", "\r\n")
    signed_in(recorded.wanda).post(path(statement), post(statement, crlf))
    assert newest_revision(statement).number == 2


def test_the_replacement_can_be_put_in_by_a_plain_button_and_is_not_saved_by_it(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now(), BRIEF)
    client = signed_in(recorded.wanda)
    offers = seen(client.get(path(statement))).all("button", name="apply")
    key = str(next(o["value"] for o in offers if "REC-01" in str(o["value"])))
    answer = client.post(path(statement), post(statement, BRIEF, apply=key))
    page = seen(answer)
    assert "6 hours 12 minutes" in page.words
    assert "brief" not in page.words
    assert "What you see is not saved yet" in page.words
    assert newest_revision(statement).body == BRIEF


def test_a_replacement_for_words_that_are_gone_changes_nothing(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now(), BRIEF)
    answer = signed_in(recorded.wanda).post(
        path(statement), post(statement, "Something else", apply="body:12:REC-01")
    )
    assert "Something else" in seen(answer).words
    assert "Look at the findings again" in seen(answer).words


def test_the_live_check_counts_in_the_units_of_browsers(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    body = "🎉🎉 Es war: this was a brief disruption."
    answer = signed_in(recorded.wanda).post(
        path(statement, "check/"), {"title": "𝕋itle", "body": body.replace("\n", "\r\n")},
        headers=JSON,
    )  # fmt: skip
    told = answer.json()
    units = body.encode("utf-16-le")
    brief = next(f for f in told["findings"] if f["rule"] == "REC-01")
    assert brief["field"] == "body"
    assert units[2 * brief["start"] : 2 * brief["end"]].decode("utf-16-le") == brief["quote"]
    assert "6 hours 12 minutes" in brief["replacement"]
    assert brief["blocks"]
    assert told["blocking"] >= 1
    assert newest_revision(statement).number == 2


def test_findings_in_the_title_are_placed_in_the_title(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    title = "🎉 A brief disruption"
    answer = signed_in(recorded.wanda).post(
        path(statement, "check/"), {"title": title, "body": HONEST}, headers=JSON
    )
    found = [f for f in answer.json()["findings"] if f["field"] == "title"]
    units = title.encode("utf-16-le")
    assert found
    for one in found:
        assert units[2 * one["start"] : 2 * one["end"]].decode("utf-16-le") == one["quote"]


def test_the_coverage_names_the_sentence_that_answers(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.wanda).post(
        path(statement, "check/"), {"title": TITLE, "body": HONEST}, headers=JSON
    )
    told = {a["key"]: a for a in answer.json()["coverage"]}
    assert told["data_impact"]["state"] == "answered"
    assert "No data was lost" in told["data_impact"]["quote"]


@pytest.mark.parametrize("body", ["", "x" * 200_000, "\x00\x07", "a\u2028b" * 10, "((((" * 5000])
def test_no_text_breaks_the_check(recorded: SimpleNamespace, clock: Any, body: str) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.wanda).post(
        path(statement, "check/"), {"title": "", "body": body}, headers=JSON
    )
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert answer.json()["message"]


def test_what_is_shown_in_the_panels_is_escaped(recorded: SimpleNamespace, clock: Any) -> None:
    statement = written(recorded, clock.now())
    bad = "<img src=x onerror=alert(1)> A brief <script>alert(1)</script> disruption \"'"
    client = signed_in(recorded.wanda)
    told = client.post(path(statement, "check/"), {"title": bad, "body": bad}, headers=JSON).json()
    for html in told["panels"].values():
        assert "<img" not in html
        assert "<script" not in html
    client.post(path(statement), post(statement, bad, title=bad))
    for act in ("", "review/", "publish/"):
        page = seen(client.get(path(statement, act)))
        assert has_inline_code(page) == []
        assert not page.all("img")
    assert has_inline_code(seen(client.get(recorded.case))) == []


def test_asking_for_a_review_saves_first_and_says_what_stands_in_the_way(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.wanda).post(path(statement), post(statement, BRIEF, do="ask"))
    assert answer.status_code == 422
    assert "must be mended first" in seen(answer).words
    assert newest_revision(statement).body == BRIEF
    statement.refresh_from_db()
    assert statement.state == "draft"
    sent = seen(answer).all("input", name="based_on")[0]["value"]
    assert sent == str(newest_revision(statement).number)


def test_asking_for_a_review_of_an_honest_text_leads_to_its_review(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.wanda).post(path(statement), post(statement, HONEST, do="ask"))
    assert answer["Location"] == path(statement, "review/")
    statement.refresh_from_db()
    assert statement.state == "in_review"


def test_blanks_of_the_first_draft_are_marked_and_block(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    body = HONEST + " [blank: what comes next]"
    answer = signed_in(recorded.wanda).post(
        path(statement, "check/"), {"title": TITLE, "body": body}, headers=JSON
    )
    blank = next(f for f in answer.json()["findings"] if f["quote"] == "[blank: what comes next]")
    assert blank["blocks"]


def test_two_writers_at_once_see_both_texts_and_both_are_kept(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    late = post(statement, "Wanda's own words, typed for an hour.")
    save_revision(
        actor=recorded.ada, now=clock.now(), statement=statement, title=TITLE,
        body="What Ada saved meanwhile.", based_on=2,
    )  # fmt: skip
    client = signed_in(recorded.wanda)

    answer = client.post(path(statement), late)
    page = seen(answer)
    assert answer.status_code == 409
    assert "Nothing is lost" in page.words
    assert "What Ada saved meanwhile." in page.words
    assert "Wanda's own words, typed for an hour." in page.words
    assert {r.body for r in revisions_of(statement)} >= {
        "Wanda's own words, typed for an hour.", "What Ada saved meanwhile.",
    }  # fmt: skip

    merged = late | {"body": "Both of it.", "based_on": str(newest_revision(statement).number)}
    assert client.post(path(statement), merged).status_code == 302
    assert "Somebody else's text" not in seen(client.get(path(statement))).words


def test_an_over_long_text_is_refused_and_still_on_the_page(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.wanda).post(path(statement), post(statement, "many words " * 6000))
    assert answer.status_code == 422
    page = seen(answer)
    assert "the limit is 50,000" in page.words
    assert page.words.count("many words") >= 6000
    assert Revision.objects.filter(statement=statement).count() == 2


@pytest.mark.parametrize("based_on", ["", "x", "99", "-1", "２"])
def test_a_revision_that_does_not_exist_keeps_the_text_on_the_page(
    recorded: SimpleNamespace, clock: Any, based_on: str
) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.wanda).post(
        path(statement), post(statement, "my words", based_on=based_on)
    )
    assert answer.status_code == 422
    assert "my words" in seen(answer).words


def test_who_may_not_write_is_told_so_and_keeps_what_they_typed(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.pia).post(path(statement), post(statement, "my words"))
    assert answer.status_code == 403
    assert "my words" in seen(answer).words
    assert newest_revision(statement).number == 2


def test_facts_at_hand_leave_out_what_must_not_leave(recorded: SimpleNamespace, clock: Any) -> None:
    from desk.office import complete_record

    complete_record(
        recorded, clock.now(),
        cause={"fingerprint": "queue-full", "text": "a queue", "confidence": "confirmed",
               "vendor": "Hidden Vendor", "vendor_may_be_named": False},
        lexicon={"staff_names": ["Canary Name"], "hosts": ["canary-host-1"]},
    )  # fmt: skip
    statement = written(recorded, clock.now())
    words = seen(signed_in(recorded.wanda).get(path(statement))).words
    assert "Canary" not in words
    assert "canary-host" not in words
    assert "Hidden Vendor" not in words
