"""Coverage-guided fuzzing with atheris; the sources have theirs in ``tests/fuzz_sources.py``."""
