"""From the bytes of a plan to records under local addresses: no RDF, no IRI, no model, no network."""
