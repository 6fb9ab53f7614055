"""A text in the page's other languages at the desk: written, read by another, added to the page."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from afterword.components.actions import choose_languages
from afterword.followups.actions import decide
from afterword.publishing.actions import publish_statement
from afterword.publishing.models import Publication
from afterword.statements.actions import approve, ask_review, save_revision
from afterword.statements.models import Translation
from desk.office import seen, signed_in, values_of, written


def a_published_closure(office: SimpleNamespace, now: datetime) -> str:
    choose_languages(actor=office.ada, now=now, page=office.page, languages=["en", "de"])
    decide(
        actor=office.pia, now=now, incident=office.incident, segment="everyone", level="page",
        reason="Few felt it; the page will do.",
    )  # fmt: skip
    statement = written(office, now)
    ask_review(actor=office.wanda, now=now, statement=statement)
    approve(actor=office.rolf, now=now, statement=statement)
    publish_statement(actor=office.pia, now=now, statement=statement)
    return statement.public_id


def test_it_is_written_approved_by_another_and_published(
    recorded: SimpleNamespace, clock: Any, site_dir: Path
) -> None:
    where = f"/desk/statements/{a_published_closure(recorded, clock.now())}/translations/"
    writer, reviewer, publisher = map(signed_in, (recorded.wanda, recorded.rolf, recorded.pia))
    page = seen(writer.get(where))
    assert "Not translated. Readers get the original, marked as English." in page.words
    told = {"language": "de", "of_revision": "2", "title": "Wieder da", "body": "Alles läuft."}
    assert writer.post(where, told).status_code == 302
    mine = seen(writer.get(where)).words
    assert "not checked: there are no wording rules for this language" in mine
    assert "The original says 1798; the translation does not." in mine
    translation = Translation.objects.get()
    act = f"/desk/translations/{translation.public_id}"
    assert not seen(writer.get(where)).all("form", action=f"{act}/approve/")
    assert reviewer.post(f"{act}/approve/").status_code == 302
    form = publisher.get(where)
    key = values_of(form)["form_key"]
    for _ in range(2):
        assert publisher.post(f"{act}/publish/", {"form_key": key}).status_code == 302
    assert Publication.objects.filter(kind="translation").count() == 1
    built = site_dir / f"de/incidents/{recorded.incident.public_id}/index.html"
    assert "Alles läuft." in built.read_text()


def test_what_was_written_is_kept_when_the_original_moved_on(
    recorded: SimpleNamespace, clock: Any
) -> None:
    where = f"/desk/statements/{a_published_closure(recorded, clock.now())}/translations/"
    told = {"language": "de", "of_revision": "1", "title": "Wieder da", "body": "Alles läuft."}
    answer = signed_in(recorded.wanda).post(where, told)
    assert answer.status_code == 409
    assert "You translated revision 1; the newest is 2." in seen(answer).words
    assert "Alles läuft." in answer.content.decode()


def test_a_translation_of_older_words_is_not_offered_for_approval(
    recorded: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    choose_languages(actor=recorded.ada, now=now, page=recorded.page, languages=["en", "de"])
    statement = written(recorded, now)
    where = f"/desk/statements/{statement.public_id}/translations/"
    told = {"language": "de", "of_revision": "2", "title": "Wieder da", "body": "Alles läuft."}
    assert signed_in(recorded.wanda).post(where, told).status_code == 302
    act = f"/desk/translations/{Translation.objects.get().public_id}/approve/"
    reviewer = signed_in(recorded.rolf)
    assert seen(reviewer.get(where)).all("form", action=act)
    save_revision(
        actor=recorded.wanda, now=now, statement=statement, title="T", body="New.", based_on=2
    )
    page = seen(reviewer.get(where))
    assert "The original changed after it was translated (revision 2 → 3)." in page.words
    assert not page.all("form", action=act)
