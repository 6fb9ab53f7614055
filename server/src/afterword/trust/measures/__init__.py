"""The measures, a file per question they answer. Each is a pure function of the rows."""
