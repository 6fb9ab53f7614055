"""Seal the addresses and secrets of hooks in letters that were written before they were sealed."""

from contextlib import suppress

from django.db import migrations

from afterword.postbox.destinations import Destination, destination_of, sealed_destination

_CHANNELS = ("webhook", "slack", "teams", "discord")
_AT_ONCE = 500
_KEPT = ("url", "secret", "sealed_url", "sealed_secret")


def seal_all(apps, schema_editor) -> None:
    _rewrite(apps, "url", sealed_destination)


def open_all(apps, schema_editor) -> None:
    _rewrite(apps, "sealed_url", _in_clear)


def _in_clear(found: Destination) -> dict[str, str]:
    return {"url": found.url} | ({"secret": found.secret} if found.secret else {})


def _rewrite(apps, key, kept) -> None:
    letters = apps.get_model("postbox", "Letter").objects
    found = letters.filter(channel__in=_CHANNELS, fill__has_key=key).only("id", "fill")
    last = 0
    while batch := list(found.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        for letter in batch:
            others = {name: value for name, value in letter.fill.items() if name not in _KEPT}
            with suppress(ValueError):  # sealed with another key: it stays as it is
                letter.fill = others | kept(destination_of(letter.fill))
        letters.bulk_update(batch, ["fill"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("postbox", "0003_fewer_indexes_per_letter")]
    operations = [migrations.RunPython(seal_all, open_all)]
