"""What every imported row goes through: lengths, addresses, one name per address."""

from collections.abc import Mapping

from afterword.audience.sheets import Row
from afterword.kit.errors import BadInput
from afterword.postbox.addresses import NOT_USABLE, normalised_address

_LONGEST_PARTS = 4000


def bounded(row: Row, column: str, longest: int) -> str:
    """Return a cell, "" where its column is absent. Raises BadInput when it is too long."""
    cell = row.cells.get(column, "")
    if len(cell) > longest:
        raise BadInput(f"{column} has {len(cell):,} characters; {longest} is the most")
    return cell


def address_in(row: Row, column: str) -> str:
    """Return a cell's e-mail address in its one spelling. Raises BadInput, quoting the cell."""
    try:
        return normalised_address(row.cells.get(column, ""))
    except BadInput as wrong:
        cell, why = row.cells.get(column, "")[:80], wrong.problems["email"]
        more = "" if why == NOT_USABLE else f": {why}"
        raise BadInput(f"{cell!r} is not an e-mail address{more}") from None


def name_once(people: dict[str, str], email: str, name: str) -> bool:
    """Put an address under its name; return whether that said anything new.

    Raises BadInput when it stands there under another name.
    """
    known = people.get(email)
    if known and name and known != name:
        raise BadInput(f"{email} is named {known!r} above and {name!r} here")
    people[email] = known or name
    return known is None


def names_in(cell: str) -> list[str]:
    """Return the names in a cell, ; between, each once and in order."""
    return sorted({name.strip() for name in cell.split(";") if name.strip()})


def parts_in(row: Row, column: str, known: Mapping[str, str]) -> list[str]:
    """Return the public ids of the components a cell names; ``known`` maps casefolded names to ids.

    Raises BadInput for one the page has not.
    """
    names = names_in(bounded(row, column, _LONGEST_PARTS))
    for name in names:
        if name.casefold() not in known:
            raise BadInput(f"{name[:80]!r} is no component of the page; write its name or its id")
    return sorted({known[name.casefold()] for name in names})
