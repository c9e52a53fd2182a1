"""The page of the API: every operation of the OpenAPI document by its subject, with an example for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote as quote_word
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from search_api.page_base import Page, read_page, respond
from search_api.problems import INTERNAL, INVALID, KINDS

router = APIRouter(include_in_schema=False)
_OTHER = "other"  # of operations without a subject


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation: Parameter("due", "query", False, "Year of the end.", ("2026",))."""

    name: str
    place: str
    is_required: bool
    description: str
    examples: Sequence[str]
    is_closed: bool  # the examples are all values that there are


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Parameter]
    command: str

    @property
    def anchor(self) -> str:
        """Where it stands on the page: "get-api-tasks-id"."""
        words = "".join(char if char.isalnum() else " " for char in f"{self.method} {self.path}")
        return "-".join(words.lower().split())


@router.get("/docs")
def read_docs(request: Request) -> HTMLResponse:
    """Operations with their parameters and examples, and the kinds of problems."""
    api, page = request.app.openapi(), read_page(request)
    base = str(request.base_url).rstrip("/")
    return respond(
        page,
        "docs.html",
        subjects=list(_list_subjects(api, base, page)),
        problems=(*KINDS.values(), INVALID, INTERNAL),
    )


def _list_subjects(api: Mapping[str, Any], base: str, page: Page) -> Iterator[tuple[str, str, list[Operation]]]:
    """The subjects in the order of the document: (name, what it is in the language of the page, its operations)."""
    by_tag: dict[str, list[Operation]] = {name: [] for name in (*(tag["name"] for tag in api["tags"]), _OTHER)}
    for path, methods in api["paths"].items():
        for method, operation in methods.items():
            tag = next((each for each in operation.get("tags", ()) if each in by_tag), _OTHER)
            by_tag[tag].append(_read_operation(method.upper(), path, operation, base))
    told = {tag["name"]: tag["description"].partition(" · ") for tag in api["tags"]}
    for name, operations in by_tag.items():
        english, _, vietnamese = told.get(name, (page.say["docs_other"], "", page.say["docs_other"]))
        if operations:
            yield name, (english if page.language == "en" else vietnamese).rstrip("."), operations


def _read_operation(method: str, path: str, operation: Mapping[str, Any], base: str) -> Operation:
    parameters = [_read_parameter(each) for each in operation.get("parameters", ())]
    body = operation.get("requestBody", {}).get("content", {}).values()
    sent: Mapping[str, str] = next((each["example"] for each in body if isinstance(each.get("example"), dict)), {})
    command = _write_command(method, base + path, parameters, sent)
    return Operation(method, path, operation.get("summary", ""), operation.get("description", ""), parameters, command)


def _read_parameter(parameter: Mapping[str, Any]) -> Parameter:
    schema = parameter.get("schema", {})
    items = schema.get("items", {})
    allowed = [value for each in (schema, items, *schema.get("anyOf", ())) for value in each.get("enum", ())]
    given = [each["value"] for each in parameter.get("examples", {}).values()]
    given += [parameter["example"]] if "example" in parameter else []
    given += schema.get("examples", ())
    examples = allowed or given
    flat = (value for each in examples for value in (each if isinstance(each, list) else [each]))
    shown = tuple(dict.fromkeys(str(each).lower() if isinstance(each, bool) else str(each) for each in flat))
    return Parameter(
        parameter["name"],
        parameter["in"],
        bool(parameter.get("required")),
        parameter.get("description", ""),
        shown,
        bool(allowed),
    )


def _write_command(method: str, url: str, parameters: Sequence[Parameter], sent: Mapping[str, str]) -> str:
    """A call that can be pasted, with the required parameters, or else the first: "curl -G … --data-urlencode q=…"."""
    for each in parameters:
        if each.place == "path" and each.examples:
            url = url.replace(f"{{{each.name}}}", quote(each.examples[0], safe=""))
    asked = [each for each in parameters if each.place == "query" and each.examples]
    chosen = [each for each in asked if each.is_required] or asked[:1]
    pairs = sent.items() if method == "POST" else [(each.name, each.examples[0]) for each in chosen]
    words = ["curl", *(["-G"] if pairs and method == "GET" else []), quote_word(url)]
    for name, value in pairs:
        words += ["--data-urlencode", quote_word(f"{name}={value}")]
    return " ".join(words)
