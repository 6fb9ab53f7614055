from django.db import models


class Entry(models.Model):
    """One act. ``sequence`` starts at 1 and has no gaps; ``hash`` chains to the row before."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("sequence",)
        indexes = (models.Index(fields=("subject", "sequence")),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"
