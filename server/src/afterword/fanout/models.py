from django.db import models

from afterword.audience.models import RecipientList, Subscriber
from afterword.publishing.models import Publication


class MailingState(models.TextChoices):
    """``awaiting``: it has more letters than any run should have by accident, and nobody but who
    published has said yes to them.
    """

    RUNNING = "running", "Letters leave"
    AWAITING = "awaiting", "Waits for a second person"
    PAUSED = "paused", "Paused"
    CANCELLED = "cancelled", "Cancelled"


class Mailing(models.Model):
    """The range of recipients of one publication, frozen when expansion began.

    Subscribers with an id above ``cutoff_id``, and those who confirmed after the publication, are
    not part of it. ``cursor`` is the id of the last recipient turned into a letter, so that a
    crash resumes instead of starting again; ``digest_cursor`` is the same for what is laid into
    digests: the last subscriber up to whom nobody was passed over, for a correction the last of the
    entries it follows. ``skipped`` says why nobody was written to.

    ``counted`` are its letters by state, kept when none may leave any more, so that no page counts
    them again.

    ``instead_at``: its letters were stopped, and whoever on its list did not get one gets the texts
    for everybody that passed them over for it; ``instead_cursor`` is the id of the last member who
    was looked at, ``instead_ended_at`` when there were no more.

    ``names_affected``: its letters are to people whose data was affected; ``forgotten_at`` is when
    their addresses were taken out of the outbox.
    """

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="+")
    cutoff_id = models.BigIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    expanded_at = models.DateTimeField(null=True)
    skipped = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=10,
        choices=MailingState.choices,
        default=MailingState.RUNNING,
        db_default=MailingState.RUNNING,
    )
    opens_at = models.DateTimeField(null=True)
    steered_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    steered_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=500, blank=True, default="", db_default="")
    names_affected = models.BooleanField(default=False, db_default=False)
    forgotten_at = models.DateTimeField(null=True)
    counted = models.JSONField(null=True)
    digest_cursor = models.BigIntegerField(default=0, db_default=0)
    instead_at = models.DateTimeField(null=True)
    instead_cursor = models.BigIntegerField(default=0, db_default=0)
    instead_ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("id",),
                name="mailings_not_counted",
                condition=models.Q(counted__isnull=True),
            ),
            models.Index(
                fields=("id",), name="mailings_unfinished", condition=models.Q(expanded_at=None)
            ),
            models.Index(
                fields=("id",),
                name="mailings_held",
                condition=models.Q(state__in=("awaiting", "paused")),
            ),
            models.Index(
                fields=("steered_at",),
                name="mailings_cancelled",
                condition=models.Q(state="cancelled"),
            ),
            models.Index(
                fields=("id",),
                name="mailings_told_instead",
                condition=models.Q(instead_at__isnull=False, instead_ended_at=None),
            ),
            models.Index(
                fields=("started_at",),
                name="mailings_to_forget",
                condition=models.Q(names_affected=True, forgotten_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"mailing of {self.publication_id}"


class ReplacedList(models.Model):
    """A list that a newer decision replaced before anything was published to it: whoever is on it
    gets the texts for everybody that passed them over. ``cursor`` is the id of the last member who
    was looked at, ``ended_at`` when there were no more.
    """

    recipient_list = models.OneToOneField(RecipientList, on_delete=models.CASCADE, related_name="+")
    cursor = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"replaced: {self.recipient_list_id}"


class DigestContent(models.Model):
    """That the letters about a digest tell of a publication: what is in them, however many they
    are, and whoever of their readers is still known. ``about`` is that of the letters.
    """

    about = models.CharField(max_length=80)
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("publication", "about"), name="told_once_in_a_digest"),
        )

    def __str__(self) -> str:
        return f"{self.publication_id} in {self.about}"


class DigestEntry(models.Model):
    """A publication that a subscriber gets in their digest, once. ``due_at`` is when it leaves,
    ``sent_at`` when it was put into a letter, or ended because nobody may have it any more.

    ``about`` is that of the letter it is in. ``apart``: that letter is not to leave, and once it is
    known that it did not, the entry is laid in again; ``round`` counts how often it was.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    about = models.CharField(max_length=80, blank=True, default="", db_default="")
    round = models.PositiveSmallIntegerField(default=0, db_default=0)
    apart = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subscriber", "publication"), name="once_in_a_digest"),
        )
        indexes = (
            models.Index(
                fields=("due_at", "subscriber"),
                name="digests_due",
                condition=models.Q(sent_at=None),
            ),
            models.Index(
                fields=("about",), name="digests_by_letter", condition=~models.Q(about="")
            ),
            models.Index(fields=("id",), name="digests_apart", condition=models.Q(apart=True)),
        )

    def __str__(self) -> str:
        return f"{self.publication_id} for subscriber {self.subscriber_id}"
