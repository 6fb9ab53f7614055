"""The HTML of letters: every kind, audience and language, tidy and with words typed in a hurry.

Run as a script in an environment of its own it writes them to standard output, as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[2] / "server" / "tests"
LANGUAGES = ("en", "de", "fr")
NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
UNBROKEN = "invoice-delivery-worker-eu-central-1a-primary-" * 3
ARABIC = "تأخّر إرسال الفواتير إلى العملاء منذ صباح اليوم"
CROWDED = f'{ARABIC} 🧾🔥 {UNBROKEN} “quoted” <b>& not "bold"</b> </p></body>'
TIDY = (
    "Card payments work again since 11:40 UTC. Read [the page](https://status.larkbridge.example/)."
)
MESSY = f"""# {CROWDED}

> {UNBROKEN}
> - {ARABIC}

| what | when |
|---|---|
| {CROWDED} | 08:12 |

1. one
   - two
     - three

`{UNBROKEN}`

```
<script>alert(1)</script>
```

<div><span>left open [link](https://larkbridge.example/?a=1&b=2 "a \\"title\\"")
![alt & "text"](https://larkbridge.example/a.png)
***
&nbsp;&notanentity; \u202e turned \ue000 around
"""
PROMISES = [
    {"what": CROWDED, "state": "planned", "due": "2026-06-01"},
    {"what": "Limit the list.", "state": "done", "due": None},
]
LOOKS: dict[str, dict[str, Any]] = {
    "tidy": {"title": "Card payments failed", "body": TIDY},
    "messy": {"title": CROWDED, "body": MESSY, "commitments": PROMISES},
    "bare": {"title": "-", "body": "."},
}
FILL = {
    "token": "t0ken", "confirmation": "c0nfirm", "own_a": CROWDED, "own_b": "0.5 %",
    "own_c": UNBROKEN,
}  # fmt: skip


def written() -> dict[str, bytes]:
    """Return the HTML of each letter by what it is, made on a database that goes away."""
    with tempfile.TemporaryDirectory(prefix="letters-") as folder:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
        own = {
            "AFTERWORD_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, __file__], env=kept | own, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise SystemExit(f"letters: none could be written\n{done.stderr[-2000:]}")
    return {name: html.encode() for name, html in json.loads(done.stdout.splitlines()[-1]).items()}


def _about_publications(page: Any) -> Iterator[tuple[str, str]]:
    """Yield what publications become: each kind to subscribers and to a list, and digests."""
    from django.template.loader import get_template
    from django.utils.translation import override

    from afterword.fanout.composing import digest_words, fill_of, words_of
    from afterword.postbox.words import filled
    from afterword.publishing.models import Audience, PublicationKind
    from fanout.published import publish

    to_subscribers = []
    # A translation is no letter: it stands in the letters about what it translates.
    for kind in set(PublicationKind.values) - {PublicationKind.TRANSLATION}:
        get_template(f"fanout/{kind}/html.html")
        for look, words in LOOKS.items():
            for audience, people in ((Audience.SUBSCRIBERS, ""), (Audience.LIST, "l1")):
                one = publish(
                    page, NOW, kind=kind, audience=audience, recipient_list=people, **words
                )
                to_subscribers += [one] if not people else []
                for code in LANGUAGES:
                    with override(code):
                        fill = FILL | fill_of(CROWDED if look == "messy" else "", [])
                    mail = words_of(one, code, "Europe/Berlin", 3 if people else 0)
                    yield f"{kind}, {look}, to {audience}, {code}", filled(mail, fill).html
    for code in LANGUAGES:
        for name, said in (("one", to_subscribers[:1]), ("many", to_subscribers)):
            mail = digest_words(page, said, code, "Europe/Berlin", NOW)
            yield f"digest of {name}, {code}", filled(mail, FILL).html


def _about_subscriptions(page: Any) -> Iterator[tuple[str, str]]:
    """Yield what people get who sign up, or answer for a webhook."""
    from django.utils.translation import override

    import afterword.audience
    from afterword.audience.links import confirm_url, hook_url, manage_url, unsubscribe_url
    from afterword.postbox.words import filled, mark, render_words, without_marks

    room = Path(afterword.audience.__file__).parent / "templates" / "audience"
    for folder in sorted(path.parent.name for path in room.glob("*/html.html")):
        for look, name in (("tidy", page.name), ("messy", CROWDED)):
            for code in LANGUAGES:
                context = {
                    "page_name": without_marks(name), "language": code, "channel": "Slack",
                    "because": without_marks(CROWDED), "hook_url": hook_url(mark("token")),
                    "confirm_url": confirm_url(mark("confirmation")),
                    "manage_url": manage_url(mark("token")),
                    "unsubscribe_url": unsubscribe_url(mark("token")),
                    "subscribe_url": "https://status.larkbridge.example/subscribe/?a=1&b=2",
                }  # fmt: skip
                with override(code):
                    mail = render_words(f"audience/{folder}", context)
                yield f"{folder}, {look}, {code}", filled(mail, FILL).html


def main() -> None:
    sys.path.insert(0, str(TESTS))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from fanout.published import a_page

    page = a_page(NOW - timedelta(days=10))
    found = dict(_about_publications(page)) | dict(_about_subscriptions(page))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
