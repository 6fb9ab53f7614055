from typing import Any

from django.db import models

from afterword.accounts.models import ApiToken, Person
from afterword.audience.sealed import SealedPerson
from afterword.components.models import Component, Page
from afterword.kit.ids import new_public_id, new_token
from afterword.postbox.models import Letter


class SubscriberState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", "Waiting for confirmation"
    ACTIVE = "active", "Active"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed"
    QUARANTINED = "quarantined", "Quarantined"


class Wants(models.TextChoices):
    """Which messages about an incident a subscriber gets."""

    EVERY = "every", "Every update"
    ENDS = "ends", "The first word and the last, and what we say afterwards"
    AFTER = "after", "Only what we say when it is over"


class Digest(models.TextChoices):
    """When a subscriber gets what is minor: at once, or together in one mail."""

    NONE = "none", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"


class Subscriber(models.Model):
    """One e-mail address and its consent. No components chosen means the whole page.

    ``token`` stays the same for life, so that a link in an old mail still unsubscribes. ``zone``
    is an IANA name, empty for the page's. With ``only_followed`` the subscription is about the
    incidents in ``FollowedIncident`` alone. ``quarantined_because`` says why mail stopped.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    state = models.CharField(
        max_length=16, choices=SubscriberState.choices, default=SubscriberState.UNCONFIRMED
    )
    token = models.CharField(max_length=64, unique=True, default=new_token)
    language = models.CharField(max_length=12, default="en")
    components = models.ManyToManyField(Component, related_name="+", blank=True)
    zone = models.CharField(max_length=60, blank=True, default="", db_default="")
    wants = models.CharField(
        max_length=8, choices=Wants.choices, default=Wants.EVERY, db_default=Wants.EVERY
    )
    digest = models.CharField(
        max_length=8, choices=Digest.choices, default=Digest.NONE, db_default=Digest.NONE
    )
    only_followed = models.BooleanField(default=False, db_default=False)
    quarantined_because = models.CharField(max_length=200, blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    unsubscribed_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("page", "email"), name="one_subscription_per_address"),
        )
        indexes = (models.Index(fields=("page", "state", "id")),)

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class FollowedIncident(models.Model):
    """A subscriber follows one incident to its end, whatever else they chose."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="followed")
    incident_ref = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subscriber", "incident_ref"), name="followed_once"),
        )
        indexes = (models.Index(fields=("incident_ref",)),)

    def __str__(self) -> str:
        return f"subscriber {self.subscriber_id} follows {self.incident_ref}"


class Channel(models.TextChoices):
    """Where messages go beside mail: machines, and rooms of people."""

    WEBHOOK = "webhook", "Webhook"
    SLACK = "slack", "Slack"
    TEAMS = "teams", "Teams"
    DISCORD = "discord", "Discord"


class Hook(models.Model):
    """An address on the web that gets what subscribers get, and the owner who answers for it.

    The address and the secret it is signed with are encrypted: whoever has either can write to
    other people's rooms. ``address_mark`` finds the address again. ``token`` is the owner's key.
    No components chosen means the whole page; ``wants`` is as for subscribers. With
    ``only_followed`` it is about the incidents in ``FollowedByHook`` alone.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    address_mark = models.CharField(max_length=64)
    sealed_url = models.TextField()
    sealed_secret = models.TextField()
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=12, default="en")
    token = models.CharField(max_length=64, unique=True, default=new_token)
    components = models.ManyToManyField(Component, related_name="+", blank=True)
    wants = models.CharField(
        max_length=8, choices=Wants.choices, default=Wants.EVERY, db_default=Wants.EVERY
    )
    state = models.CharField(
        max_length=16, choices=SubscriberState.choices, default=SubscriberState.UNCONFIRMED
    )
    only_followed = models.BooleanField(default=False, db_default=False)
    quarantined_because = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("page", "channel", "address_mark"), name="one_hook_per_address"
            ),
        )
        indexes = (models.Index(fields=("page", "state", "id")),)

    def __str__(self) -> str:
        return f"hook {self.pk}"


class FollowedByHook(models.Model):
    """A webhook or room gets what is said of one incident, whatever else its owner chose."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="followed")
    incident_ref = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("hook", "incident_ref"), name="followed_once_by_hook"),
        )
        indexes = (models.Index(fields=("incident_ref",)),)

    def __str__(self) -> str:
        return f"hook {self.hook_id} follows {self.incident_ref}"


