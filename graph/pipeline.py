"""Plans in, a live generation out; called for the same plans again, it says that nothing changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.building import Building, Indexer, Reporter, Result, Silent
from graph.generations import Generation, Problem, draft_generation, find_current, hold_lock, open_current
from graph.inputs import Input, Inputs, NothingUsable, Refused, collect_inputs, live_inputs, program_fingerprint
from graph.names import find_document
from graph.store import open_store
from ingest.readers.tools import found_tools


def build(paths: Sequence[Path], kb: Path, reporter: Reporter | None = None, indexer: Indexer | None = None) -> Result:
    """Make the live generation of `kb` from these files and folders alone: build([Path("data/plans")], Path("kb"))."""
    reporter = reporter or Silent()
    with _guard(kb, reporter), _scratch(kb) as scratch:
        return _make(collect_inputs(paths, reporter.say, scratch), kb, reporter, indexer)


def rebuild(kb: Path, reporter: Reporter | None = None, indexer: Indexer | None = None) -> Result:
    """The live generation anew from the plans that it keeps, wherever they came from: rebuild(Path("var/kb"))."""
    reporter = reporter or Silent()
    with _guard(kb, reporter):
        return _make(Inputs(live_inputs(open_current(kb))), kb, reporter, indexer)


def add(paths: Sequence[Path], kb: Path, reporter: Reporter | None = None, indexer: Indexer | None = None) -> Result:
    """The live generation with these plans besides: add([Path("new-plan.txt")], Path("var/kb"))."""
    reporter = reporter or Silent()
    with _guard(kb, reporter), _scratch(kb) as scratch:
        live = live_inputs(open_current(kb))
        return _make(collect_inputs(paths, reporter.say, scratch, live), kb, reporter, indexer, live)


def remove(document: str, kb: Path, reporter: Reporter | None = None, indexer: Indexer | None = None) -> Result:
    """The live generation without one plan, named by id, number, short form or file: remove("719/QĐ-UBND", kb)."""
    reporter = reporter or Silent()
    with _guard(kb, reporter):
        generation = open_current(kb)
        live = live_inputs(generation)
        file = find_document(open_store(generation.store), document).file
        if file is None:
            raise Problem(f"{document} is cited but not held: there is nothing to remove")
        kept = tuple(each for each in live if each.file != file)
        if not kept:
            raise Problem(f"{document} is the only plan of the knowledge base: it stays")
        return _make(Inputs(kept), kb, reporter, indexer)


@contextmanager
def _guard(kb: Path, reporter: Reporter) -> Iterator[None]:
    """One build at a time; a full disk or a forbidden folder is the user's to mend, not a crash."""
    try:
        with hold_lock(kb, reporter.say):
            yield
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        raise Problem(f"the build stopped, the live generation stays: {error.strerror or error}{place}") from error


@contextmanager
def _scratch(kb: Path) -> Iterator[Path]:
    """A folder for what archives hold, beside the generations; what a killed build left there goes first."""
    folder = kb / ".unpacked"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(inputs: Inputs, kb: Path, reporter: Reporter, indexer: Indexer | None, live: Sequence[Input] = ()) -> Result:
    for each in inputs.repeated:
        reporter.say(f"{each.file} has the same bytes as {each.same_as}: read once")
    before = find_current(kb)
    indexed = indexer is None or (before is not None and indexer.matches(before))
    if before and indexed and (known := _unchanged(before, inputs)):
        fresh = {each.file for each in inputs.plans if each not in live}
        if fresh and fresh.isdisjoint(known.used):
            raise NothingUsable(known.refused)
        reporter.say("nothing changed since the last build")
        return known
    with draft_generation(kb) as draft:
        return Building(kb, draft, reporter, indexer, before).run(inputs, live)


def _unchanged(before: Generation, inputs: Inputs) -> Result | None:
    """The live generation as a result, when the same program made it of the same plans."""
    manifest = before.manifest
    same = inputs.as_json() == manifest["inputs"]
    if manifest["program"] != program_fingerprint():
        return None
    pages = manifest.get("pages", {"of": 0, "shown": 0})
    is_whole = not manifest["refused"] and pages["shown"] >= pages["of"]
    if not is_whole and not found_tools() <= set(manifest.get("tools", ())):
        return None  # what was refused, or not drawn, for want of a tool may be now
    if not same and [each.as_json() for each in inputs.plans] != manifest["used"]:
        return None
    refused = tuple(Refused(**row) for row in manifest["refused"]) if same else inputs.refused
    return Result(
        before,
        tuple(row["file"] for row in manifest["used"]),
        refused,
        inputs.repeated,
        manifest["counts"],
        violations=tuple(manifest["violations"]),
        unchanged=True,
    )
