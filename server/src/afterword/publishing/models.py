from collections.abc import Mapping
from types import MappingProxyType

from django.db import models

from afterword.accounts.models import Person
from afterword.components.models import Page


class PublicationKind(models.TextChoices):
    UPDATE = "update", "Update"
    CLOSURE = "closure", "Closure"
    SUMMARY = "summary", "Summary"
    FOLLOW_UP = "follow_up", "Follow-up"
    DATA_NOTICE = "data_notice", "Data notice"
    NOTE = "note", "Note"
    CORRECTION = "correction", "Correction"
    COMMITMENT_UPDATE = "commitment_update", "Commitment update"
    TRANSLATION = "translation", "Translation"


class Audience(models.TextChoices):
    """Where a publication goes beside the page."""

    PAGE = "page", "The page only"
    SUBSCRIBERS = "subscribers", "The page and its subscribers"
    LIST = "list", "A frozen list, not the page"


class _WithoutWhatStaysInside(models.Manager["Publication"]):
    """Leaves in the database what no reader sees and readers' connection may not ask for."""

    def get_queryset(self) -> models.QuerySet["Publication"]:
        return super().get_queryset().defer("accepted", "corrects__accepted")


class Publication(models.Model):
    """One text that left through the door. Never edited, never deleted (a trigger refuses it).

    ``facts`` is the public part of the record (and of the incident) at that moment; names, hosts,
    tickets and other lexicon never enter it. ``accepted`` lists findings let through, with name
    and reason, and stays inside. ``hash`` commits to the content and to ``previous_hash``.
    ``corrects`` is what a correction corrects, what a translation translates, and the letter that
    said "over" to whom this one says that it is open again.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20, choices=PublicationKind.choices)
    incident_id = models.CharField(max_length=64)
    source_id = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    body = models.TextField()
    body_format = models.CharField(max_length=8, default="markdown")
    html = models.TextField()
    language = models.CharField(max_length=12, default="en")
    facts = models.JSONField(default=dict)
    commitments = models.JSONField(default=list)
    record_version = models.PositiveIntegerField(null=True)
    record_hash = models.CharField(max_length=64, blank=True)
    linter_version = models.CharField(max_length=40, blank=True)
    accepted = models.JSONField(default=list)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.PAGE)
    recipient_list = models.CharField(max_length=64, blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    display_at = models.DateTimeField()
    published_at = models.DateTimeField()
    imported = models.BooleanField(default=False)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = _WithoutWhatStaysInside()

    # Set on the copies that readers get (see ``corrections``); never on a row.
    withdrawn_by: "Publication | None" = None
    mended_by: "Publication | None" = None
    # The newest translation into each language, by its code.
    translations: "Mapping[str, Publication]" = MappingProxyType({})

    class Meta:
        ordering = ("page", "number")
        constraints = (
            models.UniqueConstraint(fields=("page", "number"), name="publication_number_once"),
            models.UniqueConstraint(
                fields=("page", "incident_id", "kind", "source_id"),
                name="a_source_is_published_once",
            ),
        )
        indexes = (
            models.Index(fields=("page", "incident_id", "number")),
            models.Index(fields=("page", "published_at"), name="publications_by_time"),
            models.Index(
                fields=("id",),
                name="publications_for_mail",
                condition=models.Q(imported=False) & ~models.Q(audience="page"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class PublicIncident(models.Model):
    """What readers may know of an incident now, derived from its publications alone.

    ``facts`` is the public record of the newest statement on the page; ``components`` lists the
    parts named so far, each with the worst status it had. ``newest_at`` is the display time of the
    newest publication, ``updated_at`` the instant it could first be read. ``month`` is that of
    ``started_at`` in UTC. ``called_off``: planned work that is over and never took place.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    incident_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=255)
    status = models.CharField(max_length=16)
    impact = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    scheduled_for = models.DateTimeField(null=True)
    scheduled_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    summarised_at = models.DateTimeField(null=True)
    newest_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    month = models.CharField(max_length=7)
    is_open = models.BooleanField(default=False)
    called_off = models.BooleanField(default=False, db_default=False)
    imported = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    components = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("page", "incident_id"), name="one_public_incident"),
        )
        indexes = (
            models.Index(fields=("page", "month", "-started_at", "-id")),
            # What is open is a handful among a hundred thousand. A condition, since SQLite looks up
            # no bare boolean in an index over its column.
            models.Index(
                fields=("page", "-newest_at", "-id"),
                name="open_newest_first",
                condition=models.Q(is_open=True),
            ),
            models.Index(fields=("page", "-newest_at", "-id")),
            models.Index(fields=("page", "resolved_at"), name="public_incidents_by_end"),
            models.Index(fields=("page", "kind", "-newest_at", "-id"), name="newest_of_each_kind"),
        )

    def __str__(self) -> str:
        return self.title


