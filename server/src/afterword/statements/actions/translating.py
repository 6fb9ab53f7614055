"""A statement in another language: saved, reviewed by a second person, bound to the original."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, Conflict, NotAllowed
from afterword.statements import queries, translations
from afterword.statements.actions.holding import hold, tidied_comment
from afterword.statements.models import Statement, Translation, TranslationReview, Verdict
from afterword.statements.texts import tidied


def save_translation(
    *,
    actor: Actor,
    now: datetime,
    statement: Statement,
    language: str,
    title: str,
    body: str,
    of_revision: int,
) -> Translation:
    """Save a translation of revision ``of_revision``; the same text again writes nothing.

    A published statement may be translated too. Raises BadInput for the statement's own language,
    one the page is not built in, an empty or over-long text, and Conflict when the original has
    moved on.
    """
    require(actor, "write", page=statement.incident.page_id)
    text = tidied(title, body)
    if not text.body.strip():
        raise BadInput("The translation is empty; write it first.", {"body": "is empty"})
    with transaction.atomic():
        original = hold(statement)
        _refuse_language(statement, language)
        if of_revision != original.number:
            raise Conflict(
                f"You translated revision {of_revision}; the newest is {original.number}. "
                "Read what changed, then save again."
            )
        saved = Translation.objects.filter(statement=statement, language=language)
        newest = saved.order_by("-number").first()
        if newest and newest.text_hash == text.hash and newest.revision_id == original.pk:
            return newest
        kept = Translation.objects.create(
            statement=statement,
            language=language,
            number=newest.number + 1 if newest else 1,
            revision=original,
            title=text.title,
            body=text.body,
            text_hash=text.hash,
            author=actor if isinstance(actor, Person) else None,
            created_at=now,
        )
        _record(actor, "statements.save_translation", kept, now)
    return kept


def approve_translation(
    *, actor: Actor, now: datetime, translation: Translation, comment: str = ""
) -> TranslationReview:
    """Approve a translation beside the original as it is now.

    Raises NotAllowed for whoever wrote it, Conflict when it or the original has moved on.
    """
    return _review(actor, now, translation, Verdict.APPROVE, tidied_comment(comment))


def ask_translation_changes(
    *, actor: Actor, now: datetime, translation: Translation, comment: str
) -> TranslationReview:
    """Give a translation back to its writer, saying what to change. Raises BadInput without it."""
    comment = tidied_comment(comment)
    if not comment:
        raise BadInput("Say what should change; the writer sees it.", {"comment": "is empty"})
    return _review(actor, now, translation, Verdict.CHANGES, comment)


def _review(
    actor: Actor, now: datetime, translation: Translation, verdict: Verdict, comment: str
) -> TranslationReview:
    require(actor, "review", page=translation.statement.incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A review needs a person who is signed in.")
    with transaction.atomic():
        original = hold(translation.statement)
        newest = Translation.objects.filter(
            statement=translation.statement_id, language=translation.language
        ).latest("number")
        if newest.pk != translation.pk:
            raise Conflict("A newer translation was saved meanwhile. Read that one, then decide.")
        if translation.revision_id != original.pk:
            raise Conflict(
                "The original changed after this was translated. It has to be translated again."
            )
        if verdict == Verdict.APPROVE and actor.pk in translations.authors_of(translation):
            raise NotAllowed(
                "You wrote this translation, and nobody approves their own words. "
                "Ask somebody else with the role Reviewer who reads the language."
            )
        review = TranslationReview.objects.create(
            translation=translation,
            reviewer=actor,
            verdict=verdict,
            comment=comment,
            original_hash=queries.told_revision(translation.statement, original).hash,
            reviewed_at=now,
        )
        _record(actor, f"statements.{verdict}_translation", translation, now)
    return review


def _refuse_language(statement: Statement, language: str) -> None:
    page = statement.incident.page
    if language == statement.language:
        raise BadInput(
            "That is the language the text is written in.", {"language": "is the original's"}
        )
    if language not in page.languages:
        raise BadInput(
            f"The page is not built in {language[:12]!r}. It is built in "
            f"{', '.join(page.languages)}; `afterword languages` changes that.",
            {"language": "not built"},
        )


def _record(actor: Actor, verb: str, translation: Translation, now: datetime) -> None:
    record_act(
        actor=actor,
        verb=verb,
        subject=f"statement:{translation.statement.public_id}",
        now=now,
        detail={"language": translation.language, "translation": translation.number},
    )
