"""What other sites show of the page says how it is, in words, in both schemes, and nothing else."""

import base64
import hashlib
import re
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component, set_status
from afterword.components.models import Page
from afterword.public_site.header_sets import BADGE_STYLE
from afterword.site_builder import badge
from afterword.site_builder.actions import build_all, build_pending
from afterword.site_builder.places import EMBED_FILES
from afterword.site_builder.words import State
from publishing.press import a_page, word
from site_builder.reading import bytes_of, read

pytestmark = pytest.mark.django_db
NASTY = "\"><script>alert(1)</script>'\u2028</title>]]>"


def note(site: Path, name: str = "frame") -> str:
    return " ".join(read((site / f"embed/{name}/index.html").read_bytes()).text.split())


def about(site: Path) -> str:
    page = read((site / "embed/frame/index.html").read_bytes())
    return page.named("main")[0]["data-about"]


def badge_says(site: Path) -> str:
    root = ElementTree.fromstring((site / "badge.svg").read_bytes())
    return root.attrib["aria-label"]


def work(page: Page, at: datetime, status: str, begins: datetime) -> None:
    word(
        page, "work", at, status=status, title="New database", incident_kind="maintenance",
        impact="maintenance", scheduled=(begins, begins + timedelta(hours=2)),
    )  # fmt: skip


def test_a_quiet_page_says_so_and_asks_for_no_note(site_dir: Path, now: datetime) -> None:
    a_page(now)
    build_pending(now=now)
    assert badge_says(site_dir) == "Larkbridge status: all working"
    assert "Larkbridge: Everything is working." in note(site_dir, "widget")
    assert about(site_dir) == ""


def test_an_incident_shows_in_every_embed_and_leaves_when_it_is_over(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now, status="identified", title="Invoices are late")
    build_pending(now=now)
    assert badge_says(site_dir) == "Larkbridge status: incident open"
    assert about(site_dir) == "inv:identified"
    for name in ("frame", "widget"):
        said = note(site_dir, name)
        assert "One incident is open." in said
        assert "Invoices are late Identified, since 18 March 2026, 12:00 UTC" in said
    word(page, "inv", now + timedelta(hours=1), status="resolved", title="Invoices are late")
    build_pending(now=now)
    assert about(site_dir) == ""
    assert "Invoices" not in note(site_dir)
    assert badge_says(site_dir) == "Larkbridge status: all working"


def test_a_component_alone_changes_the_embeds(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    parts = [
        create_component(actor=MACHINE, now=now, page=page, name=name) for name in ("API", "Mail")
    ]
    build_pending(now=now)
    set_status(
        actor=MACHINE, now=now + timedelta(hours=1), component=parts[0], status="major_outage"
    )
    changed = build_pending(now=now)
    assert {"badge.svg", "badge/dark.svg", "embed/frame/index.html"} <= set(changed)
    assert badge_says(site_dir) == "Larkbridge status: partly down"
    assert about(site_dir) == "major_outage"


def test_planned_work_shows_in_the_widget_before_and_in_the_note_while_it_lasts(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    begins = now + timedelta(days=1)
    work(page, now, "scheduled", begins)
    build_pending(now=now)
    assert about(site_dir) == ""
    assert "Planned work New database 19 March 2026, 12:00 UTC" in note(site_dir, "widget")
    assert "New database" not in note(site_dir)
    work(page, begins, "in_progress", begins)
    build_pending(now=now)
    assert about(site_dir) == "work:in_progress"
    assert "In progress, until 19 March 2026, 14:00 UTC" in note(site_dir)
    assert badge_says(site_dir) == "Larkbridge status: planned work"


def test_built_step_by_step_equals_built_at_once(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now, status="investigating")
    build_pending(now=now)
    word(page, "inv", now + timedelta(hours=1), status="monitoring")
    build_pending(now=now)
    stepwise = bytes_of(site_dir)
    build_all(now=now + timedelta(days=99))
    assert bytes_of(site_dir) == stepwise
    assert set(EMBED_FILES) <= set(stepwise)


def test_a_name_full_of_markup_stays_text_everywhere(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    Page.objects.filter(pk=page.pk).update(name=NASTY)
    word(page, "inv", now, title=NASTY)
    build_pending(now=now)
    for name in ("badge.svg", "badge/light.svg", "badge/dark.svg"):
        root = ElementTree.fromstring((site_dir / name).read_bytes())
        assert not [each for each in root.iter() if "script" in each.tag]
    for name in ("frame", "widget"):
        built = read((site_dir / f"embed/{name}/index.html").read_bytes())
        assert built.faults == []
        assert [each for each in built.named("script") if not each.get("src")] == []
    for name in ("script.js", "se-v2.js"):
        script = (site_dir / f"embed/{name}").read_text()
        assert "</" not in script
        assert "\u2028" not in script


@pytest.mark.parametrize("sign", sorted(badge.TONES))
@pytest.mark.parametrize("scheme", [0, 1])
def test_the_words_of_a_badge_stand_out_from_their_ground(sign: str, scheme: int) -> None:
    assert contrast(badge.ON_TONE[scheme], badge.TONES[sign][scheme]) >= 4.5
    assert contrast(badge.INK[scheme], badge.GROUND[scheme]) >= 4.5


def test_the_badge_may_use_its_own_style_and_no_other() -> None:
    digest = base64.b64encode(hashlib.sha256(badge.STYLE.encode()).digest()).decode()
    assert f"sha256-{digest}" == BADGE_STYLE
    for sign in badge.TONES:
        drawn = badge.files("Larkbridge", sign, "watching")["badge.svg"].decode()
        assert re.findall(r"<style>(.*?)</style>", drawn) == [badge.STYLE]
        assert "style=" not in drawn


@pytest.mark.parametrize("indicator", ["none", "minor", "major", "critical", "maintenance"])
def test_a_badge_says_a_state_in_few_words(indicator: str) -> None:
    for sign in badge.TONES:
        assert 0 < len(badge.words_of(State(sign, "A sentence."), indicator)) <= 16


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
