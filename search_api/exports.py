"""Files are made a few at once: each takes the processor for as long as its caller reads, and a workbook memory too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from anyio import Semaphore, move_on_after
from fastapi import Depends, Request

from graph.generations import Problem


class TooManyFiles(Problem):
    """As many files as may be are being made, and the queue before them is full or did not move in time."""


@dataclass(frozen=True, slots=True)
class ExportLimits:
    """How many files are made at once, and who may wait: ExportLimits(in_flight=1, patience=0.5)."""

    in_flight: int = 4
    waiting: int = 16
    patience: float = 5.0  # seconds


class Exports:
    """Places for files under way: `async with exports.hold(): ...`, from the first byte to the last."""

    def __init__(self, limits: ExportLimits) -> None:
        self.limits = limits
        self._places = Semaphore(limits.in_flight)
        self._waiting = 0

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """A place until the block ends; TooManyFiles when none is free soon."""
        if self._waiting >= self.limits.waiting and not self._places.value:
            raise TooManyFiles(f"{self.limits.in_flight} files are being made and {self._waiting} are waited for")
        self._waiting += 1
        taken = False
        try:
            with move_on_after(self.limits.patience):
                await self._places.acquire()
                taken = True
        finally:
            self._waiting -= 1
        if not taken:
            raise TooManyFiles(f"{self.limits.in_flight} files were being made for {self.limits.patience:g} s")
        try:
            yield
        finally:
            self._places.release()


async def hold_place(request: Request) -> AsyncIterator[None]:
    """A dependency of routes that send files: it ends when the last byte has left, or the caller has gone."""
    exports: Exports = request.app.state.exports
    async with exports.hold():
        yield


MAKES_A_FILE = Depends(hold_place)
