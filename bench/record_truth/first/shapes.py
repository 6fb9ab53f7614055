"""Sentence shapes: one sentence each, with blanks for the facts. All of them are invented here.

A shape is used only where its group allows it (see `narrator`), so each is true of the incident.
"""

from typing import Final

WHEN_HIT: Final = (
    "{thing} {broke} {span}.",
    "On {day}, {thing} {broke} {span}.",
    "{span}, {thing} {broke}.",
    "{part} {was} {down} {span}.",
    "{part} {was} {down} {span} ({length}).",
    "{thing} {broke} {span} ({length}).",
    "{thing} {broke} {span}, {length} in all.",
    "{thing} {broke} {span}, {rough_length} in total.",
    "{thing} {broke} ({bare_span}).",
    "{thing} {broke} ({bare_span}, {length}).",
    "{part} {was} {down} for {length}.",
    "{part} {was} {down} for {rough_length}.",
    "{thing} {broke} for {length}.",
    "{thing} {broke} for {rough_length}.",
    "For {length}, {thing} {broke}.",
    "For {rough_length}, {thing} {broke}.",
    "For {length} on {day}, {thing} {broke}.",
    "{part} {was} {down} for a total of {length}.",
    "{part} {was} {down} for {length} on {day}.",
    "{thing} {broke} from {start_clock} until {end_clock}.",
    "{thing} {broke}, starting at {start}, for {length}.",
    "{thing} first failed at {start_clock} and worked again from {end_clock}.",
    "{part} {was} {down} from {start_clock} to {end_clock} ({length}).",
    "{part} {was} {down} between {start_clock} and {end_clock}.",
    "Starting at {start}, {thing} {broke}.",
    "Beginning at {start_clock}, {thing} {broke} for {rough_length}.",
    "{thing} {broke} until {end_clock}.",
    "{thing} {broke} until {rough_end}.",
    "{thing} {broke} since {start}; they have worked again since {end}.",
    "Between the first error at {start_clock} and the last at {end_clock}, {thing} {broke}.",
)
"""What broke and when or how long, for a part that was hit during the whole of the incident."""

YOU_COULD_NOT: Final = (
    "You could not {act} {span}.",
    "You could not {act} for {length}.",
    "You could not {act} for {rough_length}.",
    "If you tried to {act} {span}, it did not work.",
    "{span}, you could not {act}.",
    "On {day} you could not {act} for {length}.",
    "You were unable to {act} for {length}.",
    "You were unable to {act} {span} ({length}).",
    "Anyone who tried to {act} {span} saw an error.",
    "You could not {act} from {start_clock} to {end_clock}.",
)
"""The same in the reader's place, for a part that was down."""

INCIDENT_TIMES: Final = (
    "The {outage} lasted {length}.",
    "The {outage} lasted {rough_length}.",
    "The {outage} of {part} lasted {length}, {span}.",
    "The {outage} lasted {length} ({bare_span}).",
    "The {outage} lasted from {start_clock} to {end_clock}.",
    "The {outage} began at {start} and ended at {end}.",
    "The {outage} began at {start} and lasted {length}.",
    "The {outage} started at {start_clock}.",
    "The {outage} started at {rough_start}.",
    "The {outage} started at {start} and was over by {end_clock}.",
    "The {outage} ended at {end}.",
    "The {outage} ended at {rough_end}.",
    "The {outage} began on {day} at {start_clock}.",
    "The {outage} ran from {start_clock} until {end_clock}.",
    "The {outage} continued for {length}.",
    "The {outage} went on for {rough_length}.",
    "In total, the {outage} lasted {length}.",
    "In all, the {outage} took {length} from start to end: {bare_span}.",
    "The duration of the {outage} was {length}.",
    "The total duration was {length}.",
    "It was a {long} {outage}.",
    "This {long} {outage} began at {start_clock}.",
    "A {long} {outage} is a long time to wait.",
    "Any {outage} of {length} is too long.",
    "The {outage} was over at {end}.",
    "The {outage} was resolved at {end_clock}, {length} after it began.",
    "Errors began at {start_clock} and ended at {end_clock}.",
    "Errors started at {start_clock} and stopped at {end_clock}.",
    "The failure began at {start}; it ended at {end}.",
    "The {outage} ({bare_span}) is over.",
    "The {outage} {span} is over.",
    "The {outage}, which lasted {length}, is over.",
    "Service was restored at {end_clock} after {length} of errors.",
    "It took {length} until the failure was fixed.",
)
"""When the incident was, without a part. Some need more than three minutes to read naturally."""

