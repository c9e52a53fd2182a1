"""What is worked out once of a generation and kept as long as that is open, never longer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from search_api.live import Opened
from search_api.record_store import RecordStore

T = TypeVar("T")


def keep(make: Callable[[Opened], T]) -> Callable[[Opened], T]:
    """A function of a generation that answers the second call from the first."""
    kept: WeakKeyDictionary[RecordStore, T] = WeakKeyDictionary()  # what is open holds its records, and nobody else
    making = Lock()

    @wraps(make)
    def answer(here: Opened) -> T:
        with making:
            if here.records not in kept:
                kept[here.records] = make(here)
            return kept[here.records]

    return answer
