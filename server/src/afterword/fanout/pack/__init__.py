"""A letter to one recipient as files to hand on: HTML, Markdown, JSON, and a tagged PDF."""
