"""The record of facts of each story, as its responder would have kept it."""

from datetime import datetime, timedelta
from typing import Any

from afterword.demo import company
from afterword.demo.telling import Story
from afterword.incidents.models import Incident
from afterword.incidents.record import starting_record
from afterword.kit.timespans import iso_utc

_IMPACT = {
    "degraded_performance": "degraded",
    "partial_outage": "partial_outage",
    "major_outage": "major_outage",
}


def full_record(story: Story, incident: Incident) -> dict[str, Any]:
    """Return everything the story knows, every fact measured. Earlier incidents are confirmed."""
    began, ended = incident.started_at, _ended(story, incident)
    record = _times(story, starting_record(incident), began, ended)
    record["components"] = [
        {**one, "impact": _IMPACT[story.impacts[one["name"]]]} for one in record["components"]
    ]
    record["customers"] = {
        "affected": story.affected, "total": story.total, "percent": None, "basis": "measured",
    }  # fmt: skip
    record["symptoms"] = [story.symptom]
    record["data"] |= {
        "confidentiality": "none", "loss": "none", "integrity": "none",
        "checked_how": story.checked_how, **story.data,
    }  # fmt: skip
    if record["data"]["people"] is not None:
        record["data"]["people_basis"] = "measured"
    record["security"] = {"malicious": "no"}
    record["cause"] |= {
        "fingerprint": story.fingerprint, "class": story.cause_class,
        "text": story.cause, "confidence": story.confidence,
        "third_party": False,
    }  # fmt: skip
    record["sla"] = [
        {"account": account, "target": agreed, "breached": True} for account, agreed in story.missed
    ]
    record["lexicon"] |= _lexicon(story)
    return record


def started_record(story: Story, incident: Incident) -> dict[str, Any]:
    """Return a record somebody has begun: times, size and a suspicion; data still unknown."""
    began, ended = incident.started_at, _ended(story, incident)
    record = _times(story, starting_record(incident), began, ended)
    record["times"] |= {"watch_until": None}
    record["times"]["basis"] |= {"watch_until": "unknown"}
    record["components"] = [
        {**one, "impact": _IMPACT[story.impacts[one["name"]]]} for one in record["components"]
    ]
    record["customers"] = {
        "affected": story.affected, "total": story.total, "percent": None, "basis": "estimated",
    }  # fmt: skip
    record["cause"] |= {
        "fingerprint": story.fingerprint, "class": story.cause_class,
        "text": story.cause, "confidence": story.confidence,
    }  # fmt: skip
    record["lexicon"] |= _lexicon(story)
    return record


def _ended(story: Story, incident: Incident) -> datetime:
    return incident.started_at + timedelta(minutes=story.minutes)


def _times(
    story: Story, record: dict[str, Any], began: datetime, ended: datetime
) -> dict[str, Any]:
    mitigated = next((s.minutes for s in story.said if s.status == "monitoring"), story.minutes)
    told = {
        "impact_began": began,
        "detected": began + timedelta(minutes=story.noticed_after),
        "first_update": began + timedelta(minutes=story.said[0].minutes),
        "mitigated": began + timedelta(minutes=mitigated),
        "impact_ended": ended,
        "watch_until": ended + timedelta(minutes=story.watched),
    }
    record["times"] |= {key: iso_utc(moment) for key, moment in told.items()}
    record["times"]["basis"] = dict.fromkeys(told, "measured")
    return record


def _lexicon(story: Story) -> dict[str, Any]:
    return {
        "audience_terms": ["API", "order", "voucher", "seat plan", "box office"],
        "data_nouns": list(story.data_nouns),
        "public_contacts": [company.SUPPORT, "privacy@brambleworth.example"],
        "staff_names": [member.name for member in company.TEAM],
        "ticket_prefixes": ["BW"],
    }
