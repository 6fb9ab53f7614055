from django.db import models
from django.db.models.fields.json import KT

from afterword.accounts.models import Person
from afterword.components.models import Component, Page
from afterword.kit.ids import new_public_id


class Kind(models.TextChoices):
    INCIDENT = "incident", "Incident"
    MAINTENANCE = "maintenance", "Maintenance"


class Status(models.TextChoices):
    """Statuspage's spelling; the last four belong to maintenance."""

    INVESTIGATING = "investigating", "Investigating"
    IDENTIFIED = "identified", "Identified"
    MONITORING = "monitoring", "Monitoring"
    RESOLVED = "resolved", "Resolved"
    SCHEDULED = "scheduled", "Scheduled"
    IN_PROGRESS = "in_progress", "In progress"
    VERIFYING = "verifying", "Verifying"
    COMPLETED = "completed", "Completed"


class Impact(models.TextChoices):
    NONE = "none", "None"
    MAINTENANCE = "maintenance", "Maintenance"
    MINOR = "minor", "Minor"
    MAJOR = "major", "Major"
    CRITICAL = "critical", "Critical"


class Incident(models.Model):
    """One incident or maintenance. Times are UTC; ``status`` is derived from the updates."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=64, default=new_public_id)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INCIDENT)
    title = models.CharField(max_length=255)
    status = models.CharField(max_length=16, choices=Status.choices)
    impact = models.CharField(max_length=12, choices=Impact.choices, default=Impact.NONE)
    severity = models.PositiveSmallIntegerField(default=3)
    started_at = models.DateTimeField()
    monitoring_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    scheduled_for = models.DateTimeField(null=True)
    scheduled_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    components = models.ManyToManyField(Component, related_name="+", blank=True)
    source = models.CharField(max_length=60, blank=True)
    extra = models.JSONField(default=dict)

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("page", "public_id"), name="incident_id_per_page"),
            models.CheckConstraint(
                condition=models.Q(severity__gte=1) & models.Q(severity__lte=4),
                name="severity_is_1_to_4",
            ),
        )
        indexes = (
            models.Index(fields=("page", "-started_at", "-id"), name="incidents_newest_first"),
            # A handful among all there ever were.
            models.Index(
                fields=("page", "-started_at", "-id"),
                name="incidents_going_on",
                condition=~models.Q(status__in=("resolved", "completed", "scheduled")),
            ),
            models.Index(
                fields=("scheduled_for",),
                name="planned_work_not_over",
                condition=models.Q(kind="maintenance") & ~models.Q(status="completed"),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether the newest update says resolved or completed."""
        return self.status in {Status.RESOLVED, Status.COMPLETED}


class Update(models.Model):
    """One public word during an incident. Append-only."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="updates")
    public_id = models.CharField(max_length=64, default=new_public_id)
    status = models.CharField(max_length=16, choices=Status.choices)
    body = models.TextField()
    body_format = models.CharField(max_length=8, default="markdown")
    display_at = models.DateTimeField()
    created_at = models.DateTimeField()
    author_label = models.CharField(max_length=200, blank=True)
    affected = models.JSONField(null=True)
    extra = models.JSONField(default=dict)

    class Meta:
        ordering = ("display_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("incident", "public_id"), name="update_id_per_incident"
            ),
        )
        indexes = (models.Index(fields=("created_at",), name="updates_by_time"),)

    def __str__(self) -> str:
        return f"{self.status} {self.display_at}"


class RecordVersion(models.Model):
    """One state of the facts (schema plaintalk-record/1). The highest version is in force.

    ``cause_name`` is the record's own name of the cause, kept by the database, so that the same
    cause is found without reading every record. ``reason`` is why whoever saved it changed it, in
    their words, and stays inside.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="record_versions")
    version = models.PositiveIntegerField()
    data = models.JSONField()
    hash = models.CharField(max_length=64)
    saved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()
    reason = models.TextField(blank=True, default="", db_default="")
    cause_name = models.GeneratedField(
        expression=KT("data__cause__fingerprint"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("incident", "version"), name="record_version_once"),
        )
        indexes = (
            models.Index(fields=("cause_name", "incident"), name="records_by_cause"),
            models.Index(fields=("saved_at",), name="records_by_time"),
        )

    def __str__(self) -> str:
        return f"record {self.incident_id} v{self.version}"


