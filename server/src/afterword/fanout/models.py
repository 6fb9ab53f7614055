from django.db import models

from afterword.publishing.models import Publication


class Mailing(models.Model):
    """The range of recipients of one publication, frozen when expansion began.

    Subscribers confirmed after ``cutoff_id`` are not part of it. ``cursor`` is the id of the last
    recipient turned into a letter, so that a crash resumes instead of starting again.
    """

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="+")
    cutoff_id = models.BigIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    expanded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"mailing of {self.publication_id}"
