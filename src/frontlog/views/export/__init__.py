"""The ledger in the forms that other people's tools read."""

from frontlog.views.export.formats import FORMATS, Format

__all__ = ["FORMATS", "Format"]
