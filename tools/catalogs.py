"""Keep the catalogs of translations in step with the strings in code and templates.

python tools/catalogs.py            take up new strings, drop lost ones, compile
python tools/catalogs.py --check    say what is missing, fuzzy, lost or differs; exit 1 if anything

Nothing but Babel is needed, so a bare checkout can do it. The compiled files are committed beside
their sources: an installation from any form of the package has them without a build step.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "server" / "src" / "afterword"
LOCALE = SOURCE / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Where Babel's rule is not that of the forms we write: Brazil counts "0 cliente" as one.
PLURALS = {"pt": "nplurals=2; plural=(n > 1);"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w*\}|ZONE|AGO")
TAG = re.compile(r"<[^>]+>")
EDGE = re.compile(r"\A\s+|\s+\Z")
# No clock in a file that is compared byte by byte.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
Key = tuple[str, str | None]
# A message (or singular and plural), what is said to translators, its context.
Found = tuple[str | tuple[str, ...], tuple[str, ...], str | None]


def sources() -> Iterator[Path]:
    """Yield every file that may hold a string for readers, in a fixed order."""
    for path in sorted(SOURCE.rglob("*")):
        in_templates = "templates" in path.parts and path.suffix in {".html", ".txt"}
        if in_templates or (path.suffix == ".py" and "migrations" not in path.parts):
            yield path


def extracted() -> Catalog:
    """Return what readers may see, with the files it stands in."""
    catalog = Catalog(project="Afterword", charset="utf-8")
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            found: Iterable[Found] = in_code(text)
        elif "{%" in text:
            # Django turns a template into calls that any reader of strings understands.
            calls = io.BytesIO(templatize(text, origin=name).encode())
            read_out = extract("javascript", calls, KEYWORDS, ("Translators:",))
            found = ((message, tuple(said), context) for _, message, said, context in read_out)
        else:
            continue
        for message, comments, context in found:
            catalog.add(
                message, locations=[(name, 0)], auto_comments=comments, context=context or None
            )
    return catalog


def in_code(text: str) -> Iterator[Found]:
    """Yield the messages of Python code, those inside f-strings too, in the order of the lines.

    Babel's own reader goes by tokens, and whether it sees into an f-string depends on the Python.
    """
    lines = text.splitlines()
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = call.func
        named = function.attr if isinstance(function, ast.Attribute) else ""
        named = function.id if isinstance(function, ast.Name) else named
        if named not in KEYWORDS:
            continue
        constants = [each.value for each in call.args if isinstance(each, ast.Constant)]
        texts = [each for each in constants if isinstance(each, str)]
        with_context, forms = named.lstrip("n").startswith("p"), 1 + named.startswith("n")
        if len(texts) < forms + with_context:
            continue  # a variable: its text is marked where it is written
        context = texts.pop(0) if with_context else None
        message = tuple(texts[:2]) if forms == 2 else texts[0]
        yield message, tuple(_remarks(lines, call.lineno)), context


def _remarks(lines: list[str], before: int) -> Iterator[str]:
    """Yield the comment for translators that ends on the line before."""
    above = before - 1
    while above and lines[above - 1].lstrip().startswith("#"):
        above -= 1
    said = [line.strip().lstrip("# ") for line in lines[above : before - 1]]
    start = next((n for n, line in enumerate(said) if line.startswith("Translators:")), len(said))
    yield from said[start:]


def languages() -> list[str]:
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def source_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = source_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def compiled(catalog: Catalog) -> bytes:
    """Return the bytes of the compiled file: what is whole and not fuzzy."""
    whole = Catalog(locale=catalog.locale, charset="utf-8", fuzzy=False)
    whole.mime_headers = catalog.mime_headers
    for message in catalog:
        if message.id and is_whole(message, catalog) and not message.fuzzy:
            whole.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()


def written(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def update(language: str, template: Catalog) -> None:
    """Take up new strings without a translation, drop those that are gone, compile the rest."""
    old = read(language)
    fresh = Catalog(
        locale=language,
        project="Afterword",
        version="",
        charset="utf-8",
        header_comment=f"# Afterword in {language}; see docs/languages.md.",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        fuzzy=False,
        last_translator="the authors of Afterword",
        language_team=language,
    )
    if language in PLURALS:
        fresh.mime_headers = [("Plural-Forms", PLURALS[language])]
    for message in template:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        fresh.add(
            message.id,
            known.string if known else None,
            locations=message.locations,
            flags={*message.flags, *(known.flags & {"fuzzy"} if known else ())},
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    path = source_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(fresh))
    path.with_suffix(".mo").write_bytes(compiled(read(language)))


def key_of(message: Message) -> Key:
    return (_texts(message.id)[0], message.context)


def by_key(catalog: Catalog) -> dict[Key, Message]:
    return {key_of(message): message for message in catalog if message.id}


def faults(language: str, catalog: Catalog, template: Catalog) -> Iterator[str]:
    """Yield, in sentences, what keeps a catalog from saying everything the pages say."""
    wanted, known = by_key(template), by_key(catalog)
    for key, message in wanted.items():
        if key not in known or (known[key].id != message.id):
            yield f"{language}: not taken up: {key[0]!r}"
        else:
            yield from (f"{language}: {fault}: {key[0]!r}" for fault in _wrong(known[key], catalog))
    yield from (f"{language}: no longer used: {key[0]!r}" for key in known if key not in wanted)


def _wrong(message: Message, catalog: Catalog) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    if not is_whole(message, catalog):
        yield "not translated"
        return
    english = _texts(message.id)
    for text in _texts(message.string):
        for name, shape in (("placeholders", PLACEHOLDER), ("tags", TAG), ("blanks around", EDGE)):
            if not any(_shape(shape, text) == _shape(shape, each) for each in english):
                yield f"other {name} in {text!r}"


def is_whole(message: Message, catalog: Catalog) -> bool:
    """Whether every form the language needs has a text."""
    texts = _texts(message.string)
    forms = catalog.num_plurals if isinstance(message.id, tuple | list) else 1
    return len(texts) == forms and all(texts)


def _texts(one_or_more: object) -> tuple[str, ...]:
    if isinstance(one_or_more, tuple | list):
        return tuple(str(each or "") for each in one_or_more)
    return (str(one_or_more or ""),)


def _shape(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(pattern.findall(text))


def drift() -> Iterator[str]:
    """Yield every fault of every catalog, and the compiled files that are not their sources'."""
    template = extracted()
    for language in languages():
        catalog = read(language)
        yield from faults(language, catalog, template)
        packed = source_of(language).with_suffix(".mo")
        if not packed.exists() or packed.read_bytes() != compiled(catalog):
            yield f"{language}: django.mo is not what django.po compiles to"


def main(arguments: Iterable[str]) -> int:
    settings.configure(USE_I18N=False)
    django.setup()
    if "--check" in arguments:
        found = list(drift())
        for fault in found:
            print(f"catalogs: {fault}")
        if found:
            print("catalogs: run python tools/catalogs.py, then translate; see docs/languages.md")
        return 1 if found else 0
    template = extracted()
    for language in languages():
        update(language, template)
        catalog = read(language)
        left = sum(1 for _ in faults(language, catalog, template))
        print(f"catalogs: {language}: {len(catalog)} strings, {left} to look at")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
