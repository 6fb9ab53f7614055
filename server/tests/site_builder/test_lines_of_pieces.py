"""In a narrow window no line of a page begins with the dot that parts what stands side by side."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.components.models import Page
from afterword.publishing.actions import turn_promises_late
from afterword.site_builder.actions import build_pending
from browsing import Chromium, served_site
from publishing.messy import EVIL
from publishing.press import PROMISES, a_page, word

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WHERE = ("/commitments/", "/", "/history/", "/incidents/inv/")
# Puts what style sheets add into the text, where it can be measured, and returns the lines that
# begin with a dot: its left edge is that of the paragraph.
DOTS = """() => {
  const found = [];
  for (const each of [...document.querySelectorAll('main *')])
    for (const side of ['::before', '::after']) {
      const content = getComputedStyle(each, side).content;
      if (!content.includes('·')) continue;
      const dot = document.createElement('span');
      dot.textContent = JSON.parse(content);
      each.classList.add('measured');
      side === '::before' ? each.prepend(dot) : each.append(dot);
    }
  const style = document.createElement('style');
  style.textContent = '.measured::before, .measured::after { content: none !important }';
  document.head.append(style);
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  let dots = 0;
  while (walk.nextNode()) {
    const text = walk.currentNode.data;
    for (let at = text.indexOf('·'); at >= 0; at = text.indexOf('·', at + 1)) {
      const range = document.createRange();
      range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + 1);
      const box = walk.currentNode.parentElement.closest('p, li').getBoundingClientRect();
      dots += 1;
      if (range.getBoundingClientRect().left - box.left < 3)
        found.push(walk.currentNode.parentElement.parentElement.textContent.trim());
    }
  }
  return {dots, found};
}"""


def messy_promises() -> list[dict[str, Any]]:
    """Promises whose lines of days have every length, and words nobody planned for."""
    return [
        {**PROMISES[1], "id": f"promise-{number}", "what": EVIL[number % len(EVIL)],
         "due": str(date(2026, 4, 1) + timedelta(days=number)), "mechanism": mechanism}
        for number, mechanism in enumerate(["prevent", "detect", "limit", "recover"] * 3)
    ]  # fmt: skip


def messy_page(now: datetime) -> Page:
    page, promises = a_page(now), messy_promises()
    word(page, "inv", now, kind="summary", status="resolved", commitments=[*PROMISES, *promises])
    moved = [
        {**each, "due": str(date(2026, 5, 1) + timedelta(days=40 * place))} if place % 2 else
        {**each, "state": "done", "done_on": "2026-03-25"} if place % 3 else each
        for place, each in enumerate(promises)
    ]  # fmt: skip
    word(page, "inv", now + timedelta(days=20), kind="commitment_update", commitments=moved)
    turn_promises_late(now=now + timedelta(days=30))
    return page


@pytest.mark.parametrize("width", [320, 390])
def test_no_line_begins_with_a_dot(
    site_dir: Path, chromium: Chromium, now: datetime, width: int
) -> None:
    messy_page(now)
    build_pending(now=now)
    seen: dict[str, list[str]] = {}
    dots = 0
    with served_site(site_dir) as address, chromium.open() as browser:
        size = {"width": width, "height": 800}
        # The page's own policy forbids the style sheet that the measuring needs.
        with browser.new_context(viewport=size, bypass_csp=True) as context:
            tab = context.new_page()
            for where in WHERE:
                tab.goto(address + where)
                assert tab.evaluate("document.documentElement.scrollWidth") == width, where
                found = tab.evaluate(DOTS)
                seen[where], dots = found["found"], dots + found["dots"]
    assert dots > 20
    assert seen == {where: [] for where in WHERE}
