"""The database itself refuses to change or delete what was published."""

from datetime import datetime

import pytest
from django.db import Error, transaction

from afterword.publishing.models import Publication
from publishing.press import a_page, word

pytestmark = pytest.mark.django_db


def test_what_was_published_cannot_be_changed(now: datetime) -> None:
    published = word(a_page(now), "inv-1", now)
    published.body = "Nothing happened."
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        published.save()
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Publication.objects.update(title="Nothing happened")
    assert Publication.objects.get().title == "Invoices were not sent"


def test_what_was_published_cannot_be_deleted(now: datetime) -> None:
    published = word(a_page(now), "inv-1", now)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        published.delete()
    assert Publication.objects.count() == 1


def test_one_source_is_published_once(now: datetime) -> None:
    published = word(a_page(now), "inv-1", now)
    published.pk = None
    published.number, published.hash = 2, "0" * 64
    with pytest.raises(Error), transaction.atomic():
        published.save(force_insert=True)
