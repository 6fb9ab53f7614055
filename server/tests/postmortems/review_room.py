"""A company with one resolved incident and the people who investigate it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from afterword.accounts.models import Role
from afterword.incidents.actions import save_record
from afterword.incidents.queries import current_record
from afterword.postmortems.actions import save
from afterword.postmortems.content import Content, Entry, Factor
from afterword.postmortems.models import PostmortemRevision
from conftest import NOON
from incidents.building import a_page, a_person, a_resolved_incident

WORDS = (
    "The on-duty engineer saw a full label queue on harrier-7, restarted it by hand and watched "
    "it empty for six minutes before it filled up a second time."
)
FULL = Content(
    body=WORDS,
    went_well="The alarm of the queue rang within nine minutes of the first failure.",
    luck="It was a quiet Sunday and most of the depots were closed.",
    hard="Nobody knew which of the two dashboards told the truth.",
    timeline=(
        Entry("", "2026-03-04T09:00Z", "done", "The queue was restarted by hand.",
              "The graph showed it full; nothing on it showed why that was so.",
              "the shell history"),
        Entry("", "2026-03-04T08:21Z", "detected", "The alarm rang.", "", "the alarm log"),
    ),
    factors=(
        Factor("", "technical", "The queue takes work when it is nearly full."),
        Factor("", "detection", "The alarm looks at the queue and not at what is printed."),
    ),
    people=("Petra",), hosts=("harrier-7",), tickets=("WERK 4411",), customers=("Kettle & Sons",),
)  # fmt: skip


def furnish() -> SimpleNamespace:
    page = a_page(NOON)
    incident = a_resolved_incident(page, NOON)
    return SimpleNamespace(
        page=page,
        incident=incident,
        ines=a_person("Ines", Role.INVESTIGATOR, now=NOON),
        ivo=a_person("Ivo", Role.INVESTIGATOR, Role.WRITER, now=NOON),
        wanda=a_person("Wanda", Role.WRITER, Role.RESPONDER, now=NOON),
    )


def write(room: SimpleNamespace, content: Content = FULL, **given: Any) -> PostmortemRevision:
    return save(**{"actor": room.ines, "now": NOON, "incident": room.incident,
                   "content": content} | given)  # fmt: skip


def set_times(room: SimpleNamespace, **times: str) -> None:
    record = current_record(room.incident)
    assert record is not None
    basis = {**record.data["times"]["basis"], **dict.fromkeys(times, "measured")}
    data = {**record.data, "times": {**record.data["times"], **times, "basis": basis}}
    save_record(
        actor=room.wanda, now=NOON + timedelta(minutes=1), incident=room.incident, data=data,
        expected_version=None,
    )  # fmt: skip
