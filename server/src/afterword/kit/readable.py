"""Markdown as plain text that reads well in a mail program: no signs of the markup, every word."""

import re
from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_WIDEST_TABLE = 76
_LONGEST_RULE = 60
_GAP = "   "
# Around what the HTML shows as no words, while the words are put together: where it stands within a
# figure or a word, it is not to part it. No text holds the sign, for Markdown takes NUL out.
_SIGN = "\0"
_FROM, _TO = f"{_SIGN}<", f"{_SIGN}>"
_ASIDE = re.compile(rf"{_FROM}([^{_SIGN}]*){_TO}(\w*)")


def readable(markdown: str) -> str:
    """Return the text without markup: headings underlined, items with dashes, links as "words
    (address)", tables in columns, or field by field where they are too wide for a mail.
    """
    return "\n".join(_blocks(SyntaxTreeNode(_PARSER.parse(markdown)).children)).strip("\n")


def _blocks(nodes: Sequence[SyntaxTreeNode], *, close: bool = False) -> list[str]:
    """Return the lines of blocks, an empty one between two unless they are ``close``."""
    lines: list[str] = []
    for node in nodes:
        if lines and not close:
            lines.append("")
        lines += _block(node)
    return lines


def _block(node: SyntaxTreeNode) -> list[str]:
    if node.type in {"paragraph", "inline"}:
        return _lines(node)
    if node.type == "heading":
        return _heading(node)
    if node.type in {"bullet_list", "ordered_list"}:
        return _list(node)
    if node.type == "blockquote":
        return [f"> {line}".rstrip() for line in _blocks(node.children)]
    if node.type in {"fence", "code_block"}:
        return [f"    {line}".rstrip() for line in node.content.rstrip("\n").split("\n")]
    if node.type == "table":
        return _table(node)
    return ["-" * 20] if node.type == "hr" else _blocks(node.children)


def _heading(node: SyntaxTreeNode) -> list[str]:
    lines = _lines(node)
    if node.tag not in {"h1", "h2"}:
        return lines
    width = min(max(map(len, lines), default=0), _LONGEST_RULE)
    return [*lines, ("=" if node.tag == "h1" else "-") * max(3, width)]


def _list(node: SyntaxTreeNode) -> list[str]:
    number = int(node.attrs.get("start", 1))
    close = all(each.hidden for item in node.children for each in item.children if _is_text(each))
    lines: list[str] = []
    for at, item in enumerate(node.children):
        if lines and not close:
            lines.append("")
        sign = "- " if node.type == "bullet_list" else f"{number + at}. "
        first, *others = _blocks(item.children, close=close) or [""]
        lines.append(f"{sign}{first}".rstrip())
        lines += [f"{' ' * len(sign)}{line}".rstrip() for line in others]
    return lines


def _is_text(node: SyntaxTreeNode) -> bool:
    return node.type == "paragraph"


def _table(node: SyntaxTreeNode) -> list[str]:
    rows = [
        [" ".join(_lines(cell)) for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > _WIDEST_TABLE:
        return _field_by_field(rows)
    head, *body = [
        _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return [head, _GAP.join("-" * max(width, 1) for width in widths), *body]


def _field_by_field(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = rows
    if not body:
        return list(head)
    lines: list[str] = []
    for row in body:
        lines += [""] if lines else []
        lines += [f"{name}: {cell}" if name else cell for name, cell in zip(head, row, strict=True)]
    return lines


def _lines(node: SyntaxTreeNode) -> list[str]:
    """Return the words of a block's inline parts, line by line as they were written."""
    said = "".join(_said(node.children)) if node.children else node.content
    return [line.strip() for line in _moved(said).split("\n")]


def _moved(said: str) -> str:
    """Return the words with each address, and each picture, after the whole word it stands in."""
    while (moved := _ASIDE.sub(_after_its_word, said)) != said:
        said = moved
    return said


def _after_its_word(found: re.Match[str]) -> str:
    before = found.string[: found.start()] + found[2]
    gap = " " if before and not before[-1].isspace() else ""
    return f"{found[2]}{gap}{found[1]}"


def _said(nodes: Iterable[SyntaxTreeNode]) -> Iterable[str]:
    for node in nodes:
        if node.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif node.type in {"text", "code_inline"}:
            yield node.content
        elif node.type == "link":
            yield _link("".join(_said(node.children)), str(node.attrs.get("href", "")))
        elif node.type == "image":
            shown = _link("".join(_said(node.children)), str(node.attrs.get("src", "")))
            yield f"{_FROM}{shown}{_TO}"
        else:
            yield from _said(node.children)


def _link(words: str, address: str) -> str:
    shown = address.removeprefix("mailto:")
    if not words.strip():
        return f"{_FROM}{shown}{_TO}"
    if words.strip() == shown:
        return shown
    return f"{words}{_FROM}({shown}){_TO}" if shown else words
