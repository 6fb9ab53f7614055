"""Which rules hold, how grave they are, and the words a company's readers know."""

from dataclasses import dataclass

from plaintalk.finding import Severity


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of choices about the rules. Profiles are values: equal profiles check alike.

    `off` names rules that do not run, `severities` pairs of rule and severity that replace the
    catalogue's own, `audience_terms` technical words that the readers know, `data_nouns` what the
    customers keep in the product ("invoice", "note").
    """

    name: str = "default"
    off: frozenset[str] = frozenset()
    severities: tuple[tuple[str, Severity], ...] = ()
    audience_terms: tuple[str, ...] = ()
    data_nouns: tuple[str, ...] = ()
    public_contacts: tuple[str, ...] = ()
    ticket_prefixes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


DEFAULT_PROFILE = Profile()
