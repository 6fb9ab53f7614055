from django.db import models

from afterword.accounts.models import Person
from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.kit.ids import new_public_id


class StatementKind(models.TextChoices):
    CLOSURE = "closure", "Closure"
    SUMMARY = "summary", "Summary"
    FOLLOW_UP = "follow_up", "Follow-up"
    DATA_NOTICE = "data_notice", "Data notice"
    NOTE = "note", "Note to everyone"
    CORRECTION = "correction", "Correction"


class StatementState(models.TextChoices):
    """Derived from revisions, reviews and the publication; see ``states``."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    CHANGES_ASKED = "changes_asked", "Changes asked for"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


class Weight(models.TextChoices):
    """How grave a correction is: it decides where readers see it, and who is told.

    A title is the incident's: it is replaced wherever it stood, and the old one is withdrawn.
    """

    TYPO = "typo", "Typo"
    CLARIFICATION = "clarification", "Clarification"
    FACT = "fact", "Wrong fact"
    RETRACTION = "retraction", "Retraction"
    TITLE = "title", "Title"


class Statement(models.Model):
    """One outward text about one incident. ``segment`` names who a follow-up is for.

    ``corrects`` is the number on the page of the publication a correction is about; 0 for every
    other kind of text.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=64, unique=True, default=new_public_id)
    kind = models.CharField(max_length=12, choices=StatementKind.choices)
    segment = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(
        max_length=14, choices=StatementState.choices, default=StatementState.DRAFT
    )
    interim = models.BooleanField(default=False)
    corrects = models.PositiveBigIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("incident", "kind", "segment", "corrects"),
                condition=~models.Q(state="published"),
                name="one_unpublished_text_per_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Amendment(models.Model):
    """What a correction is about: the words as they left (``title``, ``body``), how grave the
    fault is, and ``wrote``, the passage that was wrong, word for word ("" for a retraction and
    for a title, whose ``title`` is the incident's and whose ``body`` is empty).
    """

    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="amendment")
    weight = models.CharField(max_length=14, choices=Weight.choices)
    wrote = models.TextField(blank=True)
    title = models.CharField(max_length=255)
    body = models.TextField()

    def __str__(self) -> str:
        return f"{self.weight} of {self.statement_id}"

    @property
    def restates_facts(self) -> bool:
        """Whether the record's facts leave with it: what only mends or explains leaves them be."""
        return self.weight in {Weight.FACT, Weight.RETRACTION}


class Revision(models.Model):
    """One saved state of a statement's text. Never changed; ``text_hash`` covers title and body.

    The highest number is in force. ``based_on`` is the revision its writer had before them (0 for
    the first); a gap means somebody else's revision lies between and is not part of this text.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=255)
    body = models.TextField()
    text_hash = models.CharField(max_length=64)
    record_version = models.PositiveIntegerField()
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("statement", "number"), name="revision_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.statement_id} r{self.number}"


class Verdict(models.TextChoices):
    APPROVE = "approve", "Approved"
    CHANGES = "changes", "Changes asked for"


class Review(models.Model):
    """What a second person said of one revision, under one version of the record and beside the
    promises that leave with it (``promises_hash``, empty when none does).
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    comment = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    record_version = models.PositiveIntegerField()
    promises_hash = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ("reviewed_at", "id")

    def __str__(self) -> str:
        return f"{self.verdict} of {self.revision_id}"


class Override(models.Model):
    """A finding let through by name, with a reason. Holds while the very quote stands.

    ``message`` is what the finding said (with the record's figures) and ``occurrences`` how often
    the quote was found: other figures, or the same words once more, need a new acceptance. Where
    a second person is named, it counts from ``confirmed_at``, when they agreed themselves.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="overrides")
    rule = models.CharField(max_length=10)
    quote = models.TextField()
    message = models.TextField()
    occurrences = models.PositiveIntegerField(default=1)
    reason = models.TextField()
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("accepted_at", "id")
        indexes = (models.Index(fields=("accepted_at",), name="overrides_by_time"),)

    def __str__(self) -> str:
        return f"{self.rule} in {self.statement_id}"

    @property
    def counts(self) -> bool:
        """Whether everybody it needs has agreed."""
        return self.second_person_id is None or self.confirmed_at is not None


class Translation(models.Model):
    """One saved state of a statement in another language, made from one of its revisions.

    Never changed; the highest number of a language is in force.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=64, unique=True, default=new_public_id)
    language = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    body = models.TextField()
    text_hash = models.CharField(max_length=64)
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("language", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "language", "number"), name="translation_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement_id} {self.language} t{self.number}"


class TranslationReview(models.Model):
    """What a second person said of one translation, read beside one text of the original.

    ``original_hash`` is that text's: a change to it voids the review.
    """

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    comment = models.TextField(blank=True)
    original_hash = models.CharField(max_length=64)
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.verdict} {self.translation_id}"


class Bypass(models.Model):
    """That a text left without a second person's approval, by name and with a reason.

    It waits for somebody who read it afterwards: ``stands`` is what they found, None until then.
    """

    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    used_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    stands = models.BooleanField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("used_at",),
                name="bypasses_unread",
                condition=models.Q(read_at=None),
            ),
            models.Index(fields=("used_at",), name="bypasses_by_time"),
        )

    def __str__(self) -> str:
        return f"bypass of {self.statement_id}"


class Comment(models.Model):
    """A remark about one revision, from anybody of the team. Open until somebody settles it;
    it stops nothing by itself.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    quote = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("said_at", "id")

    def __str__(self) -> str:
        return f"comment on {self.revision_id}"


class Moment(models.TextChoices):
    """When a text was checked for good."""

    FIRST = "first", "First saved by a person"
    LEFT = "left", "Published"


class TextCheck(models.Model):
    """What the check found in a text when a person first saved it, and when it left. Append-only.

    ``errors`` holds rule and a hash of the words for each error; ``let_through`` rule, person and
    roles for each that left all the same. ``asked`` and ``answered`` name the questions its readers
    have and those it answers in full.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    revision = models.PositiveIntegerField()
    errors = models.JSONField(default=list)
    let_through = models.JSONField(default=list)
    asked = models.JSONField(default=list)
    answered = models.JSONField(default=list)
    linter_version = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("statement", "moment"), name="one_check_per_moment"),
        )
        indexes = (models.Index(fields=("page", "moment", "at"), name="text_checks_by_time"),)

    def __str__(self) -> str:
        return f"{self.moment} check of {self.statement_id}"
