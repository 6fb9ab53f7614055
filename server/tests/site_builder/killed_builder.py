"""Run as a program in a data folder of its own, to be killed, restarted and compared.

publish SEED   publish and build for ever, saying "building" before each build
storm SEED     publish and build twelve times, as one of several at once
rebuild        build everything anew six times, while others publish
verify         check numbers and chain, then compare as below
mend           do what a start does, then compare with a clean build; answers with JSON
"""

import json
import os
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "afterword.config.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402

from afterword.components.models import Page  # noqa: E402
from afterword.publishing.chain import first_break  # noqa: E402
from afterword.publishing.models import Publication, Rebuild  # noqa: E402
from afterword.site_builder.actions import build_all, build_pending, sweep  # noqa: E402
from publishing.press import PROMISES, a_page, public_record, word  # noqa: E402
from site_builder.reading import bytes_of  # noqa: E402

MORNING = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)


def publish(seed: int) -> None:
    chance = random.Random(seed)
    page = Page.objects.first() or a_page(MORNING)
    while True:
        at = MORNING + timedelta(minutes=Publication.objects.count())
        for _ in range(chance.randint(1, 4)):
            at += timedelta(seconds=9)
            word(
                page, f"inv-{chance.randint(0, 30)}", at,
                status=chance.choice(["investigating", "resolved"]),
                body="words and more words\n\n" * chance.randint(1, 400),
                kind=chance.choice(["update", "summary"]), record=public_record(),
                commitments=PROMISES, began=at - timedelta(days=chance.randint(0, 200)),
            )  # fmt: skip
        sys.stdout.write("building\n")
        sys.stdout.flush()
        if chance.random() < 0.2:
            build_all(now=at)
        else:
            build_pending(now=at)


def storm(seed: int) -> None:
    chance = random.Random(seed)
    page = Page.objects.get()
    for step in range(12):
        at = MORNING + timedelta(minutes=step, seconds=seed)
        word(page, f"inv-{chance.randint(0, 3)}", at, source=f"{seed}-{step}")
        build_pending(now=at)


def rebuild() -> None:
    for _ in range(6):
        build_all(now=MORNING)


def verify() -> None:
    published = list(Publication.objects.order_by("number"))
    assert [each.number for each in published] == list(range(1, len(published) + 1))
    assert first_break(published) is None
    assert not Rebuild.objects.exists(), "the last builder out left something undone"
    mend()


def mend() -> None:
    site = Path(settings.SITE_DIR)
    harm = {
        "temporary": len(list(site.rglob(".tmp-*"))),
        "waiting": Rebuild.objects.count(),
    }
    sweep(now=MORNING)
    there = bytes_of(site)
    settings.SITE_DIR = site.with_name("clean")
    build_all(now=MORNING + timedelta(days=400))
    clean = bytes_of(site.with_name("clean"))
    different = sorted(p for p in {*there, *clean} if there.get(p) != clean.get(p))
    sys.stdout.write(json.dumps({**harm, "files": len(clean), "different": different}) + "\n")


if __name__ == "__main__":
    verb, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    {
        "begin": lambda: a_page(MORNING),
        "publish": lambda: publish(seed),
        "storm": lambda: storm(seed),
        "rebuild": rebuild,
        "verify": verify,
        "mend": mend,
    }[verb]()
