"""frontlog: dated dispatches about a war, turned into a sourced ledger of who holds what, and since when."""

__version__ = "0.1.0"
