"""The case that waits to be worked: over, posted, and nothing said since."""

from afterword.demo.telling import Said, Story

STARTED_BEFORE_NOW = 226
"""Minutes between the start and the moment the demo is made: it ended 22 minutes ago."""

THIS_MORNING = Story(
    key="vouchers-and-cards",
    days_ago=0,
    clock="00:00",
    minutes=204,
    title="Guests could not pay by card or redeem vouchers",
    severity=1,
    impacts={"Card payments": "major_outage", "Gift vouchers": "partial_outage"},
    said=(
        Said(
            17,
            "investigating",
            "Guests cannot pay by card, and vouchers are refused at the desk. We are looking into "
            "it. Next update within 30 minutes.",
            {"Card payments": "major_outage", "Gift vouchers": "partial_outage"},
        ),
        Said(
            61,
            "identified",
            "The service that books payments and vouchers has run out of room for its journal. We "
            "are adding room. Next update within the hour.",
        ),
        Said(
            158,
            "monitoring",
            "Card payments and vouchers work again for most venues. We are watching the rest.",
            {"Card payments": "degraded_performance", "Gift vouchers": "operational"},
        ),
        Said(204, "resolved", "Card payments and gift vouchers work for every venue again."),
    ),
    affected=517,
    total=1238,
    symptom="guests could not pay by card",
    cause="the journal of the booking service ran out of room",
    fingerprint="journal-full",
    cause_class="capacity",
    checked_how="",
    data_nouns=("payment", "voucher", "order"),
    noticed_after=9,
    confidence="suspected",
)