LABELLED: Final = (
    "**How long:** {length}",
    "**How long:** {length} ({bare_span})",
    "**How long:** {bare_span}",
    "**How long:** {bare_span} ({length})",
    "**How long:** {rough_length}",
    "**Duration:** {length}",
    "**Duration:** {length}, {span}",
    "**When:** {bare_span}",
    "**When:** {bare_span}, {length} in all",
    "**When:** {bare_span} ({length})",
    "**Start:** {start}",
    "**End:** {end}",
    "**Time of the outage:** {bare_span}",
    "Duration: {length}",
    "Duration: {length}.",
    "How long: {length} ({bare_span}).",
    "- Duration: {length}",
    "- Start: {start}",
    "- End: {end}",
    "- Start time: {start_clock}",
    "- End time: {end_clock}",
)
"""Lines of a list of facts."""

PART_TIMES: Final = (
    "{thing} {broke} {part_span}.",
    "{part} {was} {down} {part_span}.",
    "{part} {was} {down} for {part_length}.",
    "{thing} {broke} for {part_length}.",
    "{part} {was} {down} {part_span} ({part_length}).",
)
"""For a part with times of its own in the record."""

PART_PLAIN: Final = (
    "{thing} {broke}.",
    "{part} {was} {down}.",
    "{part} {was} {down}, too.",
    "On {day}, {thing} {broke}.",
    "{thing} {broke} as well.",
    "During that time {thing} {broke}.",
    "{part} {was} affected: {thing} {broke}.",
    "{part} {was} also hit: {thing} {broke}.",
)
"""What broke, without times."""

COUNTED: Final = (
    "{count} {who} were affected.",
    "This affected {count} {who}.",
    "It affected {count} {who}, {share} of those active that day.",
    "This affected {count} of {total} {who}.",
    "{count} of our {total} {who} were affected.",
    "{count} of {total} {who} ({share}) were affected.",
    "{count} {who} ({share}) saw errors.",
    "{count} {who} could not work as usual.",
    "In all, {count} {who} were affected.",
    "{count} {who} were hit by this.",
    "{share} of {who} were affected.",
    "{share} of our {who} were affected.",
    "This affected {share} of {who}.",
    "This affected {share} of all {who} ({count}).",
    "It hit {share} of {who}.",
    "{share} of {who}, {count} in all, saw errors.",
    "Of {total} {who}, {count} were affected.",
    "Affected: {count} {who}.",
    "**Who was affected:** {count} {who}",
    "**Who was affected:** {share} of {who}",
    "**Who was affected:** {count} of {total} {who} ({share})",
    "**Who:** {rough_count} {who}",
    "**Impact:** {rough_share} of {who}",
    "Who was affected: {count} {who}.",
    "- Affected: {share} of {who}",
    "{rough_count} {who} were affected.",
    "{rough_count} {who} saw errors.",
    "This affected {rough_count} {who}.",
    "This affected {rough_share} of {who}.",
    "{rough_share} of our {who} were affected.",
    "{in_ten} {who} were affected.",
    "{in_ten} {who} saw errors.",
    "This affected {in_ten} {who}.",
    "It hit {in_ten} {who} ({count}).",
    "{rough_share} of all {who} could not work as usual.",
    "{rough_share} of {who} saw errors.",
    "We counted {count} affected {who}.",
    "{count} paying {who} saw errors that day.",
    "The failure reached {count} {who}.",
    "We know of {count} {who} who were affected.",
    "Our logs show errors for {count} {who}.",
    "{count} {who} lost access during that time.",
    "The number of affected {who} is {count}.",
    "{count} different {who} saw at least one error.",
)
"""How many were affected, where the record has it."""

