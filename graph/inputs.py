"""The files a build starts from: found, named, hashed; and the fingerprint of the program that reads them."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from graph.generations import Generation, Problem
from ingest.readers.archive import LARGEST, Member, Unpacking
from ingest.readers.dispatch import kind_of_file
from ingest.readers.kinds import KNOWN, Kind
from ingest.source import Unreadable

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = "manifest.json"
MAX_BYTES = LARGEST  # of one file; the longest plan we know has 0.2 MB
_READING = ("ontology", "ingest", "data/reference")
_SOURCE = frozenset({".py", ".ttl", ".json"})


@dataclass(frozen=True, slots=True)
class Input:
    """One plan to read: its name in every record, where its bytes lie now, and the name it once came under."""

    file: str
    path: Path
    sha256: str
    original: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """The file as a manifest names it; where its bytes lay does not matter."""
        return {"file": self.file, "sha256": self.sha256, "original": self.original}


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be used, with the reason in one line; the hash is None where no byte could be read."""

    file: str
    reason: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """A file with the same bytes as another one, which alone is read."""

    file: str
    same_as: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that was found under the given paths, each list sorted by name."""

    plans: tuple[Input, ...]
    refused: tuple[Refused, ...] = ()
    repeated: tuple[Repeated, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What the generation's manifest says of its inputs; equal JSON means equal inputs."""
        return {
            "plans": [each.as_json() for each in self.plans],
            "refused": [[each.file, each.sha256] for each in self.refused],
            "repeated": [[each.file, each.same_as, each.sha256] for each in self.repeated],
        }


class NothingUsable(Problem):
    """No file that was given can be used: the live generation stays as it is."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        super().__init__("none of the files can be used" if refused else "no plans found there")
        self.refused = tuple(refused)


class _Collecting:
    """One walk over the files that were given, those inside archives included."""

    def __init__(self, scratch: Path, say: Callable[[str], None], live: Sequence[Input]) -> None:
        self.plans = {each.file: each for each in live}
        self.refused: list[Refused] = []
        self.given: dict[str, Path] = {}
        self.say = say
        self.found = 0
        self.unpacking = Unpacking(scratch)
        self.originals: dict[Path, Mapping[str, str]] = {}

    def take(self, name: str, path: Path) -> None:
        """A file on disk: a plan, an archive of plans, or refused."""
        name = _free_name(name, path, self.given)
        self.given[name] = path
        sha256, kind, reason = _check_file(path, name)
        if reason or sha256 is None:
            self._refuse(name, reason or "cannot be read", sha256)
        elif kind is Kind.ZIP:
            self._take_members(name, path, sha256)
        else:
            if path.parent not in self.originals:
                self.originals[path.parent] = _read_originals(path.parent, self.say)
            self._keep(Input(name, path, sha256, self.originals[path.parent].get(path.name)))

    def _take_members(self, name: str, path: Path, sha256: str) -> None:
        before = self.found
        try:
            for member in self.unpacking.unpack(path.read_bytes()):
                if member.name.rpartition("/")[2] != MANIFEST:
                    self._take_member(f"{name}/{member.name}", member)
            if self.found == before:
                raise Unreadable("the archive holds no files")
        except Unreadable as error:
            self._refuse(name, error.reason, sha256)

    def _take_member(self, name: str, member: Member) -> None:
        sha256, reason = None, member.reason
        if member.path:
            sha256, _, reason = _check_file(member.path, name)
        if member.path and sha256 and not reason:
            self._keep(Input(name, member.path, sha256))
        else:
            self._refuse(name, reason or "cannot be read", sha256)

    def _keep(self, plan: Input) -> None:
        self.found += 1
        known = self.plans.get(plan.file)
        if known and known.sha256 != plan.sha256:
            self.say(f"{plan.file} replaces the text that the knowledge base had under this name")
        self.plans[plan.file] = plan

    def _refuse(self, name: str, reason: str, sha256: str | None) -> None:
        self.found += 1
        self.refused.append(Refused(name, reason, sha256))


def collect_inputs(
    paths: Sequence[Path], say: Callable[[str], None], scratch: Path, live: Sequence[Input] = ()
) -> Inputs:
    """The plans under some files and folders, and those of the live generation where a build adds to it.

    What archives hold is unpacked into `scratch`, which must last until the build has its own copies.
    """
    collecting = _Collecting(scratch, say, live)
    for path in paths:
        if not path.exists():
            raise Problem(f"no such file or folder: {path}")
        for name, file in _find_files(path):
            collecting.take(name, file)
    if len(collecting.refused) == collecting.found:
        raise NothingUsable(collecting.refused)
    kept, repeated = _drop_repeated(collecting.plans.values(), {each.file for each in live})
    return Inputs(kept, tuple(sorted(collecting.refused, key=lambda each: each.file)), repeated)


def live_inputs(generation: Generation) -> tuple[Input, ...]:
    """The plans of a finished generation, as copies that it keeps."""
    folder = generation.sources
    return tuple(
        Input(row["file"], folder / source_name(row["file"], row["sha256"]), row["sha256"], row["original"])
        for row in generation.manifest["used"]
    )


def source_name(file: str, sha256: str) -> str:
    """The name of a kept copy, with the suffix for whoever opens it: "9f86d0….txt"."""
    suffix = Path(file).suffix.lower()
    return sha256 + (suffix if suffix in KNOWN else "")


def reading_fingerprint() -> str:
    """Changes whenever a plan could be read otherwise: the program's own text and the data that it reads with."""
    return _hash_folders(_READING)


