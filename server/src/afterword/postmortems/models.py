"""The internal review. Every word here is internal: nothing outside the desk may read a row."""

from django.db import models

from afterword.accounts.models import Person
from afterword.commitments.models import Commitment, Mechanism
from afterword.incidents.models import Incident
from afterword.kit.ids import new_public_id


class ReviewState(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "Being read"
    FINAL = "final", "Final"


class Postmortem(models.Model):
    """One review of one incident. ``state`` is about its newest revision: a new one is a draft.

    ``asked_by`` asked for a second person, ``reader`` is who was asked (None for anybody),
    ``final_at`` is when somebody else found it final.
    """

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=ReviewState.choices,
        default=ReviewState.DRAFT,
        db_default=ReviewState.DRAFT,
    )
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(null=True)
    reader = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    final_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"postmortem of {self.incident_id}"


class PostmortemRevision(models.Model):
    """One saved state of the review. Append-only.

    ``body`` is what happened, in Markdown; ``parts`` the rest, see ``content``.
    """

    postmortem = models.ForeignKey(Postmortem, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    parts = models.JSONField(default=dict, db_default={})
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("postmortem", "number"), name="postmortem_number_once"),
        )

    def __str__(self) -> str:
        return f"postmortem {self.postmortem_id} r{self.number}"


class ReadingVerdict(models.TextChoices):
    FINAL = "final", "Final"
    CHANGES = "changes", "Changes asked for"


class PostmortemReading(models.Model):
    """What a second person found of one revision. Append-only."""

    revision = models.ForeignKey(
        PostmortemRevision, on_delete=models.CASCADE, related_name="readings"
    )
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=ReadingVerdict.choices)
    comment = models.TextField(blank=True)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ("read_at", "id")

    def __str__(self) -> str:
        return f"{self.verdict} for {self.revision_id}"


class ItemState(models.TextChoices):
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class ActionItem(models.Model):
    """Work that follows from the review. ``owner`` has an account here, ``owner_name`` has none.

    ``due`` is a day (UTC). ``became`` is the public promise it was lifted into: other words, no
    owner, no tracker.
    """

    postmortem = models.ForeignKey(Postmortem, on_delete=models.CASCADE, related_name="items")
    public_id = models.CharField(max_length=64, unique=True, default=new_public_id)
    what = models.CharField(max_length=500)
    mechanism = models.CharField(max_length=10, choices=Mechanism.choices)
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.OPEN)
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    owner_name = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True)
    tracker_url = models.URLField(max_length=500, blank=True)
    became = models.ForeignKey(Commitment, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "id")
        indexes = (
            models.Index(
                fields=("due", "id"),
                name="action_items_open",
                condition=models.Q(state__in=("open", "in_progress")),
            ),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def owned_by(self) -> str:
        """Who does it, by name; empty when nobody does."""
        return self.owner.name if self.owner else self.owner_name


class ActionItemChange(models.Model):
    """What was changed on an action item, when and why. Append-only."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("changed_at", "id")

    def __str__(self) -> str:
        return f"change of {self.item_id}"


class LiftedFact(models.Model):
    """That somebody put a fact of the review into the record. Append-only.

    ``path`` is the fact's place in the record, ``value`` what was put there, ``source`` where it is
    known from, ``confidence`` how well.
    """

    postmortem = models.ForeignKey(Postmortem, on_delete=models.CASCADE, related_name="lifted")
    path = models.CharField(max_length=60)
    value = models.JSONField()
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=10)
    record_version = models.PositiveIntegerField()
    lifted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    lifted_at = models.DateTimeField()

    class Meta:
        ordering = ("lifted_at", "id")

    def __str__(self) -> str:
        return f"{self.path} into record v{self.record_version}"
