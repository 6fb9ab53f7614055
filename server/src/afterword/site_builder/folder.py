"""The site folder: files written whole or not at all, and a manifest that says what is there."""

import contextlib
import dataclasses
import fcntl
import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
}
TEMPORARY = ".tmp-"
MANIFEST = "manifest.json"
_SHARDS = "manifest"


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
    and with a hundred thousand: ``manifest.json`` for the rest, ``manifest/<xx>.json`` for
    incidents by the first two digits of the SHA-256 of their path.
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
        """Return every file the manifest knows: path to sha256, bytes, gzip and type."""
        known: dict[str, dict[str, Any]] = dict(self._read(MANIFEST).get("files", {}))
        shards = self.root / _SHARDS
        for shard in sorted(shards.glob("*.json")) if shards.is_dir() else ():
            known |= self._read(f"{_SHARDS}/{shard.name}").get("files", {})
        return known

    def put(
        self, files: Mapping[str, bytes], gone: Iterable[str] = (), inputs: Inputs | None = None
    ) -> list[str]:
        """Write files with their gzip beside them, remove others, then tell the manifest.

        Returns the paths whose bytes changed. Files that already hold the same bytes stay as
        they are. A crash leaves each file either old or new, and at most temporary files.
        """
        packed = {path: _packed(content) for path, content in files.items()}
        changed = []
        with self._writing() as write:
            for path, content in files.items():
                target = self.root / path
                # The packed form goes first: a reader who takes gzip gets the newer of the two.
                wrote_packed = write(target.with_name(f"{target.name}.gz"), packed[path])
                if write(target, content) or wrote_packed:
                    changed.append(path)
        removed = [path for path in gone if path not in files]
        for path in removed:
            self._drop_file(path)
        told = {path: _entry(path, files[path], packed[path]) for path in files}
        self._tell(told, removed, inputs)
        return changed

    def is_sound(self, path: str, entry: Mapping[str, Any]) -> bool:
        """Whether the file and its gzip hold the bytes that the manifest promises."""
        return _digest(self.root / path) == entry.get("sha256") and _digest(
            self.root / f"{path}.gz"
        ) == entry.get("gzip")

    def sweep_temporary(self) -> int:
        """Remove what a killed builder left half-written. Returns how many. Needs ``held``."""
        found = list(self.root.rglob(f"{TEMPORARY}*"))
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Callable[[Path, bytes], bool]]:
        """Give a function that writes one file whole, or not at all when it is the same already.

        Leaving makes the new names durable, once per folder.
        """
        folders: set[Path] = set()

        def write(target: Path, content: bytes) -> bool:
            with contextlib.suppress(FileNotFoundError):
                if target.read_bytes() == content:
                    return False
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f"{TEMPORARY}{os.getpid()}-{target.name}")
            with temporary.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(target)
            folders.update((target.parent, target.parent.parent))
            return True

        yield write
        for folder in sorted(folders):
            if folder.is_relative_to(self.root):
                _sync_folder(folder)

    def _drop_file(self, path: str) -> None:
        target = self.root / path
        target.unlink(missing_ok=True)
        target.with_name(f"{target.name}.gz").unlink(missing_ok=True)
        folder = target.parent
        while folder != self.root:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def _tell(
        self, entries: Mapping[str, Mapping[str, Any]], removed: list[str], inputs: Inputs | None
    ) -> None:
        by_shard: dict[str, tuple[dict[str, Any], list[str]]] = {}
        for path, entry in entries.items():
            by_shard.setdefault(_shard_of(path), ({}, []))[0][path] = entry
        for path in removed:
            by_shard.setdefault(_shard_of(path), ({}, []))[1].append(path)
        if inputs is not None:
            by_shard.setdefault(MANIFEST, ({}, []))
        # The top one goes last: it is what says that a whole build is there.
        with self._writing() as write:
            for name in sorted(by_shard, key=lambda each: (each == MANIFEST, each)):
                self._tell_shard(name, *by_shard[name], inputs, write)

    def _tell_shard(
        self,
        name: str,
        fresh: Mapping[str, Any],
        lost: Iterable[str],
        inputs: Inputs | None,
        write: Callable[[Path, bytes], bool],
    ) -> None:
        known = self._read(name)
        files = {**known.get("files", {}), **fresh}
        for path in lost:
            files.pop(path, None)
        if not files and name != MANIFEST:
            (self.root / name).unlink(missing_ok=True)
            return
        document: dict[str, Any] = {"version": 1, "files": files}
        if name == MANIFEST:
            told = dataclasses.asdict(inputs) if inputs is not None else known
            document |= {name: told[name] for name in _INPUT_NAMES if name in told}
        text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False)
        write(self.root / name, f"{text}\n".encode())

    def _read(self, name: str) -> dict[str, Any]:
        try:
            found = json.loads((self.root / name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def type_of(path: str) -> str:
    """Return the media type of a file by its ending."""
    return TYPES.get(Path(path).suffix, "application/octet-stream")


def _shard_of(path: str) -> str:
    if not path.startswith("incidents/"):
        return MANIFEST
    return f"{_SHARDS}/{hashlib.sha256(path.encode()).hexdigest()[:2]}.json"


def _packed(content: bytes) -> bytes:
    """Return the gzip form; without a time in it, equal content gives equal bytes."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def _entry(path: str, content: bytes, packed: bytes) -> dict[str, Any]:
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "gzip": hashlib.sha256(packed).hexdigest(),
        "bytes": len(content),
        "type": type_of(path),
    }


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
