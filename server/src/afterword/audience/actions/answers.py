"""Whether what we said answered what readers came with: counted, and nothing kept about them."""

import re
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from afterword.accounts.permissions import Actor, require
from afterword.audience.models import Question, ReaderAnswer, ReaderRemark
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.kit.texts import legible, text_problem

LONGEST_REMARK: Final = 300
# That wait to be read: more than anybody reads, and no more than a flood may leave behind.
MOST_REMARKS: Final = 100
_LINK: Final = re.compile(r"(?i)\b(?:https?:|www\.)|</?[a-z]+[ >]|\[url")
_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# A telephone, card or account number is seven digits or more, whatever stands between them; a day,
# with its time or without, is nobody's number.
_NUMBER: Final = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\d(?:[ T]\d\d?:\d\d)?|\d\d?[./]\d\d?[./]\d{4})(?!\d)"
    r"|\+?\d(?:[ ./()-]{0,2}\d){6,}"
)
LEFT_OUT: Final = "[…]"


def count_answer(
    *, page: Page, incident_ref: str, question: str = "", text_number: int = 0
) -> None:
    """Count one reader: "yes" without a question, else the one that remains.

    ``text_number`` is the number of the closure or summary they had before them, 0 for none. The
    caller knows that the incident and the text are on the page, and limits how often a network is
    counted (``answering.take_turn``). Raises BadInput for a question that nobody offers.
    """
    refuse_question(question)
    with transaction.atomic():
        tally, _ = ReaderAnswer.objects.get_or_create(
            page=page, incident_ref=incident_ref, question=question, text_number=text_number
        )
        ReaderAnswer.objects.filter(pk=tally.pk).update(times=F("times") + 1)


def keep_remark(
    *,
    now: datetime,
    page: Page,
    incident_ref: str,
    text: str,
    question: str = "",
    text_number: int = 0,
) -> None:
    """Keep what a reader says is missing, for the desk alone, without the addresses and long
    numbers in it.

    Raises BadInput, in the active language, for what ``read_remark`` refuses, and while a hundred
    remarks on the incident wait to be read.
    """
    refuse_question(question)
    clean = read_remark(text)
    with transaction.atomic():
        waiting = ReaderRemark.objects.filter(page=page, incident_ref=incident_ref, read_at=None)
        if waiting.count() >= MOST_REMARKS:
            raise BadInput(
                gettext(
                    "So much was written about this that no more is kept. Answer without words, "
                    "and it is counted."
                ),
                {"said": "is one too many"},
            )
        ReaderRemark(
            page=page, incident_ref=incident_ref, text_number=text_number, question=question,
            text=without_traces(clean), day=now.date(),
        ).save(force_insert=True)  # fmt: skip


def read_remark(text: str) -> str:
    """Return a reader's words as they can be kept. Raises BadInput, in the active language, for
    links and more than 300 characters.
    """
    clean = legible(text).strip()
    if text_problem(clean, limit=LONGEST_REMARK):
        raise BadInput(
            gettext("What you wrote is too long. Say it in %(most)s characters.")
            % {"most": LONGEST_REMARK},
            {"said": "is too long"},
        )
    if _LINK.search(clean):
        raise BadInput(
            gettext("Leave out links; say in words what is missing."), {"said": "has a link"}
        )
    return clean


def without_traces(text: str) -> str:
    """Return the text without e-mail addresses and long numbers; days and times stay."""
    shown = _ADDRESS.sub(LEFT_OUT, text)
    return _NUMBER.sub(lambda found: found["moment"] or LEFT_OUT, shown)


def settle_remark(*, actor: Actor, now: datetime, remark: ReaderRemark, drop: bool = False) -> None:
    """Take note of a reader's remark, or drop it because it is spam or says something of a person.

    What was counted stays counted. Once noted, it stays noted.
    """
    require(actor, "write", page=remark.page_id)
    with transaction.atomic():
        if drop:
            remark.delete()
        else:
            ReaderRemark.objects.filter(pk=remark.pk, read_at=None).update(read_at=now)
        record_act(
            actor=actor,
            verb="audience.settle_remark",
            subject=f"incident:{remark.incident_ref}",
            now=now,
            detail={"dropped": drop},
        )


def forget_remarks(*, now: datetime) -> int:
    """Delete remarks older than the setting KEEP_REMARKS_DAYS; return how many."""
    last = now.date() - timedelta(days=settings.KEEP_REMARKS_DAYS)
    gone, _ = ReaderRemark.objects.filter(day__lt=last).delete()
    return gone


def refuse_question(question: str) -> None:
    """Raise BadInput for a question that nobody offers."""
    if question and question not in Question.values:
        raise BadInput("Choose the question that remains from the list.", {"question": "unknown"})
