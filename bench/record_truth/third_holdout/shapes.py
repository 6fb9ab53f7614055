"""Sentences that were kept aside while rules were written, and read afterwards."""

# A sentence stays on one line.
# ruff: noqa: E501

from typing import Final

WHEN_HIT: Final = (
    "For {length}, {thing} {broke}.",
    "{thing} {broke} for {rough_length} ({bare_span}).",
    "From {start} onwards {thing} {broke}; we had it back by {end_clock}.",
    "You'll have noticed that {thing} {broke} {span}.",
    "{part}: {down} for {length}, {bare_span}.",
    "{part} went {down} at {start_clock} and stayed that way for {length}.",
    "Between the first failed request at {start_clock} and the last one at {end_clock}, {thing} {broke}.",
    "{thing} {broke}, which meant {rough_length} of waiting for the people who depend on them.",
    "{part} spent {length} {down}.",
    "Starting {start}, {thing} {broke}; the last of it cleared at {end_clock}.",
)

YOU_COULD_NOT: Final = (
    "You were unable to {act} for {rough_length}.",
    "{span} you couldn't {act}.",
    "Between {start_clock} and {end_clock} there was no way to {act}.",
    "You spent {rough_length} unable to {act}.",
)

INCIDENT_TIMES: Final = (
    "It kicked off at {start}.",
    "The whole thing lasted {length}.",
    "We were back at full strength at {end}.",
    "That is {rough_length} in all.",
    "First bad request {start_clock}, last bad request {end_clock}.",
    "{length} end to end.",
    "The {outage} ran {span}.",
    "Everything was healthy again from {end} on.",
    "We lost {length} to this.",
    "This started at {start_clock} and we closed it out at {end_clock}.",
    "The clock stopped at {length}.",
    "Customer impact was {length}.",
)

LABELLED: Final = (
    "**How long did it last?**\n{length}",
    "**How many customers were hit?**\n{count}",
    "**Time to restore:** {length}",
    "**Service restored:** {end}",
    "- From: {start_clock}\n- To: {end_clock}",
    "- Share of customers: {share}",
    "**Length of {outage}:** {length}",
    "- Ended {end}",
)

PART_TIMES: Final = (
    "{thing} {broke} as well, {part_span}.",
    "Over in {part}, {thing} {broke} for {part_length}.",
    "{part} was {down} too, in its case for {part_length}.",
)

PART_PLAIN: Final = (
    "{part} took a hit as well: {thing} {broke}.",
    "{part} {was} {down}.",
    "In {part}, {thing} {broke}.",
)

COUNTED: Final = (
    "It hit {count} {who}.",
    "{rough_count} {who} had to live with it.",
    "{count} {who} out of {total} ran into errors.",
    "{in_ten} customers noticed.",
    "Who was hit: {rough_count} {who}.",
    "The trouble reached {share} of all accounts.",
    "Of our {total} customers, {rough_count} were on the wrong end of it.",
    "{rough_count} {who} sat in front of error pages.",
    "Put differently, {rough_share} of you were affected.",
    "In numbers: {rough_count} {who}, or {rough_share} of the total.",
    "{share} of customers could not work normally.",
    "For {rough_count} {who} this meant a lost shift.",
    "{rough_share} of our customer base was on the receiving end.",
    "{rough_count} {who} lost access.",
)

UNCOUNTED: Final = (
    "We have no reliable number of affected customers so far.",
    "The customer count is not in yet; we will publish it here.",
)

TIMES_UNKNOWN: Final = (
    "We do not have the exact start and end times yet.",
    "Our logs do not yet tell us when it began.",
)

EVERYONE: Final = (
    "Nobody was spared: every single customer was affected.",
    "There is no customer who was not affected.",
    "It affected the lot of you: 100% of our customers.",
)

PLACED: Final = (
    "Only customers in {place} were hit; {other_place} was fine.",
    "Customers hosted in {place} were affected.",
    "Geographically: {place}, and nowhere else.",
    "{other_place} did not notice a thing; {place} did.",
    "The damage was limited to {place}.",
)

OVER: Final = (
    "We're back. {part} works again.",
    "The {outage} is behind us.",
    "This is fixed.",
    "We consider this {outage} closed.",
    "Service is fully restored.",
)

NOT_OVER: Final = (
    "Most of it is back, but {lagging} is not there yet.",
    "The main problem is fixed; {lagging} still has trouble.",
    "We are still working on {lagging}.",
)

NO_EFFECT: Final = (
    "None of your data was lost, altered or seen by anybody else.",
    "We checked: no data lost, no data changed, no data exposed.",
    "As for data: none lost, none changed, none exposed.",
)

EFFECTS: Final = {
    ("confidentiality", "none"): (
        "No data leaked.",
        "Your data was not exposed to anybody.",
    ),
    ("confidentiality", "possible"): (
        "Somebody may have seen data that was not theirs.",
        "Whether data was exposed is still being looked into.",
    ),
    ("confidentiality", "confirmed"): (
        "Other customers could see some of your data.",
        "Strangers were able to read messages that were not meant for them.",
    ),
    ("loss", "none"): (
        "None of your data is lost.",
        "No orders went missing.",
    ),
    ("loss", "possible"): (
        "We can't yet exclude that records went missing.",
        "We are still finding out whether any data was lost.",
    ),
    ("loss", "confirmed"): (
        "We lost {number} records, and we cannot bring them back.",
        "Some data was lost for good.",
    ),
    ("integrity", "none"): (
        "Nothing you had stored was altered.",
        "No data was corrupted.",
    ),
    ("integrity", "possible"): (
        "Some balances may be wrong; we are checking.",
        "It may be that some data was changed by mistake.",
    ),
    ("integrity", "confirmed"): (
        "{number} records were overwritten with old values.",
        "A number of balances were changed by mistake.",
    ),
}

