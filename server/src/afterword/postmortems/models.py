from django.db import models

from afterword.accounts.models import Person
from afterword.incidents.models import Incident


class Postmortem(models.Model):
    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"postmortem of {self.incident_id}"


class PostmortemRevision(models.Model):
    """One saved state of the review's text. Append-only."""

    postmortem = models.ForeignKey(Postmortem, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("postmortem", "number"), name="postmortem_number_once"),
        )

    def __str__(self) -> str:
        return f"postmortem {self.postmortem_id} r{self.number}"
