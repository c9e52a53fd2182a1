"""Benchmarks, run by `make bench`; the README prints what they print."""
