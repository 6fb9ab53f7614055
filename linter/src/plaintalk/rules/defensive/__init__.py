"""Words that protect the writer instead of informing the reader."""
