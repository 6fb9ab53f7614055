"""Sentences of a fourth hand, written before anybody saw how the checker does on them.

At first sight (134 shapes, 4,000 texts) 75.1 % of the lies were answered, and 35.9 % of the texts
had a false error. 25.6 of these points came from one sentence that said more than anybody can know
("so that this cannot happen the same way"), which was rewritten. The rules were mended after that
and a few shapes added, so these sentences are no longer unseen either.
"""

# A sentence stays on one line.

from typing import Final

WHEN_HIT: Final = (
    "It took us {length} to get {part} working again, and in that time {thing} {broke}.",
    "Nothing went right with {part} {span}.",
    "If you use {part}, you lost {rough_length} of it.",
    "{thing} {broke} from {start} until we had it working at {end_clock}.",
    "At {start_clock}, {thing} {broke}. That went on for {length}.",
    "{length} without {part}: that is what we put you through.",
    "People who rely on {part} had to manage without it for {rough_length} ({bare_span}).",
    "We broke {part} at {start}, and it was {end_clock} before we had repaired it.",
    "Over the course of {length}, {thing} {broke}.",
    "The period in which {thing} {broke} began at {start_clock} and ended at {end_clock}.",
    "Where {thing} should have worked, they {broke}: {span}.",
    "Anybody using {part} {span} had no luck.",
)

YOU_COULD_NOT: Final = (
    "For as long as {length} you had no way to {act}.",
    "You tried to {act} and could not, {span}.",
    "Anyone who wanted to {act} was stuck for {rough_length}.",
    "There was nothing you could do to {act}, for {length}.",
)

INCIDENT_TIMES: Final = (
    "Start to finish, this {outage} cost you {length}.",
    "Add it up and you get {rough_length} in which our product let you down.",
    "By our count that makes {length}.",
    "The {outage} opened at {start} and closed at {end}.",
    "Our records put the beginning at {start} and the end at {end_clock}.",
    "Recovery came at {end}.",
    "We were broken for {length}.",
    "The {outage} was over after {length}.",
    "All in, {length}.",
    "The first customers felt it at {start}.",
    "The last error was logged at {end}.",
    "You had to put up with this for {length}.",
    "From first error to last: {length}.",
    "What began at {start} was over at {end_clock}.",
    "It was {length} from the first error to the last one.",
)

LABELLED: Final = (
    "**Total time:** {length}",
    "### How long was it?\n\n{length}",
    "**Affected customers**\n{count}",
    "**Outage start:** {start}",
    "**Outage end:** {end}",
    "- **Duration of the {outage}**: {length}",
    "| Lasted | {length} |\n|---|---|\n| Customers affected | {count} |",
    "**Customers affected (share):** {share}",
    "**From / to:** {span}",
)

PART_TIMES: Final = (
    "{part} had its own trouble: {thing} {broke} {part_span}.",
    "With {part} it was {part_length} during which {thing} {broke}.",
)

PART_PLAIN: Final = (
    "It dragged {part} down, and {thing} {broke}.",
    "{part} was part of this as well; {thing} {broke}.",
    "We also saw that {thing} {broke}.",
    "Nor were {thing} spared: they {broke}.",
)

COUNTED: Final = (
    "The number we arrive at is {count} {who}.",
    "We have counted: {count} {who} were cut off.",
    "{rough_count} {who} met an error page.",
    "Those who felt it: {count} {who}.",
    "Looking at our {total} customers, {count} of them were affected.",
    "Were you hit? {share} of our customers were.",
    "{rough_share} of the accounts we host did not work.",
    "We failed {count} {who}.",
    "You may be one of {rough_count} {who} who were affected.",
    "Of every customer we have, {share} had a problem.",
    "It was {rough_count} {who} who could not do their work.",
    "Among our customers, {rough_share} were affected by this.",
    "Exactly how many? {count} {who} were affected.",
    "All told, {rough_count} {who} were affected.",
    "{count} {who} were left waiting.",
)

UNCOUNTED: Final = (
    "How many of you were affected we cannot say yet.",
    "We have not finished counting who was affected.",
)

TIMES_UNKNOWN: Final = (
    "We cannot yet say exactly when this began.",
    "Exact times will follow.",
)

EVERYONE: Final = (
    "This hit each and every customer we have.",
    "No customer got away: all of them were affected.",
)

PLACED: Final = (
    "If your account lives in {place}, you were affected; accounts in {other_place} were not.",
    "What failed, failed in {place} and in no other region.",
    "Region: {place}.",
    "The failure stayed within {place}.",
)

OVER: Final = (
    "Good news first: the {outage} has ended.",
    "You can use {part} again.",
    "{part} has been well again since {end}.",
    "As of now everything is healthy.",
    "We have put it right, and all parts are up.",
)

NOT_OVER: Final = (
    "{lagging} has not recovered yet; the rest has.",
    "We cannot call this over while {lagging} is still failing.",
    "Everything except {lagging} is back.",
)

NO_EFFECT: Final = (
    "Your data is all there, unchanged, and nobody else has seen it.",
    "Data: nothing lost, nothing changed, nothing disclosed.",
)

EFFECTS: Final = {
    ("confidentiality", "none"): (
        "Nobody from outside got into your data.",
        "What you keep with us was not shown to anybody else.",
    ),
    ("confidentiality", "possible"): (
        "We cannot yet exclude that others saw your data.",
        "Some records might have been visible to the wrong people.",
    ),
    ("confidentiality", "confirmed"): (
        "{number} customers were shown data of other customers.",
        "Private notes were visible to people who should not have seen them.",
    ),
    ("loss", "none"): (
        "Not a single record is missing.",
        "All the data you gave us is still with us.",
    ),
    ("loss", "possible"): (
        "Some messages may be gone; we are still counting.",
        "We do not know yet if all records survived.",
    ),
    ("loss", "confirmed"): (
        "{number} files are gone for good.",
        "What was typed in during that time was not saved and is lost.",
    ),
    ("integrity", "none"): (
        "All records still hold what you entered.",
        "No record was changed by this.",
    ),
    ("integrity", "possible"): (
        "A few records might hold wrong amounts; we are comparing them.",
        "We are still checking whether any records were altered.",
    ),
    ("integrity", "confirmed"): (
        "{number} invoices show wrong amounts.",
        "Some of your settings were overwritten.",
    ),
}

