from django.db import models

from afterword.accounts.models import Person

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
