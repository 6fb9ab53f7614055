"""The ``afterword`` command: parse, call one verb, print what happened."""
