from django.db import models

from afterword.accounts.models import Person
from afterword.incidents.models import Incident
from afterword.kit.ids import new_public_id


class CommitmentState(models.TextChoices):
    PLANNED = "planned", "Planned"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class Mechanism(models.TextChoices):
    """How a measure lowers the risk (CRAFT 3.3)."""

    PREVENT = "prevent", "Prevents it"
    DETECT = "detect", "Notices it sooner"
    LIMIT = "limit", "Limits the harm"
    RECOVER = "recover", "Recovers faster"


class Commitment(models.Model):
    """One promise: what changes, why it matters, how it lowers the risk; due on a date (UTC)."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=64, unique=True, default=new_public_id)
    what = models.CharField(max_length=500)
    why = models.CharField(max_length=500)
    effect = models.CharField(max_length=500)
    mechanism = models.CharField(max_length=10, choices=Mechanism.choices)
    state = models.CharField(
        max_length=12, choices=CommitmentState.choices, default=CommitmentState.PLANNED
    )
    due = models.DateField(null=True)
    done_on = models.DateField(null=True)
    dropped_because = models.CharField(max_length=500, blank=True)
    owner_name = models.CharField(max_length=120, blank=True)
    tracker_url = models.URLField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.what


class CommitmentChange(models.Model):
    """What was changed on a promise, when and why. Append-only."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("changed_at", "id")
        indexes = (models.Index(fields=("changed_at",), name="promise_changes_by_time"),)

    def __str__(self) -> str:
        return f"change of {self.commitment_id}"
