"""The JSON Schemas describe what is really exported, under the contract's names."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from graph.export import KINDS
from graph.export_rows import read_records
from graph.generations import Problem
from graph.schema import CLASSES, build_schema, singular
from tests.small_kb import small_generation

# What CONTRACT names for each record, in its words.
NAMED = {
    "task": "id kind document file annex number code name text section form lead coordinating deadline output funding "
    "topics cites origin evidence source",
    "duty": "id document file text section role lead coordinating report_to deadline topics origin evidence source",
    "target": "id document file indicator comparator value unit year baseline source",
    "document": "id held file type number number_from date issuer jurisdiction title signer period sha256 original",
    "mention": "citing file number type date issuer title target unresolved region source",
    "link": "from to from_number to_number relation stated_in stated_by source",
    "agency": "id name",
    "unresolved": "id reason source",
    "part": "id document file label title source",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_exported_record_fits_its_schema(kind: str) -> None:
    schema = build_schema(kind)
    Draft202012Validator.check_schema(schema)
    records = list(read_records(small_generation(), kind))
    assert records or kind == "parts"  # the small corpus has no headings
    assert [error.message for record in records for error in Draft202012Validator(schema).iter_errors(record)] == []


@pytest.mark.parametrize("kind", CLASSES)
def test_the_names_are_those_of_the_contract(kind: str) -> None:
    assert set(NAMED[kind].split()) - build_schema(kind)["properties"].keys() == set()


def test_a_record_without_its_names_is_found_out() -> None:
    link = next(read_records(small_generation(), "links"))
    assert not Draft202012Validator(build_schema("link")).is_valid({**link, "from": None})
    assert not Draft202012Validator(build_schema("link")).is_valid({k: v for k, v in link.items() if k != "from"})


def test_kinds_have_two_names() -> None:
    assert [singular("duties"), singular("duty")] == ["duty", "duty"]
    with pytest.raises(Problem, match="expected one of document, task"):
        singular("plan")
