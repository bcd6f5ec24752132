"""Training of the reader: one command, fixed seeds. Not part of the installed package."""
