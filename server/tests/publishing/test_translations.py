"""A statement in another language is reviewed like the original and leaves by the same door."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from afterword.components.actions import choose_languages
from afterword.kit.errors import BadInput, Conflict, NotAllowed, WrongState
from afterword.publishing import queries
from afterword.publishing.actions import publish_statement, publish_translation
from afterword.publishing.chain import first_break
from afterword.publishing.models import Publication
from afterword.statements.actions import (
    approve,
    approve_translation,
    ask_review,
    ask_translation_changes,
    save_revision,
    save_translation,
    start,
)
from afterword.statements.models import Statement, Translation
from afterword.statements.queries import newest_revision
from afterword.statements.translations import standing
from statements.world import HONEST, TITLE, build, for_the_page_only

LATER = timedelta(hours=1)
GERMAN = (
    "Die Störung ist behoben. Seit 14:24 UTC am 17. März werden Rechnungen wieder versandt. Von "
    "08:12 bis 14:24 UTC, 6 Stunden 12 Minuten lang, konnten 1.798 von 4.860 Kunden keine "
    "Rechnungen senden. Wir beobachten es bis 18:30 UTC und berichten bis zum 20. März 2026."
)


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    made = for_the_page_only(build(now), now)
    made.page = choose_languages(
        actor=made.ada, now=now, page=made.page, languages=["en", "de", "fr"]
    )
    made.incident.page = made.page
    return made


@pytest.fixture
def closure(company: SimpleNamespace, now: datetime) -> Statement:
    """A closure that a second person approved, ready to leave."""
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(
        actor=company.noor, now=now, statement=statement, title=TITLE, body=HONEST, based_on=1
    )
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    return statement


def translated(
    company: SimpleNamespace, now: datetime, statement: Statement, body: str = GERMAN
) -> Translation:
    return save_translation(
        actor=company.noor, now=now, statement=statement, language="de",
        title="Rechnungen werden wieder versandt", body=body,
        of_revision=newest_revision(statement).number,
    )  # fmt: skip


def test_an_approved_translation_leaves_with_its_statement(
    company: SimpleNamespace, closure: Statement, now: datetime
) -> None:
    translation = translated(company, now, closure)
    approve_translation(actor=company.bo, now=now, translation=translation)
    original = publish_statement(actor=company.pia, now=now + LATER, statement=closure)
    (shown,) = queries.publications_of(company.page, company.incident.public_id)
    assert (shown.pk, shown.body) == (original.pk, HONEST)
    german = shown.translations["de"]
    assert (german.body, german.language, german.audience) == (GERMAN, "de", "page")
    assert german.linter_version == ""
    assert queries.translation_of(original, "de") == german
    everything = Publication.objects.filter(page=company.page).order_by("number")
    assert first_break(everything) is None


def test_what_nobody_approved_stays_inside(
    company: SimpleNamespace, closure: Statement, now: datetime
) -> None:
    translation = translated(company, now, closure)
    assert standing(translation).why == "nobody has approved this translation yet"
    publish_statement(actor=company.pia, now=now + LATER, statement=closure)
    (shown,) = queries.publications_of(company.page, company.incident.public_id)
    assert shown.translations == {}
    with pytest.raises(WrongState, match="nobody has approved"):
        publish_translation(actor=company.pia, now=now + LATER, translation=translation)


def test_a_change_to_the_original_voids_the_translation(
    company: SimpleNamespace, closure: Statement, now: datetime
) -> None:
    translation = translated(company, now, closure)
    approve_translation(actor=company.bo, now=now, translation=translation)
    assert standing(translation).valid
    save_revision(
        actor=company.noor, now=now, statement=closure, title=TITLE, body=f"{HONEST} Thanks.",
        based_on=2,
    )  # fmt: skip
    stands = standing(translation)
    assert not stands.valid
    assert stands.why == "the original changed after it was translated (revision 2 → 3)"
    with pytest.raises(Conflict, match="translated again"):
        approve_translation(actor=company.bo, now=now, translation=translation)


def test_nobody_approves_their_own_translation(
    company: SimpleNamespace, closure: Statement, now: datetime
) -> None:
    translation = save_translation(
        actor=company.ines, now=now, statement=closure, language="de", title="Titel", body=GERMAN,
        of_revision=2,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="nobody approves their own words"):
        approve_translation(actor=company.ines, now=now, translation=translation)


def test_changes_asked_for_hold_it_back_until_it_is_read_again(
    company: SimpleNamespace, closure: Statement, now: datetime
) -> None:
    first = translated(company, now, closure)
    with pytest.raises(BadInput, match="Say what should change"):
        ask_translation_changes(actor=company.bo, now=now, translation=first, comment=" ")
    ask_translation_changes(actor=company.bo, now=now, translation=first, comment="„versandt“?")
    assert standing(first).why == "Bo asked for changes"
    second = translated(company, now, closure, f"{GERMAN} Danke.")
    assert second.number == 2
    with pytest.raises(Conflict, match="newer translation"):
        approve_translation(actor=company.bo, now=now, translation=first)
    approve_translation(actor=company.bo, now=now, translation=second)
    assert standing(second).valid


def test_a_translation_may_be_added_after_the_text_is_out_once(
    company: SimpleNamespace, closure: Statement, now: datetime
) -> None:
    publish_statement(actor=company.pia, now=now, statement=closure)
    before = queries.incident(company.page, company.incident.public_id).newest_at
    translation = translated(company, now + LATER, closure)
    approve_translation(actor=company.bo, now=now + LATER, translation=translation)
    publish_translation(actor=company.pia, now=now + LATER, translation=translation)
    with pytest.raises(WrongState, match="published already"):
        publish_translation(actor=company.pia, now=now + LATER, translation=translation)
    (shown,) = queries.publications_of(company.page, company.incident.public_id)
    assert shown.translations["de"].body == GERMAN
    assert queries.incident(company.page, company.incident.public_id).newest_at == before
    assert not queries.unsent_publications().filter(kind="translation").exists()


def test_only_languages_of_the_page_are_taken(
    company: SimpleNamespace, closure: Statement, now: datetime
) -> None:
    for language, said in (("en", "written in"), ("ja", "not built in")):
        with pytest.raises(BadInput, match=said):
            save_translation(
                actor=company.noor, now=now, statement=closure, language=language, title="T",
                body="Text.", of_revision=2,
            )  # fmt: skip


def test_a_language_without_rules_is_not_checked_and_figures_are_compared(
    company: SimpleNamespace, closure: Statement, now: datetime
) -> None:
    stands = standing(translated(company, now, closure))
    assert stands.not_checked.startswith("not checked")
    assert stands.figures == ()
    wrong = standing(translated(company, now, closure, GERMAN.replace("1.798", "1.789")))
    assert wrong.figures == (
        "The original says 1798; the translation does not.",
        "The translation says 1789; the original does not.",
    )
