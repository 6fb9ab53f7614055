"""A letter in a mail program's window: narrow, by day and by night."""

import email
import email.policy
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.models import Segment
from afterword.fanout.actions import expand_due
from afterword.postbox.envelope import envelope_of
from afterword.postbox.models import Letter
from afterword.publishing.models import Audience, PublicationKind
from fanout.published import a_page, publish

pytestmark = pytest.mark.django_db
BODY = f"Read [the page](https://status.larkbridge.example/).\n\n> {'long' * 60}\n\n`{'x' * 200}`"
# Lightness of colours as WCAG 2 has it, and the weakest contrast of any text with its ground.
WEAKEST = """() => {
  const parts = (c) => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (c) => parts(c)
    .map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ground = light(dark ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)");
  return Math.min(...[...document.querySelectorAll("p, a, li, h1, h2")].map((each) => {
    const text = light(getComputedStyle(each).color);
    return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
  }));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_letter_is_readable_in_a_narrow_window_by_day_and_by_night(
    now: datetime, chromium: Any, scheme: str
) -> None:
    page = a_page(now - timedelta(days=10))
    people = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.SLA,
        members=[Listed("mira@x.example", "M" * 90, account="a1", figures={"failed": 1812})],
    )  # fmt: skip
    publish(
        page, now, kind=PublicationKind.FOLLOW_UP, audience=Audience.LIST, body=BODY,
        recipient_list=people.public_id,
    )  # fmt: skip
    expand_due(now=now)
    letter = Letter.objects.get()
    raw = envelope_of(letter.message).fill(letter)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    html = mail.get_body(("html",))
    assert html is not None
    with chromium.open() as browser:
        shown = browser.new_context(
            viewport={"width": 320, "height": 600}, color_scheme=scheme
        ).new_page()
        shown.set_content(html.get_content())
        assert shown.evaluate("document.documentElement.scrollWidth") <= 320
        assert shown.evaluate(WEAKEST) >= 4.5
