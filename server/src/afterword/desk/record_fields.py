"""The form of the record: which facts it asks for, in which words, grouped as people think of them.

A field's name is the path of its fact, so that a problem reported for a path finds its field.
"""

from dataclasses import dataclass

BASES = (("measured", "measured"), ("estimated", "estimated"), ("unknown", "unknown"))
EFFECTS = (
    ("unknown", "unknown — not the same as none"),
    ("none", "none — checked"),
    ("possible", "possible"),
    ("confirmed", "confirmed"),
)
IMPACTS = (
    ("unknown", "unknown"),
    ("none", "not affected"),
    ("degraded_performance", "degraded performance"),
    ("partial_outage", "partial outage"),
    ("major_outage", "major outage"),
)
STATES = (
    ("unknown", "unknown"),
    ("operational", "operational"),
    ("degraded_performance", "degraded performance"),
    ("partial_outage", "partial outage"),
    ("major_outage", "major outage"),
    ("under_maintenance", "under maintenance"),
)
CONFIDENCE = (("unknown", "unknown"), ("suspected", "suspected"), ("confirmed", "confirmed"))
CAUSES = (
    ("unknown", "unknown"),
    ("change", "a change of ours"),
    ("capacity", "not enough room or power"),
    ("supplier", "somebody we rely on"),
    ("hardware", "a machine failed"),
    ("security", "an attack or a leak"),
    ("software_defect", "a defect in our software"),
    ("operator_action", "something somebody did by hand"),
)
TRI = (("unknown", "unknown"), ("yes", "yes"), ("no", "no"))
YES_NO = (("no", "no"), ("yes", "yes"))
SEVERITIES = (
    ("1", "1 — critical"),
    ("2", "2 — major"),
    ("3", "3 — minor"),
    ("4", "4 — barely felt"),
)


@dataclass(frozen=True)
class Field:
    """One fact. ``basis`` is the path where measured / estimated / unknown of it is kept."""

    path: str
    label: str
    kind: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    basis: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Part:
    """Facts that belong together. ``folded`` parts are shown closed unless they hold a problem."""

    title: str
    intro: str
    fields: tuple[Field, ...]
    folded: bool = False


@dataclass(frozen=True)
class Rows:
    """Facts that repeat. A row whose first field is left empty is dropped."""

    path: str
    title: str
    one: str
    intro: str
    fields: tuple[Field, ...]


def _time(name: str, label: str, hint: str = "") -> Field:
    return Field(f"times.{name}", label, "moment", hint, basis=f"times.basis.{name}")


TIMES = Part(
    "Times",
    "UTC unless you write another zone; paste from a log as it is: 2026-03-04T09:12+01:00.",
    (
        _time("impact_began", "Impact began", "When the first customer could feel it."),
        _time("detected", "Noticed", "When you knew."),
        _time("first_update", "First public word"),
        _time("mitigated", "Mitigated", "When most of it was over."),
        _time("impact_ended", "Impact ended", "When the last customer stopped feeling it."),
        _time("watch_until", "Watched until", "How long you watch before calling it stable."),
    ),
)  # fmt: skip

INCIDENT = Part(
    "The incident",
    "",
    (
        Field("incident.title", "Title in readers' words", "text"),
        Field("incident.severity", "Severity", "choice", choices=SEVERITIES),
    ),
)

CUSTOMERS = Part(
    "Who was affected",
    "",
    (
        Field("customers.affected", "Customers affected", "count", basis="customers.basis"),
        Field("customers.total", "Customers in all", "count"),
        Field(
            "customers.percent", "Percent affected", "percent",
            "Worked out from the two counts; fill it in only when a count is not known.",
        ),
        Field(
            "regions.affected", "Regions affected", "lines", "One a line.", basis="regions.basis",
        ),
        Field("regions.all", "All regions you serve", "lines", "One a line."),
        Field(
            "symptoms", "What people could not do", "lines",
            "One a line, in their words: “invoices were not delivered”.", wide=True,
        ),
    ),
)  # fmt: skip

