from django.db import models

from afterword.kit.index_on_one import IndexOnOne


class Stream(models.TextChoices):
    """Status mail can be unsubscribed from, and so can letters to a list that nothing demands: they
    go to nobody who asked for no mail. Notices and account mail must arrive. Reminders go to the
    team itself.
    """

    STATUS = "status", "Status mail"
    NOTICE = "notice", "Notices required by law or contract"
    COURTESY = "courtesy", "Letters to a list that nothing demands"
    ACCOUNT = "account", "Confirmations"
    TEAM = "team", "Reminders to the team"


class Lane(models.IntegerChoices):
    """Which letters leave before the rest, which has no lane."""

    AT_ONCE = 1, "Somebody waits for it"
    DEMANDED = 2, "The law or a contract demands it"


_LANES = {
    Stream.ACCOUNT: Lane.AT_ONCE, Stream.TEAM: Lane.AT_ONCE, Stream.NOTICE: Lane.DEMANDED,
}  # fmt: skip


def lane_of(stream: str) -> Lane | None:
    """Return the lane of the letters of a stream, None for those that leave after all others."""
    return _LANES.get(Stream(stream))


class Message(models.Model):
    """Words shared by many letters, rendered once per (about, language, template).

    ``text``, ``html`` and ``unsubscribe_url`` hold the marks of ``postbox.words``, which each
    letter's ``fill`` replaces. An empty ``unsubscribe_url`` means mail without list headers.
    """

    key = models.CharField(max_length=160, unique=True)
    stream = models.CharField(max_length=10, choices=Stream.choices)
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(blank=True)
    list_id = models.CharField(max_length=200, blank=True)
    unsubscribe_url = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class LetterState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    PAUSED = "paused", "Paused"
    CLAIMED = "claimed", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Given up"
    WITHDRAWN = "withdrawn", "Withdrawn before sending"


class Letter(models.Model):
    """One message to one recipient through one channel, once. The truth about its sending.

    ``next_at`` is when it is due; while it is claimed it equals ``lease_until``, so that one
    index answers "what may be claimed now". ``lease_until`` also tells one claim from the next.
    ``stop_asked`` means: withdraw it as soon as it is not in a sender's hands. A letter becomes
    ``paused`` when it would have been claimed and an ``Order`` holds its like.
    """

    # Whoever looks for letters by their words knows what they are about. Words are never deleted,
    # and to ask for them anew for each letter of a run costs PostgreSQL a fifth of writing it.
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, related_name="letters", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    about = models.CharField(max_length=80)
    recipient = models.CharField(max_length=254)
    channel = models.CharField(max_length=12, default="email")
    fill = models.JSONField(default=dict)
    rfc_message_id = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=LetterState.choices, default=LetterState.WAITING
    )
    # Empty for the many, so that the index over it has only the few.
    lane = models.PositiveSmallIntegerField(null=True, choices=Lane.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=120, blank=True)
    stop_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("about", "recipient", "channel"), name="one_letter_per_recipient"
            ),
            models.CheckConstraint(
                condition=models.Q(state="claimed") ^ models.Q(lease_until__isnull=True),
                name="only_claimed_letters_have_a_lease",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent") ^ models.Q(sent_at__isnull=True),
                name="sent_letters_say_when",
            ),
        )
        indexes = (
            # On PostgreSQL the tries know them: see message_ids.
            IndexOnOne(vendor="sqlite", fields=("rfc_message_id",), name="letters_by_message_id"),
            models.Index(
                fields=("next_at", "id"),
                name="letters_ready",
                condition=models.Q(state__in=("waiting", "claimed")),
            ),
            models.Index(
                fields=("lane", "next_at", "id"),
                name="letters_ahead",
                condition=models.Q(state__in=("waiting", "claimed"), lane__isnull=False),
            ),
            models.Index(
                fields=("id",),
                name="letters_to_stop",
                condition=models.Q(state="claimed", stop_asked=True),
            ),
            models.Index(
                fields=("about", "id"),
                name="letters_paused",
                condition=models.Q(state="paused"),
            ),
            models.Index(fields=("recipient", "created_at")),
            models.Index(
                fields=("created_at", "about"),
                name="letters_given_up",
                condition=models.Q(state="failed", channel="email"),
            ),
            models.Index(
                fields=("recipient",),
                name="machines_given_up",
                condition=models.Q(state="failed") & ~models.Q(channel="email"),
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.pk} {self.state}"


class Wish(models.TextChoices):
    PAUSE = "pause", "None of them leaves for now"
    GO_ON = "go_on", "They leave again"
    STOP = "stop", "None of them leaves any more"


class Order(models.Model):
    """What was asked of all letters about a thing at once, until it is carried out.

    It holds from the moment it is committed: senders ask for it with every claim. That letters are
    moved from state to state follows in small steps, so that nobody waits for a million of them.
    ``says`` is what withdrawn letters answer, in words of ours.
    """

    about = models.CharField(max_length=80, unique=True)
    wish = models.CharField(max_length=10, choices=Wish.choices)
    says = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.wish} {self.about}"


class Rest(models.Model):
    """Sending through a channel rests after trouble, in at least one worker, and why.

    ``ended_at`` is when somebody asked to try again at once; a worker that rests sees it.
    """

    channel = models.CharField(max_length=12, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    answer = models.CharField(max_length=500)
    times = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.channel} rests until {self.until}"


class Pace(models.Model):
    """How many letters were claimed in one minute, for installations that cap them."""

    minute = models.DateTimeField(unique=True)
    claimed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.claimed} at {self.minute}"


class Attempt(models.Model):
    """One try to hand a letter over, and what the other side answered. Append-only.

    ``message_key`` stands for the letter's Message-ID on PostgreSQL (``message_ids``); what an
    older version wrote has none until a sender of this one begins.
    """

    # Tries are written beside their letters, which the same statement holds.
    letter = models.ForeignKey(
        Letter, on_delete=models.CASCADE, related_name="tries", db_constraint=False
    )
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    code = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    message_key = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("at", "id")
        indexes = (
            IndexOnOne(
                vendor="postgresql", fields=("message_key",), name="tries_by_message_key",
                condition=models.Q(message_key__isnull=False),
            ),
            IndexOnOne(
                vendor="postgresql", fields=("id",), name="tries_without_message_key",
                condition=models.Q(message_key__isnull=True),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.outcome} {self.code}"


class CameBack(models.Model):
    """A mail that says a letter did not arrive, or was not wanted. Append-only.

    ``recipient`` is the letter's. ``proven`` means that it was sent to the letter's own return
    path, or shows the letter's own unsubscribe address. ``digest`` is that of the mail: one that is
    read twice counts once. ``handled`` is False of what a server refused to our face until what
    follows from it is done.
    """

    class Kind(models.TextChoices):
        HARD = "hard", "The address takes no mail"
        SOFT = "soft", "Could not be delivered"
        COMPLAINT = "complaint", "Reported as spam"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="came_back")
    recipient = models.CharField(max_length=254)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    status = models.CharField(max_length=16, blank=True)
    said = models.CharField(max_length=500, blank=True)
    proven = models.BooleanField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    handled = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = (
            models.Index(fields=("recipient", "at")),
            models.Index(fields=("at",)),
            models.Index(
                fields=("id",), name="came_back_not_handled", condition=models.Q(handled=False)
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.letter_id} came back"
