"""Measures speed and memory of each step and of the whole way: ``python -m benchmarks``."""
