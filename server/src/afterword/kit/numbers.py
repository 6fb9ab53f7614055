"""Numbers as they come out of JSON."""


def number(value: object) -> int | None:
    """Return a number of a JSON field, whichever way the database gives it back."""
    try:
        return None if value is None else int(float(str(value)))
    except ValueError:
        return None
