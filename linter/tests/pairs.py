"""Eight invented incidents, each told badly and told well, with their facts.

`expected` lists rules that must fire on the bad text; on the good one there is no error and no
warning.
"""

from dataclasses import dataclass
from typing import Any

from tests.facts import INVOICES, mapping


@dataclass(frozen=True)
class Pair:
    name: str
    kind: str
    record: dict[str, Any]
    bad: str
    expected: str
    good: str


def part(
    name: str, impact: str, began: str, ended: str | None, *aliases: str, now: str = "operational"
) -> dict[str, Any]:
    return {
        "name": name,
        "aliases": list(aliases),
        "impact": impact,
        "began": began,
        "ended": ended,
        "state_now": now,
    }


NO_DATA = {"confidentiality": "none", "loss": "none", "integrity": "none"}

PAIRS = (
    Pair(
        name="Closure · Larkbridge",
        kind="closure",
        record={
            **INVOICES,
            "previous": [],
        },
        bad="Update: the brief issue affecting a small number of users has been completely fixed. Everything is back to normal. We apologize for any inconvenience this may have caused. Thank you for your understanding.",
        expected="REC-01 REC-02 REC-06 MIN-01 MIN-04 MIN-08 DEF-12 OVR-03 TON-05 MIS-02 MIS-04 MIS-05 MIS-09 MIS-11 MIS-12",
        good="Resolved: invoice sending is working again. On 4 March 2026, from 08:12 to 14:24 UTC (6 hours 12 minutes), invoices you sent from Larkbridge were not delivered. This affected 1,798 customers, 37% of those active that day. Queued invoices went out by 15:05 UTC; you do not need to resend them. No invoice data was lost: we compared every queued invoice with the sent log. Sending has been stable since 14:24 UTC, and we watched it until 18:30 UTC before closing this incident. We are sorry. A late invoice can mean a late payment. We will publish what happened and what we are changing by 9 March 2026, 17:00 UTC. If an invoice still looks stuck, contact support from your account page. Thank you for your patience.",
    ),
    Pair(
        name="Closure, too early · Fernway",
        kind="closure",
        record=mapping(
            incident={"status": "monitoring", "severity": 1},
            times={
                "impact_began": "2026-05-12T21:40:00Z",
                "first_update": "2026-05-12T22:18:00Z",
                "impact_ended": "2026-05-12T23:05:00Z",
            },
            components=[
                part("API", "major_outage", "2026-05-12T21:40:00Z", "2026-05-12T23:05:00Z"),
                part(
                    "Webhooks",
                    "partial_outage",
                    "2026-05-12T21:40:00Z",
                    None,
                    "webhook",
                    now="degraded_performance",
                ),
            ],
            customers={"affected": 2310, "total": 2310, "percent": 100, "basis": "measured"},
            data=NO_DATA,
            cause={"confidence": "suspected"},
        ),
        bad="All systems are operational and this incident has been fully resolved as of 11:05 PM. Our engineers responded immediately and worked tirelessly to fix the root cause. Rest assured your data is safe.",
        expected="REC-08 REC-14 REC-06 TIM-01 REC-19 DEF-14 DEF-15 MIS-02 MIS-03 MIS-04 MIS-05 MIS-11 MIS-12",
        good="Not resolved yet: the API is working normally, but webhook deliveries are still late. On 12 May 2026 the API rejected all requests from 21:40 to 23:05 UTC (1 hour 25 minutes). All 2,310 customers who use the API were affected. About 190,000 webhook events are being delivered in order; we expect the last by 02:00 UTC on 13 May. No events were lost: each one is stored before it is sent. The API has been stable since 23:05 UTC and we are still monitoring it. We do not yet know why it failed. Our first update came 38 minutes after the failure began, which was too late, and we are sorry. Next update by 02:00 UTC on 13 May 2026. If you need an event sooner, pull it from the events page or contact support. Thank you for bearing with us.",
    ),
    Pair(
        name="Summary, recurrence · Quillpost",
        kind="summary",
        record=mapping(
            incident={"status": "resolved", "severity": 1},
            times={"impact_began": "2026-04-21T06:33:00Z", "impact_ended": "2026-04-21T10:20:00Z"},
            components=[
                part(
                    "Scheduled email",
                    "major_outage",
                    "2026-04-21T06:33:00Z",
                    "2026-04-21T10:20:00Z",
                    "scheduled emails",
                )
            ],
            customers={"affected": 3060, "total": 13900, "percent": 22, "basis": "measured"},
            data=NO_DATA,
            cause={"confidence": "confirmed", "third_party": False},
            measures=[
                {
                    "text": "both queues stop accepting work at 80% full and alert an engineer",
                    "status": "done",
                },
                {
                    "text": "test every release against a full queue",
                    "status": "planned",
                    "due": "2026-05-08",
                },
            ],
            previous=[{"date": "2026-01-14", "title": "Scheduled emails were late"}],
        ),
        bad="On Tuesday a minor disruption affected a subset of users for a short time. The root cause has been identified and fixed. We are improving our monitoring and have taken steps to ensure this never happens again. This was an isolated incident. Lessons have been learned and we remain committed to world-class reliability.",
        expected="REC-01 REC-02 REC-06 REC-11 REC-12 OVR-01 MIN-02 MIN-03 MIN-04 OVR-02 VAG-01 VAG-03 VAG-04 VAG-09 DEF-10 MIS-04 MIS-05 MIS-06 MIS-08 MIS-09 MIS-10",
        good="Scheduled emails were late on 21 April 2026. We are sorry; you trusted us with the timing and we missed it.\n\n**What happened:** an update we released that morning used up the space we keep for waiting emails, so new ones were held back. A similar failure happened on 14 January. The fix we made then covered only one of our two mail queues.\n\n**Who:** 22% of customers (3,060 of 13,900), all on the Team and Business plans.\n\n**How long:** 06:33 to 10:20 UTC, 3 hours 47 minutes; every delayed email was sent by 10:55 UTC.\n\n**Your data:** no emails were lost, changed or shown to anyone else; we compared the queue with the delivery log.\n\n**What we are changing:** *Done:* both queues now stop accepting work at 80% full and alert an engineer within 5 minutes, so a full queue is noticed before emails are late. In January we found out from customers. *By 8 May:* we test every release against a full queue, because this update passed tests that used an empty one. A release that fails cannot go out. We cannot promise that emails will never be late again. We will report on both changes here on 8 May 2026.",
    ),
    Pair(
        name="Summary, pasted from the internal review · Tidemark",
        kind="summary",
        record=mapping(
            incident={"status": "resolved", "severity": 1},
            times={"impact_began": "2026-02-09T14:02:00Z", "impact_ended": "2026-02-09T16:16:00Z"},
            components=[
                part(
                    "File uploads",
                    "major_outage",
                    "2026-02-09T14:02:00Z",
                    "2026-02-09T16:16:00Z",
                    "uploads",
                )
            ],
            customers={"affected": 8240, "total": 13500, "percent": 61, "basis": "measured"},
            data=NO_DATA,
            cause={"confidence": "confirmed", "third_party": False},
            lexicon={"ticket_prefixes": ["OPS"]},
        ),
        bad="At 14:02 a junior engineer ran a bad migration against pg-prod-03 (10.4.2.17), causing replication lag and OOM-killed pods; p99 hit 30s and users saw 5xx errors. He should have run it in staging first. RCA: human error, see OPS-4417. Staff have been reminded to double-check.",
        expected="LEK-02 LEK-03 TIM-01 REC-06 BLM-01 BLM-02 BLM-04 VAG-05 JRG-01 JRG-02 JRG-03 JRG-05 MIS-04 MIS-06 MIS-08 MIS-09 MIS-10",
        good="File uploads failed in Tidemark on 9 February 2026. This was our mistake and we are sorry.\n\n**What happened:** we changed how file records are stored. The change was safe on our test copy but took far longer on the live system, and uploads were rejected while it ran. Our process let a change of that size go straight to the live system.\n\n**Who:** 61% of workspaces (8,240 of 13,500); files already in Tidemark could still be opened.\n\n**How long:** 14:02 to 16:16 UTC, 2 hours 14 minutes.\n\n**Your data:** no stored files were lost or changed. Uploads that failed were not saved, so please upload those files again.\n\n**What we are changing:** *Done:* changes to stored records now run on one part of the system first and stop by themselves if uploads slow down. A mistake like this would reach at most 5% of workspaces instead of 61%. *By 2 March 2026:* we test such changes on a full-size copy, because our small copy hid the problem.",
    ),
    Pair(
        name="Enterprise with SLA · Northlatch",
        kind="follow_up",
        record=mapping(
            incident={"status": "resolved", "severity": 1},
            times={"impact_began": "2026-04-16T05:10:00Z", "impact_ended": "2026-04-16T09:55:00Z"},
            components=[
                part(
                    "Payouts",
                    "major_outage",
                    "2026-04-16T05:10:00Z",
                    "2026-04-16T09:55:00Z",
                    "payout",
                )
            ],
            data=NO_DATA,
            cause={"confidence": "confirmed", "third_party": False},
            sla=[
                {
                    "account": "Northlatch",
                    "target": 99.9,
                    "actual": 99.34,
                    "breached": True,
                    "credit": "10%",
                }
            ],
            lexicon={"data_nouns": ["payout"], "staff_names": ["Priya Nair"]},
        ),
        bad="Please note that last week's event does not constitute a breach of our SLA. As stated in our terms, credits may be requested within 30 days. We take reliability very seriously and have a 99.99% excellent track record. Rest assured that this was unprecedented.",
        expected="REC-18 REC-06 DEF-01 MIS-13 DEF-03 DEF-07 DEF-10 DEF-15 TIM-03 MIS-04 MIS-05 MIS-07 MIS-08 MIS-09 MIS-10 MIS-12",
        good="Hello Dana, on 16 April 2026, from 05:10 to 09:55 UTC (4 hours 45 minutes), payouts from your account were not sent. We are sorry: your suppliers were paid late because of our error.\n\n**Your impact:** 1,204 payouts were delayed; all were sent by 11:20 UTC. No payout was lost, duplicated or changed; we matched each one against your ledger export.\n\n**Cause:** a security certificate expired. We track those dates, but this one was missing from the list.\n\n**Changed, done 18 April:** we check every live certificate daily instead of trusting a list, and page the on-duty team 30 days before one expires. That closes the gap that caused this failure.\n\n**Your service level:** April uptime was 99.34% against the agreed 99.9%, which entitles you to 10% of your April fee. We have applied it to your 1 May invoice; you do not need to file a claim. Reply to me directly, or I can join a call with your finance team. Priya Nair, Account Manager",
    ),
    Pair(
        name="High-impact customer, supplier failure · Sablecart",
        kind="follow_up",
        record=mapping(
            incident={"status": "resolved", "severity": 1},
            times={"impact_began": "2026-07-03T17:22:00Z", "impact_ended": "2026-07-03T20:03:00Z"},
            components=[
                part(
                    "EU checkout",
                    "major_outage",
                    "2026-07-03T17:22:00Z",
                    "2026-07-03T20:03:00Z",
                    "checkout",
                )
            ],
            customers={"affected": 1400, "total": 3100, "basis": "measured"},
            regions={"affected": ["EU"], "all": ["EU", "US"], "basis": "measured"},
            data=NO_DATA,
            cause={"confidence": "confirmed", "third_party": True},
            measures=[
                {
                    "text": "EU checkout runs in two separate sites",
                    "status": "planned",
                    "due": "2026-07-31",
                },
                {"text": "EU traffic can be switched to the US site by hand", "status": "done"},
            ],
            lexicon={"staff_names": ["Sofia Lind"]},
        ),
        bad="Due to an outage at a third-party cloud provider, some of your users may have experienced degraded performance. This was beyond our control. Fortunately, most customers were not affected. We will be improving our resilience as soon as possible.",
        expected="REC-02 REC-06 REC-07 DEF-03 DEF-11 MIN-02 MIN-09 HDG-01 VAG-01 OVR-06 MIS-04 MIS-06 MIS-08 MIS-09 MIS-10 MIS-12 MIS-13",
        good="Hello Marco, on 3 July 2026, from 17:22 to 20:03 UTC (2 hours 41 minutes), checkout failed for every shopper in your EU stores. Your US stores kept working. We are sorry; Friday evening is your busiest time.\n\n**Your impact:** 41,200 checkout attempts failed. No payment was taken for them, and no order or card data was lost or exposed. The affected basket IDs are listed in your account.\n\n**Cause:** the data centre that hosts our EU checkout lost power. We chose to run EU checkout in one place, so when it went down, so did you. That choice is ours, not our supplier's.\n\n**Changing:** by 31 July we move EU checkout to two separate sites, so losing one should cost minutes, not hours. Until then, done on 5 July: we can switch EU traffic to our US site by hand in about 10 minutes. I will write again on 31 July to say whether the move is finished. Reply here or phone me at any time. Sofia Lind",
    ),
    Pair(
        name="Data notice, exposure · Orchardmere",
        kind="data_notice",
        record=mapping(
            incident={"status": "resolved", "severity": 1},
            times={
                "impact_began": "2026-06-02T00:00:00Z",
                "detected": "2026-06-09T09:00:00Z",
                "impact_ended": "2026-06-09T18:00:00Z",
            },
            components=[
                part(
                    "Search page",
                    "partial_outage",
                    "2026-06-02T00:00:00Z",
                    "2026-06-09T18:00:00Z",
                    "search",
                )
            ],
            data={
                "confidentiality": "confirmed",
                "loss": "none",
                "integrity": "none",
                "categories": ["name", "email", "appointment times", "reason for the visit"],
            },
            cause={"confidence": "confirmed", "third_party": False},
            lexicon={"public_contacts": ["Ines Calder"]},
        ),
        bad="Subject: An update on your account\n\nDear valued customer, out of an abundance of caution we are writing about a security event that may have involved certain information. We have no evidence of misuse. We take your privacy very seriously and have implemented additional safeguards. We apologize if this caused any concern.",
        expected="REC-10 HDG-01 HDG-06 DEF-08 DEF-07 DEF-09 DEF-12 HDG-05 VAG-01 VAG-03 TON-04 TON-08 MIS-05 MIS-12 MIS-14 MIS-15 MIS-16 MIS-17",
        good="Subject: Your appointment details were visible to other clinics\n\n**What happened:** from 2 June to 9 June 2026, an error in our update to Orchardmere's search page let staff at other clinics see some patients' appointment records, including yours. We found this on 9 June and closed it the same day. We are sorry. Keeping your records private is our job and we failed at it.\n\n**What information was involved:** your name, email address, appointment times and the reason you gave for your visit. Your payment details and clinical notes were not visible.\n\n**What this means:** our access log shows that one other clinic opened your record, on 5 June. It has confirmed in writing that it kept no copy. Someone who saw it could know that you visited us and why.\n\n**What we have done:** we fixed the page and added a check that blocks any search result from another clinic. We reported this to the data protection authority on 11 June 2026.\n\n**What you can do:** (1) be wary of emails or calls that mention your appointment; we will not ask for a password; (2) ask us for a copy of the access log for your record.\n\n**Contact:** our data protection officer, Ines Calder, by replying here or by phone on the number in your account. You can also complain to the authority.",
    ),
    Pair(
        name="Data notice, loss · Brackenfold",
        kind="data_notice",
        record=mapping(
            incident={"status": "resolved", "severity": 1},
            times={"impact_began": "2026-08-17T08:45:00Z", "impact_ended": "2026-08-17T11:55:00Z"},
            components=[
                part(
                    "Workspaces",
                    "partial_outage",
                    "2026-08-17T08:45:00Z",
                    "2026-08-17T11:55:00Z",
                    "workspace",
                    "notes",
                )
            ],
            customers={"affected": 612, "basis": "measured"},
            data={
                "confidentiality": "none",
                "loss": "confirmed",
                "integrity": "none",
                "categories": ["edits"],
            },
            cause={"confidence": "confirmed", "third_party": False},
        ),
        bad="We recently experienced technical difficulties. Rest assured that your data is safe. Some content may have been affected and mistakes were made during recovery. If you were impacted, we are sorry, but backups are ultimately the responsibility of the customer.",
        expected="REC-10 REC-06 DEF-05 DEF-15 HDG-01 HDG-06 DEF-02 DEF-12 HDG-02 HDG-03 HDG-09 MIS-05 MIS-06 MIS-07 MIS-08 MIS-12 MIS-14 MIS-15 MIS-16 MIS-17",
        good="Subject: We lost edits made in your workspace on 17 August 2026\n\n**What happened:** a storage failure damaged recent changes. When we restored your workspace, we used a copy from 08:45 UTC. Edits made from 08:45 to 11:55 UTC (3 hours 10 minutes) were lost and we cannot recover them. We are sorry: you saved that work, and we should have kept it.\n\n**Who is affected:** 612 workspaces, including yours; 14 of your notes lost edits and are listed below.\n\n**What information was involved:** only the text of those edits. Nobody outside your workspace saw it; we checked the storage access log for that day.\n\n**What this means:** the notes now show their 08:45 version, so someone reading them could miss later decisions.\n\n**What we have done:** we now copy every edit to a second place within 1 minute; before, every few hours. A failure like this could still cost you the last minute of work, but not hours of it. We reported this to our regulator on 19 August.\n\n**What you can do:** (1) open the 14 notes and re-enter what you remember; (2) check email notifications from that morning, which quote some of the lost text.\n\n**Contact:** reply to this message and a person will help you rebuild what they can.",
    ),
)
