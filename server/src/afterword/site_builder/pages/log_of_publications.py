"""The log of everything published, for readers who want to check that nothing was rewritten."""

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.log_lines import end_line
from afterword.site_builder.pages.api.values import document
from afterword.site_builder.places import log_file


def build_head(page: Page) -> bytes:
    """Return the bytes of ``/log.json``: how long the log is, its newest hash, and its files."""
    lines, head = queries.log_head(page)
    return document(
        {
            "version": 1,
            "lines": lines,
            "hash": head,
            "first_file": f"/{log_file(1)}",
            "files": queries.log_shards(page),
            "lines_in_each": queries.LOG_SHARD,
        }
    )


def build_shard(page: Page, shard: int) -> bytes | None:
    """Return the bytes of one file of the log; the newest ends with how many lines there are."""
    lines = queries.log_lines(page, shard)
    if shard == queries.log_shards(page):
        lines.append(end_line(*queries.log_head(page)))
    return "".join(f"{line}\n" for line in lines).encode() if lines else None