class SignUpRequest(models.Model):
    """Somebody on a network asked for mail. Kept for a day, to slow down whoever floods others.

    ``network`` is a keyed hash, never the address itself.
    """

    network = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("network", "at")), models.Index(fields=("at",)))

    def __str__(self) -> str:
        return f"request {self.pk}"


class Customer(models.Model):
    """An account with a contract.

    ``sla_target`` is the agreed monthly uptime in percent, ``sla_credit`` the percent of a month's
    fee that is owed when it is missed. ``components`` (public ids) and ``regions`` are those the
    account uses; an empty list says that nobody told us, never that it uses none.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    account_id = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    tier = models.CharField(max_length=40, blank=True)
    sla_target = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    sla_credit = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    components = models.JSONField(default=list, db_default=[])
    regions = models.JSONField(default=list, db_default=[])
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("page", "account_id"), name="one_row_per_account"),
        )

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("customer", "email"), name="one_row_per_contact"),
        )

    def __str__(self) -> str:
        return f"contact {self.pk}"


class IntakeState(models.TextChoices):
    """How far an upload is. ``TRIED`` is a sound dry run, which can still be brought in."""

    WAITING = "waiting", "Waits to be read"
    READING = "reading", "Being read"
    TRIED = "tried", "Tried, nothing written"
    WRITTEN = "written", "Brought in"
    REFUSED = "refused", "Refused, nothing written"


OPEN_INTAKES = (IntakeState.WAITING, IntakeState.READING)


class IntakeStep(models.TextChoices):
    """What is done with the rows of an upload. Until the last is over, none is written."""

    CHECKING = "checking", "Checking the rows"
    COMPARING = "comparing", "Comparing them with what is known"
    WRITING = "writing", "Writing all of them in one step"


class Intake(models.Model):
    """A list of people that somebody uploaded, read by the worker; all of it counts or nothing.

    ``what`` says which list it is for, and ``incident_ref`` of which incident, empty for lists of
    the page. Who uploaded it is ``asked_by``, or the maker of ``token``; ``came_from`` and
    ``device`` as in the log. ``digest`` is a keyed hash of the file. ``rows`` is how many it has
    and ``accounts`` of how many customers or people, both null until that is known.
    ``claimed_by`` holds it until ``lease_until``, and ``tries`` counts the claims. ``told`` is
    what is said of the file as a whole, sealed. The counts are null until it has ended.
    ``forgotten_at`` is when what was kept of the file was deleted, whatever came of it.
    """

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        JSON = "json", "JSON"

    class What(models.TextChoices):
        CUSTOMERS = "customers", "Customers"
        ACCOUNTS = "accounts", "What was measured of each account"
        AFFECTED = "affected", "People whose data was affected"
        SUBSCRIBERS = "subscribers", "Subscribers"

    public_id = models.CharField(max_length=64, unique=True, default=new_public_id)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(
        max_length=11, choices=What.choices, default=What.CUSTOMERS, db_default=What.CUSTOMERS
    )
    incident_ref = models.CharField(max_length=64, blank=True, default="", db_default="")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    dry_run = models.BooleanField()
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, null=True, related_name="+")
    came_from = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=IntakeState.choices, default=IntakeState.WAITING)
    step = models.CharField(max_length=10, choices=IntakeStep.choices, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True)
    accounts_done = models.PositiveIntegerField(default=0)
    accounts = models.PositiveIntegerField(null=True)
    claimed_by = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    unchanged = models.PositiveIntegerField(null=True)
    duplicates = models.PositiveIntegerField(null=True)
    refused = models.PositiveIntegerField(null=True)
    told = models.TextField(blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("id",), name="open_intakes",
                condition=models.Q(state__in=("waiting", "reading")),
            ),
            models.Index(fields=("page", "id"), name="intakes_of_a_page"),
            models.Index(
                fields=("created_at",), name="intakes_to_forget",
                condition=models.Q(forgotten_at__isnull=True),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"intake {self.public_id}"

    @property
    def whose(self) -> str:
        """Who uploaded it, as the log names them."""
        if self.token is not None:
            return f"{self.token.made_by.name} (token {self.token.name})"
        return self.asked_by.name if self.asked_by is not None else "Afterword"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_INTAKES


class IntakePiece(models.Model):
    """A piece of an uploaded file, or of the list of its refused rows, encrypted.

    Both hold addresses and names. Pieces are in order of ``number``, from 0 on.
    """

    class Kind(models.TextChoices):
        FILE = "file", "The file"
        REFUSALS = "refusals", "Its refused rows"

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="pieces")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.PositiveIntegerField()
    sealed = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("intake", "kind", "number"), name="one_row_per_piece"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of intake {self.intake_id}, piece {self.number}"


class Segment(models.TextChoices):
    """A group of people one decision of the follow-up plan is about."""

    EVERYONE = "everyone", "Everyone subscribed"
    DATA = "data_affected", "People whose data was affected"
    SLA = "sla", "Customers with an SLA"
    HIGH = "high_impact", "Customers hit hardest"


class AccountImpact(models.Model):
    """What an incident did to one account, as measured: its own times, and what failed.

    ``failed`` counts failed actions. ``hardest`` marks those hit hardest, or who reported a loss.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="impacts")
    incident_ref = models.CharField(max_length=64)
    began = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    failed = models.PositiveBigIntegerField(null=True)
    hardest = models.BooleanField(default=False)
    loss = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("customer", "incident_ref"), name="one_impact_per_account"
            ),
        )
        indexes = (models.Index(fields=("incident_ref",)),)

    def __str__(self) -> str:
        return f"impact of {self.incident_ref} on {self.customer_id}"


