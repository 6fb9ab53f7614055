from django.db import models


class InternalText(models.Model):
    """That an internal review exists for an incident, and the salt of its hashes.

    ``terms`` holds the salted SHA-256 of each name in it: digest → [what it names, how many words].
    """

    incident_ref = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=32)
    updated_at = models.DateTimeField()
    terms = models.JSONField(default=dict, db_default={})

    def __str__(self) -> str:
        return self.incident_ref


class InternalRun(models.Model):
    """The salted SHA-256 of one run of eight words of an internal review."""

    text = models.ForeignKey(InternalText, on_delete=models.CASCADE, related_name="runs")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("text", "digest"), name="one_row_per_run"),)

    def __str__(self) -> str:
        return self.digest[:12]
