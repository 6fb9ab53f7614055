import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.components.actions import create_page
from afterword.components.queries import page_by_public_id, the_page
from afterword.kit.errors import BadInput, NotAllowed, NotFound
from conftest import NOON
from incidents.building import a_page, a_person

pytestmark = pytest.mark.django_db


def test_without_a_page_the_refusal_says_how_to_make_one() -> None:
    with pytest.raises(NotFound, match="afterword demo"):
        the_page()


def test_a_page_is_created_and_audited() -> None:
    page = a_page(NOON, public_id="larkpost", support_contact="support@larkpost.example")
    assert the_page() == page
    assert page_by_public_id("larkpost") == page
    assert [e.verb for e in entries_about("page:larkpost")] == ["components.create_page"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 121),
        ("name", "two\nlines"),
        ("name", "nul\x00"),
        ("name", "half \ud83d of a pair"),
        ("url", "javascript:alert(1)"),
        ("url", "status.example.org"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("public_id", "Not An Id"),
        ("public_id", "../x"),
    ],
)
def test_an_unusable_field_is_named(field: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        a_page(NOON, **{field: value})
    assert list(refused.value.problems) == [field]


def test_an_id_is_given_out_once() -> None:
    a_page(NOON, public_id="larkpost")
    with pytest.raises(BadInput, match="already"):
        a_page(NOON, public_id="larkpost")


def test_only_an_administrator_makes_pages() -> None:
    nobody = a_person("Ada", now=NOON)
    with pytest.raises(NotAllowed, match="Administrator"):
        create_page(actor=nobody, now=NOON, name="X", url="https://x.example")
    assert create_page(actor=MACHINE, now=NOON, name="X", url="https://x.example").pk
