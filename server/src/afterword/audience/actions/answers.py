"""Whether what we said answered what readers came with: counted, and nothing kept about them."""

from django.db import transaction
from django.db.models import F

from afterword.audience.models import Question, ReaderAnswer
from afterword.components.models import Page
from afterword.kit.errors import BadInput


def count_answer(*, page: Page, incident_ref: str, question: str = "") -> None:
    """Count one reader: "yes" without a question, else the one that remains.

    The caller knows that the incident is on the page, and limits how often a network is counted.
    Raises BadInput for a question that nobody offers.
    """
    if question and question not in Question.values:
        raise BadInput("Choose the question that remains from the list.", {"question": "unknown"})
    with transaction.atomic():
        tally, _ = ReaderAnswer.objects.get_or_create(
            page=page, incident_ref=incident_ref, question=question
        )
        ReaderAnswer.objects.filter(pk=tally.pk).update(times=F("times") + 1)