class Suppression(models.Model):
    """An address that gets no letters but those the law or a contract demands, and why."""

    class Reason(models.TextChoices):
        ASKED = "asked", "Asked not to be written to"
        BOUNCED = "bounced", "Mail came back"
        COMPLAINED = "complained", "Reported our mail as spam"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("page", "email"), name="one_suppression_per_address"),
        )

    def __str__(self) -> str:
        return f"suppression {self.pk}"


class OptOut(models.Model):
    """That somebody wanted no more mail about a page, and when. Append-only; a row each time.

    It names nobody: ``letter`` is the last mail about an incident that they had by then (of a
    complaint, the mail it is about), null where they had none, and who that was to is known as long
    as the outbox knows. So the row outlasts the subscription, the suppression and the address.
    ``page`` is null of a complaint by somebody who was no subscriber: the letter says about what.
    """

    class How(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", "Unsubscribed"
        ASKED = "asked", "Asked not to be written to"
        COMPLAINED = "complained", "Reported our mail as spam"

    page = models.ForeignKey(Page, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=12, choices=How.choices)
    at = models.DateTimeField()
    # No constraint in the database, and no index: whoever leaves must not wait for a letter that
    # somebody else holds, letters are never deleted, and nobody asks by letter.
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False,
        db_index=False,
    )  # fmt: skip

    class Meta:
        indexes = (models.Index(fields=("at",), name="opt_outs_by_time"),)

    def __str__(self) -> str:
        return f"opt-out {self.pk}"


