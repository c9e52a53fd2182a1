"""The SPARQL parser made ready: rdflib builds it at first use, and a query process has it from the start."""

from __future__ import annotations

from graph.sparql import read_query_text

READY = read_query_text("ASK {}").form == "ASK"
