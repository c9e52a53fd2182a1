"""The service held to its own description: requests made from the OpenAPI document find no 5xx and no false answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.result import Ok

from search_api import routes_search
from tests.service import open_client, open_small_search

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_client([routes_search.router], open_small_search) as client:
        yield client


def try_everything(client: TestClient, mode: GenerationMode, examples: int) -> int:
    """Every operation with so many requests that fit its description, or that do not."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    count = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case[Any]) -> None:
            nonlocal count
            count += 1
            case.call_and_validate(checks=CHECKS)

        with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
            ask()
    return count


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_the_service_does_as_it_says(client: TestClient, mode: GenerationMode) -> None:
    assert try_everything(client, mode, 8) > 100


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES, ids=str)
def test_the_service_does_as_it_says_at_length(client: TestClient, mode: GenerationMode) -> None:
    assert try_everything(client, mode, 150) > 2000
