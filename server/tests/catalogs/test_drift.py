"""The check of the catalogs sees what would reach a reader untranslated, or wrongly filled in."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def catalogs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogs", ROOT / "tools" / "catalogs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["catalogs"] = module
    spec.loader.exec_module(module)
    return module


def template() -> Catalog:
    found = Catalog()
    found.add("It ended {when}.")
    found.add(("%(count)s day", "%(count)s days"))
    found.add("see <a>below</a>")
    return found


def german(**changes: object) -> Catalog:
    said: dict[str, object] = {
        "ended": "Es endete am {when}.", "days": ("%(count)s Tag", "%(count)s Tage"),
        "see": "siehe <a>unten</a>",
    } | changes  # fmt: skip
    found = Catalog(locale="de", fuzzy=False)
    found.add("It ended {when}.", said["ended"], flags=said.get("flags", ()))
    found.add(("%(count)s day", "%(count)s days"), said["days"])
    found.add("see <a>below</a>", said["see"])
    return found


def test_a_whole_catalog_has_no_fault(catalogs: ModuleType) -> None:
    assert list(catalogs.faults("de", german(), template())) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ended": ""}, "not translated"),
        ({"days": ("%(count)s Tag", "")}, "not translated"),
        ({"flags": {"fuzzy"}}, "fuzzy"),
        ({"ended": "Es endete am {wann}."}, "other placeholders"),
        ({"days": ("ein Tag", "%(count)s Tage")}, "other placeholders"),
        ({"see": "siehe unten"}, "other tags"),
        ({"see": " siehe <a>unten</a>"}, "other blanks"),
    ],
)
def test_what_is_missing_or_differs_is_named(
    catalogs: ModuleType, changes: dict[str, object], said: str
) -> None:
    (fault,) = catalogs.faults("de", german(**changes), template())
    assert said in fault


def test_strings_taken_up_or_lost_are_named(catalogs: ModuleType) -> None:
    newer = template()
    newer.add("Thank you")
    (fault,) = catalogs.faults("de", german(), newer)
    assert fault == "de: not taken up: 'Thank you'"
    older = Catalog()
    older.add("It ended {when}.")
    assert len(list(catalogs.faults("de", german(), older))) == 2


def test_code_is_read_also_inside_f_strings_and_over_lines(catalogs: ModuleType) -> None:
    code = """
_ = gettext
# Translators: a greeting.
a = _("Hello")
b = f"{_('inside')}!"
c = ngettext("one", "many", n) + pgettext("month", "May") + _(variable)
d = gettext(
    "two "
    "pieces"
)
"""
    assert list(catalogs.in_code(code)) == [
        ("Hello", ("Translators: a greeting.",), None),
        ("inside", (), None),
        (("one", "many"), (), None),
        ("May", (), "month"),
        ("two pieces", (), None),
    ]