class AffectedPerson(SealedPerson):
    """Somebody on the data-affected list of an incident. Deleted after a set time."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    incident_ref = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("page", "incident_ref", "address_mark"),
                name="one_row_per_affected_person",
            ),
        )
        indexes = (models.Index(fields=("added_at",)),)

    def __str__(self) -> str:
        return f"affected person {self.pk}"


class RecipientList(models.Model):
    """A list frozen when a follow-up plan was decided; later arrivals are not on it.

    ``replaced_at`` is when a newer decision took its place; ``forgotten_at`` when its members were
    deleted, as those of a data-affected list are after a set time. ``size`` is how many were on it
    and ``first_listed`` how many of them were on no list of the incident that was frozen before;
    both outlive the members, and are null where nobody kept them.
    """

    public_id = models.CharField(max_length=64, unique=True, default=new_public_id)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    incident_ref = models.CharField(max_length=64)
    segment = models.CharField(max_length=20, choices=Segment.choices)
    frozen_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    size = models.PositiveIntegerField(null=True)
    first_listed = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("page", "incident_ref")),)

    def __str__(self) -> str:
        return f"{self.segment} of {self.incident_ref}"


class RecipientListMember(SealedPerson):
    """One recipient of a letter. ``account`` is that of the customer they stand for, if any, and
    ``figures`` what the letter says of that account (``followups.figures``). Whoever stands for
    several has the others in ``further``.

    ``zone`` is the recipient's (IANA), empty when unknown; ``must`` says that the law or a contract
    demands the letter, so that neither quiet hours nor a suppression holds it.
    """

    recipient_list = models.ForeignKey(
        RecipientList, on_delete=models.CASCADE, related_name="members"
    )
    account = models.CharField(max_length=80, blank=True, default="", db_default="")
    zone = models.CharField(max_length=60, blank=True, default="", db_default="")
    must = models.BooleanField(default=True, db_default=True)
    figures = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("recipient_list", "address_mark"), name="once_on_a_list"
            ),
        )

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def accounts(self) -> list[tuple[str, dict[str, Any]]]:
        """Return (account id, figures) of every account the letter is about."""
        first = [(self.account, self.figures)] if self.account else []
        return first + [(each.account, each.figures) for each in self.further.all()]


class FurtherAccount(models.Model):
    """Another account that a recipient of a letter stands for, and what it says of that account."""

    member = models.ForeignKey(
        RecipientListMember, on_delete=models.CASCADE, related_name="further"
    )
    account = models.CharField(max_length=80)
    figures = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("member", "account"), name="an_account_once_a_letter"),
        )

    def __str__(self) -> str:
        return f"further account of member {self.member_id}"


class Question(models.TextChoices):
    """What a reader of an incident may still be asking."""

    OVER = "over", "Is it over?"
    AFFECTED = "affected", "Was I affected?"
    DATA = "data", "Is my data safe?"
    HAPPENED = "happened", "What happened?"
    AGAIN = "again", "Could it happen again?"
    OTHER = "other", "Something else"


class ReaderAnswer(models.Model):
    """How often readers of an incident said that their question was answered, or which was not.

    A tally and nothing else: ``question`` is empty for "yes", and no row is about anybody.
    ``text_number`` is the number on the page of the closure or summary they had read; 0 where it
    is not known, or there was none.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    incident_ref = models.CharField(max_length=64)
    text_number = models.PositiveBigIntegerField(default=0, db_default=0)
    question = models.CharField(max_length=10, choices=Question.choices, blank=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("page", "incident_ref", "text_number", "question"),
                name="one_tally_per_text_and_question",
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident_ref} {self.question or 'answered'}: {self.times}"


class AnswerTurn(models.Model):
    """Somebody on a network answered, with words or without. Kept for an hour, and about nothing.

    ``key`` is a keyed hash of the network, never the address; no row names an incident.
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (models.Index(fields=("key", "at"), name="turns_of_a_network"),)

    def __str__(self) -> str:
        return f"turn {self.pk}"


class ReaderRemark(models.Model):
    """What a reader wrote is missing, for the desk alone. Deleted after a set time.

    ``day`` (UTC) and no instant: nobody is to be found by when they wrote. ``read_at`` is when
    somebody here took note of it.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    incident_ref = models.CharField(max_length=64)
    text_number = models.PositiveBigIntegerField(default=0)
    question = models.CharField(max_length=10, choices=Question.choices, blank=True)
    text = models.CharField(max_length=300)
    day = models.DateField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("page", "incident_ref")),
            models.Index(fields=("day",)),
            models.Index(
                fields=("page",),
                name="remarks_not_read",
                condition=models.Q(read_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"remark {self.pk} on {self.incident_ref}"
