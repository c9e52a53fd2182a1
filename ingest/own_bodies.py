"""Bodies of the commune or district that issues a plan: its "UBND xã" is its own committee, not any committee."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.fold import fold, key
from ingest.identity import local_unit
from ingest.names import find_name
from ingest.records import Body, Duty, Task

_LEVEL = re.compile(r"(?P<level>xã|phường|thị trấn|đặc khu|huyện|quận|thị xã) (?P<place>.+)")
_ANY = re.compile(r"(?<!\w)(?:các|cấp|mọi|những)(?!\w)", re.IGNORECASE)


def name_own_bodies(task: Task, issuer: str | None) -> Task:
    """A task with the issuer's own bodies named in full: "Công an xã" -> "Công an xã Văn Giang"."""
    lead, coordinating = (tuple(_own(body, issuer) for body in bodies) for bodies in (task.lead, task.coordinating))
    changed = (lead, coordinating) != (task.lead, task.coordinating)
    return replace(task, lead=lead, coordinating=coordinating) if changed else task


def name_own_bodies_of_duty(duty: Duty, issuer: str | None) -> Duty:
    """The same for a duty and those who get its report."""
    fields = (duty.lead, duty.coordinating, duty.report_to)
    lead, coordinating, report_to = (tuple(_own(body, issuer) for body in bodies) for bodies in fields)
    changed = (lead, coordinating, report_to) != fields
    return replace(duty, lead=lead, coordinating=coordinating, report_to=report_to) if changed else duty


def _own(body: Body, issuer: str | None) -> Body:
    """One body with the place of the issuer behind it, where the page leaves that out."""
    unit = _LEVEL.fullmatch(local_unit(issuer) or "")
    written = body.as_written
    if not unit or not body.collective or _ANY.search(written) or not f" {key(written)}".endswith(_end(unit["level"])):
        return body
    full = f"{written} {unit['place']}"
    found = find_name(full, fold(full), 0)
    if found is None or found.collective or found.end < len(full):
        return body
    return replace(body, name=found.name, type=found.type, level=found.level, collective=False)


def _end(level: str) -> str:
    return f" {key(level)}"
