from django.db import models


class Entry(models.Model):
    """One act. ``sequence`` starts at 1 and has no gaps; ``hash`` chains to the row before.

    ``came_from`` is the network address of who acted, where there was one, and ``device`` a short
    name of their browser and system ("Firefox on Linux").
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    # Both null in entries made before they were kept, and for acts of the machine: with a default,
    # SQLite would make the table anew and lose its triggers.
    came_from = models.CharField(max_length=45, null=True)
    device = models.CharField(max_length=60, null=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=("subject", "sequence")),
            models.Index(fields=("actor_id", "sequence"), name="audit_by_actor"),
            models.Index(fields=("verb", "sequence"), name="audit_by_verb"),
            models.Index(fields=("at",), name="audit_by_time"),
            models.Index(fields=("device", "sequence"), name="audit_by_device"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"
