"""Texts of updates from elsewhere, made safe and readable as HTML."""

import re
from html.parser import HTMLParser

from afterword.kit.markdown import clean_html

MAX_BODY = 100_000
_ACTIVE = {
    "script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math",
    "img", "video", "audio", "link", "meta", "base", "template",
}  # fmt: skip
# Markup that does nothing but break, mark and link; anything else with a "<" is not taken as it is.
_HARMLESS = re.compile(
    r"</?(?:p|b|i|u|em|strong|ul|ol|li|code|pre|blockquote|h[2-6])>|<br ?/?>|</a>"
    r"|<a href=(?:\"https?://[^\"<>]*\"|'https?://[^'<>]*')"
    r"(?: (?:target|rel)=(?:\"[a-z_ ]*\"|'[a-z_ ]*'))*>",
    re.IGNORECASE,
)
_BEGINS_MARKUP = re.compile(r"<[A-Za-z/!?]")
_BLOCK = re.compile(r"<(?:p|ul|ol|pre|blockquote|table|h[2-6]|hr)\b")


class _Tags(HTMLParser):
    """Notes tags that could act and attributes that could run or load something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.found.add(f"<{tag}>")
        for name, value in attrs:
            scheme = (value or "").strip().lower()
            if name.startswith("on") and name.isalpha():
                self.found.add(name)
            elif name in {"href", "src"} and scheme.startswith(("javascript:", "data:")):
                self.found.add(scheme.split(":")[0] + ":")


def removed_from(body: str) -> tuple[str, ...]:
    """Return the names of active tags, handlers and link schemes that cleaning takes out."""
    if "<" not in body:
        return ()
    tags = _Tags()
    try:
        tags.feed(body)
        tags.close()
    except AssertionError:  # the standard parser's answer to some malformed declarations
        tags.found.add("malformed markup")
    return tuple(sorted(name[:40] for name in tags.found)[:8])


def is_harmless(body: str) -> bool:
    """Whether a foreign text may be passed on to other programs exactly as it came."""
    return _BEGINS_MARKUP.search(_HARMLESS.sub("", body)) is None


def safe_body(body: str) -> str:
    """Return foreign text or HTML as harmless HTML, its line breaks kept as people saw them."""
    clean = clean_html(body.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not clean or _BLOCK.search(clean):
        return clean
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", clean))
    return "".join(f"<p>{_with_breaks(part)}</p>" for part in paragraphs if part)


def _with_breaks(paragraph: str) -> str:
    return re.sub(r"(<br>)?[ \t]*\n", lambda found: found[1] or "<br>", paragraph)
