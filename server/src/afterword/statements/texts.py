"""Title and body as one text: tidied, bounded, hashed, and laid out for the wording check."""

import re
from dataclasses import dataclass

from afterword.kit.errors import BadInput
from afterword.kit.hashing import sha256_of_json
from afterword.kit.texts import legible, text_problem

MAX_TITLE = 255
MAX_BODY = 50_000
_SEPARATOR = "\n\n"
_BLANK = re.compile(r"\[blank:[^\]\n]*\]?", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """What one revision says. ``hash`` commits to title and body together."""

    title: str
    body: str

    @property
    def hash(self) -> str:
        return sha256_of_json([self.title, self.body])

    @property
    def whole(self) -> str:
        """Title, empty line, body: the text that findings point into."""
        return self.title + _SEPARATOR + self.body

    @property
    def body_offset(self) -> int:
        """Code points before the body in ``whole``; subtract from a finding's start."""
        return len(self.title) + len(_SEPARATOR)


def tidied(title: str, body: str) -> Text:
    """Return the text as it is stored: a title on one line, line ends as ``\\n``.

    Raises BadInput, one problem per field: an empty or over-long title (255 code points), an
    over-long body (50,000), characters that no text holds (NUL, other controls, lone surrogates).
    """
    text = Text(" ".join(legible(title).split()), legible(body).rstrip())
    problems = {
        field: problem
        for field, problem in (
            ("title", text_problem(text.title, limit=MAX_TITLE)),
            ("body", text_problem(text.body, limit=MAX_BODY)),
        )
        if problem
    }
    if not text.title:
        problems["title"] = "is empty; give the text a title"
    if problems:
        listed = "; ".join(f"the {field} {problem}" for field, problem in problems.items())
        raise BadInput(f"The text was not saved: {listed}.", problems)
    return text


def blanks(text: str) -> list[tuple[int, str]]:
    """Return where the text still has a ``[blank: …]`` to fill in: offset and the blank itself."""
    return [(found.start(), found[0]) for found in _BLANK.finditer(text)]
