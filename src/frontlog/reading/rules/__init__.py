"""The rule extractor: cue lexicons and dependency patterns over a spaCy pipeline."""

from frontlog.reading.rules.extractor import RuleExtractor

__all__ = ["RuleExtractor"]
