"""What is computed from a generation once and kept for as long as that generation is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from search_api.live import Opened
from search_api.record_store import RecordStore

Value = TypeVar("Value")


def keep(compute: Callable[[Opened], Value]) -> Callable[[Opened], Value]:
    """A function of a generation that computes once for each: `keep(count_all)(here)`; it goes when that does."""
    kept: WeakKeyDictionary[RecordStore, Value] = WeakKeyDictionary()  # its records stand for a generation
    lock = Lock()

    @wraps(compute)
    def find(here: Opened) -> Value:
        with lock:  # requests that come meanwhile wait for the first
            if here.records not in kept:
                kept[here.records] = compute(here)
            return kept[here.records]

    return find