UNCOUNTED: Final = (
    "All customers who used it in that time were affected; we do not yet know how many.",
    "We do not yet know how many customers were affected; all who use {part} could be.",
    "Everyone who tried to {act} in that time was affected; we will say by {later_day} how many.",
    "Customers who use {part} were affected; their number is not known yet.",
)
"""How many were affected, where the record does not know."""

TIMES_UNKNOWN: Final = (
    "We do not yet know how long it lasted; we will say by {later_day}.",
    "We do not yet know when it began; we will say by {later_day}.",
    "When it began is not known yet; we will say by {later_day} how long it lasted.",
)
"""Where the record does not know when."""

EVERYONE: Final = (
    "All customers were affected.",
    "Every customer was affected.",
    "All of our customers were affected.",
    "This affected all {total} customers.",
    "All {total} customers saw errors.",
)
"""Only where all customers were affected."""

PLACED: Final = (
    "Only customers in {place} were affected.",
    "This affected customers in {place}.",
    "Customers in {place} saw errors; those in {other_place} did not.",
    "It happened in {place} only.",
    "All customers in {place} were affected.",
    "Every customer in {place} saw errors.",
    "The {outage} was felt in {place} and nowhere else.",
    "Outside {place}, everything kept working.",
    "{other_place} was not affected; {place} saw errors.",
    "**Where:** {place}",
    "We saw it in {place}; {other_place} kept working.",
)
"""Where, if only some regions were affected."""

OVER: Final = (
    "Resolved: {part} works again.",
    "{part} {was} restored and is working again.",
    "This incident is resolved.",
    "All systems are operational.",
    "{part} has worked normally since {end}.",
    "{part} has been stable since {end_clock}.",
    "Resolved at {end_clock}: {thing} work again.",
    "The incident has been resolved.",
    "Everything is back to normal since {end_clock}.",
    "Since {end} {part} has been working again.",
    "{part} {was} back at {end_clock}.",
    "{part} recovered at {end_clock}.",
    "All services are working normally.",
)
"""Only where everything works."""

NOT_OVER: Final = (
    "Not resolved yet: {lagging_things} are still slow ({lagging}).",
    "This is not resolved yet: {lagging} is still degraded.",
    "{lagging} is not back to normal yet; it remains slow.",
    "Most of it works again, but {lagging} is still delayed.",
    "Except for {lagging}, which is still slow, all systems are operational.",
    "We will write again once {lagging} is resolved; it is still slow.",
)
"""Only where something lags."""

NO_EFFECT: Final = (
    "No data was lost, changed or seen by others.",
    "Your data is safe: we compared every entry with the log.",
    "No customer data was affected; we checked every entry against the log.",
    "No data was lost, and nobody outside your account saw it.",
    "We checked every entry against the log: no data was lost or changed.",
    "No information was exposed, and no data was lost.",
    "**Your data:** no data was lost, changed or exposed",
)
"""Only where confidentiality, loss and integrity are known to be none."""

EFFECTS: Final = {
    ("loss", "none"): (
        "No data was lost.",
        "No data was deleted.",
        "Nothing was lost.",
        "We compared every entry with the log: no records were lost.",
    ),
    ("confidentiality", "none"): (
        "No data was exposed.",
        "No information was seen by others.",
        "Nobody outside your account saw your data.",
        "No data was accessed by anyone else.",
    ),
    ("integrity", "none"): (
        "No data was changed.",
        "No records were corrupted.",
        "No data was altered.",
    ),
    ("loss", "confirmed"): (
        "Edits made {window} were lost and we cannot recover them.",
        "Some data was lost: entries made {window}.",
        "We lost data that was entered {window}.",
        "Entries from that day were lost; we have listed them in your account.",
        "Data entered in that time was lost.",
    ),
    ("confidentiality", "confirmed"): (
        "Names and addresses were visible to other customers {window}.",
        "Your email address was exposed to another customer.",
        "Data of your account was seen by another customer.",
        "Information in your account was visible to others.",
    ),
    ("integrity", "confirmed"): (
        "Some records were changed: dates moved by a day.",
        "Data was altered: prices in your records are wrong.",
        "Records were overwritten; we have listed them in your account.",
    ),
    ("loss", "possible"): (
        "We do not yet know whether data was lost; we will say by {later_day}.",
        "Data may be lost; we are checking every entry and will say by {later_day}.",
    ),
    ("confidentiality", "possible"): (
        "We do not yet know whether data was exposed; we will say by {later_day}.",
        "We are checking whether your information was seen by others and will say by {later_day}.",
    ),
    ("integrity", "possible"): (
        "We do not yet know whether records were changed; we will say by {later_day}.",
        "We are checking whether data was altered and will say by {later_day}.",
    ),
}
"""What happened to data, by effect and what is known of it ("unknown" reads like "possible")."""

