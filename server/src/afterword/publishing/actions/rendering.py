"""From an author's text to the HTML that is frozen. Nothing renders again later."""

from html import escape

from afterword.kit.markdown import clean_html, render_markdown


def html_of(body: str, body_format: str) -> str:
    """Return clean HTML for a text in ``markdown``, ``html`` (foreign) or ``text``."""
    if body_format == "html":
        return clean_html(body)
    if body_format == "text":
        paragraphs = [p.strip() for p in body.split("\n\n") if p.strip()]
        return "\n".join(f"<p>{escape(p).replace(chr(10), '<br>')}</p>" for p in paragraphs)
    return render_markdown(body)
