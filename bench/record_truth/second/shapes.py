"""Sentence shapes of the second book, one sentence each. All of them are invented here."""

# Words and their figures stay on one line.
# ruff: noqa: E501

from typing import Final

WHEN_HIT: Final = (
    "Customers trying to {act} {span} were out of luck: {thing} {broke}.",
    "{thing} {broke} {span}, that is for {length}.",
    "During {length}, {thing} {broke}.",
    "{part} experienced {an_outage} {span}.",
    "{part} experienced {an_outage} lasting {length}.",
    "{an_outage} of {part} lasted {rough_length}.",
    "We had {an_outage} of {part} {span}.",
    "{part} suffered {an_outage} for {length}.",
    "{thing} {broke} for a period of {length}.",
    "It was {length} during which {thing} {broke}.",
    "Beginning at {start} and for the next {length}, {thing} {broke}.",
    "At {start_clock} {thing} began to misbehave: they {broke} until {end_clock}.",
    "{span} {thing} {broke}. That is {length}.",
    "{part} {was} {down} for {rough_length} on {day}.",
    "{part} went {down} at {start_clock} and came back at {end_clock}.",
    "From {start_clock} onwards {thing} {broke}; by {end_clock} everything worked.",
    "{part} {was} {down} for {length} in total.",
    "Over the course of {rough_length}, {thing} {broke}.",
    "{thing} {broke} throughout {length} on {day}.",
    "{thing} {broke}: {bare_span}.",
    "{part} {was} {down} ({length}; {bare_span}).",
    "{part}: {down} {span}.",
)
YOU_COULD_NOT: Final = (
    "Trying to {act} {span} ended in an error.",
    "For {length} it was impossible to {act}.",
    "Nobody could {act} {span}.",
    "You may have noticed that you could not {act}: this lasted {length}.",
    "It was not possible to {act} {span}.",
    "You had no way to {act} for {rough_length}.",
    "Attempts to {act} failed {span}.",
    "You were locked out and could not {act} for {length}.",
)
INCIDENT_TIMES: Final = (
    "Start of the {outage}: {start}. End: {end}.",
    "All told, the {outage} lasted {length}.",
    "Altogether the {outage} lasted {rough_length}.",
    "From first error to full recovery, {length} passed.",
    "Full recovery came at {end_clock}, {length} after the first error.",
    "The {outage} set in at {start_clock}.",
    "The {outage} commenced at {start} and concluded at {end}.",
    "Trouble began at {start_clock}.",
    "The trouble was over by {end_clock}.",
    "By {end_clock} the {outage} was over.",
    "Service returned to normal at {end}.",
    "We restored service at {end_clock}.",
    "The first errors came at {start_clock}, the last at {end_clock}.",
    "First errors: {start}; last errors: {end}.",
    "{length}: that is how long the {outage} lasted.",
    "That makes {length} of {trouble}.",
    "You waited {length} for us to fix it.",
    "The {outage} stretched from {start_clock} to {end_clock}.",
    "The {outage} persisted for {length}.",
    "The {outage} spanned {length}.",
    "The impact window was {bare_span} ({length}).",
    "The impact lasted {length}.",
    "Impact began at {start_clock} and ended at {end_clock}.",
    "The whole {outage} took {length}, {span}.",
    "A total of {length} of {trouble} is not acceptable.",
    "Total {trouble}: {length}.",
    "The {long} {outage} is over.",
    "We were {down} for {length}.",
    "Time to full recovery was {length}.",
    "We had it fixed after {length}.",
    "After {length} the {outage} was fixed.",
    "It began at {start_clock} and was fixed at {end_clock}.",
    "Problems started on {day} at {start_clock} and lasted {rough_length}.",
    "Things were back to normal by {end_clock}.",
)
LABELLED: Final = (
    "**Outage window:** {bare_span}",
    "**Impact duration:** {length}",
    "**Length:** {length}",
    "**Total downtime:** {length}",
    "**From:** {start}",
    "**Until:** {end}",
    "**Began:** {start}",
    "**Ended:** {end}",
    "**How long did it last?** {length}",
    "**Time:** {bare_span} ({length})",
    "- Began: {start}",
    "- Ended: {end}",
    "- Downtime: {length}",
    "Downtime: {length}.",
    "Window: {bare_span}.",
    "Incident duration: {rough_length}.",
)
PART_TIMES: Final = (
    "{part} {was} out of action {part_span}.",
    "{thing} {broke} for {part_length}, {part_span}.",
    "For {part_length} {part} {was} {down} as well.",
    "In the case of {part}, this lasted {part_length}.",
)
PART_PLAIN: Final = (
    "What you saw: {thing} {broke}.",
    "{part} {was} hit: {thing} {broke}.",
    "{thing} also {broke}.",
    "This took {part} with it: {thing} {broke}.",
    "Likewise, {thing} {broke}.",
    "As a consequence {thing} {broke}.",
)
COUNTED: Final = (
    "{count} {who} felt this.",
    "{count} {who} ran into errors.",
    "It reached {count} of {total} {who}.",
    "{count} out of {total} {who} were affected.",
    "{count} out of our {total} {who} ran into errors.",
    "That is {share} of our {who}.",
    "A total of {count} {who}, or {share}, were affected.",
    "{share} of all {who} ({count} of {total}) ran into errors.",
    "Impacted: {count} {who} ({share}).",
    "We identified {count} {who} that were affected.",
    "{count} {who} had to wait.",
    "{rough_count} of {total} {who} were affected.",
    "{rough_count} of our {total} {who} were unable to work.",
    "{rough_share} of our {who} noticed it.",
    "{rough_share} of {who} were locked out.",
    "{in_ten} {who} noticed errors.",
    "{in_ten} of our {who} were affected.",
    "{in_ten} {who} could not get their work done.",
    "The {outage} hit {rough_share} of the {who} that were active that day.",
    "The {outage} hit {rough_count} {who}.",
    "This concerned {count} {who}.",
    "This concerned {rough_share} of {who}.",
    "Number of {who} affected: {count}.",
    "Customers affected: {count} of {total} ({share}).",
    "**Who felt it:** {count} {who} ({share})",
    "**Affected {who}:** {count}",
    "**Scope:** {rough_share} of {who}",
    "- {count} {who} ({share}) could not work.",
    "- {who} affected: {rough_count}",
    "Errors were shown to {count} {who}.",
    "For {rough_share} of our {who}, nothing worked.",
    "For {count} {who} nothing worked.",
    "We let down {count} {who}.",
    "Among our {total} {who}, {count} were affected.",
    "Out of {total} {who}, {rough_count} were affected.",
    "{share} of the {who} who were online got errors.",
    "Affected were {count} {who}, {share} of the total.",
    "Had you been one of the {count} affected {who}, you would have seen errors.",
)
UNCOUNTED: Final = (
    "How many customers were affected is not known yet; we will say by {later_day}.",
    "We are still counting how many customers were affected; everyone who uses {part} may be among them.",
    "All who tried to {act} were affected; we do not have a number yet.",
)
TIMES_UNKNOWN: Final = (
    "How long it lasted is still unknown; we will say by {later_day}.",
    "We cannot say yet when it started; we will do so by {later_day}.",
)
EVERYONE: Final = (
    "Everyone was affected.",
    "Every single customer was affected.",
    "This hit all of our {total} customers.",
    "100% of customers were affected.",
    "None of our customers were spared.",
    "It affected each of our {total} customers.",
)
PLACED: Final = (
    "The {outage} was limited to {place}.",
    "Customers outside {place} were not affected.",
    "Everyone in {place} was affected, nobody in {other_place}.",
    "All accounts hosted in {place} saw errors.",
    "If your account is in {place}, you were affected.",
    "In {place} all users were affected.",
    "{other_place} stayed healthy, while {place} failed.",
    "**Region:** {place}",
    "Affected region: {place}.",
    "Users in {other_place} noticed nothing; those in {place} saw errors.",
)
OVER: Final = (
    "It is over: {thing} work again.",
    "We have fixed it. {part} works as it should.",
    "{part} is available again since {end_clock}.",
    "The {outage} is over.",
    "Full service was restored at {end_clock}.",
    "This incident is now closed: {part} is working.",
    "{part} has been running normally since {end}.",
    "All is well again since {end_clock}.",
    "We consider this incident resolved.",
    "Status: resolved.",
    "{part} is up again.",
    "Service is fully restored.",
)
NOT_OVER: Final = (
    "It is not over: {lagging} is still slow.",
    "Partly fixed: {lagging} is still limping and remains slow.",
    "We are not done yet, {lagging} is still affected.",
    "Everything works again apart from {lagging}, which remains degraded.",
    "The incident is not resolved: {lagging_things} remain slow ({lagging}).",
)
NO_EFFECT: Final = (
    "Nothing of yours was lost, changed or shown to anyone: we compared each record with its copy.",
    "All data is intact; we compared it with the backup.",
    "There was no loss of data and no one else could see yours.",
    "Customer data was neither lost nor exposed.",
    "At no point was your data at risk.",
    "Your records are complete and were not seen by others.",
    "**Data:** nothing lost, nothing exposed, no records changed",
)
EFFECTS: Final = {
    ("loss", "none"): (
        "No records went missing.",
        "There was no data loss.",
        "All data is still there: none of it was lost.",
        "Nothing you saved was lost.",
    ),
    ("confidentiality", "none"): (
        "No one outside your organisation could see your data.",
        "There was no unauthorised access to data.",
        "At no time was information visible to others.",
        "Your data was not exposed.",
    ),
    ("integrity", "none"): (
        "No records were altered.",
        "Your data was not changed.",
        "No data was modified.",
    ),
    ("loss", "confirmed"): (
        "What you entered {window} is gone; we could not recover that data.",
        "Records saved {window} have been lost.",
        "Files uploaded {window} are lost.",
        "We were unable to recover some data: entries of that day are lost.",
    ),
    ("confidentiality", "confirmed"): (
        "Other customers could see your name and email address {window}.",
        "Details of your account were shown to another customer.",
        "Personal data was readable by other customers.",
        "One other customer had access to files of yours.",
    ),
    ("integrity", "confirmed"): (
        "Some amounts in your records were rounded wrongly.",
        "Data was damaged: some of your records hold the wrong date.",
        "Some of your files were corrupted.",
    ),
    ("loss", "possible"): (
        "It is possible that data was lost; we will know by {later_day}.",
        "Whether data was lost we cannot say yet; we will by {later_day}.",
    ),
    ("confidentiality", "possible"): (
        "It is possible that other customers saw your data; we will know by {later_day}.",
        "Whether data was exposed is still open; we will tell you by {later_day}.",
    ),
    ("integrity", "possible"): (
        "It is possible that records were changed; we will know by {later_day}.",
        "Whether records were altered is still open; we will tell you by {later_day}.",
    ),
}
WHY_SURE: Final = (
    "The reason: {reason_clause}.",
    "What happened is that {reason_clause}.",
    "The root cause was {reason}.",
    "{reason} caused the {outage}.",
    "Errors occurred because {reason_clause}.",
    "This happened because {reason_clause}.",
    "Our investigation confirmed the cause: {reason_clause}.",
    "Behind it was {reason}.",
    "The {outage} was the result of {reason}.",
    "{reason} brought it down.",
)
WHY_PERHAPS: Final = (
    "Our best guess is that {reason_clause}; we will confirm by {later_day}.",
    "It was probably {reason}; we will confirm by {later_day}.",
    "The evidence so far points to {reason}.",
    "We assume that {reason_clause}, and are checking it.",
    "Most likely {reason_clause}.",
)
WHY_UNKNOWN: Final = (
    "Why it failed is not known yet; we will say by {later_day}.",
    "We have not found the cause yet and will report by {later_day}.",
    "The cause is still under investigation; we will report by {later_day}.",
)
PROMISED: Final = {
    "planned": (
        "Until {due} we will {base}.",
        "We commit to {base_ing} by {due}.",
        "What comes next: we will {base} by {due}.",
        "Planned for {due}: we will {base}.",
        "No later than {due}, we will {base}.",
        "Before {due} we want to {base}.",
        "- {due}: we will {base}.",
        "Our next step, due on {due}, is to {base}.",
    ),
    "in_progress": (
        "Work is under way: we are {doing}, and will be done by {due}.",
        "We are busy {doing} (done by {due}).",
        "Right now we are {doing}; expect this by {due}.",
    ),
    "done": (
        "This week we {done}.",
        "In the meantime we {done}.",
        "Already in place: we {done}.",
        "The day after, we {done}.",
        "Here is what we changed: we {done}.",
        "As a first step we {done}.",
        "- We {done} (done).",
        "Finished: we {done}.",
    ),
}
REPEATED: Final = (
    "This has happened before: on {earlier_day}.",
    "The same fault hit us on {earlier_day} already, for {earlier_length}.",
    "On {earlier_day} we had the same failure.",
    "We had the same problem on {earlier_day}, when it lasted {earlier_length}.",
    "You have seen this from us before, on {last_earlier_day}.",
)
UNIQUE: Final = (
    "It is the first time that this has happened.",
    "We have not had this failure before.",
)
LEVEL_MISSED: Final = (
    "We promised {target} availability and delivered {actual} availability.",
    "Measured availability for the month: {actual}, agreed {target}.",
    "At {actual}, uptime for the month fell short of the {target} in your contract.",
    "Uptime for the month came to {actual}; your agreement says {target}.",
)
LEVEL_CREDIT: Final = (
    "You receive a service credit of {credit}.",
    "We have applied a {credit} credit to your account.",
    "That entitles you to {credit} of your monthly fee.",
)
LEVEL_MET: Final = (
    "Availability for the month was {actual}, which meets the {target} we agreed.",
    "At {actual} uptime, the agreed {target} was met.",
)
NO_ATTACK: Final = (
    "There was no attack.",
    "We can rule out an attack.",
    "No attacker was involved.",
    "It was a fault of ours and not a hack.",
)
ATTACKED: Final = (
    "We were the target of an attack.",
    "Attackers flooded our network.",
    "Someone attacked our service with malicious traffic.",
)
SPEED: Final = (
    "It was {detection} before we noticed.",
    "Our engineers were paged at {detected}.",
    "It took {silence} until we told you.",
    "We told you for the first time at {first_update}, {silence} after it began.",
    "Detection took {detection}.",
    "Time to detect: {detection}.",
    "You heard from us only after {silence}.",
    "A customer told us at {detected}; by then it had been going on for {detection}.",
    "We spotted it within {detection}.",
    "Our engineers began looking into it at {detected}.",
)
LEFTOVERS: Final = (
    "What had piled up was through by {backlog_end}.",
    "Catching up took a further {backlog}.",
    "The queue was empty again {backlog} later.",
    "Delayed items were processed by {backlog_end}.",
    "Processing what was waiting lasted until {backlog_end}.",
)
WATCHED: Final = (
    "We kept an eye on it until {watched_until}.",
    "Our team will keep watching until {watched_until}.",
    "We have been monitoring it since {recovered} and will until {watched_until}.",
)
ASIDES: Final = (
    "Support received {number} tickets about this.",
    "{number} users wrote to us.",
    "CPU stood at {number}% when it failed.",
    "{number}% of API requests were answered with an error.",
    "Roughly {number}% of page views failed.",
    "Backups run every 6 hours.",
    "A deployment normally takes 12 minutes.",
    "We retry for up to 3 days.",
    "Sessions expire after 8 hours.",
    "Our on-call team is available 24 hours a day.",
    "Logs are retained for 90 days.",
    "Our office is open from 9:00 to 17:30 UTC.",
    "We will hold a review on {later_day} at 10:00 UTC.",
    "Look for our report by {later_day}.",
    "Credits expire after 12 months.",
    "The change had been rolled out to 20% of servers.",
    "We grew by {number}% last year.",
    "The failed job usually runs for 4 minutes.",
    "Questions? Support answers within 2 hours.",
    "Reading this takes 3 minutes.",
    "The rollback itself took 9 minutes.",
    "The rollback was started at {detected}.",
    "{number} of our servers had to be restarted.",
    "Six engineers worked on it.",
    "We have 3 teams on this.",
)
KEPT_WORKING: Final = (
    "{fine_part} ran as usual.",
    "{fine_part} stayed up.",
    "There was no problem with {fine_part}.",
    "{fine_part} did not suffer.",
)
SORRY: Final = (
    "We apologise for this.",
    "Sorry. You count on us, and this time you could not.",
    "We are sorry for {length} of lost time.",
    "{length} is a long time, and we are sorry for it.",
)
THANKS: Final = ("Thanks for bearing with us.", "We are grateful for your patience.")