WHY_SURE: Final = (
    "It came down to {reason}.",
    "It happened because {reason_clause}.",
    "This was down to {reason}.",
    "We traced it to {reason}.",
    "{reason} took us down.",
)

WHY_PERHAPS: Final = (
    "We think that {reason_clause}, but have not proved it.",
    "Everything points to {reason}, though that is not confirmed.",
    "Right now we suspect {reason}.",
)

WHY_UNKNOWN: Final = (
    "We haven't found the cause yet.",
    "What set it off is not clear to us at this point.",
)

PROMISED: Final = {
    "planned": (
        "Next, we'll {base}; that lands on {due}.",
        "On our list, due {due}: {base}.",
        "We have promised ourselves to {base} before the end of {due}.",
        "What comes next is to {base}. Target date: {due}.",
    ),
    "in_progress": (
        "We're {doing} and expect to finish on {due}.",
        "We have begun {doing}; the date for it is {due}.",
    ),
    "done": (
        "Since then we have {done}.",
        "Already in place: we {done}.",
        "The first step is behind us: we {done}.",
    ),
}

REPEATED: Final = (
    "This is the same failure as on {earlier_day}, which cost you {earlier_length}.",
    "It also happened on {earlier_day}, and lasted {earlier_length} then.",
    "On {earlier_day} we told you this would not come back. It came back.",
)

UNIQUE: Final = (
    "We have not had this before.",
    "This has not happened to us before.",
)

LEVEL_MISSED: Final = (
    "Uptime came out at {actual}; we owe you {target}.",
    "The month closed at {actual}, below the {target} in your contract.",
    "We broke our SLA: {actual} instead of {target}.",
)

LEVEL_CREDIT: Final = (
    "A credit of {credit} is on its way to you.",
    "Your next invoice is {credit} lower.",
    "We will knock {credit} off your invoice.",
)

LEVEL_MET: Final = (
    "Uptime for the month is {actual}; our promise is {target}.",
    "The {target} we owe you was still met, at {actual}.",
)

NO_ATTACK: Final = (
    "This was our own doing, not an attack.",
    "There was no foul play.",
)

ATTACKED: Final = (
    "Somebody did this on purpose.",
    "An intruder was behind this.",
)

SPEED: Final = (
    "Our first post here went up at {first_update}.",
    "We only found out at {detected}, {detection} in.",
    "The alert fired {detection} after the first error.",
    "You waited {silence} for a first word from us, and that is too long.",
    "Monitoring caught it after {detection}.",
    "It was {detection} before anybody was looking at it.",
)

LEFTOVERS: Final = (
    "The queue was empty {backlog} later.",
    "It then took {backlog} to work off the queue.",
    "Delayed items went out over the following {backlog}.",
    "Some of you will have seen stale pages for {backlog} after that, from caches.",
)

WATCHED: Final = (
    "Someone is watching the graphs until {watched_until}.",
    "Extra monitoring runs until {watched_until}.",
)

ASIDES: Final = (
    "The rollback itself took {number} minutes.",
    "Support answered {number} tickets about it.",
    "We keep logs for {number} days.",
    "A restart takes {number} minutes.",
    "The change had been live for {number} hours without trouble.",
    "The cache hit rate had dropped to {number}%.",
    "The alert needs {number} minutes of errors before it fires.",
    "The failover that should have saved us gave up after {number} seconds.",
    "Our status page gets checked every {number} seconds.",
    "The certificate was {number} days from being renewed.",
    "Tokens are valid for {number} minutes.",
    "We spent {number} minutes on a wrong lead.",
    "A fix was ready within {number} minutes of finding the fault.",
    "{number} customers wrote to us.",
    "Login tokens from before the restart expire after {number} hours.",
)

KEPT_WORKING: Final = (
    "{fine_part} was never affected.",
    "{fine_part} sailed through.",
    "{fine_part} worked as usual.",
)

SORRY: Final = (
    "I'm sorry. You deserved better.",
    "Sorry for the mess.",
    "{length} is far too long, and we apologise.",
    "Sorry that you had to wait {rough_length}.",
)

THANKS: Final = (
    "Thanks for sticking with us.",
    "Thanks to all who wrote in.",
)

WAS_DOWN: Final = (
    "{part} {was} hit too.",
    "{part} went down with it.",
    "{part} stopped working too.",
)

EVERYWHERE: Final = (
    "No region was spared.",
    "Customers around the world were affected.",
    "{other_place} was down.",
    "The whole world was affected.",
)

SAFE: Final = (
    "Your data was never at risk.",
    "All data is intact and safe.",
    "Data was not affected.",
)

ONLY_ONCE: Final = (
    "We've never seen this before.",
    "It won't happen again.",
    "We had never run into this.",
    "That was a one-off glitch.",
)

WITHIN: Final = (
    "We kept our SLA.",
    "This does not touch our uptime guarantee.",
    "We stayed within the service level we promise.",
)

BRIEF: Final = (
    "{part} was {down} for a moment.",
    "{part} had a hiccup.",
    "{thing} {broke} momentarily.",
)

FEW: Final = (
    "Only a few customers were hit.",
    "A small fraction of customers was affected.",
    "Not many customers were hit.",
)

THEIRS: Final = (
    "A vendor of ours had an outage.",
    "This was caused by our carrier.",
    "A third party broke it.",
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
