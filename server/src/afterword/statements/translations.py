"""A statement in other languages: which there are, and whether each may leave. Reads only."""

from dataclasses import dataclass

from afterword.components.models import Page
from afterword.kit.errors import NotFound
from afterword.statements.models import (
    Revision,
    Statement,
    Translation,
    TranslationReview,
    Verdict,
)
from afterword.statements.queries import newest_revision, told_revision
from afterword.wording.figures import figures_apart
from afterword.wording.queries import is_checked_in


@dataclass(frozen=True)
class Standing:
    """A translation in force. ``why`` says, in words, why it may not leave, or who approved it.

    ``figures`` are sentences about figures that the two texts do not share. ``not_checked`` says
    that the wording check knows no rules for the language; empty where it does.
    """

    translation: Translation
    valid: bool
    why: str
    figures: tuple[str, ...]
    not_checked: str


def translation_by_public_id(page: Page, public_id: str) -> Translation:
    """Return the page's translation. Raises NotFound, also for one of another page."""
    found = (
        Translation.objects.select_related("statement__incident__page", "revision", "author")
        .filter(statement__incident__page=page, public_id=public_id)
        .first()
    )
    if found is None:
        raise NotFound("There is no such translation. Open it from the text it translates.")
    return found


def in_force(statement: Statement) -> list[Translation]:
    """Return the newest translation into each language, by code."""
    newest: dict[str, Translation] = {}
    for each in Translation.objects.filter(statement=statement).select_related(
        "revision", "author"
    ):
        newest[each.language] = each
    return [newest[code] for code in sorted(newest)]


def leaving(statement: Statement) -> list[Translation]:
    """Return the translations that may leave with the statement, or after it."""
    return [each for each in in_force(statement) if standing(each).valid]


def reviews_of(translation: Translation) -> list[TranslationReview]:
    """Return the reviews of this saved state, oldest first."""
    found = TranslationReview.objects.filter(translation=translation)
    return list(found.select_related("reviewer").order_by("id"))


def authors_of(translation: Translation) -> frozenset[int]:
    """Return the ids of everyone who wrote exactly this text."""
    ids = Translation.objects.filter(
        statement=translation.statement_id,
        language=translation.language,
        text_hash=translation.text_hash,
    ).values_list("author", flat=True)
    return frozenset(ids) - {None}


def standing(translation: Translation) -> Standing:
    """Return whether a translation may leave at this moment."""
    original = newest_revision(translation.statement)
    read = told_revision(translation.statement, original)
    why = _why_not(translation, original, read.hash)
    given = reviews_of(translation)
    valid = not why
    if valid:
        why = f"approved by {given[-1].reviewer.name}"
    checked = is_checked_in(translation.language)
    return Standing(
        translation=translation,
        valid=valid,
        why=why,
        figures=tuple(
            figures_apart(
                read.whole,
                f"{translation.title}\n\n{translation.body}",
            )
        ),
        not_checked="" if checked else "not checked: there are no wording rules for this language",
    )


def _why_not(translation: Translation, original: Revision, read_hash: str) -> str:
    """``read_hash`` is that of the original as readers get it: its facts may have changed."""
    if translation.revision.text_hash != original.text_hash:
        return (
            f"the original changed after it was translated (revision "
            f"{translation.revision.number} → {original.number})"
        )
    given = reviews_of(translation)
    if not given:
        return "nobody has approved this translation yet"
    last = given[-1]
    if last.verdict == Verdict.CHANGES:
        return f"{last.reviewer.name} asked for changes"
    if last.original_hash != read_hash:
        return "the original changed after approval"
    if last.reviewer_id in authors_of(translation):
        return f"{last.reviewer.name} wrote this translation; somebody else must approve"
    return ""
