"""What every imported row goes through: lengths, addresses, one name per address."""

from afterword.audience.sheets import Row
from afterword.kit.errors import BadInput
from afterword.postbox.addresses import normalised_address


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
    except BadInput:
        raise BadInput(f"{row.cells.get(column, '')[:80]!r} is not an e-mail address") from None


def name_once(people: dict[str, str], email: str, name: str) -> bool:
    """Put an address under its name; return whether that said anything new.

    Raises BadInput when it stands there under another name.
    """
    known = people.get(email)
    if known and name and known != name:
        raise BadInput(f"{email} is named {known!r} above and {name!r} here")
    people[email] = known or name
    return known is None
