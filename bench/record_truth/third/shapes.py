"""Sentences as tired engineers and support leads write them.

A shape is used only where its group allows it (see `narrator`), so each is true of the incident.
"""

from typing import Final

WHEN_HIT: Final = (
    "{part} was {down} {span}.",
    "{thing} {broke} for {length}.",
    "We had {an_outage} in {part} lasting {length}.",
    "Things went wrong at {start}: {thing} {broke}. They were right again at {end}.",
    "{part} gave us grief for {rough_length}.",
    "It took {part} {length} to come back.",
    "Shortly after {start_clock} {thing} {broke}, and it was {rough_length} before they recovered.",
    "{thing} {broke}. That went on for {length}.",
    "At {start} {thing} {broke}. Normal service was back at {end}.",
    "Total time {part} was {down}: {length}.",
)

YOU_COULD_NOT: Final = (
    "For {length} nobody could {act}.",
    "If you tried to {act} {span}, it will not have worked.",
    "Not being able to {act} for {length} is not what you pay us for.",
    "It was impossible to {act} for {length}.",
)

INCIDENT_TIMES: Final = (
    "It began at {start}.",
    "All told it ran for {length}.",
    "It was over by {end}.",
    "In total that is {length} of {trouble}.",
    "Start: {start_clock}. Finish: {end_clock}.",
    "Door to door, {length}.",
    "The {long} {outage} is one of our longest this year.",
    "Impact window: {bare_span}.",
    "The first errors showed up at {start} and the last ones at {end}.",
    "Sadly it dragged on for {rough_length}.",
    "Errors were back to their usual level at {end}.",
    "It ended {length} after it began.",
)

LABELLED: Final = (
    "**Impact duration:** {length}",
    "**Affected users:** {count}",
    "**Start / end:** {bare_span}",
    "**Outage start:** {start}",
    "- Down for: {length}",
    "- Customers hit: {count} of {total}",
    "**When:** {bare_span} ({length})",
    "- Began {start}",
)

PART_TIMES: Final = (
    "{part} was {down} {part_span}.",
    "{part} came off lighter: {part_length}.",
    "For {part} it was {part_length}.",
)

PART_PLAIN: Final = (
    "{thing} {broke}.",
    "People who rely on {part} saw that {thing} {broke}.",
    "Same story for {part}: {thing} {broke}.",
)

COUNTED: Final = (
    "{count} of our {who} were caught up in this.",
    "That is {share} of our customers.",
    "By our reckoning {rough_count} {who} felt this.",
    "{rough_share} of the customers we serve could not get their work done.",
    "Who was hit: {count} {who}.",
    "We counted {count} {who} on the receiving end.",
    "Of our {total} customers, {count} were on the wrong end of it.",
    "{count} {who} got errors instead of answers.",
    "Put differently, {share} of you were affected.",
    "In numbers: {count} {who}, or {share} of the total.",
    "The number of {who} who could not work was {count}.",
    "For {count} {who} this meant a lost shift.",
    "We know of {count} {who} that were hit.",
    "{count} {who} lost access.",
)

UNCOUNTED: Final = (
    "How many customers were hit we cannot say yet.",
    "We are still working out how many of you were affected.",
)

TIMES_UNKNOWN: Final = (
    "When exactly it started is something we have not pinned down.",
    "How long it lasted is still being worked out.",
)

EVERYONE: Final = (
    "This one hit all our customers.",
    "All {total} customers were affected.",
    "Every one of our customers felt this.",
)

PLACED: Final = (
    "It was confined to {place}.",
    "This was felt in {place}.",
    "The trouble stayed in {place}.",
    "If you are in {place}, this was you.",
    "**Where:** {place}",
)

OVER: Final = (
    "This {outage} is over.",
    "All is well again since {end}.",
    "Everything is up and running again.",
    "{part} has been back to normal since {end_clock}.",
    "As of {end_clock}, all services are running.",
)

NOT_OVER: Final = (
    "We are not out of the woods: {lagging} is still not right.",
    "{lagging} is still limping.",
    "{lagging_things} are still affected, the rest works.",
)

NO_EFFECT: Final = (
    "Nothing was lost, nothing was changed, and nobody saw what they should not have seen.",
    "Your data stayed where it was, unread and unchanged; nothing is missing.",
    "No records went missing, none were altered, and no one got to see somebody else's data.",
)

EFFECTS: Final = {
    ("confidentiality", "none"): (
        "Nobody got to see data that was not theirs.",
        "At no point could anyone see another customer's data.",
    ),
    ("confidentiality", "possible"): (
        "We can't yet rule out that somebody saw data of another customer.",
        "It is possible that some of your data was visible to others.",
    ),
    ("confidentiality", "confirmed"): (
        "Some customers' data was visible to other customers.",
        "Data was exposed: invoices showed up in the wrong account.",
    ),
    ("loss", "none"): (
        "Nothing was lost.",
        "Every record you sent us is still there.",
    ),
    ("loss", "possible"): (
        "Some of what you entered during that time may be lost.",
        "It's possible that we lost some data.",
    ),
    ("loss", "confirmed"): (
        "What you entered {window} is gone.",
        "Records created in that time were lost.",
    ),
    ("integrity", "none"): (
        "No data was changed.",
        "The records are as you left them; nothing got corrupted.",
    ),
    ("integrity", "possible"): (
        "Some records may have been written twice.",
        "We are still checking whether any records were damaged.",
    ),
    ("integrity", "confirmed"): (
        "Some records were written twice.",
        "Some data was corrupted.",
    ),
}

