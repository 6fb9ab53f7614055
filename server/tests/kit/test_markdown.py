"""Nothing that somebody writes, or that another page sends, can act on a reader's machine."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.kit.markdown import clean_html, plain_text, render_markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/pixel.gif)",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    '<b style="position:fixed" onclick="x()">b</b>',
    "<style>body{display:none}</style>",
    "<!-- --><form action=//evil.example><input></form>",
    "<a href='jAvAsCrIpT:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
]
ALLOWED = {
    "a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li",
    "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def harmless(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "title", "rel", "start"}
        href = attributes.get("href") or "https:"
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", href, re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_comes_out_harmless_by_every_way_in(attack: str) -> None:
    harmless(render_markdown(attack))
    harmless(clean_html(attack))
    assert "<" not in plain_text("<p>a</p>")


@given(st.lists(st.sampled_from([*ATTACKS, "<", ">", "*", "`", "\n", "# ", "x", "&lt;", '"'])))
def test_any_mixture_of_them_does_too(parts: list[str]) -> None:
    harmless(render_markdown("".join(parts)))
    harmless(clean_html("".join(parts)))


def test_what_people_write_is_kept() -> None:
    html = render_markdown("# Over\n\n**Done:** see [here](https://x.example/).\n\n- one\n- two")
    assert "<h2>Over</h2>" in html
    assert "<strong>Done:</strong>" in html
    assert '<a href="https://x.example/" rel="nofollow noopener">here</a>' in html
    assert html.count("<li>") == 2


def test_foreign_line_breaks_become_lines() -> None:
    assert plain_text("one<br />two<p>three &amp; four</p>") == "one\ntwothree & four"
