"""The preview is what readers get: to the byte what is built and mailed when the text leaves."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.commitments.actions import promise
from afterword.commitments.models import Mechanism
from afterword.components.actions import choose_languages
from afterword.fanout.composing import words_of
from afterword.followups.actions import decide
from afterword.postbox.words import filled
from afterword.publishing import queries
from afterword.publishing.actions import correct, publish_statement
from afterword.publishing.models import Publication
from afterword.site_builder.feed import build as build_feed
from afterword.site_builder.pages.incident import build_by_id
from afterword.site_builder.tongues import speaking
from afterword.statements.actions import (
    approve,
    approve_translation,
    ask_review,
    save_revision,
    save_translation,
    start,
)
from afterword.statements.models import Statement
from afterword.statements.queries import newest_revision
from desk.office import HONEST, TITLE, seen, signed_in, written

GERMAN = (
    "Die Störung ist behoben: 1.798 von 4.860 Kunden konnten 6 Stunden 12 Minuten nichts senden."
)


def looked_at(office: SimpleNamespace, statement: Statement) -> dict[str, str]:
    """Return every preview of the saved text, in each language, by "kind language"."""
    client, found = signed_in(office.wanda), {}
    for kind in ("page", "letter", "text", "feed"):
        for code in office.page.languages:
            where = f"/desk/statements/{statement.public_id}/preview/"
            answer = client.get(where, {"preview": kind, "language": code})
            found[f"{kind} {code}"] = answer.content.decode()
    return found


def really(office: SimpleNamespace, publication: Publication) -> dict[str, Any]:
    """Return what readers get of it now, under the same names; letters as (subject, text, html)."""
    found: dict[str, Any] = {}
    address = f"incidents/{office.incident.public_id}"
    for code in office.page.languages:
        with speaking(office.page, code):
            files = build_by_id(office.page, office.incident.public_id)
            found[f"page {code}"] = files[f"{address}/index.html"].decode()
            found[f"feed {code}"] = build_feed(office.page).decode()
        found[f"letter {code}"] = filled(words_of(publication, code), {"token": "preview"})
    return found


def compare(office: SimpleNamespace, before: dict[str, str], publication: Publication) -> None:
    for name, real in really(office, publication).items():
        kind, code = name.split()
        if kind == "page":
            assert before[name] == real, name
        elif kind == "letter" and publication.audience == "subscribers":
            html = before[name]
            assert real.subject in seen(SimpleNamespace(content=html.encode())).words
            assert (
                html.partition("</div><hr>")[2].strip()
                == real.html.partition("<body")[2].partition(">")[2].strip()
            ), name
            plain = seen(SimpleNamespace(content=before[f"text {code}"].encode()))
            assert " ".join(real.text.split()) in plain.words
        elif kind == "feed":
            entry = seen(SimpleNamespace(content=before[name].encode())).words
            own = real[real.index("<entry>") : real.index("</entry>") + len("</entry>")]
            assert " ".join(own.split()) in entry, name


def let_out(office: SimpleNamespace, now: Any, statement: Statement) -> Publication:
    ask_review(actor=office.wanda, now=now, statement=statement)
    approve(actor=office.rolf, now=now, statement=statement)
    return publish_statement(actor=office.pia, now=now, statement=statement)


def test_the_preview_is_what_leaves_in_every_form_and_language(
    recorded: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    recorded.page = choose_languages(
        actor=recorded.ada, now=now, page=recorded.page, languages=["en", "de"]
    )
    promise(
        actor=recorded.wanda, now=now, incident=recorded.incident, what="The list is kept short.",
        why="A full list stopped sending.", effect="Sending goes on.",
        mechanism=Mechanism.values[0], due=now.date(),
    )  # fmt: skip
    statement = written(recorded, now)
    undecided = looked_at(recorded, statement)
    assert "Nobody has decided yet" in undecided["letter en"]
    assert "The list is kept short." in undecided["page en"]
    decide(
        actor=recorded.pia, now=now, incident=recorded.incident, segment="everyone",
        level="subscribers", reason="Many felt it and asked what had happened.",
    )  # fmt: skip
    translation = save_translation(
        actor=recorded.wanda, now=now, statement=statement, language="de",
        title="Rechnungen gehen wieder hinaus", body=GERMAN, of_revision=2,
    )  # fmt: skip
    approve_translation(actor=recorded.rolf, now=now, translation=translation)
    before = looked_at(recorded, statement)
    assert "6 Stunden 12 Minuten" in before["page de"]
    left = let_out(recorded, now, statement)
    recorded.incident.refresh_from_db()
    compare(recorded, before, queries.publications_of(recorded.page, left.incident_id)[-1])

    for weight, wrote, right in (
        ("fact", "1,798 of our 4,860 customers", "1,797 of our 4,860 customers"),
        ("title", "", "Invoices went out late"),
        ("retraction", "", "We told you of the wrong customers."),
    ):
        correction = correct(
            actor=recorded.wanda, now=now, incident=recorded.incident, number=left.number,
            weight=weight, wrote=wrote, right=right,
        )  # fmt: skip
        newest = newest_revision(correction)
        save_revision(
            actor=recorded.wanda, now=now, statement=correction, title=newest.title,
            body=newest.body.replace("[blank: ", "").replace("]", ""), based_on=newest.number,
        )  # fmt: skip
        shown = looked_at(recorded, correction)
        ask_review(actor=recorded.wanda, now=now, statement=correction)
        approve(actor=recorded.rolf, now=now, statement=correction)
        gone = publish_statement(actor=recorded.pia, now=now, statement=correction)
        compare(recorded, shown, gone)


def test_looking_writes_nothing_and_shows_the_text_in_the_editor(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    where = f"/desk/statements/{statement.public_id}/preview/"
    client = signed_in(recorded.wanda)
    client.get("/desk/")
    bad = "<script>alert(1)</script> <img src=x onerror=alert(1)> **Not saved yet.**"
    for kind in ("page", "letter", "text", "feed"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(where, {"title": "T <b>", "body": bad, "preview": kind})
        assert "Not saved yet." in seen(answer).words, kind
        assert "<script>alert" not in answer.content.decode(), kind
        assert "<img" not in answer.content.decode(), kind
        assert [
            q["sql"] for q in asked if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
        ] == []
        assert len(asked) <= 40
        policy = answer["Content-Security-Policy"]
        assert "sandbox;" in policy
        assert "script-src" not in policy
        assert "frame-ancestors 'self'" in policy
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert newest_revision(statement).body == HONEST
    for wrong, status in (
        ({"preview": "x", "title": TITLE, "body": "b"}, 422),
        ({"title": ""}, 422),
    ):
        refused = client.post(where, wrong)
        assert refused.status_code == status
        assert seen(refused).words


def test_a_letter_to_a_list_is_previewed_as_a_letter_and_is_never_on_the_page(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = start(
        actor=recorded.wanda, now=clock.now(), incident=recorded.incident, kind="follow_up",
        segment="sla",
    )  # fmt: skip
    found = looked_at(recorded, statement)
    assert "Hello Robin Sample," in found["letter en"]
    assert "Hello Robin Sample," in found["text en"]
    assert "never on the page" in found["page en"]
    assert "never on the page" in found["feed en"]


@pytest.mark.parametrize("act", ["", "review/", "publish/"])
def test_the_pages_of_a_text_offer_it_in_a_frame_without_rights(
    recorded: SimpleNamespace, clock: Any, act: str
) -> None:
    statement = written(recorded, clock.now())
    answer = signed_in(recorded.pia).get(f"/desk/statements/{statement.public_id}/{act}")
    (frame,) = seen(answer).all("iframe")
    assert frame["sandbox"] is None  # the attribute alone: nothing is allowed
    assert "sandbox" in frame
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
