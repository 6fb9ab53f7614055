from django.db import models

from afterword.accounts.models import Person
from afterword.statements.models import Statement

KEY_LENGTH = 64


class SentForm(models.Model):
    """A form that was sent and done, by the one-time key in it; ``went_to`` is where it led.

    The row is written in the transaction of what the form did, so it is there exactly when that
    is. Kept for a week (``actions.KEPT``).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    sent_at = models.DateTimeField(db_index=True)
    went_to = models.CharField(max_length=400)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="a_form_is_sent_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"


class TypedText(models.Model):
    """What somebody is typing in one open editor (``pad``): theirs alone, and no revision.

    Two devices have two pads, so neither writes over the other. The row goes when a revision has
    taken the text, when its writer throws it away, or a month after the last key
    (``actions.TYPED_KEPT``).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    pad = models.CharField(max_length=32)
    title = models.TextField()
    body = models.TextField()
    text_hash = models.CharField(max_length=64)
    based_on = models.PositiveIntegerField()
    typed_at = models.DateTimeField(db_index=True)
    device = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "statement", "pad"), name="one_typed_text_per_pad"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} types {self.statement_id}"
