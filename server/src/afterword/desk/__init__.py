"""Where the team works: one list of what needs saying, the case, the editor, the review."""
