"""The page of the API: every operation of the OpenAPI document in plain HTML, loading nothing from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from search_api.problems import INTERNAL, INVALID, KINDS

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def read_docs(request: Request) -> HTMLResponse:
    """Operations, their parameters with examples, and the kinds of problems."""
    return HTMLResponse("\n".join(_write_page(request.app.openapi())))


def _write_page(api: Mapping[str, Any]) -> Iterator[str]:
    title = escape(api["info"]["title"])
    yield f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}: API</title></head>\n<body>'
    yield f"<h1>{title}: API {escape(api['info']['version'])}</h1>"
    for paragraph in api["info"]["description"].strip().split("\n\n"):
        yield f"<p>{escape(paragraph)}</p>"
    yield '<p>For programs: <a href="/openapi.json">/openapi.json</a></p>'
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            yield from _write_operation(method.upper(), path, operation)
    yield "<h2>Problems</h2>\n<dl>"
    for kind in (*KINDS.values(), INVALID, INTERNAL):
        yield f'<dt id="problem-{kind.name}">{kind.status} {kind.name}</dt><dd>{escape(kind.title)}</dd>'
    yield "</dl>\n</body>\n</html>"


def _write_operation(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h2>{method} {escape(path)}</h2>\n<p><b>{escape(operation.get('summary', ''))}</b></p>"
    yield f"<p>{escape(operation.get('description', ''))}</p>"
    parameters = operation.get("parameters", ())
    if parameters:
        yield "<table>\n<tr><th>parameter</th><th>in</th><th>what</th><th>examples</th></tr>"
        for each in parameters:
            cells = (each["name"], each["in"], each.get("description", ""), ", ".join(_examples(each)))
            yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        yield "</table>"


def _examples(parameter: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(each["value"]) for each in parameter.get("examples", {}).values())
    schema = parameter.get("schema", {})
    yield from map(str, schema.get("examples", ()))
    for each in (schema, *schema.get("anyOf", ())):
        yield from map(str, each.get("enum", ()))
