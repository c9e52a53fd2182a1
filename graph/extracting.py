"""Extraction of many plans: from the cache where the same bytes were read by the same program, else side by side."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.inputs import Input, Refused, reading_fingerprint
from ingest.extract import extract_file
from ingest.readers.sandbox import NOTHING_KEPT, Keeping
from ingest.records import Extraction
from ingest.source import Unreadable

Say = Callable[[str], None]
Read = Callable[[Input, Keeping], bytes | str]
FEW = 2  # starting processes takes longer than reading so few plans
ENDED = "the process that read it was ended from outside, as one is that takes too much memory"
_EXTRACTION = TypeAdapter(Extraction)


def extract_all(
    plans: Sequence[Input], cache: Path, advance: Callable[[], None], say: Say
) -> tuple[list[Extraction], list[Refused]]:
    """What every plan yields, in the order given, and the plans that cannot be used, each with its reason."""
    fingerprint = short_fingerprint()
    cache.mkdir(parents=True, exist_ok=True)
    _drop_outdated(cache, fingerprint)
    done: dict[str, Extraction | Refused] = {}
    waiting: list[Input] = []
    for plan in plans:
        known = _load_cached(_entry(cache, plan, fingerprint), plan)
        if known:
            done[plan.file] = known
            advance()
        else:
            waiting.append(plan)
    keepings = {plan.file: Keeping(kept_layout(cache, plan, fingerprint), pages_folder(cache)) for plan in waiting}
    for plan, read in _read_plans(waiting, keepings, say):
        if isinstance(read, bytes):
            _save(_entry(cache, plan, fingerprint), read)
            # always through JSON: a cached plan and a fresh one must not differ by so much as 50 and 50.0
            done[plan.file] = _EXTRACTION.validate_json(read)
        else:
            done[plan.file] = Refused(plan.file, read, plan.sha256)
        advance()
    results = [done[plan.file] for plan in plans]
    refused = [each for each in results if isinstance(each, Refused)]
    return [each for each in results if isinstance(each, Extraction)], refused


def read_plan(path: Path, file: str, keeping: Keeping = NOTHING_KEPT) -> bytes | str:
    """One plan's extraction as JSON, or the reason why there is none: a bad plan must not stop the others."""
    try:
        return _EXTRACTION.dump_json(extract_file(path, file, keeping))
    except Unreadable as error:
        return error.reason
    except Exception as error:  # a gap in our reading is this file's misfortune alone
        if os.environ.get("CANCU_DEBUG"):
            traceback.print_exc()
        return f"reading it failed inside the program ({type(error).__name__}: {error})"


def short_fingerprint() -> str:
    """What entries of the cache end in, so that another program does not take them for its own."""
    return reading_fingerprint()[:16]


def kept_layout(cache: Path, plan: Input, fingerprint: str) -> Path:
    """Where the layout of a plan that is no plain text stays from one build to the next."""
    return cache / f"{plan.sha256}-layout-{fingerprint}.json"


def pages_folder(cache: Path) -> Path:
    """Where pages that were recognised stay, whatever program made records of them."""
    return cache.parent / "pages"


def _read_plans(
    plans: Sequence[Input], keepings: Mapping[str, Keeping], say: Say
) -> Iterator[tuple[Input, bytes | str]]:
    processes = min(len(plans), os.cpu_count() or 1)
    if len(plans) <= FEW or processes == 1:
        for plan in plans:
            yield plan, read_plan(plan.path, plan.file, replace(keepings[plan.file], tell=_teller(plan.file, say)))
        return
    context = get_context("spawn")  # a forked child would inherit the locks of libraries that run threads
    lines: SimpleQueue[str | None] = context.SimpleQueue()
    relay = threading.Thread(target=_relay, args=(lines, say), daemon=True)
    relay.start()
    begin = partial(ProcessPoolExecutor, mp_context=context, initializer=_begin_worker, initargs=(lines,))
    yield from read_in_workers(plans, keepings, begin, _read_in_worker)
    lines.put(None)
    relay.join()


def read_in_workers(
    plans: Sequence[Input], keepings: Mapping[str, Keeping], begin: Callable[[int], ProcessPoolExecutor], read: Read
) -> Iterator[tuple[Input, bytes | str]]:
    """Plans as they are read, side by side; one whose process is ended costs that plan alone."""
    left: list[Input] = []
    with begin(min(len(plans), os.cpu_count() or 1)) as pool:
        running = {pool.submit(read, plan, keepings[plan.file]): plan for plan in plans}
        for future in as_completed(running):
            try:
                done = future.result()
            except BrokenProcessPool:  # of all that were under way or waited, whichever ended it
                left.append(running[future])
            else:
                yield running[future], done
    for plan in left:
        with begin(1) as alone:
            try:
                yield plan, alone.submit(read, plan, keepings[plan.file]).result()
            except BrokenProcessPool:
                yield plan, ENDED


def _relay(lines: SimpleQueue[str | None], say: Say) -> None:
    """Pass on what workers say until there are none."""
    while (line := lines.get()) is not None:
        say(line)


def _teller(file: str, say: Say) -> Say:
    return lambda line: say(f"{file}: {line}")


def _read_in_worker(plan: Input, keeping: Keeping) -> bytes | str:
    return read_plan(plan.path, plan.file, replace(keeping, tell=_teller(plan.file, _said.put)))


_said: SimpleQueue[str | None]  # of a worker: where it says what the build is to tell


def _begin_worker(lines: SimpleQueue[str | None]) -> None:
    global _said
    _said = lines
    _leave_with_parent()


def _leave_with_parent() -> None:
    """A worker of a killed build would wait for work for ever."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _entry(cache: Path, plan: Input, fingerprint: str) -> Path:
    return cache / f"{plan.sha256}-{fingerprint}.json"


def _load_cached(path: Path, plan: Input) -> Extraction | None:
    try:
        extraction = _EXTRACTION.validate_json(path.read_bytes())
    except (OSError, ValidationError, ValueError):  # none yet, or cut short: read the plan again
        return None
    same = extraction.file == plan.file and extraction.sha256 == plan.sha256
    return extraction if same else None  # every quote carries the file's name


def _save(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".new")
    draft.write_bytes(content)
    os.replace(draft, path)


def _drop_outdated(cache: Path, fingerprint: str) -> None:
    for path in cache.iterdir():
        if not path.name.endswith(f"-{fingerprint}.json"):
            path.unlink(missing_ok=True)
