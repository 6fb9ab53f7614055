from django.db import models

from afterword.kit.ids import new_public_id


class ComponentStatus(models.TextChoices):
    """Statuspage's five, in its spelling, best first."""

    OPERATIONAL = "operational", "Operational"
    UNDER_MAINTENANCE = "under_maintenance", "Under maintenance"
    DEGRADED = "degraded_performance", "Degraded performance"
    PARTIAL = "partial_outage", "Partial outage"
    MAJOR = "major_outage", "Major outage"


def in_english() -> list[str]:
    return ["en"]


class Page(models.Model):
    """One public status page. ``time_zone`` is an IANA name, for display only.

    ``languages`` are those it is built in, by code; the first is the one its texts are written in
    and the one that stands at ``/``. ``rolled_through`` is the newest UTC day whose uptime is
    counted; ``uptime_weights`` say how much of the time in a status counts as downtime, in per
    cent (missing ones as usual).
    """

    public_id = models.CharField(max_length=64, unique=True, default=new_public_id)
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=200)
    time_zone = models.CharField(max_length=60, default="Etc/UTC")
    support_contact = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=in_english, db_default=["en"])
    created_at = models.DateTimeField()
    rolled_through = models.DateField(null=True)
    uptime_weights = models.JSONField(default=dict, db_default={})

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def first_language(self) -> str:
        """The language the page's own texts are written in."""
        return str(self.languages[0]) if self.languages else "en"


class Look(models.Model):
    """How a page looks: a brand's colour on light and on dark grounds, and a logo for each.

    Empty values are the product's own. Logos were made safe before they came here.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="look")
    accent_light = models.CharField(max_length=7, blank=True)
    accent_dark = models.CharField(max_length=7, blank=True)
    logo = models.BinaryField(default=bytes)
    logo_ending = models.CharField(max_length=4, blank=True)
    logo_dark = models.BinaryField(default=bytes)
    logo_dark_ending = models.CharField(max_length=4, blank=True)

    def __str__(self) -> str:
        return f"look of {self.page_id}"


class Component(models.Model):
    """A part readers know by name. Groups are components too (``is_group``), one level deep.

    ``showcase`` (its bars are drawn), ``only_show_if_degraded`` and ``start_date`` (the first day
    with data) are Statuspage's, kept for its clients. ``past_version`` grows whenever its
    spans change, so that whoever shows the past sees it.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="components")
    public_id = models.CharField(max_length=64, default=new_public_id)
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list)
    description = models.TextField(blank=True)
    is_group = models.BooleanField(default=False)
    group = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    position = models.PositiveIntegerField(default=1)
    status = models.CharField(
        max_length=24, choices=ComponentStatus.choices, default=ComponentStatus.OPERATIONAL
    )
    hidden = models.BooleanField(default=False)
    showcase = models.BooleanField(default=True, db_default=True)
    only_show_if_degraded = models.BooleanField(default=False, db_default=False)
    start_date = models.DateField(null=True)
    past_version = models.PositiveIntegerField(default=0, db_default=0)
    source = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("page", "public_id"), name="component_id_per_page"),
        )

    def __str__(self) -> str:
        return self.name


class StatusSpan(models.Model):
    """How long a component was in a status: [began, ended), UTC; ``ended`` null while it lasts."""

    component = models.ForeignKey(Component, on_delete=models.CASCADE, related_name="spans")
    status = models.CharField(max_length=24, choices=ComponentStatus.choices)
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    because_of = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("began", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ended__isnull=True) | models.Q(ended__gte=models.F("began")),
                name="span_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=("component",), condition=models.Q(ended__isnull=True), name="one_open_span"
            ),
        )
        indexes = (
            models.Index(fields=("component", "ended"), name="spans_by_end"),
            models.Index(fields=("component", "began"), name="spans_by_beginning"),
        )

    def __str__(self) -> str:
        return f"{self.component_id} {self.status} from {self.began}"


class UptimeDay(models.Model):
    """How a component was on one UTC day that is over, derived from its spans.

    There is no row for a day that is known from midnight to midnight and on which all worked.
    """

    component = models.ForeignKey(Component, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    known = models.DurationField()
    maintenance = models.DurationField()
    degraded = models.DurationField()
    partial = models.DurationField()
    major = models.DurationField()

    class Meta:
        ordering = ("day", "id")
        constraints = (
            models.UniqueConstraint(fields=("component", "day"), name="one_row_per_uptime_day"),
        )

    def __str__(self) -> str:
        return f"{self.component_id} on {self.day}"
