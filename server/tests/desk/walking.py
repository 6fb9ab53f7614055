"""Somebody at the desk who only follows links, presses buttons and types: each is counted."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from afterword.accounts.models import Person
from desk.office import signed_in


class _Page(HTMLParser):
    """Links by their words, forms with what they would send, buttons by their words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: dict[str, str] = {}
        self.forms: list[dict[str, Any]] = []
        self.buttons: dict[str, tuple[int, dict[str, str]]] = {}
        self._words: list[str] = []
        self._open: tuple[str, dict[str, str]] | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            form = {"action": at.get("action", ""), "method": at.get("method", "get")}
            self.forms.append({**form, "values": {}})
        elif tag == "input" and self.forms and at.get("name"):
            ticks = at.get("type") in {"checkbox", "radio"}
            ticked, on = not ticks or "checked" in at, "on" if ticks else ""
            if ticked and at.get("type") != "file":
                self._values[at["name"]] = at.get("value", on)
        elif tag == "select":
            self._select = at.get("name", "")
        elif tag == "option" and self._select and self.forms:
            if "selected" in at or self._select not in self._values:
                self._values[self._select] = at.get("value", "")
        elif tag in {"a", "button", "textarea"}:
            self._open, self._words = (tag, at), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if self._open is None or tag != self._open[0]:
            return
        at, text = self._open[1], "".join(self._words)
        words = " ".join(text.split())
        if tag == "a":
            self.links.setdefault(words, at.get("href", ""))
        elif tag == "textarea" and self.forms and at.get("name"):
            self._values[at["name"]] = text.removeprefix("\n")
        elif tag == "button" and self.forms and "disabled" not in at:
            self.buttons.setdefault(words, (len(self.forms) - 1, at))
        self._open = None

    @property
    def _values(self) -> dict[str, str]:
        values: dict[str, str] = self.forms[-1]["values"]
        return values


class Walker:
    """One person's browser. ``acts`` lists what they did, in words."""

    def __init__(self, person: Person, acts: list[str]) -> None:
        self.person, self.acts = person, acts
        self._client: Client = signed_in(person)
        self._typed: dict[str, str] = {}
        self.address = ""
        self.been: list[str] = []

    def arrive(self, address: str) -> "Walker":
        """Stand on a page without an act: where the last thing they did led them."""
        return self._take(self._client.get(address, follow=True), address)

    def follow(self, words: str) -> "Walker":
        self.acts.append(f"{self.person.name} follows “{words}”")
        where = self.page.links[words]
        return self._take(self._client.get(where, follow=True), where)

    def press(self, words: str) -> "Walker":
        self.acts.append(f"{self.person.name} presses “{words}”")
        index, button = self.page.buttons[words]
        form = self.page.forms[index]
        values = {**form["values"], **self._typed}
        if button.get("name"):
            values[button["name"]] = button.get("value", "")
        where = button.get("formaction") or form["action"] or self.address
        return self._take(self._client.post(where, values, follow=True), where)

    def fill_blank(self, blank: str, words: str) -> "Walker":
        """Type words in the place of a blank of the text."""
        self.acts.append(f"{self.person.name} types “{words}”")
        text = self._typed.get("body") or next(
            f["values"]["body"] for f in self.page.forms if "body" in f["values"]
        )
        assert text.count(blank) == 1, text
        self._typed["body"] = text.replace(blank, words)
        return self

    def enter(self, field: str, words: str) -> "Walker":
        """Type words into a field, or choose a value there."""
        assert any(field in form["values"] for form in self.page.forms), field
        self.acts.append(f"{self.person.name} enters “{words}”")
        self._typed[field] = words
        return self

    @property
    def text(self) -> str:
        """What the text box of the page holds."""
        return next(str(f["values"]["body"]) for f in self.page.forms if "body" in f["values"])

    def _take(self, answer: Any, where: str = "") -> "Walker":
        assert answer.status_code == 200, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else where
        self.been.append(self.address.partition("?")[0])
        self.page, self._typed = _Page(answer.content.decode()), {}
        return self
