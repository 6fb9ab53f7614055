"""The six ways an act can be refused. Entry rooms map each to one HTML and one JSON answer."""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """Base of all refusals. ``message`` says what is wrong and what to do next."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Refusal):
    """The thing named does not exist, or not for this reader."""

    status = 404


class NotAllowed(Refusal):
    """The actor lacks the role, or may not act on their own work."""

    status = 403


class WrongState(Refusal):
    """The act does not fit the state the thing is in."""

    status = 409


class BadInput(Refusal):
    """The input is malformed. ``problems`` maps a field path to what is wrong with it."""

    status = 422

    def __init__(self, message: str, problems: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.problems = dict(problems or {})


class TextRejected(Refusal):
    """The wording check found errors that nobody has overridden with a reason.

    ``findings`` holds one dict per blocking finding: rule, quote, message, start, end.
    """

    status = 422

    def __init__(self, message: str, findings: Sequence[Mapping[str, object]] = ()) -> None:
        super().__init__(message)
        self.findings = [dict(f) for f in findings]


class Conflict(Refusal):
    """Somebody else changed the thing meanwhile; nothing of either side was lost."""

    status = 409
