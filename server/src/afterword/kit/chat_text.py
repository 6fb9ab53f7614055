"""Markdown as chat rooms write it: Slack's mrkdwn, Discord's Markdown, the text of Adaptive Cards.

Each has signs of its own. Whatever a text holds that the room would take for markup, a link or a
call to people is shown as it stands. Blocks are kept apart, so that a long text is cut between two
of them and never inside a sign.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
# Nothing that can be seen; it keeps a sign from being read as one.
_APART: Final = "\u200b"
_SAFE_IN_URL: Final = "/:?#@!$&'*+,;=%~-._"
_DEEPEST: Final = 6
MORE: Final = "…"


@dataclass(frozen=True)
class Dialect:
    """How a room writes. ``plain`` shows words as they stand; ``link`` gets shown words and a safe
    address; ``code`` and ``listing`` (several lines) get words as they stand.
    """

    plain: Callable[[str], str]
    link: Callable[[str, str], str]
    code: Callable[[str], str]
    listing: Callable[[str], str]
    bold: str
    italic: str
    bullet: str = "- "
    quote: str = "> "


def in_chat(text: str, dialect: Dialect, *, longest: int, markdown: bool = True) -> list[str]:
    """Return the text's blocks in the dialect, together at most ``longest`` characters, an empty
    line between two counted. What is cut off is shown by an ellipsis.
    """
    blocks = _blocks_of(text, dialect) if markdown else _paragraphs(text, dialect)
    found: list[str] = []
    left = longest
    for shown, bare in blocks:
        if len(shown) > left - len(MORE) - 2:
            found += [cut] if (cut := _cut(bare, dialect, left - 2)) else []
            return found
        found.append(shown)
        left -= len(shown) + 2
    return found


def _cut(bare: str, dialect: Dialect, longest: int) -> str:
    """Return as many of the words as fit, without markup, and an ellipsis."""
    words = bare
    while words and len(dialect.plain(words)) + len(MORE) > longest:
        words = words[: len(words) * 9 // 10] if len(words) > 20 else words[:-1]
    words = words.rstrip()
    return dialect.plain(words) + MORE if words or longest >= len(MORE) else ""


def _paragraphs(text: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    for each in re.split(r"\n\s*\n", text.strip()):
        if each:
            yield dialect.plain(each), each


def _blocks_of(text: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield each block as it is shown, and its bare words."""
    for node in SyntaxTreeNode(_PARSER.parse(text)).children:
        if shown := "\n".join(_block(node, dialect, 0)).strip("\n"):
            yield shown, _bare(node)


def _block(node: SyntaxTreeNode, to: Dialect, depth: int) -> list[str]:
    if depth > _DEEPEST:
        return [to.plain(_bare(node))]
    if node.type == "heading":
        return [_around(to.bold, line) for line in _inline(node, to, bold=True).split("\n")]
    if node.type in {"fence", "code_block"}:
        return [to.listing(node.content.rstrip("\n"))]
    if node.type in {"bullet_list", "ordered_list"}:
        return _list(node, to, depth)
    if node.type == "blockquote":
        inner = [line for each in node.children for line in _block(each, to, depth + 1)]
        return [f"{to.quote}{line}" for line in "\n".join(inner).split("\n")]
    if node.type == "table":
        return _table(node, to)
    if node.type == "hr":
        return ["—" * 5]
    if node.type in {"paragraph", "inline"}:
        return _inline(node, to).split("\n")
    return [line for each in node.children for line in _block(each, to, depth + 1)]


def _list(node: SyntaxTreeNode, to: Dialect, depth: int) -> list[str]:
    number = int(node.attrs.get("start", 1))
    lines: list[str] = []
    for at, item in enumerate(node.children):
        sign = to.bullet if node.type == "bullet_list" else f"{number + at}. "
        inner = [line for each in item.children for line in _block(each, to, depth + 1)] or [""]
        lines.append(f"{sign}{inner[0]}")
        lines += [f"    {line}" for line in inner[1:]]
    return lines


def _table(node: SyntaxTreeNode, to: Dialect) -> list[str]:
    rows = [row for part in node.children for row in part.children]
    lines = []
    for at, row in enumerate(rows):
        cells = [_inline(cell, to, bold=not at) for cell in row.children]
        lines.append(" · ".join(_around(to.bold, c) if not at else c for c in cells))
    return lines


def _inline(node: SyntaxTreeNode, to: Dialect, *, bold: bool = False) -> str:
    said = "".join(_said(node.children, to, bold)) if node.children else to.plain(node.content)
    return "\n".join(line.strip() for line in said.split("\n"))


def _said(nodes: Iterable[SyntaxTreeNode], to: Dialect, bold: bool) -> Iterator[str]:
    for node in nodes:
        if node.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif node.type == "text":
            yield to.plain(node.content)
        elif node.type == "code_inline":
            yield to.code(node.content)
        elif node.type == "strong":
            inner = "".join(_said(node.children, to, bold=True))
            yield inner if bold else _around(to.bold, inner)
        elif node.type == "em":
            yield _around(to.italic, "".join(_said(node.children, to, bold)))
        elif node.type in {"link", "image"}:
            yield _linked(node, to)
        else:
            yield from _said(node.children, to, bold)


