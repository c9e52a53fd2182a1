"""Search, service and command line over one generation of the knowledge base."""
