"""What routes ask for: the open generation, and the processes that answer SPARQL."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from search_api.live import Opened


async def read_opened(request: Request) -> Opened:
    """The generation that this request answers from, whatever takes over meanwhile; no work, so it takes no thread."""
    opened: Opened = request.app.state.live.current()
    return opened


Here = Annotated[Opened, Depends(read_opened)]