WHY_SURE: Final = (
    "What broke it was {reason}.",
    "The reason: {reason_clause}.",
    "The culprit was {reason}.",
    "The trigger was {reason}.",
    "Why? {reason}, plain and simple.",
)

WHY_PERHAPS: Final = (
    "Our best guess so far is {reason}.",
    "It looks like {reason}; we are not certain yet.",
    "The likely culprit is {reason}.",
)

WHY_UNKNOWN: Final = (
    "Why it happened we do not know yet.",
    "The cause is still open.",
)

PROMISED: Final = {
    "planned": (
        "By {due} we will {base}.",
        "We are going to {base} by {due}.",
        "- {base} (planned, {due})",
        "- {due}: {base}",
    ),
    "in_progress": (
        "We are {doing} as we speak; it'll be done by {due}.",
        "Under way: {doing}, ready by {due}.",
    ),
    "done": (
        "We have already {done}.",
        "We {done} the same week.",
        "We've {done}.",
    ),
}

REPEATED: Final = (
    "We had the same thing on {earlier_day}.",
    "You have been here before with us, on {earlier_day}.",
    "Yes, again: the last time was {last_earlier_day}.",
)

UNIQUE: Final = (
    "We have no earlier incident with this cause on file.",
    "In our records it is the first of its kind.",
)

LEVEL_MISSED: Final = (
    "With {actual} this month we missed the {target} we owe you.",
    "We promised {target} and gave you {actual}.",
    "That leaves the month at {actual} against a promised {target}.",
)

LEVEL_CREDIT: Final = (
    "You get {credit} off your next bill.",
    "We are crediting you {credit}, no need to ask.",
    "That earns you a {credit} service credit.",
)

LEVEL_MET: Final = (
    "Even so the month closed at {actual}, above the {target} we promise.",
    "At {actual} we still kept the {target} in your contract.",
)

NO_ATTACK: Final = (
    "Nobody attacked us.",
    "We found no sign of an intruder.",
)

ATTACKED: Final = (
    "This was an attack.",
    "We were attacked.",
)

SPEED: Final = (
    "It took us {detection} to notice.",
    "Nobody here noticed for {detection}.",
    "You heard nothing from us for {silence}.",
    "The on-call engineer was paged at {detected}.",
    "The first ticket came in at {detected}.",
    "We told you {silence} after it began; we should have been quicker.",
)

LEFTOVERS: Final = (
    "Catching up took another {backlog}.",
    "The pile-up was cleared by {backlog_end}.",
    "Late jobs trickled in until {backlog_end}.",
    "We spent a further {backlog} replaying what had queued up.",
)

WATCHED: Final = (
    "We kept an eye on it until {watched_until}.",
    "We stay on watch until {watched_until}.",
)

ASIDES: Final = (
    "Our backups run every {number} minutes.",
    "{number} engineers worked on this through the night.",
    "The deploy had gone out {number} minutes earlier.",
    "The health check runs every {number} seconds.",
    "You will find the full review here within {number} days.",
    "CPU on the primary sat at {number}%.",
    "The maintenance window that night was {number} minutes long.",
    "We have added {number}% more capacity.",
    "Next status note in {number} minutes.",
    "Response times peaked at {number} seconds.",
    "The vendor's own outage lasted {number} minutes.",
    "The two databases were {number} seconds apart.",
    "The postmortem meeting is set for {later_day}.",
    "We restarted {number} servers.",
    "{number} of you called.",
)

KEPT_WORKING: Final = (
    "{fine_part} kept going throughout.",
    "You could use {fine_part} the whole time.",
    "Not affected: {fine_part}.",
)

SORRY: Final = (
    "We let you down, and we are sorry.",
    "We apologise to everyone whose day this spoiled.",
    "Sorry for {length} of {trouble}.",
    "We are sorry for the {rough_length} it took.",
)

THANKS: Final = (
    "Thanks for hanging in there.",
    "We appreciate your patience.",
)

WAS_DOWN: Final = (
    "{part} {was} down as well.",
    "{part} {was} out as well.",
    "It took {part} with it.",
)

EVERYWHERE: Final = (
    "It hit us worldwide.",
    "All our regions went down.",
    "Customers in {other_place} were hit.",
    "It affected every location.",
)

SAFE: Final = (
    "Your data is fine.",
    "No data was touched.",
    "There was no impact on your data.",
)

ONLY_ONCE: Final = (
    "It was a freak event.",
    "This is the first time we have had this.",
    "This was a one-time thing.",
    "This can't happen again.",
)

WITHIN: Final = (
    "We are still inside our SLA.",
    "No SLA was broken.",
    "Our uptime commitment was kept.",
)

BRIEF: Final = (
    "It was a quick blip in {part}.",
    "For a short while {thing} {broke}.",
    "{part} was {down} for a few minutes.",
)

FEW: Final = (
    "Hardly anyone was affected.",
    "Just a handful of users noticed.",
    "A limited number of accounts ran into errors.",
)

THEIRS: Final = (
    "Our hosting company let us down.",
    "The fault was with our cloud provider.",
    "An upstream provider failed.",
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
