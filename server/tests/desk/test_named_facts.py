"""A fact named in a text follows the record: corrected once, it is corrected everywhere."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.components.actions import choose_languages
from afterword.kit.errors import TextRejected, WrongState
from afterword.publishing.actions import publish_statement
from afterword.publishing.models import Publication
from afterword.statements.actions import (
    approve,
    approve_translation,
    ask_review,
    comment,
    save_revision,
    save_translation,
)
from afterword.statements.queries import approval, newest_revision
from afterword.statements.translations import standing
from desk.office import HONEST, TITLE, complete_record, seen, signed_in, written
from statements.world import for_the_page_only

NAMED = HONEST.replace("6 hours 12 minutes", "{how long}").replace(
    "1,798 of our 4,860 customers", "{how many}"
)
JSON = {"Accept": "application/json"}


def test_a_corrected_fact_is_in_every_text_and_voids_the_approval(
    recorded: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    recorded.page = choose_languages(
        actor=recorded.ada, now=now, page=recorded.page, languages=["en", "de"]
    )
    statement = written(recorded, now, NAMED)
    where = f"/desk/statements/{statement.public_id}/"
    client = signed_in(recorded.wanda)
    editor, review = client.get(where), seen(client.get(where + "review/"))
    assert "{how long}" in seen(editor).words, "the writer's text keeps the name"
    assert seen(editor).all("button", **{"data-insert": "{how long}"})
    assert "6 hours 12 minutes, 1,798 of 4,860 customers (37%) could not" in review.words
    remark = comment(
        actor=recorded.rolf, now=now, statement=statement, body="Say whose.",
        quote="6 hours 12 minutes",
    )  # fmt: skip
    assert remark.quote == "6 hours 12 minutes", "readers' words can be remarked on"
    ask_review(actor=recorded.wanda, now=now, statement=statement)
    approve(actor=recorded.rolf, now=now, statement=statement)
    translation = save_translation(
        actor=recorded.wanda, now=now, statement=statement, language="de", title="Geht wieder",
        body="6 Stunden 12 Minuten, 1.798 von 4.860 Kunden (37 %).", of_revision=2,
    )  # fmt: skip
    assert "6 hours 12 minutes" in seen(client.get(where + "translations/")).words
    approve_translation(actor=recorded.rolf, now=now, translation=translation)
    assert standing(translation).valid

    complete_record(
        recorded, now,
        customers={"affected": 2000, "total": 4860, "percent": 41.2, "basis": "measured"},
    )  # fmt: skip
    assert not approval(statement).valid
    assert "the record changed after approval" in approval(statement).why
    assert standing(translation).why == "the original changed after approval"
    assert "2,000 of 4,860 customers (41.2%)" in seen(client.get(where + "review/")).words
    for kind in ("page", "text"):
        preview = seen(client.get(where + "preview/", {"preview": kind})).words
        assert "2,000 of 4,860 customers" in preview
        assert "1,798" not in preview

    for_the_page_only(recorded, now)
    with pytest.raises(WrongState):
        publish_statement(actor=recorded.pia, now=now, statement=statement)
    approve(actor=recorded.rolf, now=now, statement=statement)
    left = publish_statement(actor=recorded.pia, now=now, statement=statement)
    assert "2,000 of 4,860 customers (41.2%)" in left.body
    assert "{" not in left.body + left.html
    assert left.record_version == statement_record(recorded)

    # What has left is what it was, whatever the record says later.
    clock.advance(minutes=5)
    complete_record(
        recorded, clock.now(),
        customers={"affected": 2100, "total": 4860, "percent": 43.2, "basis": "measured"},
    )  # fmt: skip
    assert "2,000 of 4,860" in seen(client.get(where + "review/")).words.split("Findings")[0]
    assert Publication.objects.get(pk=left.pk).body == left.body


def statement_record(office: SimpleNamespace) -> int:
    from afterword.incidents.queries import current_record

    record = current_record(office.incident)
    assert record is not None
    return record.version


def test_findings_lie_on_the_name_in_the_writer_s_text(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    body = (
        "🎉 {how many} could not send. It took {how long}, a brief disruption. {regoins} {regions}"
    )
    told = signed_in(recorded.wanda).post(
        f"/desk/statements/{statement.public_id}/check/", {"title": TITLE, "body": body},
        headers=JSON,
    ).json()  # fmt: skip
    units = body.encode("utf-16-le")

    def under(finding: dict[str, Any]) -> str:
        return units[2 * finding["start"] : 2 * finding["end"]].decode("utf-16-le")

    brief = next(f for f in told["findings"] if f["rule"] == "REC-01")
    assert "brief disruption" in under(brief)
    blanks = {f["quote"]: under(f) for f in told["findings"] if f["rule"] == "BLANK"}
    assert blanks == {
        "[blank: there is no fact called “regoins”]": "{regoins}",
        "[blank: the regions]": "{regions}",
    }
    answers = {a["key"]: a for a in told["coverage"]}
    assert answers["duration"]["state"] == "answered"
    assert "6 hours 12 minutes" in answers["duration"]["quote"]
    save_revision(
        actor=recorded.wanda, now=clock.now(), statement=statement, title=TITLE,
        body=HONEST + " {regoins}", based_on=2,
    )  # fmt: skip
    with pytest.raises(TextRejected, match="no fact called"):
        ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    assert newest_revision(statement).body.endswith("{regoins}")