WHY_SURE: Final = (
    "The reason is {reason}.",
    "What broke it was {reason}.",
    "All of this started because {reason_clause}.",
)

WHY_PERHAPS: Final = (
    "Our best guess so far: {reason}.",
    "It looks as if {reason_clause}; we still have to verify that.",
)

WHY_UNKNOWN: Final = (
    "Why this happened we do not yet know.",
    "The cause is still open.",
)

PROMISED: Final = {
    "planned": (
        "You can hold us to this: by {due} we will {base}.",
        "Still to do is to {base}; we will have that by {due}.",
        "Our next move: {base} (until {due}).",
    ),
    "in_progress": (
        "Our people are {doing}; you will have it by {due}.",
        "Work has started on {doing}, to be ready on {due}.",
    ),
    "done": (
        "Because of what happened, we {done}.",
        "What is different today: we {done}.",
    ),
}

REPEATED: Final = (
    "The same cause hit us on {earlier_day}, for {earlier_length}.",
    "You have seen this from us before, on {earlier_day}.",
)

UNIQUE: Final = ("Until now this had not happened.",)

LEVEL_MISSED: Final = (
    "Your contract says {target}; you got {actual}.",
    "That leaves this month at {actual} of uptime, where we owe you {target}.",
)

LEVEL_CREDIT: Final = (
    "For that we take {credit} off your bill.",
    "We are crediting you {credit} of the monthly fee.",
)

LEVEL_MET: Final = ("Even so, availability this month was {actual}, above the agreed {target}.",)

NO_ATTACK: Final = (
    "Nobody attacked us; we did this ourselves.",
    "We found no attacker behind it, only our own mistake.",
)

ATTACKED: Final = (
    "This was done to us deliberately.",
    "We were attacked.",
)

SPEED: Final = (
    "You told us before our own alarms did, {detection} after it began.",
    "It took {silence} before this page said anything.",
    "The on-call engineer saw it at {detected}.",
    "For the first {detection} we did not know.",
    "We were slow to tell you: {silence}.",
)

LEFTOVERS: Final = (
    "What had piled up was through {backlog} after the repair.",
    "Late items kept coming in for another {backlog}.",
    "Clearing what was left took {backlog}.",
)

WATCHED: Final = (
    "Until {watched_until} somebody is on duty for nothing but this.",
    "We look at every error until {watched_until}.",
)

ASIDES: Final = (
    "Installing the repair took {number} minutes.",
    "The test that would have found it runs every {number} hours.",
    "In the {number} minutes before it we had released twice.",
    "We read {number} log files to be sure.",
    "{number} people wrote to our helpdesk.",
    "Our second site needed {number} minutes to warm up.",
    "A colleague was {number} minutes away.",
    "We rehearse this every {number} days.",
)

KEPT_WORKING: Final = (
    "{fine_part} had no part in this.",
    "All the while {fine_part} worked.",
)

SORRY: Final = (
    "You trusted us and we failed you; we are sorry.",
    "Our apologies go to everyone who had to wait.",
    "We are sorry for all {length} of it.",
    "To lose {rough_length} to our mistake is not acceptable, and we are sorry.",
    "Nobody should have to wait like this.",
)

THANKS: Final = (
    "Many of you sent us details that helped; thank you.",
    "Thank you for waiting with us.",
)

WAS_DOWN: Final = (
    "{part} was not working, either.",
    "{part} broke down too.",
)

EVERYWHERE: Final = (
    "It failed everywhere, in each of our regions.",
    "Accounts in {other_place} were affected as well.",
)

SAFE: Final = (
    "Nothing happened to your data.",
    "You need not worry about your data: it is safe.",
)

ONLY_ONCE: Final = (
    "We had never seen this failure until now.",
    "You will not see this failure again.",
)

WITHIN: Final = (
    "Our service level agreement was kept.",
    "We remain within what we guarantee.",
)

BRIEF: Final = (
    "{part} dropped out for a second.",
    "There was a quick interruption of {part}.",
    "{part} was gone for just an instant.",
)

FEW: Final = (
    "Very few customers noticed.",
    "It was a limited number of customers.",
)

THEIRS: Final = (
    "Our supplier had a fault, and that is what you saw.",
    "The fault was with our network provider.",
)

GROUPS: Final = (
    WHEN_HIT,
    YOU_COULD_NOT,
    INCIDENT_TIMES,
    LABELLED,
    PART_TIMES,
    PART_PLAIN,
    COUNTED,
    UNCOUNTED,
    TIMES_UNKNOWN,
    EVERYONE,
    PLACED,
    OVER,
    NOT_OVER,
    NO_EFFECT,
    WHY_SURE,
    WHY_PERHAPS,
    WHY_UNKNOWN,
    REPEATED,
    UNIQUE,
    LEVEL_MISSED,
    LEVEL_CREDIT,
    LEVEL_MET,
    NO_ATTACK,
    ATTACKED,
    SPEED,
    LEFTOVERS,
    WATCHED,
    ASIDES,
    KEPT_WORKING,
    SORRY,
    THANKS,
    *EFFECTS.values(),
    *PROMISED.values(),
)
