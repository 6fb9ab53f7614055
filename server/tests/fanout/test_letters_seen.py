"""A letter in a mail program's window: narrow, by day and by night."""

import email
import email.policy
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Literal

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.models import Segment
from afterword.components.models import Page
from afterword.fanout.actions import expand_due
from afterword.postbox.envelope import envelope_of
from afterword.postbox.models import Letter, Stream
from afterword.publishing.models import Audience, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
KINDS = [PublicationKind.UPDATE, PublicationKind.CLOSURE, PublicationKind.FOLLOW_UP]
URL = f"https://status.larkbridge.example/{'path-' * 40}?with=query"
BODY = f"""Read [the page](https://status.larkbridge.example/) \N{WHITE HEAVY CHECK MARK}, or {URL}

> {"long" * 60}

Inline `{"x" * 200}`, and שלום לכולם, and مرحبا بكم.

```
{"a line of code that is far longer than a window " * 4}
{"y" * 200}
```

| what | number |
|---|---|
| exports | 12 |
| {"a_very_long_word_" * 6} | 3 |

| region | from | until | requests | comment |
|---|---|---|---|---|
| Amsterdam | 08:44 | 09:13 | 1,234,567 | Everything was refused at first |
| Frankfurt | 08:45 | 09:20 | 98,765 | תשלומים were slow \N{TURTLE} |
"""
# Lightness of colours as WCAG 2 has it, and the weakest contrast of any text with its ground.
WEAKEST = """() => {
  const parts = (c) => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (c) => parts(c)
    .map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ground = light(dark ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)");
  const all = document.querySelectorAll("p, a, li, h1, h2, th, td, code");
  return Math.min(...[...all].map((each) => {
    const text = light(getComputedStyle(each).color);
    return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
  }));
}"""

# Words that are on several lines although the paragraph they stand in has room for them, or which
# are no longer than the 160 pixels every cell of a table may have.
BROKEN = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const box = text.parentElement.closest("th, td, p, li, h1, h2, pre");
    if (!box) continue;
    const style = getComputedStyle(box);
    const inner = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const room = box.matches("th, td") ? Math.max(inner, 160) : inner;
    pen.font = getComputedStyle(text.parentElement).font;
    for (const word of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((each) => Math.round(each.top)));
      if (lines.size > 1 && pen.measureText(word[0]).width < room - 1) found.push(word[0]);
    }
  }
  return found;
}"""


def the_letter(page: Page, now: datetime, kind: str) -> EmailMessage:
    """Return the one mail of a publication with all that Markdown has, to a list or to all."""
    if kind == PublicationKind.FOLLOW_UP:
        people = freeze_list(
            actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.SLA,
            members=[Listed("mira@x.example", "M" * 90, account="a1", figures={"failed": 1812})],
        )  # fmt: skip
        publish(
            page, now, kind=kind, audience=Audience.LIST, body=BODY,
            recipient_list=people.public_id,
        )  # fmt: skip
    else:
        subscribed(page, now - timedelta(days=1), "nils@x.example")
        publish(page, now, kind=kind, body=BODY)
    expand_due(now=now)
    letter = Letter.objects.exclude(message__stream=Stream.ACCOUNT).get()
    raw = envelope_of(letter.message).fill(letter)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_letter_is_readable_in_any_window_by_day_and_by_night(
    now: datetime, chromium: Any, scheme: Literal["light", "dark"], kind: str
) -> None:
    html = the_letter(a_page(now - timedelta(days=10)), now, kind).get_body(("html",))
    assert html is not None
    with chromium.open() as browser:
        for width in (320, 800):
            shown = browser.new_context(
                viewport={"width": width, "height": 600}, color_scheme=scheme
            ).new_page()
            shown.set_content(html.get_content())
            number = shown.get_by_role("columnheader", name="number")
            assert shown.evaluate(BROKEN) == []
            assert number.bounding_box()["height"] < 2 * 24, "more lines than one"
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
            assert shown.evaluate(WEAKEST) >= 4.5


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_begins_with_who_writes_and_says_its_language(
    now: datetime, chromium: Any, kind: str
) -> None:
    mail = the_letter(a_page(now - timedelta(days=10)), now, kind)
    html = mail.get_body(("html",))
    assert html is not None
    assert mail["Content-Language"] == "en"
    with chromium.open() as browser:
        shown = browser.new_page()
        shown.set_content(html.get_content())
        assert shown.locator("body").inner_text().startswith("Larkbridge\n")