class PublicMonth(models.Model):
    """How much that is public began in a month (``2026-03``, UTC), so that nobody counts.

    ``incidents`` counts planned work too; the tally ``incidents`` says how many are none.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    incidents = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-month",)
        constraints = (
            models.UniqueConstraint(fields=("page", "month"), name="one_row_per_public_month"),
        )

    def __str__(self) -> str:
        return f"{self.month}: {self.incidents}"


class PublicPromise(models.Model):
    """A promise as readers know it now; see ``promised.Promised``, from which it is derived.

    ``is_late`` turns by itself, when the day it is due is over, and so does ``outcome``: see
    ``actions.lateness``. One that was taken back has no words any more, and counts. ``held`` says
    of a kept one whether the trouble stayed away, see ``actions.holding``.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    incident_id = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    commitment_id = models.CharField(max_length=64)
    what = models.CharField(max_length=500)
    why = models.CharField(max_length=500)
    effect = models.CharField(max_length=500)
    mechanism = models.CharField(max_length=500)
    state = models.CharField(max_length=16)
    due = models.DateField(null=True)
    first_due = models.DateField(null=True)
    done_on = models.DateField(null=True)
    dropped_because = models.CharField(max_length=500)
    told_at = models.DateTimeField()
    settled_on = models.DateField(null=True)
    is_late = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10)
    moves = models.PositiveIntegerField(default=0, db_default=0)
    days_moved = models.PositiveIntegerField(default=0, db_default=0)
    moved_in_time = models.BooleanField(default=True, db_default=True)
    held = models.CharField(max_length=10, blank=True, default="", db_default="")
    came_back_in = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("page", "incident_id", "place"), name="one_public_promise_in_a_place"
            ),
        )
        indexes = (
            models.Index(fields=("page", "outcome", "due"), name="public_promises_by_due"),
            models.Index(fields=("page", "-settled_on", "-id"), name="public_promises_settled"),
            models.Index(fields=("page", "state", "done_on"), name="public_promises_done"),
            models.Index(fields=("page", "held", "-done_on"), name="public_promises_held"),
            models.Index(fields=("page", "came_back_in"), name="public_promises_back"),
        )

    def __str__(self) -> str:
        return self.what


class PromiseWord(models.Model):
    """What one publication said of one promise. Append-only.

    ``is_first`` marks the first word that gave a day. A promise is measured by the earliest day
    that any word gave. What a retraction takes off the page stays here; so a text that only repeats
    another has its word too.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    incident_id = models.CharField(max_length=64)
    commitment_id = models.CharField(max_length=64)
    what = models.CharField(max_length=500)
    state = models.CharField(max_length=16)
    due = models.DateField(null=True)
    done_on = models.DateField(null=True)
    is_first = models.BooleanField(default=False)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("told_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("publication", "commitment_id"), name="one_word_per_promise"
            ),
        )
        indexes = (
            models.Index(fields=("page", "commitment_id", "id"), name="words_of_a_promise"),
            models.Index(fields=("page", "due"), name="promises_by_day_given"),
            models.Index(fields=("page", "told_at"), name="promises_by_day_told"),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.state}"


class PublicRepeat(models.Model):
    """That readers are told an incident had the cause of an earlier one, by public id.

    Derived from the facts shown of the later one; ``told_at`` is when they could first be read.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    incident_id = models.CharField(max_length=64)
    earlier_id = models.CharField(max_length=64)
    told_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("page", "incident_id", "earlier_id"), name="one_row_per_repeat"
            ),
        )
        indexes = (models.Index(fields=("page", "earlier_id"), name="repeats_of_an_incident"),)

    def __str__(self) -> str:
        return f"{self.incident_id} is {self.earlier_id} again"


class PublicTally(models.Model):
    """How many there are of something readers are told about, so that nobody counts.

    ``about`` names what is counted (``promise``), ``value`` the kind of it (``kept``).
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=20)
    value = models.CharField(max_length=100)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("page", "about", "value"), name="one_public_tally"),
        )

    def __str__(self) -> str:
        return f"{self.about} {self.value}: {self.number}"


class PublicDay(models.Model):
    """How many public incidents began on a UTC day, and the gravest impact among them.

    There is no row for a day on which nothing began.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    incidents = models.PositiveIntegerField()
    impact = models.CharField(max_length=12)

    class Meta:
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=("page", "day"), name="one_row_per_public_day"),
        )

    def __str__(self) -> str:
        return f"{self.day}: {self.incidents}"


