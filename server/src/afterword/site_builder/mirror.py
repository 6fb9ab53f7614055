"""Keeps the site folders of several machines alike through a storage that all of them reach.

Readers are answered from the machine's own folder, so they need the storage as little as the
database. A machine that has built pushes the files it made; the others pull them. A journal says
what each push was about, so that following costs what changed and not the length of the history.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from afterword.site_builder.folder import MANIFEST, SHARD, SHARDS, Folder, shard_of
from afterword.site_builder.forms import ENDINGS
from afterword.site_builder.media_types import type_of
from afterword.site_builder.staging import staging

_HEAD = "mirror/head.json"
_AT_ONCE = 8
# Further behind than this, the manifests are compared instead.
_LONGEST_JOURNAL = 100
_BATCH = 100
# So many files are brought before others may push in between.
_BETWEEN = 400

Entries = Mapping[str, Mapping[str, Any]]


class NotSettled(Exception):
    """Another machine is pushing: files and manifest of the storage do not fit each other yet.

    Or it died in the midst of that, and they never will; see ``actions.settle``.
    """


@dataclass(frozen=True)
class Mirror:
    """A folder and the storage it is kept alike with. ``name`` tells storages apart."""

    folder: Folder
    storage: Storage
    name: str

    def push(
        self,
        written: Iterable[str],
        gone: Iterable[str],
        *,
        whole: bool = False,
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        """Bring files to the storage, then tell the others. Needs the lock of all machines.

        With ``whole``, and where the storage knows nothing yet, everything is brought. That takes
        minutes where there is much, so ``meanwhile`` is called now and then; it may push what is
        small. Raises what the storage raises, and NotSettled when this machine has not taken what
        others pushed: its manifest would undo theirs, and it would never fetch their files.
        """
        at = self._remembered() or 0
        try:
            number = self._head()
        except NotSettled:
            number, whole = at, True
        whole = whole or number is None
        if not whole and number != at:
            raise NotSettled(f"push {number} of another machine is not here yet")
        paths = self.folder.paths() if whole else set(written)
        # Where nothing is yet, a small push would bring everything as well.
        self._bring_all(paths, meanwhile if number is not None else None)
        left = {path for path in paths if not (self.folder.root / path).exists()}
        paths, lost = paths - left, (set(gone) | left) - (paths - left)
        shards = {shard_of(path) for path in paths | lost} | {MANIFEST}
        if whole:
            shards |= set(self._shards())
        there = {name for name in shards if (self.folder.root / name).exists()}
        self._at_once(self._bring, sorted(there - {MANIFEST}))
        self._bring(MANIFEST)
        self._at_once(
            self.storage.delete,
            [f"{path}{each}" for path in lost for each in ("", *ENDINGS)] + sorted(shards - there),
        )
        number = max(number or 0, self._remembered() or 0) + 1
        self._save(_journal(number), _json({"written": sorted(paths), "gone": sorted(lost)}))
        self._save(_HEAD, _json({"number": number}))
        self._remember(number)
        if number > 2 * _LONGEST_JOURNAL:
            # Nobody reads it any more: who is that far behind compares manifests.
            self.storage.delete(_journal(number - 2 * _LONGEST_JOURNAL))

    def pull(self) -> list[str]:
        """Fetch what other machines pushed; return the paths. Needs the lock of the folder.

        Raises NotSettled while another machine pushes, and what the storage raises. Then the
        folder is as it was, or nearer to the storage, each file whole.
        """
        number, at = self._head(), self._remembered()
        if number is None or number == at:
            return []
        if at is not None and number - _LONGEST_JOURNAL <= at < number:
            paths, gone = self._told_since(at, number)
            shards = {shard_of(path) for path in paths | gone} | {MANIFEST}
            manifests = self._manifests(shards)
        else:
            manifests = self._manifests({MANIFEST, *self._shards()})
            paths, gone = self._differences(_entries(manifests))
        self._take(sorted(paths), gone, manifests)
        self._remember(number)
        return sorted(paths)

    def _take(
        self, paths: list[str], gone: Iterable[str], manifests: Mapping[str, bytes | None]
    ) -> None:
        promised = _entries(manifests)
        for start in range(0, len(paths), _BATCH):
            some = paths[start : start + _BATCH]
            names = [f"{path}{each}" for path in some for each in (*sorted(ENDINGS), "")]
            found = dict(zip(names, self._at_once(self._fetch, names), strict=True))
            for path in some:
                _check(path, found, promised)
            with staging(self.folder.root) as staged:
                for name in names:
                    staged.write(
                        name, found[name] or b"", durable=not name.endswith(tuple(ENDINGS))
                    )
                staged.place()
        for path in gone:
            self.folder.drop(path)
        with staging(self.folder.root) as staged:
            for name in sorted(manifests, key=lambda each: (each == MANIFEST, each)):
                content = manifests[name]
                if content is not None:
                    staged.write(name, content)
            staged.place()
        for name, content in manifests.items():
            if content is None:
                (self.folder.root / name).unlink(missing_ok=True)

    def _told_since(self, at: int, number: int) -> tuple[set[str], set[str]]:
        paths: set[str] = set()
        gone: set[str] = set()
        for each in range(at + 1, number + 1):
            told = _told(_journal(each), self._fetch(_journal(each)))
            written, lost = set(told["written"]), set(told["gone"])
            _refuse_strange_paths(written | lost)
            paths, gone = (paths | written) - lost, (gone | lost) - written
        return paths, gone

    def _differences(self, promised: Entries) -> tuple[set[str], set[str]]:
        known = self.folder.entries()
        unsound = set(self.folder.unsound(thorough=False))
        paths = {path for path in promised if known.get(path) != promised[path] or path in unsound}
        return paths, known.keys() - promised.keys()

    def _manifests(self, names: Iterable[str]) -> dict[str, bytes | None]:
        wanted = sorted(names)
        return dict(zip(wanted, self._at_once(self._fetch, wanted), strict=True))

    def _shards(self) -> list[str]:
        try:
            names = self.storage.listdir(SHARDS)[1]
        except FileNotFoundError:
            return []
        return [f"{SHARDS}/{name}" for name in names if SHARD.fullmatch(name)]

    def _head(self) -> int | None:
        """Return the number of the newest push, or None where nobody has pushed yet."""
        content = self._fetch(_HEAD)
        if content is None:
            return None
        number = _told(_HEAD, content).get("number")
        if not isinstance(number, int):
            raise NotSettled(f"{_HEAD} names no push")
        return number

    def _fetch(self, name: str) -> bytes | None:
        try:
            with self.storage.open(name) as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None

    def _bring_all(self, paths: set[str], meanwhile: Callable[[], object] | None) -> None:
        """Bring files in their order, each with its packed forms before it."""
        names = [f"{path}{each}" for path in sorted(paths) for each in (*sorted(ENDINGS), "")]
        for start in range(0, len(names), _BETWEEN):
            some = names[start : start + _BETWEEN]
            # What was built in between may have taken a file away.
            self._at_once(self._bring, [n for n in some if (self.folder.root / n).exists()])
            if meanwhile is not None:
                meanwhile()

    def _bring(self, name: str) -> None:
        self._save(name, (self.folder.root / name).read_bytes())

    def _save(self, name: str, content: bytes) -> None:
        file = ContentFile(content)
        plain = name if Path(name).suffix not in ENDINGS else str(Path(name).with_suffix(""))
        # What the storage tells browsers that read from it directly.
        file.content_type = type_of(plain)  # type: ignore[attr-defined]
        self.storage.save(name, file)

    def _at_once(self, work: Callable[[str], Any], names: list[str]) -> list[Any]:
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            return list(pool.map(work, names))

    @property
    def _memory(self) -> Path:
        return self.folder.root.parent / f"{self.folder.root.name}.mirror"

    def _remembered(self) -> int | None:
        """Return the number of the push the folder is at, or None when it never followed."""
        try:
            told = json.loads(self._memory.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return told.get("number") if told.get("storage") == self.name else None

    def _remember(self, number: int) -> None:
        with staging(self._memory.parent) as staged:
            staged.write(self._memory.name, _json({"storage": self.name, "number": number}))
            staged.place()


def _check(path: str, found: Mapping[str, bytes | None], promised: Entries) -> None:
    entry = promised.get(path)
    if entry is None:
        raise NotSettled(f"{path} is not in the manifest")
    for ending, form in {"": entry, **entry["forms"]}.items():
        content = found[f"{path}{ending}"]
        if content is None or hashlib.sha256(content).hexdigest() != form["sha256"]:
            raise NotSettled(f"{path}{ending} is not what the manifest promises")


def _entries(manifests: Mapping[str, bytes | None]) -> dict[str, Mapping[str, Any]]:
    known: dict[str, Mapping[str, Any]] = {}
    for name, content in manifests.items():
        if content is not None:
            known |= _told(name, content)["files"]
    _refuse_strange_paths(known)
    return known


def _told(name: str, content: bytes | None) -> dict[str, Any]:
    """Return what a file of the storage tells. Raises NotSettled for one that is half written."""
    try:
        found = json.loads(content or b"")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotSettled(f"{name} is missing or half written")
    return found


def _refuse_strange_paths(paths: Iterable[str]) -> None:
    """Raise ValueError for a name that would leave the folder: others may write to the storage."""
    for path in paths:
        if any(part in {"", ".", ".."} for part in path.split("/")):
            raise ValueError(f"the shared storage names {path!r}, which is no file of a site")


def _journal(number: int) -> str:
    return f"mirror/{number:09}.json"


def _json(value: Any) -> bytes:
    return f"{json.dumps(value, sort_keys=True)}\n".encode()