WHY_SURE: Final = (
    "The cause was {reason}.",
    "It was caused by {reason}.",
    "The outage was caused by {reason}.",
    "It failed because {reason_clause}.",
    "This was due to {reason}.",
    "We traced it to {reason}.",
    "**Why:** {reason_clause}",
    "The failure stemmed from {reason}.",
    "We found the cause: {reason_clause}.",
)
"""Only where the cause is confirmed."""

WHY_PERHAPS: Final = (
    "We think that {reason_clause}; we will confirm it by {later_day}.",
    "The likely cause is {reason}; we will confirm it by {later_day}.",
    "We believe it was caused by {reason} and will say by {later_day} whether that holds.",
    "So far it looks as if {reason_clause}.",
    "We suspect {reason}; we are still checking.",
)
"""Only where the cause is suspected."""

WHY_UNKNOWN: Final = (
    "We do not yet know why it failed; we will say by {later_day}.",
    "We do not know the cause yet and will publish what we find by {later_day}.",
    "What caused it is still being investigated; we will write by {later_day}.",
)
"""Only where the cause is unknown."""

PROMISED: Final = {
    "planned": (
        "By {due}, we will {base}.",
        "We will {base} by {due}.",
        "We plan to {base} by {due}.",
        "Next, we will {base}; this is due by {due}.",
        "**By {due}:** we will {base}",
        "- We will {base} by {due}.",
        "To make a repeat less likely, we will {base} by {due}.",
        "We are going to {base}, no later than {due}.",
    ),
    "in_progress": (
        "We are {doing}; this will be done by {due}.",
        "We are now {doing}, to be finished by {due}.",
        "We have started work on it: we will {base} by {due}.",
        "- In progress: {doing}, until {due}.",
    ),
    "done": (
        "We have {done}.",
        "Since then we have {done}.",
        "We {done}.",
        "We have also {done}, so that this is less likely.",
        "Done: we {done}.",
        "- Done: we {done}.",
        "We have already {done}.",
    ),
}
"""Measures by their state; each blank is a form of the measure."""

REPEATED: Final = (
    "A similar failure happened on {earlier_day}.",
    "It happened before, on {earlier_day}, for {earlier_length}.",
    "On {earlier_day} the same thing happened and lasted {earlier_length}.",
    "This is not the first time: the same cause stopped us on {earlier_day}.",
    "An earlier incident on {earlier_day} had the same cause; the fix we made then was not enough.",
    "The incident of {earlier_day}, {earlier_length} long, had the same cause.",
    "We cannot promise that this will never happen again; it happened on {last_earlier_day}, too.",
)
"""Only where there were earlier incidents of the same cause."""

UNIQUE: Final = (
    "We found no earlier failure of this kind.",
    "We know of no earlier incident with the same cause.",
)
"""Only where there were none."""

LEVEL_MISSED: Final = (
    "Uptime that month was {actual}, below the {target} we agreed with you.",
    "Your availability that month was {actual} against the agreed {target}.",
    "We owed you {target} uptime and gave you {actual} uptime.",
    "We missed our service level: {actual} availability instead of {target}.",
    "Availability: {actual} (agreed: {target}).",
)
LEVEL_CREDIT: Final = (
    "A credit of {credit} is on your next invoice.",
    "You get a {credit} credit without asking.",
    "We credit {credit} of your monthly fee.",
    "Your next invoice holds a credit of {credit}.",
)
LEVEL_MET: Final = (
    "Uptime that month was {actual}, above the agreed {target}.",
    "With {actual} uptime we stayed within our service level agreement of {target}.",
)

