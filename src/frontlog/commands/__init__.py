"""The command line's verbs, one module a subject. Each is imported only when it is called."""
