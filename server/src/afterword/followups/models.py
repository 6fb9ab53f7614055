from django.db import models

from afterword.accounts.models import Person
from afterword.audience.models import RecipientList, Segment
from afterword.incidents.models import Incident


class Level(models.TextChoices):
    """How far the word goes, least first."""

    NONE = "none", "None"
    PAGE = "page", "The page only"
    SUBSCRIBERS = "subscribers", "Subscribers"
    TARGETED = "targeted", "A letter to this group"
    PERSONAL = "personal", "Personal contact"


class PlanLine(models.Model):
    """What was decided for one segment, and why. Append-only; the newest per segment counts.

    ``count`` is the number of people on the frozen list (or subscribed) when it was decided;
    ``accounts`` how many customers the letters to them are about (null where letters are about
    none, and where nobody kept it); ``tally`` how many were left out of all letters then, by
    reason.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    segment = models.CharField(max_length=20, choices=Segment.choices)
    level = models.CharField(max_length=12, choices=Level.choices)
    proposed = models.CharField(max_length=12, choices=Level.choices)
    reason = models.TextField()
    count = models.PositiveIntegerField(default=0)
    accounts = models.PositiveIntegerField(null=True)
    tally = models.JSONField(default=dict, db_default={})
    recipients = models.ForeignKey(
        RecipientList, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("decided_at", "id")
        indexes = (models.Index(fields=("decided_at",), name="plan_lines_by_time"),)

    def __str__(self) -> str:
        return f"{self.segment}: {self.level}"
