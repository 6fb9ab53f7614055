"""The report of a period as a PDF that a screen reader can read; see ``kit.typesetting``."""

import re
from collections.abc import Mapping
from typing import Any, Final

from afterword.kit.timespans import long_utc
from afterword.kit.typesetting import set_pdf
from afterword.trust.booklet import HOW_TO_READ, Booklet, Chapter
from afterword.trust.measure import PROMISES

MOST_LETTERS: Final = 600
_UNBROKEN: Final = re.compile(r"\S{16}")
# Charts take the colour of the text around them, which is black here: they are read without colour.
_SHEET: Final = rb"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.page, date: none)
#set text(lang: "en", size: 10pt, font: "Libertinus Serif", fallback: true, hyphenate: true)
#set par(leading: 0.62em, spacing: 0.9em)
#set page(
  paper: "a4", margin: (x: 2.2cm, top: 2.4cm, bottom: 2.2cm), numbering: "1 / 1",
  header: context if counter(page).get().first() > 1 {
    text(size: 8.5pt, fill: luma(80))[#d.page #h(1fr) #d.running]
  },
)
#set table(stroke: none, inset: (x: 4pt, y: 4pt))
#show table.cell.where(y: 0): strong
#show heading.where(level: 1): set text(size: 26pt)
#show heading.where(level: 2): it => block(above: 1.8em, below: 0.9em, text(size: 16pt, it.body))
#show heading.where(level: 3): it => block(above: 1.6em, below: 0.6em, text(size: 12pt, it.body))
#let soft(body) = text(size: 8.5pt, fill: luma(70), body)
#let lined(columns, heads, rows, aligns: auto) = {
  set text(size: 8.5pt, hyphenate: false)
  set par(leading: 0.5em)
  table(
    columns: columns, align: aligns,
    table.header(..heads),
    table.hline(stroke: 0.6pt),
    ..rows.map(row => (..row, table.hline(stroke: 0.3pt + luma(190)))).flatten(),
  )
}
#let last_lines(c) = {
  if c.left_out != "" { par(soft(c.left_out)) }
  if c.not_public != "" { par(soft(c.not_public)) }
  if c.unlisted != "" { par(soft(c.unlisted)) }
  if c.read_with != "" { par(soft[Read with: #c.read_with.]) }
}
// No heading stands on another page than its chart, and no last line alone on the next one.
#let chapter(c) = {
  let by_month = c.months.len() > 0
  let listed = c.items.len() > 0
  block(breakable: false, sticky: by_month or listed, above: 1.6em, {
    heading(level: 3, c.name)
    par([#strong(c.said) #h(0.6em) #soft(c.n)])
    par(soft[#c.definition #c.needs #emph(c.reads_as)])
    if c.strip != "" {
      image(bytes(c.strip), format: "svg", width: 11cm, alt: c.strip_alt)
      if c.strip_key != "" { par(soft(c.strip_key)) }
    }
    if c.groups.len() > 0 { list(..c.groups.map(g => [#g.at(0): #g.at(1)])) }
    if not by_month and not listed { last_lines(c) }
  })
  if by_month {
    block(breakable: false, {
      if c.trend != "" {
        image(bytes(c.trend), format: "svg", width: 11cm, alt: c.trend_alt)
        if c.trend_key != "" { par(soft(c.trend_key)) }
      }
      lined((auto, auto, 1fr), ([Month], [n], [Says]), c.months, aligns: (left, right, left))
      if not listed { last_lines(c) }
    })
  }
  if listed {
    lined(
      (auto, 1fr, 1.2fr), ([Day], [#c.about], [Says]),
      c.items.map(i => (i.at(0), if i.at(3) == "" { i.at(1) } else { link(i.at(3), i.at(1)) },
        i.at(2))),
      aligns: (left, left, left),
    )
    last_lines(c)
  }
}

#v(5.5cm)
#text(size: 13pt, d.page)
#heading(level: 1, outlined: false, d.heading)
#text(size: 15pt, d.period)
#v(0.8cm)
#d.audience
#par(d.as_of)
#if d.unfinished != "" { par(strong(d.unfinished)) }
#if d.address != "" { par(link(d.address, d.address)) }
#pagebreak()
#heading(level: 2, "How the figures are made")
#list(..d.how.map(line => [#line]))
#heading(level: 2, "At a glance")
#lined(
  (1.2fr, auto, 2fr), ([Measure], [n], [Says]), d.glance, aligns: (left, right, left),
)
#heading(level: 2, "What became of what was promised")
#par[Promises whose earliest day is in the period, by what became of them.]
#lined((auto, auto), ([Promises], [Number]), d.promises, aligns: (left, right))
#pagebreak()
#heading(level: 2, "Figures")
#for c in d.chapters { chapter(c) }
#pagebreak()
#heading(level: 2, "Traces")
#par[Acts that tell less. Whatever makes a figure look better by hiding something is listed here.]
#for c in d.traces { chapter(c) }
#if d.evidence.len() > 0 or d.evidence_is_there {
  set page(flipped: true)
  heading(level: 2, "Every decision, override, hold and missed clock")
  if d.evidence.len() == 0 { par[There was nothing of that kind in the period.] }
  else {
    lined(
      (auto, auto, 1fr, 1.6fr, 1.4fr, auto),
      ([Day], [Kind], [Incident], [What], [Reason], [People]), d.evidence,
      aligns: (left, left, left, left, left, left),
    )
  }
  if d.evidence_left_out != "" { par(soft(d.evidence_left_out)) }
}
#if d.inside.len() > 0 {
  heading(level: 2, "What stays inside")
  par[These measures are shown to nobody outside the team, whatever they say. Whoever publishes
    this report cannot choose them.]
  list(..d.inside.map(each => [#each.at(0). #each.at(1)]))
}
"""


def pdf_of(made: Booklet) -> bytes:
    """Return the report as PDF/UA-1. Only where ``can_set_pdf``."""
    return set_pdf(_SHEET, data_of(made))


def data_of(made: Booklet) -> dict[str, Any]:
    """Return every word the PDF has, as JSON."""
    title = f"Trust report, {made.period.title.lower()}"
    evidence = [_evidence_row(each.row()) for each in made.evidence]
    return {
        "title": f"{made.page.name}: {title}",
        "page": made.page.name,
        "heading": "Trust report",
        "running": title,
        "period": f"{made.period.title} ({made.period.first} to {made.period.last}, UTC)",
        "audience": "For an auditor, with people and reasons. Not to be published."
        if made.is_for_an_auditor
        else "For customers and partners: public facts and figures only.",
        "as_of": f"As things stood on {long_utc(made.made_at)}.",
        "unfinished": "" if made.is_over else "The period is not over: figures will change.",
        "address": made.page.url,
        "how": list(HOW_TO_READ),
        "glance": [[c.measure.name, c.counted, c.said] for c in made.chapters],
        "promises": [[name.capitalize(), f"{number:,}"] for name, number in made.promises],
        "chapters": [_chapter(each, made.page.url) for each in made.chapters],
        "traces": [_chapter(each, made.page.url) for each in made.traces],
        "evidence": evidence,
        "evidence_is_there": made.is_for_an_auditor,
        "evidence_left_out": f"{made.evidence_left_out:,} more are left out here; the export has "
        "them all." if made.evidence_left_out else "",
        "inside": [list(each) for each in made.inside],
    }  # fmt: skip


def _chapter(chapter: Chapter, home: str) -> Mapping[str, Any]:
    measure = chapter.measure
    said = f"{measure.name}. {chapter.said}."
    return {
        "name": measure.name,
        "said": chapter.said,
        "n": f"n = {chapter.counted}",
        "definition": measure.definition,
        "needs": measure.needs,
        "about": "Promise" if measure.of == PROMISES else "Incident",
        "reads_as": "" if measure.kind == "list" else measure.reads_as,
        "strip": str(chapter.strip),
        "strip_key": chapter.strip_key,
        "strip_alt": f"Every value of the period as a dot. {said}",
        "trend": str(chapter.trend),
        "trend_key": chapter.trend_key,
        "trend_alt": f"Month by month, as in the table that follows. {said}",
        "groups": [list(each) for each in chapter.groups],
        "months": [[each.month, f"{each.n:,}", each.said] for each in chapter.months],
        "items": [
            [
                f"{each.at:%Y-%m-%d}",
                _line(each.title),
                _line(each.in_full),
                home + each.address if each.address else "",
            ]
            for each in chapter.items
        ],
        "left_out": f"{chapter.left_out:,} older ones are left out here; the export has them all."
        if chapter.left_out
        else "",
        "not_public": chapter.not_listed,
        "unlisted": chapter.unlisted,
        "read_with": ", ".join(name for _, name in chapter.read_with),
    }


def _line(said: str) -> str:
    """Return words that stay in a narrow cell: a very long text is cut, a very long word breaks."""
    cut = said if len(said) <= MOST_LETTERS else f"{said[:MOST_LETTERS]}…"
    return _UNBROKEN.sub("\\g<0>\u200b", cut)


def _evidence_row(row: tuple[str, ...]) -> list[str]:
    at, kind, _incident, title, what, reason, people = row
    return [at[:10], kind, _line(title), _line(what), _line(reason), people]
