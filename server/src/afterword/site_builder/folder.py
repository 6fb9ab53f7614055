"""The site folder: files written whole or not at all, and a manifest that says what is there."""

import contextlib
import dataclasses
import fcntl
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from afterword.site_builder.forms import ENDINGS, pack
from afterword.site_builder.media_types import type_of
from afterword.site_builder.staging import TEMPORARY, Staging, drop_empty_folders, staging

MANIFEST = "manifest.json"
SHARDS = "manifest"
_VERSION = 2
SHARD = re.compile(r"[0-9a-f]{3}\.json")
# Folders that hold more files the longer the history is.
_GROWING = frozenset({"incidents", "history", "log"})
# Their names change with their content, so each is packed once and for good.
_FOR_GOOD = "assets/"


@dataclass(frozen=True)
class Inputs:
    """What shapes every page beside its own content; see ``assets.made_with``."""

    made_with: str
    page: str
    components: str


_INPUT_NAMES = tuple(field.name for field in dataclasses.fields(Inputs))


class Folder:
    """A site folder on local disk.

    The manifest is cut into shards, so that writing one page costs the same with ten incidents
    and with a hundred thousand: ``manifest/<xxx>.json`` for what grows with the history, by the
    first three digits of the SHA-256 of its path, and ``manifest.json`` for the rest.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextlib.contextmanager
    def held(self, *, wait: bool = True) -> Iterator[None]:
        """Let one builder at a time read the database and write here.

        Without it an older rendering could replace a newer one. The lock file lies beside the
        folder and goes with the process that holds it. Raises BlockingIOError when another
        builder holds it and ``wait`` is false.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root.parent / f"{self.root.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def inputs(self) -> Inputs | None:
        """Return what the folder was built with, or None when there is no whole build yet."""
        top = self._read(MANIFEST)
        if not all(isinstance(top.get(name), str) for name in _INPUT_NAMES):
            return None
        return Inputs(**{name: top[name] for name in _INPUT_NAMES})

    def entries(self) -> dict[str, dict[str, Any]]:
        """Return every file the manifest knows: path to sha256, bytes, type and packed forms."""
        known: dict[str, dict[str, Any]] = {}
        for name in self._told():
            known |= self._read(name).get("files", {})
        return known

    def paths(self) -> set[str]:
        """Return the paths of every file the manifest knows.

        For whoever needs no more: the entries of a hundred thousand incidents take half a gigabyte.
        """
        return {path for name in self._told() for path in self._read(name).get("files", {})}

    def put(
        self, files: Mapping[str, bytes], gone: Iterable[str] = (), inputs: Inputs | None = None
    ) -> list[str]:
        """Write files with their packed forms beside them, remove others, then tell the manifest.

        Returns the paths whose bytes changed. Files that already hold the same bytes stay as
        they are. Everything is on disk under other names before the first file is replaced: a
        full disk (OSError) leaves every file and the manifest as they were. A crash leaves each
        file either old or new, and at most temporary files.
        """
        packed = {
            path: pack(content, for_good=path.startswith(_FOR_GOOD))
            for path, content in files.items()
        }
        removed = [path for path in gone if path not in files]
        told = {path: _entry(path, files[path], packed[path]) for path in files}
        with staging(self.root) as pages, staging(self.root) as manifest:
            changed = [
                path for path, content in files.items()
                if self._stage(pages, path, content, packed[path])
            ]  # fmt: skip
            emptied = self._stage_manifest(manifest, told, removed, inputs, set(changed))
            pages.place()
            for path in removed:
                self.drop(path)
            pages.settle()
            # It goes last: a file that it does not know yet is found and mended by a sweep, one
            # that is gone while it knows it as well.
            manifest.place()
            for name in emptied:
                (self.root / name).unlink(missing_ok=True)
        return changed

    def unsound(self, *, thorough: bool) -> Iterator[str]:
        """Yield the known paths that do not hold what the manifest promises, in all forms.

        ``thorough`` reads every byte. Otherwise sizes are compared, and only a file that changed
        after the manifest told of it is read.
        """
        for name in self._told():
            told_at = None if thorough else _changed_at(self.root / name)
            for path, entry in self._read(name).get("files", {}).items():
                promised = {"": entry, **entry.get("forms", {})}
                if not promised.keys() >= ENDINGS or not all(
                    _is_sound(self.root / f"{path}{ending}", form, told_at)
                    for ending, form in promised.items()
                ):
                    yield path

    def sweep_temporary(self) -> int:
        """Remove what a killed builder left half-written. Returns how many. Needs ``held``."""
        found = list(self.root.rglob(f"{TEMPORARY}*"))
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)

    def _stage(
        self, staged: Staging, path: str, content: bytes, packed: Mapping[str, bytes]
    ) -> bool:
        stale = [each for each in packed if not self._holds(f"{path}{each}", packed[each])]
        if not stale and self._holds(path, content):
            return False
        # The packed forms get their names first: whoever sees the new page finds them all.
        for ending in stale:
            staged.write(f"{path}{ending}", packed[ending], durable=False)
        # Also when a form alone was lost: the front looks for forms when the page itself is new.
        staged.write(path, content)
        return True

    def _holds(self, name: str, content: bytes) -> bool:
        try:
            return (self.root / name).read_bytes() == content
        except FileNotFoundError:
            return False

    def drop(self, path: str) -> None:
        """Remove a file with its packed forms. The manifest is not told."""
        target = self.root / path
        for ending in ("", *ENDINGS):
            target.with_name(f"{target.name}{ending}").unlink(missing_ok=True)
        drop_empty_folders(target.parent, self.root)

    def _told(self) -> list[str]:
        """Return the names of the parts of the manifest that are there."""
        shards = self.root / SHARDS
        found = sorted(f"{SHARDS}/{each.name}" for each in shards.glob("*.json"))
        return [MANIFEST, *found] if (self.root / MANIFEST).exists() else found

    def _stage_manifest(
        self,
        staged: Staging,
        entries: Mapping[str, Mapping[str, Any]],
        removed: Iterable[str],
        inputs: Inputs | None,
        changed: set[str],
    ) -> list[str]:
        """Stage the parts that must be told; return those that have nothing left to say."""
        by_shard: dict[str, tuple[dict[str, Any], list[str]]] = {}
        for path, entry in entries.items():
            by_shard.setdefault(shard_of(path), ({}, []))[0][path] = entry
        for path in removed:
            by_shard.setdefault(shard_of(path), ({}, []))[1].append(path)
        emptied = []
        if inputs is not None:
            by_shard.setdefault(MANIFEST, ({}, []))
            # A whole build has told everything anew: what an older version cut otherwise goes.
            emptied = [
                name for name in self._told()
                if name != MANIFEST and not SHARD.fullmatch(Path(name).name)
            ]  # fmt: skip
        # The top one goes last: it is what says that a whole build is there.
        for name in sorted(by_shard, key=lambda each: (each == MANIFEST, each)):
            fresh, lost = by_shard[name]
            document = self._document(name, fresh, lost, inputs)
            if not document["files"] and name != MANIFEST:
                emptied.append(name)
                continue
            content = _as_text(document).encode()
            # Told again when a file was written again: see ``unsound``.
            if not changed.isdisjoint(fresh) or not self._holds(name, content):
                staged.write(name, content)
        return emptied

    def _document(
        self, name: str, fresh: Mapping[str, Any], lost: Iterable[str], inputs: Inputs | None
    ) -> dict[str, Any]:
        known = self._read(name)
        files = {**known.get("files", {}), **fresh}
        for path in lost:
            files.pop(path, None)
        document: dict[str, Any] = {"version": _VERSION, "files": files}
        if name == MANIFEST:
            told = dataclasses.asdict(inputs) if inputs is not None else known
            document |= {name: told[name] for name in _INPUT_NAMES if name in told}
        return document

    def _read(self, name: str) -> dict[str, Any]:
        try:
            found = json.loads((self.root / name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def shard_of(path: str) -> str:
    """Return the part of the manifest that tells of a file."""
    if path.startswith("api/") or _GROWING.isdisjoint(path.split("/")[:-1]):
        return MANIFEST
    return f"{SHARDS}/{hashlib.sha256(path.encode()).hexdigest()[:3]}.json"


def _as_text(document: Mapping[str, Any]) -> str:
    """Return JSON with one line per file, for people who compare two of them."""
    head = {name: value for name, value in document.items() if name != "files"}
    files = ",\n".join(
        f"{_json(path)}: {_json(entry)}" for path, entry in sorted(document["files"].items())
    )
    return f'{_json(head)[:-1]}, "files": {{\n{files}\n}}}}\n'


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _entry(path: str, content: bytes, packed: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        **_form(content),
        "type": type_of(path),
        "forms": {ending: _form(body) for ending, body in packed.items()},
    }


def _form(content: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def _is_sound(file: Path, promised: Mapping[str, Any], told_at: int | None) -> bool:
    """Whether a file holds what was promised at ``told_at`` (nanoseconds; None: trust no time)."""
    try:
        state = file.stat()
        if state.st_size != promised.get("bytes"):
            return False
        if told_at is not None and state.st_mtime_ns <= told_at:
            return True
        return hashlib.sha256(file.read_bytes()).hexdigest() == promised.get("sha256")
    except OSError:
        return False


def _changed_at(file: Path) -> int | None:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return None