def _linked(node: SyntaxTreeNode, to: Dialect) -> str:
    words = _bare(node).replace("\n", " ").strip()
    where = _safe_address(str(node.attrs.get("href") or node.attrs.get("src") or ""))
    if not where:
        return to.plain(words)
    return to.link(words or where, where)


def _safe_address(address: str) -> str:
    try:
        known = urlsplit(address).scheme.lower() in _SCHEMES
    except ValueError:
        known = False
    return quote(address, safe=_SAFE_IN_URL) if known else ""


def _bare(node: SyntaxTreeNode) -> str:
    """Return the words of a node, without any sign."""
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if not node.children:
        return node.content if node.type not in {"hr"} else ""
    apart = " " if node.type in {"tr", "table"} else "\n" if node.type.endswith("list") else ""
    return apart.join(_bare(each) for each in node.children)


def _around(sign: str, words: str) -> str:
    """Put a sign around words: rooms take no blank next to it, and no empty pair."""
    inner = words.strip()
    if not inner or "\n" in inner:
        return words
    lead, _, end = words.partition(inner)
    return f"{lead}{sign}{inner}{sign}{end}"


def _calling_nobody(text: str) -> str:
    return re.sub(r"@(?=everyone|here|channel|all)", f"@{_APART}", text, flags=re.IGNORECASE)


def _slack_safe(text: str) -> str:
    """Escape what Slack reads as a link, a person or a channel."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _calling_nobody(safe)


def _slack_plain(text: str) -> str:
    """Part signs from their words, too: Slack knows no escape for those."""
    safe = _slack_safe(text)
    safe = re.sub(r"(?<![\w])([*_~`])(?=\S)", rf"{_APART}\1{_APART}", safe)
    return re.sub(r"^(\s*)&gt;", rf"\1{_APART}&gt;", safe, flags=re.MULTILINE)


def _slack_code(text: str) -> str:
    if "`" in text or not text.strip():
        return _slack_plain(text)
    return "`" + _slack_safe(text) + "`"


def _slack_listing(text: str) -> str:
    safe = _slack_safe(text)
    return "```\n" + safe.replace("```", f"``{_APART}`") + "\n```"


def _discord_plain(text: str) -> str:
    """Escape Discord's signs with a backslash; calls to everyone and to people are shown."""
    safe = re.sub(r"([\\*_~`|\[\]<>#])", r"\\\1", text)
    safe = re.sub(r"^(\s*)([-+])(?=\s)", r"\1\\\2", safe, flags=re.MULTILINE)
    safe = re.sub(r"^(\s*\d+)\.(?=\s)", r"\1\\.", safe, flags=re.MULTILINE)
    return safe.replace("@", f"@{_APART}")


def _discord_code(text: str) -> str:
    if "`" in text or not text.strip():
        return _discord_plain(text)
    return f"`{text.replace('@', f'@{_APART}')}`"


def _discord_listing(text: str) -> str:
    safe = text.replace("```", f"``{_APART}`").replace("@", f"@{_APART}")
    return f"```\n{safe}\n```"


def _teams_plain(text: str) -> str:
    """Escape the few signs that the text of an Adaptive Card knows; ``<at>`` calls nobody."""
    safe = re.sub(r"([\\*_\[\]~`])", r"\\\1", text)
    safe = re.sub(r"^(\s*)([-+#>])", r"\1\\\2", safe, flags=re.MULTILINE)
    safe = re.sub(r"^(\s*\d+)\.(?=\s)", r"\1\\.", safe, flags=re.MULTILINE)
    safe = _calling_nobody(safe.replace("<", f"<{_APART}"))
    return safe.replace("{{", "{" + _APART + "{")


def _markdown_link(plain: Callable[[str], str]) -> Callable[[str, str], str]:
    def link(words: str, address: str) -> str:
        return f"[{plain(words)}]({address})"

    return link


def _slack_link(words: str, address: str) -> str:
    shown = _slack_safe(words.replace("|", "/"))
    return f"<{address.replace('&', '&amp;')}|{shown}>"


SLACK: Final = Dialect(
    plain=_slack_plain, link=_slack_link, code=_slack_code, listing=_slack_listing,
    bold="*", italic="_", bullet="• ",
)  # fmt: skip
DISCORD: Final = Dialect(
    plain=_discord_plain, link=_markdown_link(_discord_plain), code=_discord_code,
    listing=_discord_listing, bold="**", italic="*",
)  # fmt: skip
TEAMS: Final = Dialect(
    plain=_teams_plain, link=_markdown_link(_teams_plain), code=_teams_plain,
    listing=_teams_plain, bold="**", italic="_", quote="",
)  # fmt: skip