DATA = Part(
    "What happened to data",
    "“None” means that somebody checked. Until then it is unknown.",
    (
        Field("data.confidentiality", "Seen by somebody who should not", "choice", choices=EFFECTS),
        Field("data.loss", "Lost", "choice", choices=EFFECTS),
        Field("data.integrity", "Changed or wrong", "choice", choices=EFFECTS),
        Field("data.categories", "Which data", "lines", "One a line: invoices, e-mail addresses."),
        Field("data.people", "People whose data it was", "count", basis="data.people_basis"),
        Field("data.checked_how", "How it was checked", "text", wide=True),
        Field("wrong_results", "People were given wrong results", "choice", choices=TRI),
        Field("security.malicious", "Done on purpose by somebody", "choice", choices=TRI),
    ),
)

CAUSE = Part(
    "Why",
    "",
    (
        Field(
            "cause.text", "Cause in plain words", "text", "Without names of people or machines.",
            wide=True,
        ),
        Field(
            "cause.class", "What kind of cause", "choice",
            "Published; readers see it beside others of its kind.", choices=CAUSES,
        ),
        Field(
            "cause.confidence", "How sure", "choice",
            choices=CONFIDENCE,
        ),
        Field(
            "cause.fingerprint", "Short name of the cause", "text",
            "The same for every incident with this cause: queue-full. Never published.",
        ),
        Field("cause.third_party", "Somebody else's system was part of it", "choice", choices=TRI),
        Field("cause.vendor", "Whose", "text"),
        Field("cause.vendor_may_be_named", "They may be named in public", "choice", choices=YES_NO),
    ),
)  # fmt: skip

LEXICON = Part(
    "Words to use and words that must not leave",
    "One a line. The checker reads these; none of them is published.",
    (
        Field("lexicon.audience_terms", "Words your readers know", "lines"),
        Field("lexicon.data_nouns", "What you call the data", "lines"),
        Field("lexicon.public_contacts", "Addresses readers may write to", "lines"),
        Field("lexicon.staff_names", "Names of people who must not appear", "lines"),
        Field("lexicon.hosts", "Names of machines and services", "lines"),
        Field("lexicon.ticket_prefixes", "Prefixes of your tickets", "lines"),
        Field("lexicon.other_customers", "Customers who must not appear", "lines"),
        Field(
            "legal_hold", "Legal hold: nothing may be deleted", "choice", choices=YES_NO,
        ),
    ),
    folded=True,
)  # fmt: skip

PARTS = (INCIDENT, TIMES, CUSTOMERS, DATA, CAUSE, LEXICON)

COMPONENTS = Rows(
    "components",
    "Components",
    "component",
    "Every part that was hit, and parts readers may wonder about. Empty the name to remove one.",
    (
        Field("name", "Component", "text"),
        Field("impact", "How badly", "choice", choices=IMPACTS),
        Field("began", "From", "moment", basis="basis"),
        Field("ended", "Until", "moment"),
        Field("state_now", "Now", "choice", choices=STATES),
        Field("aliases", "Also called", "commas", "Separated by commas."),
    ),
)
PREVIOUS = Rows(
    "previous",
    "Earlier incidents of the same cause",
    "earlier incident",
    "Readers remember. Empty the date to remove one.",
    (Field("date", "Date", "day"), Field("title", "Title", "text")),
)
SLA = Rows(
    "sla",
    "Service levels",
    "account",
    "Every account whose agreed level was touched. Empty the account to remove one.",
    (
        Field("account", "Account", "text"),
        Field("target", "Agreed, percent", "percent"),
        Field("actual", "Reached, percent", "percent"),
        Field("breached", "Breached", "choice", choices=TRI),
        Field("credit", "Credit", "text"),
    ),
)
ROWS = (COMPONENTS, PREVIOUS, SLA)
# Whether the list of service levels is known at all: no list is unknown, an empty one says none.
SLA_KNOWN = Field(
    "sla_known",
    "Was a service level breached for any account?",
    "choice",
    choices=(
        ("unknown", "unknown — not the same as none"),
        ("none", "none — checked"),
        ("listed", "see the accounts below"),
    ),
)