def program_fingerprint() -> str:
    """Changes whenever the same plans could give another graph or index."""
    return _hash_folders((*_READING, "graph", "search_api"), os.environ.get("CANCU_BASE", ""), json.dumps(versions()))


def versions() -> dict[str, str]:
    """What a generation was built with: {"cancu": "0.1.0", "python": "3.11", ...}."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"cancu": program_version(), "python": python} | {
        name: installed(name) for name in ("bm25s", "faiss-cpu", "pydantic", "pyoxigraph", "pyshacl", "rdflib")
    }


def program_version() -> str:
    """The installed version: "0.1.0"."""
    try:
        return installed("cancu")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"


def _find_files(path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield _clean_name(path.name), path
        return
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        if file.is_dir() or file.name == MANIFEST or any(part.startswith(".") for part in inside.parts):
            continue
        yield _clean_name(inside.as_posix()), file


def _clean_name(name: str) -> str:
    """A name that can stand in a record: NFC, and valid Unicode whatever the disk holds."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def _free_name(name: str, path: Path, given: Mapping[str, Path]) -> str:
    """The name, with folders in front where another path already gave a file of this name."""
    for parent in path.resolve().parents:
        if name not in given or given[name].resolve() == path.resolve():
            break
        name = f"{_clean_name(parent.name)}/{name}"
    return name


def _check_file(path: Path, name: str) -> tuple[str | None, Kind | None, str | None]:
    """The hash and kind of a file, and why it cannot be a plan if it cannot."""
    if not path.is_file():
        return None, None, "not a regular file"
    try:
        if path.stat().st_size > MAX_BYTES:
            return None, None, f"larger than {MAX_BYTES // 2**20} MB"
        raw = path.read_bytes()
    except OSError as error:
        return None, None, f"cannot be read: {error.strerror}"
    sha256 = hashlib.sha256(raw).hexdigest()
    try:
        return sha256, kind_of_file(raw, name), None
    except Unreadable as error:
        return sha256, None, error.reason


def _read_originals(folder: Path, say: Callable[[str], None]) -> Mapping[str, str]:
    """File name -> the name a plan came under, from the manifest.json beside it."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        rows = manifest if isinstance(manifest, list) else manifest["plans"]
        return {row["file"]: row["original"] for row in rows if row.get("original")}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        say(f"{folder / MANIFEST} is not understood: the plans beside it keep no original names")
        return {}


def _drop_repeated(plans: Iterable[Input], first: set[str]) -> tuple[tuple[Input, ...], tuple[Repeated, ...]]:
    """Each text once: under the name that the live generation gave it, else under the first name."""
    kept: dict[str, Input] = {}
    repeated: list[Repeated] = []
    for plan in sorted(plans, key=lambda each: (each.file not in first, each.file)):
        same = kept.setdefault(plan.sha256, plan)
        if same is not plan:
            repeated.append(Repeated(plan.file, same.file, plan.sha256))
    return tuple(sorted(kept.values(), key=lambda each: each.file)), tuple(repeated)


def _hash_folders(folders: Iterable[str], *more: str) -> str:
    total = hashlib.sha256("\0".join(more).encode())
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in _SOURCE:
                total.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
