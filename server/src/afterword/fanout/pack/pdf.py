"""A letter as a PDF that a screen reader can read; see ``kit.typesetting``."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from afterword.fanout.pack.letter import Letter
from afterword.kit.typesetting import set_pdf

_READER: Final = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_SHEET: Final = rb"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.page, date: none)
#set text(lang: d.lang, size: 11pt, font: "Libertinus Serif", fallback: true)
#set page(paper: "a4", margin: (x: 2.4cm, y: 2.6cm), numbering: "1 / 1")
#set par(leading: 0.7em, spacing: 1.1em)
#let runs(list) = for r in list {
  let body = text(r.text)
  if r.code { body = raw(r.text) }
  if r.strong { body = strong(body) }
  if r.em { body = emph(body) }
  if r.link != "" { body = link(r.link, body) }
  body
}
#heading(level: 1, d.title)
#text(fill: luma(80), d.when)

#d.greeting

#for b in d.blocks {
  if b.kind == "heading" { heading(level: b.level, runs(b.runs)) }
  else if b.kind == "item" { list.item(runs(b.runs)) }
  else if b.kind == "number" { enum.item(b.level, runs(b.runs)) }
  else if b.kind == "code" { raw(b.runs.at(0).text, block: true) }
  else { par(runs(b.runs)) }
}
#if d.own.len() > 0 {
  heading(level: 2, d.own_title)
  for each in d.own {
    if each.title != "" { heading(level: 3, each.title) }
    for line in each.lines { list.item(line) }
  }
}
"""


def pdf_of(letter: Letter, when: str, own_title: str) -> bytes:
    """Return the letter as PDF/UA-1. Only where ``can_set_pdf``."""
    data = {
        "title": letter.said.title or letter.page.name,
        "page": letter.page.name,
        "lang": letter.said.language,
        "when": when,
        "greeting": letter.greeting,
        "blocks": list(_blocks(letter.said.body)),
        "own": [{"title": each.title, "lines": list(each.lines)} for each in letter.own],
        "own_title": own_title,
    }
    return set_pdf(_SHEET, data)


def _blocks(body: str) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs, headings, items and code of a text; a table comes row by row."""
    lists: list[list[Any]] = []
    level, kind = 0, "text"
    for token in _READER.parse(body):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append([token.type == "ordered_list_open", int(token.attrGet("start") or 1) - 1])
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1][1] += 1
            kind = "number" if lists[-1][0] else "item"
            level = lists[-1][1]
        elif token.type == "heading_open":
            kind, level = "heading", min(6, max(2, int(token.tag[1:])))
        elif token.type in {"fence", "code_block"}:
            yield {"kind": "code", "level": 0, "runs": [_run(token.content.rstrip("\n"))]}
        elif token.type == "inline":
            yield {"kind": kind, "level": level, "runs": list(_runs(token.children or []))}
            kind, level = "text", 0


def _runs(tokens: Sequence[Token]) -> Iterator[dict[str, Any]]:
    strong = em = 0
    link = ""
    for token in tokens:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        em += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type == "link_open":
            target = str(token.attrGet("href") or "")
            link = target if target.startswith(("https://", "http://", "mailto:")) else ""
        elif token.type == "link_close":
            link = ""
        elif token.type in {"softbreak", "hardbreak"}:
            yield _run(" ")
        elif token.content:
            yield _run(
                token.content, strong=bool(strong), em=bool(em), link=link,
                code=token.type == "code_inline",
            )  # fmt: skip


def _run(text: str, **marks: Any) -> dict[str, Any]:
    return {"text": text, "strong": False, "em": False, "link": "", "code": False} | marks
