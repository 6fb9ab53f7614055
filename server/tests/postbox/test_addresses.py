"""One spelling per address, by the rules of today, and none that mail cannot reach."""

import pytest

from afterword.kit.errors import BadInput
from afterword.postbox.addresses import known_address, normalised_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Kim@Shop.Example ", "kim@shop.example"),
        ("kim@straße.example", "kim@xn--strae-oqa.example"),
        ("kim@Bücher.example", "kim@xn--bcher-kva.example"),
        ("kim@βόλος.example", "kim@xn--nxasmm1c.example"),
        ("kim@例え。example", "kim@xn--r8jz45g.example"),
        ("kim@xn--strae-oqa.example", "kim@xn--strae-oqa.example"),
        ("kim@r3---sn.example", "kim@r3---sn.example"),
        (f"{'k' * 64}@shop.example", f"{'k' * 64}@shop.example"),
    ],
)
def test_a_domain_is_written_as_registries_write_it_today(typed: str, kept: str) -> None:
    assert normalised_address(typed) == kept
    assert known_address(typed) == kept


def test_two_domains_of_two_owners_stay_two() -> None:
    assert normalised_address("kim@straße.example") != normalised_address("kim@strasse.example")


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("kim@[127.0.0.1]", "“[127.0.0.1]” is none"),
        ("kim@[IPv6:::1]", "“[ipv6:::1]” is none"),
        ("kim@localhost", "“localhost” is none"),
        ("kim@10.0.0.55", "“10.0.0.55” is none"),
        (f"{'k' * 65}@shop.example", "longer than the 64 characters"),
        ("kim@☃.example", "not an e-mail address"),
        ("kim@a..example", "not an e-mail address"),
        ("kim@", "not an e-mail address"),
        ("@shop.example", "not an e-mail address"),
        ("kim", "not an e-mail address"),
        ("", "not an e-mail address"),
        ("kím@shop.example", "not an e-mail address"),
        (f"kim@{'long.' * 60}example", "not an e-mail address"),
    ],
)
def test_what_mail_cannot_reach_is_refused_and_says_why(typed: str, because: str) -> None:
    with pytest.raises(BadInput) as refusal:
        normalised_address(typed)
    assert because in refusal.value.message
    # Earlier versions kept some of these, and they have to be found again.
    assert known_address(typed) == typed.lower()
