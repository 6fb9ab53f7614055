"""Which rules hold, how grave they are, and the words a company's readers know."""

from dataclasses import dataclass

from plaintalk.finding import Severity


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of choices about the rules. Profiles are values: equal profiles check alike.

    `off` names rules that do not run and `reasons` says why (pairs of rule and reason);
    `severities` are pairs of rule and severity that replace the catalogue's own. `house_terms`
    are pairs of what not to write and what to write. `audience_terms` are technical words that the
    readers know, `data_nouns` what the customers keep in the product ("invoice", "note").
    """

    name: str = "default"
    off: frozenset[str] = frozenset()
    severities: tuple[tuple[str, Severity], ...] = ()
    audience_terms: tuple[str, ...] = ()
    data_nouns: tuple[str, ...] = ()
    public_contacts: tuple[str, ...] = ()
    ticket_prefixes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    house_terms: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


DEFAULT_PROFILE = Profile()
