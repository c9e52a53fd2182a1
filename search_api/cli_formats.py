"""`cancu evaluate --formats`: the shipped plans made into other formats, read back, and compared with their text."""

from __future__ import annotations

from pathlib import Path

import click

from graph.evaluate_formats import FORMATS, DrawScan, count_formats, missing_tools, render_formats, score_formats
from ingest.readers.dispatch import SCAN
from search_api.cli_build import Bars


def run_evaluate_formats(plans: Path, draw_scan: DrawScan | None = None) -> None:
    """Print the table, with scans where somebody draws them; formats that this machine lacks are named under it."""
    wanted = (*FORMATS, SCAN) if draw_scan else FORMATS
    lacking = missing_tools(wanted)
    formats = [each for each in wanted if each not in lacking]
    bars = Bars()
    with bars.progress:
        bars.start("read", len(formats) * count_formats(plans))
        scores = list(score_formats(plans, formats, bars.advance, draw_scan))
    click.echo(render_formats(scores, lacking), nl=False)