GROUPS: Final = (
    WHEN_HIT, YOU_COULD_NOT, INCIDENT_TIMES, LABELLED, PART_TIMES, PART_PLAIN, COUNTED, UNCOUNTED,
    TIMES_UNKNOWN, EVERYONE, PLACED, OVER, NOT_OVER, NO_EFFECT, *EFFECTS.values(), WHY_SURE,
    WHY_PERHAPS, WHY_UNKNOWN, *PROMISED.values(), REPEATED, UNIQUE, LEVEL_MISSED, LEVEL_CREDIT,
    LEVEL_MET, NO_ATTACK, ATTACKED, SPEED, LEFTOVERS, WATCHED, ASIDES, KEPT_WORKING, SORRY, THANKS,
)  # fmt: skip

WAS_DOWN: Final = (
    "{part} went down too.", "{part} {was} out as well.", "{part} {was} also disrupted.", "{part} stopped working.",
    "We also lost {part}.", "{part} {was} impacted, too.",
)  # fmt: skip
EVERYWHERE: Final = (
    "All of our regions were hit.", "This was a global outage.", "Every location was affected.",
    "Customers all over the world were affected.", "{other_place} was hit as well.", "Users in {other_place} were affected as well.",
)  # fmt: skip
SAFE: Final = (
    "Your data was never at risk.", "No data was affected.", "Customer data remains safe.",
    "At no point was your data at risk.", "There was no impact on your data.",
)  # fmt: skip
ONLY_ONCE: Final = (
    "Such a thing has never happened before.", "This was a one-time event.", "It was a unique event.",
    "We have never seen this before.", "We guarantee that this will not happen again.",
    "This cannot happen again.", "It is an isolated case.", "This was the first incident of its kind.",
)  # fmt: skip
WITHIN: Final = (
    "We stayed within the SLA.", "Your SLA is not affected.", "This does not breach your service level agreement.",
    "The agreed uptime was met.", "All SLAs were met.",
)  # fmt: skip
BRIEF: Final = (
    "{part} {was} unavailable for a brief period.", "There was a momentary interruption of {part}.",
    "{part} {was} interrupted briefly.", "A short outage hit {part}.", "{part} {was} down for a short while.",
    "For a short period, {thing} {broke}.",
)  # fmt: skip
FEW: Final = (
    "A few customers were affected.", "A limited number of users saw errors.", "A subset of customers was affected.",
    "A tiny fraction of accounts could not work.", "Several customers were affected.", "Not many customers were affected.",
    "A minority of users were affected.",
)  # fmt: skip
THEIRS: Final = (
    "The fault lay with our hosting provider.", "A supplier of ours caused this.", "This was caused by an outage at a vendor.",
    "Our upstream provider failed.", "A third-party service was at fault.",
)  # fmt: skip
