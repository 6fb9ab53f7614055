"""Codes from an app and recovery codes: right once, and never again."""

from datetime import UTC, datetime, timedelta

import pytest

from afterword.accounts import totp
from afterword.accounts.actions import (
    begin_app,
    confirm_app,
    create_person,
    remove_app,
    renew_codes,
    take_code,
    take_off_second_steps,
)
from afterword.accounts.models import CodeApp, Person, RecoveryCode, Role
from afterword.accounts.permissions import MACHINE
from afterword.accounts.queries import second_steps_of
from afterword.audit.models import Entry
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.kit.sealing import seal, unseal
from conftest import NOON

pytestmark = pytest.mark.django_db
# RFC 6238, appendix B: the shared secret is the ASCII "12345678901234567890"; the last six figures.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.fixture
def noa() -> Person:
    return create_person(
        actor=MACHINE, now=NOON, email="noa@larkpost.example", name="Noa",
        password="four words do well", roles=[Role.WRITER],
    )  # fmt: skip


def code(secret: str, at: datetime) -> str:
    return totp.code_at(secret, int(at.timestamp()) // totp.PERIOD)


def set_up(person: Person) -> tuple[str, list[str]]:
    secret = begin_app(now=NOON, person=person)
    return secret, confirm_app(now=NOON, person=person, code=code(secret, NOON))


@pytest.mark.parametrize(("at", "expected"), RFC_CODES)
def test_the_codes_are_those_of_the_standard(at: int, expected: str) -> None:
    assert totp.code_at(RFC_SECRET, at // 30) == expected
    assert totp.step_of(RFC_SECRET, expected, datetime.fromtimestamp(at, UTC)) == at // 30


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phone_may_be_half_a_minute_off(off: int, taken: bool) -> None:
    at = datetime.fromtimestamp(1234567890, UTC)
    found = totp.step_of(RFC_SECRET, "005924", at + timedelta(seconds=off))
    assert (found is not None) == taken


def test_an_app_is_asked_for_only_after_it_has_shown_the_secret(noa: Person) -> None:
    secret = begin_app(now=NOON, person=noa)
    assert begin_app(now=NOON, person=noa) == secret
    assert not second_steps_of(noa).asked_for
    with pytest.raises(BadInput):
        confirm_app(now=NOON, person=noa, code="000000")
    assert take_code(now=NOON, person=noa, code=code(secret, NOON)) == ""
    assert len(confirm_app(now=NOON, person=noa, code=code(secret, NOON))) == 10
    assert second_steps_of(noa).asked_for
    with pytest.raises(WrongState):
        begin_app(now=NOON, person=noa)


def test_no_code_works_twice_nor_one_older_than_it(noa: Person) -> None:
    secret, _ = set_up(noa)
    assert take_code(now=NOON, person=noa, code=code(secret, NOON)) == ""
    soon = NOON + timedelta(seconds=60)
    assert take_code(
        now=soon, person=noa, code=f" {code(secret, soon)[:3]} {code(secret, soon)[3:]}"
    )
    assert take_code(now=soon, person=noa, code=code(secret, soon)) == ""
    assert take_code(now=soon, person=noa, code=code(secret, soon - timedelta(seconds=30))) == ""


def test_a_recovery_code_works_once_however_it_is_typed_and_for_its_owner_alone(
    noa: Person,
) -> None:
    _, codes = set_up(noa)
    other = create_person(
        actor=MACHINE, now=NOON, email="b@larkpost.example", name="B", password="x", roles=[]
    )
    assert take_code(now=NOON, person=other, code=codes[0]) == ""
    typed = codes[0].lower().replace("-", " ")
    assert take_code(now=NOON, person=noa, code=typed) == "recovery code"
    assert take_code(now=NOON, person=noa, code=codes[0]) == ""
    assert second_steps_of(noa).codes_left == 9
    assert Entry.objects.order_by("-sequence")[0].detail == {"left": 9}
    fresh = renew_codes(now=NOON, person=noa)
    assert take_code(now=NOON, person=noa, code=codes[1]) == ""
    assert take_code(now=NOON, person=noa, code=fresh[1]) == "recovery code"


def test_neither_secret_nor_codes_can_be_read_from_a_copy_of_the_database(noa: Person) -> None:
    secret, codes = set_up(noa)
    kept = str([*CodeApp.objects.values(), *RecoveryCode.objects.values(), *Entry.objects.values()])
    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    sealed = seal("word", purpose="a")
    assert (unseal(sealed, purpose="a"), unseal(sealed, purpose="b")) == ("word", None)


def test_without_the_app_nothing_is_asked_for_and_no_code_works(noa: Person) -> None:
    secret, codes = set_up(noa)
    remove_app(now=NOON, person=noa)
    assert not second_steps_of(noa).asked_for
    for each in (codes[0], code(secret, NOON + timedelta(minutes=5))):
        assert take_code(now=NOON + timedelta(minutes=5), person=noa, code=each) == ""
    with pytest.raises(WrongState):
        renew_codes(now=NOON, person=noa)


def test_an_administrator_takes_a_lost_app_off_and_nobody_else(noa: Person) -> None:
    set_up(noa)
    with pytest.raises(NotAllowed):
        take_off_second_steps(actor=noa, now=NOON, person=noa)
    take_off_second_steps(actor=MACHINE, now=NOON, person=noa)
    assert not second_steps_of(noa).asked_for
    assert second_steps_of(noa).codes_left == 0
