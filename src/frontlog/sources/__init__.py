"""Sources make dispatches: any file, folder or stream in; dispatches and named refusals out."""

from frontlog.sources.items import Found, Skipped
from frontlog.sources.opening import open_all

__all__ = ["Found", "Skipped", "open_all"]
