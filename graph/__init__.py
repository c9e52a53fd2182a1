"""Records become a graph: identity, resolution, validation, stores, tracing and queries."""
