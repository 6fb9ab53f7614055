"""The editor protocol (LSP 3.17): findings while a text is being written. Needs the extra `lsp`."""
