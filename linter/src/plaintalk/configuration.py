"""A configuration file (TOML) as profiles: for every text, or for those of a path or kind.

Reading the file from disk is the command line's work; here its text becomes values, or a list of
every fault with its line.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from plaintalk.catalogue import RULES
from plaintalk.document import KINDS
from plaintalk.finding import SEVERITIES, Severity
from plaintalk.house_rules import HOUSE_RULES
from plaintalk.profiles import DEFAULT_PROFILE, Profile
from plaintalk.toml_lines import Path, line_of

LISTS: Final = ("audience_terms", "data_nouns", "public_contacts", "ticket_prefixes", "hosts")
TABLES: Final = ("terms", "off", "severity")
_CHOICES: Final = (*LISTS, *TABLES)
_SECTION_KEYS: Final = ("name", "files", "kinds", "kind", "record", *_CHOICES)
_PLACE: Final = re.compile(r" \(at line (\d+), column \d+\)\Z")
_IDS: Final = {
    name: rule.id for rule in (*RULES, *HOUSE_RULES) for name in (rule.id.lower(), rule.name)
}

_Name: TypeAlias = Callable[[str, Path], str | None]


class ConfigurationError(ValueError):
    """The configuration cannot be used. `problems` holds every fault as (line, message)."""

    def __init__(self, problems: tuple[tuple[int, str], ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"line {line}: {message}" for line, message in problems))


@dataclass(frozen=True, slots=True)
class Choices:
    """What one part of the file chooses; it adds to, and wins over, what came before."""

    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    off: tuple[tuple[str, str], ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()

    def over(self, profile: Profile) -> Profile:
        """The profile with these choices on top."""
        added = dict(self.lists)

        def more(key: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys((*getattr(profile, key), *added.get(key, ()))))

        reasons = {**dict(profile.reasons), **dict(self.off)}
        chosen = {**dict(profile.severities), **dict(self.severities)}
        # A severity chosen for some texts switches the rule on again for them.
        off = profile.off.difference(dict(self.severities)).union(dict(self.off))
        return replace(
            profile,
            audience_terms=more("audience_terms"),
            data_nouns=more("data_nouns"),
            public_contacts=more("public_contacts"),
            ticket_prefixes=more("ticket_prefixes"),
            hosts=more("hosts"),
            off=off,
            reasons=tuple(sorted((rule, why) for rule, why in reasons.items() if rule in off)),
            severities=tuple(sorted(chosen.items())),
            house_terms=tuple({**dict(profile.house_terms), **dict(self.terms)}.items()),
        )


@dataclass(frozen=True, slots=True)
class Section:
    """Choices for texts whose path and kind match; None matches every path or kind.

    `kind` and `record` (a path) hold for the matching files where nobody says otherwise.
    """

    choices: Choices
    name: str | None = None
    files: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    kind: str | None = None
    record: str | None = None

    def takes(self, path: str | None) -> bool:
        """Whether a path (relative to the file, with forward slashes) is one of its files."""
        if self.files is None:
            return True
        return path is not None and any(matches(pattern, path) for pattern in self.files)


@dataclass(frozen=True, slots=True)
class Configuration:
    """A whole file."""

    choices: Choices = Choices()
    sections: tuple[Section, ...] = ()

    def kind_of(self, path: str | None) -> str | None:
        """The kind that the last matching section gives to a path, or None."""
        given = [one.kind for one in self.sections if one.kind and one.takes(path)]
        return given[-1] if given else None

    def record_of(self, path: str | None) -> str | None:
        """The path of the record that the last matching section gives to a path, or None."""
        given = [one.record for one in self.sections if one.record and one.takes(path)]
        return given[-1] if given else None

    def profile(self, path: str | None, kind: str) -> Profile:
        """The profile for a text of a path (None: it has none) and kind."""
        profile = self.choices.over(DEFAULT_PROFILE)
        for section in self.sections:
            if section.takes(path) and (section.kinds is None or kind in section.kinds):
                profile = section.choices.over(profile)
                profile = replace(profile, name=section.name or profile.name)
        return profile


def read_configuration(text: str, under: tuple[str, ...] = ()) -> Configuration:
    """The configuration in the text of a TOML file, in the table `under`.

    Raises `ConfigurationError` with every fault and its line.
    """
    try:
        loaded: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = _PLACE.search(str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        message = _PLACE.sub("", str(problem)).removesuffix(" (at end of document)")
        raise ConfigurationError(((line, f"not TOML: {message}"),)) from None
    except RecursionError:
        raise ConfigurationError(((1, "nested too deeply"),)) from None
    for key in under:
        loaded = loaded.get(key, {}) if isinstance(loaded, dict) else {}
    reader = _Reader(text, under)
    configuration = reader.read(loaded)
    if reader.problems:
        raise ConfigurationError(tuple(sorted(reader.problems)))
    return configuration


def matches(pattern: str, path: str) -> bool:
    """Whether a path matches a pattern: `*` within a folder, `**` across folders.

    A pattern without a slash is matched against the file's name alone.
    """
    if "/" not in pattern:
        path = path.rsplit("/", 1)[-1]
    return re.fullmatch(_pattern(pattern.removeprefix("./")), path) is not None


def _pattern(glob: str) -> str:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    said = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(said[part] if part in said else re.escape(part) for part in parts)


class _Reader:
    """Reads values by path and collects what is wrong with them, line by line."""

    def __init__(self, text: str, under: tuple[str, ...]) -> None:
        self.text = text
        self.under = under
        self.problems: list[tuple[int, str]] = []

    def refuse(self, path: Path, message: str, value: str | None = None) -> None:
        shown = ".".join(str(part) for part in path if isinstance(part, str))
        line = line_of(self.text, (*self.under, *path), value)
        self.problems.append((line, f"{shown} {message}" if shown else message))

    def read(self, loaded: object) -> Configuration:
        if not isinstance(loaded, Mapping):
            self.refuse((), "must be a table")
            return Configuration()
        sections = loaded.get("profile", [])
        if not isinstance(sections, list) or not all(isinstance(s, Mapping) for s in sections):
            self.refuse(("profile",), "must be written as [[profile]]")
            sections = []
        self.known(loaded, (*_CHOICES, "profile"), ())
        return Configuration(
            self.choices(loaded, ()),
            tuple(self.section(one, ("profile", at)) for at, one in enumerate(sections)),
        )

    def known(self, source: Mapping[str, Any], keys: tuple[str, ...], path: Path) -> None:
        for key in source:
            if key not in keys:
                self.refuse((*path, key), f"is not known here; there are {', '.join(keys)}")

    def section(self, source: Mapping[str, Any], path: Path) -> Section:
        self.known(source, _SECTION_KEYS, path)
        kinds = self.strings(source, "kinds", path)
        for one in kinds or ():
            self.kind(one, (*path, "kinds"))
        kind = self.string(source, "kind", path)
        if kind is not None:
            self.kind(kind, (*path, "kind"))
        return Section(
            choices=self.choices(source, path),
            name=self.string(source, "name", path),
            files=self.strings(source, "files", path),
            kinds=kinds,
            kind=kind,
            record=self.string(source, "record", path),
        )

    def kind(self, value: str, path: Path) -> None:
        if value not in KINDS:
            self.refuse(path, f'names no kind "{value}"; the kinds are {", ".join(KINDS)}', value)

    def choices(self, source: Mapping[str, Any], path: Path) -> Choices:
        off, severities = [], []
        for rule, why, place in self.pairs(source, "off", path, self.rule):
            if why.strip():
                off.append((rule, why.strip()))
            else:
                self.refuse(place, "needs a reason")
        for rule, severity, place in self.pairs(source, "severity", path, self.rule):
            if severity in SEVERITIES:
                severities.append((rule, severity))
            else:
                self.refuse(place, f'must be {", ".join(SEVERITIES)}, not "{severity[:40]}"')
        lists = ((key, self.strings(source, key, path) or ()) for key in LISTS)
        return Choices(
            lists=tuple((key, values) for key, values in lists if values),
            terms=tuple(pair[:2] for pair in self.pairs(source, "terms", path, self.term)),
            off=tuple(off),
            severities=tuple(severities),
        )

    def rule(self, name: str, path: Path) -> str | None:
        found = _IDS.get(name.lower())
        if found is None:
            self.refuse(path, "is no rule; `plaintalk rules` lists them")
        return found

    def term(self, name: str, path: Path) -> str | None:
        if not name.strip():
            self.refuse(path, "an empty word cannot be avoided")
            return None
        return name

    def pairs(
        self, source: Mapping[str, Any], key: str, path: Path, named: _Name
    ) -> Iterator[tuple[str, str, Path]]:
        table = source.get(key, {})
        if not isinstance(table, Mapping):
            self.refuse((*path, key), f"must be a table: [{key}]")
            return
        for name, value in table.items():
            place = (*path, key, name)
            if not isinstance(value, str):
                self.refuse(place, "must be text in quotation marks")
                continue
            checked = named(name, place)
            if checked is not None:
                yield checked, value, place

    def string(self, source: Mapping[str, Any], key: str, path: Path) -> str | None:
        value = source.get(key)
        if value is None or isinstance(value, str):
            return value
        self.refuse((*path, key), "must be text in quotation marks")
        return None

    def strings(self, source: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...] | None:
        value = source.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.refuse((*path, key), "must be a list of texts")
            return None
        return tuple(one for one in value if one.strip())
