"""A PDF is set whatever people wrote, and keeps the promise of PDF/UA-1 wherever it can."""

import pytest

from afterword.kit.typesetting import set_pdf

SHEET = b"""
#let d = json(bytes(sys.inputs.data))
#set document(title: "A letter")
#set text(lang: "en", font: "Libertinus Serif")
= A letter
#d.body
"""
PROMISE, TAGS = b"pdfuaid", b"StructTreeRoot"


def test_plain_words_make_a_pdf_that_a_screen_reader_can_rely_on() -> None:
    made = set_pdf(SHEET, {"body": 'Invoices were not sent: #read("/etc/passwd")'})
    assert PROMISE in made and TAGS in made


@pytest.mark.parametrize(
    "body", ["Paid \U0001f9fe twice", "\u8acb\u6c42\u66f8", "\U000e0001\ue000"]
)
def test_a_sign_that_no_font_has_costs_the_promise_and_not_the_document(body: str) -> None:
    made = set_pdf(SHEET, {"body": body})
    assert made.startswith(b"%PDF-")
    assert TAGS in made


def test_what_is_wrong_with_a_sheet_is_still_said() -> None:
    with pytest.raises(Exception, match="unknown variable"):
        set_pdf(SHEET + b"#nothing_of_that_name", {"body": ""})