class PublicIncidentPart(models.Model):
    """That a public incident touched a component (by its public id): for reading the history of
    one component by keyset. ``kind``, ``month`` and ``started_at`` are the incident's.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(PublicIncident, on_delete=models.CASCADE, related_name="+")
    component_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    month = models.CharField(max_length=7)
    started_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("incident", "component_id"), name="a_part_named_once"),
        )
        indexes = (
            models.Index(
                fields=("page", "component_id", "-started_at", "-incident_id"),
                name="incidents_of_a_part",
            ),
            models.Index(
                fields=("page", "component_id", "kind", "-started_at", "-incident_id"),
                name="a_kind_of_a_part",
            ),
            models.Index(fields=("page", "component_id", "-month"), name="months_of_a_part"),
        )

    def __str__(self) -> str:
        return f"{self.incident_id} touched {self.component_id}"


class CatalogueEntry(models.Model):
    """What a public incident can be found by; see ``catalogue.Entry``, from which it is derived.

    ``repeat_of`` names the incident before it, when that hit a same part shortly before;
    ``repeat_began`` is when that one began. A full-text index of the database follows ``words``.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    incident_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=255)
    impact = models.CharField(max_length=12)
    data_effect = models.CharField(max_length=10)
    cause = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    seconds = models.PositiveBigIntegerField(null=True)
    told_at = models.DateTimeField()
    hit = models.JSONField(default=list)
    words = models.TextField(blank=True)
    repeat_of = models.CharField(max_length=64, blank=True)
    repeat_began = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("page", "incident_id"), name="catalogued_once"),
        )
        indexes = (
            models.Index(fields=("page", "-started_at", "-id"), name="catalogue_by_time"),
            models.Index(fields=("page", "impact", "-started_at", "-id"), name="catalogue_impact"),
            models.Index(
                fields=("page", "data_effect", "-started_at", "-id"), name="catalogue_data"
            ),
            models.Index(fields=("page", "cause", "-started_at", "-id"), name="catalogue_cause"),
            models.Index(
                fields=("page", "-started_at", "-id"),
                name="catalogue_repeats",
                condition=~models.Q(repeat_of=""),
            ),
            models.Index(fields=("page", "repeat_of"), name="catalogue_repeated"),
            models.Index(fields=("page", "-told_at"), name="catalogue_by_word"),
            models.Index(fields=("page", "kind", "seconds"), name="catalogue_by_length"),
        )

    def __str__(self) -> str:
        return self.title


class CatalogueHit(models.Model):
    """A part that a catalogued incident hit, so that a part's incidents are found by keyset."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.CASCADE, related_name="hits")
    part = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    kind = models.CharField(max_length=12)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("entry", "part"), name="a_part_is_hit_once"),
        )
        indexes = (
            models.Index(fields=("page", "part", "-started_at", "-entry"), name="hits_of_a_part"),
        )

    def __str__(self) -> str:
        return self.name


class Rebuild(models.Model):
    """A place of the site that must be built again. ``place`` is what the builder understands:
    ``index``, ``api``, ``incident:<id>``, ``component:<id>``, ``month:2026-03``,
    ``quarter:2026-q1``, ``history``, ``embeds``, ``maintenance``, ``feeds``, ``log``,
    ``log:12``, ``promises``, ``promises:2026-03``, ``patterns``, ``trust``, ``year:2026``,
    ``having:impact/major``.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    # What went wrong the last time, for the operator; the place keeps its last good bytes.
    fault = models.CharField(max_length=300, blank=True, default="", db_default="")
    failures = models.PositiveIntegerField(default=0, db_default=0)
    retry_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.place


class DepartureState(models.TextChoices):
    WAITING = "waiting", "Waiting for its time"
    LEFT = "left", "Left"
    CANCELLED = "cancelled", "Cancelled"
    REFUSED = "refused", "Refused when its time came"


class Departure(models.Model):
    """That a reviewed text leaves by itself at ``leave_at``, as ``revision`` of it and no other.

    ``statement_id`` is the statement's public id. ``asked_by`` is who publishes it: what they may
    do, the approval and everything else is asked again when the time comes. ``why`` says why it
    was cancelled or refused.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    statement_id = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    leave_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=DepartureState.choices, default=DepartureState.WAITING
    )
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("leave_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("statement_id",),
                condition=models.Q(state="waiting"),
                name="one_departure_waits_per_text",
            ),
        )
        indexes = (
            models.Index(
                fields=("leave_at",),
                name="departures_waiting",
                condition=models.Q(state="waiting"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement_id} at {self.leave_at}"


class PanelSwitch(models.Model):
    """That the public trust panel was switched on or off, by whom and, for off, why. Append-only.

    The newest says how it is; a page without any never had it.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("page", "at"), name="panel_switches_by_time"),)

    def __str__(self) -> str:
        return f"panel {'on' if self.is_on else 'off'} from {self.at}"


class PanelQuarter(models.Model):
    """The figures of trust of a quarter that is over, as they stood ``as_of``. Append-only.

    ``figures`` is a list of measures, made of numbers and ids alone: see ``trust.panel``.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)
    first = models.DateField()
    last = models.DateField()
    as_of = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        ordering = ("first",)
        constraints = (
            models.UniqueConstraint(fields=("page", "quarter"), name="panel_quarter_once"),
        )

    def __str__(self) -> str:
        return f"panel of {self.quarter}"
