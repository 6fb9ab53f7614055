"""The text part of a letter: no markup, and not a word or figure less than the HTML has."""

import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from afterword.kit.markdown import plain_text, render_markdown
from afterword.kit.readable import readable

WORD = re.compile(r"\w+", re.UNICODE)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## What happened\n\nIt broke.", "What happened\n-------------\n\nIt broke."),
        ("# All\n### Of it", "All\n===\n\nOf it"),
        ("We are **sorry**, *truly*. `a_b*c` stays.", "We are sorry, truly. a_b*c stays."),
        ("- one\n- two\n  - *three*\n    more\n", "- one\n- two\n  - three\n    more"),
        ("* one\n\n* two\n\n  again", "- one\n\n- two\n\n  again"),
        ("3. c\n4. d\n", "3. c\n4. d"),
        ("9. i\n10. j\n    line", "9. i\n10. j\n    line"),
        (
            "See [the page](https://status.example/a_b).",
            "See the page (https://status.example/a_b).",
        ),
        ("<https://status.example/x> and <help@x.example>",
         "https://status.example/x and help@x.example"),
        ("[help@x.example](mailto:help@x.example)", "help@x.example"),
        ("![A chart: 12 %](https://x.example/c.png)", "A chart: 12 % (https://x.example/c.png)"),
        ("[5](https://x.example/)0 of 90", "50 (https://x.example/) of 90"),
        ("in 5[](https://x.example/)", "in 5 https://x.example/"),
        ("in 5![12 min](https://x.example/)", "in 5 12 min (https://x.example/)"),
        ("> quoted\n> again\n>\n> - item", "> quoted\n> again\n>\n> - item"),
        ("```\nx  = 1\n\n  y\n```", "    x  = 1\n\n      y"),
        ("one  \ntwo\nthree", "one\ntwo\nthree"),
        ("a\n\n***\n\nb", "a\n\n--------------------\n\nb"),
        ("5 \\* 3 &amp; \\_x\\_ <b>bold</b>", "5 * 3 & _x_ <b>bold</b>"),
        (
            "| part | down |\n|---|---|\n| Payments | 12 min |\n",
            "part       down\n--------   ------\nPayments   12 min",
        ),
        (
            f"| part | why |\n|---|---|\n| Payments | {'long ' * 20}|\n| Exports | short |\n",
            f"part: Payments\nwhy: {('long ' * 20).strip()}\n\npart: Exports\nwhy: short",
        ),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_reads_as_plain_text(markdown: str, text: str) -> None:
    assert readable(markdown) == text


PIECES = st.sampled_from(
    [
        "# ", "## ", "- ", "* ", "1. ", "12. ", "> ", "**", "*", "_", "`", "```\n", "    ", "\n",
        "\n\n", "| a | b |\n|---|---|\n", "| 1,798 | 6 h 12 min |\n", "[", "](https://x.example/)",
        "![", "<b>", "&amp;", "\\", "---\n", "[x]: https://x.example/ 'why'\n", " ",
    ]
)  # fmt: skip
TEXTS = st.lists(
    st.one_of(PIECES, st.text(max_size=8), st.integers(0, 99_999).map(str)), max_size=30
).map("".join)


@given(text=TEXTS)
@example(text="0[](https://x.example/)")
@example(text="[0](https://x.example/)0")
@example(text="0![1. ](https://x.example/)")
def test_no_word_and_no_figure_of_what_the_html_says_is_lost(text: str) -> None:
    shown = WORD.findall(plain_text(render_markdown(text)))
    kept = WORD.findall(readable(text))
    assert not Counter(shown) - Counter(kept), (shown, readable(text))
    # A table too wide for a mail is told field by field, its heads again with every row.
    if "|---|" not in text:
        in_order = iter(kept)
        assert all(word in in_order for word in shown), (shown, readable(text))


@given(text=TEXTS)
def test_lines_have_no_blanks_at_their_end_and_paragraphs_one_line_between(text: str) -> None:
    found = readable(text)
    assert not re.search(r"[ \t]\n", found)
