"""Clean HTML as Markdown: what was bold, listed or linked still is, and nothing else becomes so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.kit.markdown import clean_html, render_markdown
from afterword.site_builder.markdown_of import escaped, markdown_of

SOURCES = [
    "Two paragraphs.\n\nOf text.",
    "**Bold** and *leaning*, with `code` and a [link](https://example.com/a).",
    "- one\n- two\n  - deeper\n- three",
    "1. first\n2. second",
    "## A heading\n\nBelow it.",
    "> quoted\n\nnot quoted",
    "```\nplain *stars*\n```",
    "a_b_c and 2 * 3 * 4 and [not a link] and <b>no tag</b>",
    "ends with a break  \nhere",
]


@pytest.mark.parametrize("source", SOURCES)
def test_what_was_written_reads_the_same_when_rendered_again(source: str) -> None:
    html = render_markdown(source)
    again = render_markdown(markdown_of(html, heading=2))
    assert " ".join(again.split()) == " ".join(html.split())


@given(st.text(max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    html = clean_html(f"<p>{text.replace('<', '&lt;').replace('&', '&amp;')}</p>")
    rendered = render_markdown(markdown_of(html))
    assert "<a " not in rendered
    assert "<strong>" not in rendered
    assert "<a " not in render_markdown(escaped(text))


def test_a_table_keeps_its_cells_apart() -> None:
    source = "| a | b |\n|---|---|\n| 1 | 2 |"
    html = render_markdown(source)
    assert "| 1 | 2 |" in markdown_of(html)
    again = render_markdown(markdown_of(html))
    assert "".join(again.split()) == "".join(html.split())


def test_headings_stand_below_those_of_the_page() -> None:
    assert markdown_of("<h2>Why</h2><p>So.</p>") == "### Why\n\nSo."
