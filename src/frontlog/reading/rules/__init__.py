"""The rule extractor: a spaCy pipeline, dependency patterns, and lexicons in data files.

Nothing is imported here, so that asking for the version does not load the pipeline's library.
"""

VERSION = "1"
