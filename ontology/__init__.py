"""What Căn Cứ publishes as RDF (vocabulary, shapes, concept schemes) and the loader that the other folders use."""

from ontology.load import (
    FILES,
    AgencyType,
    Concept,
    Province,
    load_agency_types,
    load_provinces,
    load_shapes,
    load_topics,
    load_vocabulary,
)

__all__ = [
    "FILES",
    "AgencyType",
    "Concept",
    "Province",
    "load_agency_types",
    "load_provinces",
    "load_shapes",
    "load_topics",
    "load_vocabulary",
]