class NamedPart(models.Model):
    """A part that a version of the record of an incident says was hit; kept when a later one does
    not, so that naming it no more takes no question away.

    ``name`` is folded as names are compared (``named_parts``), ``component`` the part of the page
    that was called so when the record was saved, None where none was.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    component = models.ForeignKey(Component, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("incident", "name"), name="part_named_once_per_incident"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} of {self.incident_id}"


class Case(models.Model):
    """What is owed after an incident. Opened by its resolution; steps are derived, never ticked.

    ``outdated_at`` is when the record changed while the case was closed; None when it did not.
    """

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="case")
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outdated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("closed_at", "opened_at")),
            models.Index(
                fields=("outdated_at",),
                name="cases_outdated",
                condition=models.Q(outdated_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"case of {self.incident_id}"


class Outcome(models.TextChoices):
    """Whether the public gets a summary."""

    SUMMARY = "summary", "Public summary"
    SHORT = "short", "Short public summary"
    NONE = "none", "No public summary"


class Decision(models.Model):
    """A recorded decision whether to publish a summary. Append-only; the newest counts.

    ``row`` is the row of the decision table that fired, ``inputs`` what it saw. A decision below
    the table's needs ``second_person`` and, for "none", a reason and a review date. Where a second
    person is named, it counts from ``confirmed_at``, when they agreed themselves.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    proposed = models.CharField(max_length=10, choices=Outcome.choices)
    row = models.PositiveSmallIntegerField()
    inputs = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("decided_at", "id")
        indexes = (models.Index(fields=("decided_at",), name="decisions_by_time"),)

    def __str__(self) -> str:
        return f"{self.outcome} for {self.incident_id}"


class UpdateTemplate(models.Model):
    """Words written in a quiet hour for a bad one: an update, with what usually goes with it.

    ``title`` and ``severity`` are for opening an incident. ``body`` and ``title`` may name facts in
    braces, see ``template_fields``. ``parts`` gives the status of components by public id,
    ``next_word`` the minutes until the next word that is promised (null for none). A template that
    is retired is offered no more.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=64, default=new_public_id)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=255, blank=True)
    body = models.TextField()
    status = models.CharField(max_length=16, choices=Status.choices)
    severity = models.PositiveSmallIntegerField(null=True)
    parts = models.JSONField(default=dict)
    next_word = models.PositiveIntegerField(null=True)
    notify = models.BooleanField(default=True)
    saved_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("page", "public_id"), name="template_id_per_page"),
            models.UniqueConstraint(
                fields=("page", "name"),
                condition=models.Q(retired_at=None),
                name="template_name_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Hold(models.Model):
    """That nothing about an incident leaves, and why; one at a time. ``look_again_on`` is the day
    (UTC) by which somebody decides again. Kept when it is released.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    look_again_on = models.DateField()
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    release_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("placed_at", "id")
        indexes = (models.Index(fields=("placed_at",), name="holds_by_time"),)
        constraints = (
            models.UniqueConstraint(
                fields=("incident",),
                condition=models.Q(released_at=None),
                name="one_hold_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"hold of {self.incident_id}"


class Recovery(models.Model):
    """That an incident was said to be over, or (``came_back``) open again, and when. Append-only.

    ``severity`` is the one it had at that moment; None where nobody kept it.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    came_back = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("page", "at"), name="recoveries_by_time"),)

    def __str__(self) -> str:
        return f"{self.incident_id} {'came back' if self.came_back else 'recovered'} {self.at}"


class HeardOutside(models.Model):
    """What was heard from outside about an incident. Append-only; the newest counts.

    ``first_at`` is when somebody outside first spoke of it (a customer, the press);
    ``nobody_before`` says that nobody did before our own first word. With neither, it is not
    known. ``repeat_questions`` counts the questions that came within 72 hours of the summary
    though it answers them; None is not known.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(null=True)
    nobody_before = models.BooleanField(default=False)
    repeat_questions = models.PositiveIntegerField(null=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("noted_at", "id")
        indexes = (models.Index(fields=["noted_at"], name="heard_by_time"),)

    def __str__(self) -> str:
        return f"heard of {self.incident_id}"


class Recurrence(models.Model):
    """What a person found of two incidents that look alike: the same cause again, or not.

    Append-only; the newest of each pair counts.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("decided_at", "id")

    def __str__(self) -> str:
        return f"{self.incident_id} {'is' if self.is_same else 'is not'} {self.earlier_id} again"