NO_ATTACK: Final = (
    "This was not an attack.",
    "It was not a cyberattack.",
    "We found no intrusion and no attack; it was our own failure.",
    "Nobody attacked us.",
)
ATTACKED: Final = (
    "Somebody attacked our login page on purpose.",
    "This was an attack on our service.",
    "An attacker caused it.",
)

SPEED: Final = (
    "We noticed it after {detection}.",
    "We noticed it at {detected}, {detection} after it began.",
    "Our alert fired at {detected}.",
    "Our first update came {silence} after the failure began.",
    "The first update was posted at {first_update}.",
    "It took us {detection} to notice.",
    "An alarm went off {detection} in.",
    "We first wrote about it at {first_update}, {silence} in.",
    "Our monitoring noticed the errors after {detection}.",
)
"""How fast we were: another clock than that of the outage."""

LEFTOVERS: Final = (
    "The backlog was cleared by {backlog_end}.",
    "Queued work went out by {backlog_end}; you do not need to send it again.",
    "It took another {backlog} to clear the backlog.",
    "The backlog of {thing} took {backlog} to clear.",
    "Everything that waited was delivered within {backlog} after that.",
    "Delayed deliveries arrived within {backlog} of recovery.",
    "We worked off the queue {backlog} later, by {backlog_end}.",
)
WATCHED: Final = (
    "We watched it until {watched_until} before closing this incident.",
    "We are watching it until {watched_until}.",
    "We are still monitoring it until {watched_until}.",
    "From {recovered} to {watched_until} we watched it.",
)

ASIDES: Final = (
    "{number} customers contacted us about it.",
    "Support answered {number} messages that day.",
    "The queue was {number}% full when it stopped.",
    "A disk was {number}% full.",
    "About {number}% of requests failed.",
    "{number} percent of calls to the API returned errors.",
    "We keep backups for 35 days.",
    "Deliveries are retried every 5 minutes for up to 24 hours.",
    "Normally this takes less than 2 seconds.",
    "The certificate was 90 days old.",
    "Our team of {number} people works from three cities.",
    "The next release goes to 5% of customers first.",
    "Support is open from 08:00 to 18:00 UTC.",
    "The next maintenance is on {later_day} from 02:00 to 03:00 UTC.",
    "We check it every 30 seconds.",
    "The timeout was 15 minutes.",
    "We store {number} GB a day.",
    "If something still looks wrong, contact support from your account page.",
    "We publish the whole story by {later_day}.",
    "Next update by {later_day}, 17:00 UTC.",
    "You can read about it in 5 minutes on our site.",
    "Messages are kept for 14 days.",
    "A mistake like this could reach at most 5% of customers from now on.",
    "You do not need to do anything.",
    "The work took two engineers three days.",
)
"""Numbers, times and dates of other things."""

KEPT_WORKING: Final = (
    "{fine_part} kept working.",
    "{fine_part} worked throughout.",
    "{fine_part} was not affected.",
)

SORRY: Final = (
    "We are sorry.",
    "We are sorry: you relied on us and we let you down.",
    "We apologise; {rough_length} without it is far too long.",
    "We are sorry that you could not work for {length}.",
)
THANKS: Final = ("Thank you for your patience.", "Thank you for bearing with us.")

GROUPS: Final = (
    WHEN_HIT, YOU_COULD_NOT, INCIDENT_TIMES, LABELLED, PART_TIMES, PART_PLAIN, COUNTED, UNCOUNTED,
    TIMES_UNKNOWN, EVERYONE, PLACED, OVER, NOT_OVER, NO_EFFECT, *EFFECTS.values(), WHY_SURE,
    WHY_PERHAPS, WHY_UNKNOWN, *PROMISED.values(), REPEATED, UNIQUE, LEVEL_MISSED, LEVEL_CREDIT,
    LEVEL_MET,
    NO_ATTACK, ATTACKED, SPEED, LEFTOVERS, WATCHED, ASIDES, KEPT_WORKING, SORRY, THANKS,
)  # fmt: skip
