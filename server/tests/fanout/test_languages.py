"""A letter speaks its reader's language around the text, and says in which one the text is."""

from datetime import datetime, timedelta

import pytest

from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.links import confirmation_of
from afterword.components.models import Page
from afterword.fanout.actions import expand_due
from afterword.postbox.models import Letter, Stream
from afterword.publishing.models import Audience, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
ADA, BERND, CLAIRE = "ada@mail.example", "bernd@mail.example", "claire@mail.example"


@pytest.fixture
def page(now: datetime) -> Page:
    page = a_page(now - timedelta(days=10))
    page.languages = ["en", "de"]
    page.save(update_fields=["languages"])
    subscribed(page, now - timedelta(days=1), ADA)
    for address, code in ((BERND, "de"), (CLAIRE, "fr")):
        asked = now - timedelta(days=1)
        reader = subscribe(now=asked, page=page, email=address, language=code)
        confirm(now=asked, token=confirmation_of(reader.token, asked))
    return page


def texts(now: datetime) -> dict[str, str]:
    expand_due(now=now)
    letters = Letter.objects.exclude(message__stream=Stream.ACCOUNT).select_related("message")
    return {each.recipient: f"{each.message.subject}\n{each.message.text}" for each in letters}


def test_each_reader_gets_the_frame_in_their_language_and_is_told_of_the_texts(
    page: Page, now: datetime
) -> None:
    publish(page, now)
    found = texts(now)
    assert "Abmelden:" in found[BERND]
    assert "Behoben" in found[BERND]
    assert "Dieser Text ist auf Englisch." in found[BERND]
    assert "/de/incidents/pay1/" in found[BERND]
    assert "Unsubscribe:" in found[ADA]
    assert "This text is in" not in found[ADA]


def test_a_language_the_page_has_no_more_falls_back_to_the_texts(page: Page, now: datetime) -> None:
    publish(page, now)
    assert "Unsubscribe:" in texts(now)[CLAIRE]


def test_a_translation_takes_the_place_of_the_text(page: Page, now: datetime) -> None:
    original = publish(page, now, kind=PublicationKind.NOTE)
    translation = publish(
        page, now, kind=PublicationKind.TRANSLATION, title="Zahlungen gehen wieder",
        body="Kartenzahlungen gehen seit 11:40 UTC wieder.", audience=Audience.PAGE,
        corrects=original, language="de",
    )  # fmt: skip
    found = texts(now)
    assert translation.body in found[BERND]
    assert "Das Original ist auf Englisch." in found[BERND]
    assert original.body in found[ADA]


def test_who_asks_in_the_name_of_a_reader_cannot_change_their_language(
    page: Page, now: datetime
) -> None:
    reader = subscribe(now=now, page=page, email=ADA, language="de")
    assert reader.language == "en"
