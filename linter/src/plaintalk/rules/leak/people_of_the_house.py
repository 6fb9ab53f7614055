"""LEK-26: who took part, who may do what, what colleagues own, and what it did to their evening."""

from collections.abc import Iterator
from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import PUBLIC, Hit, Rule, before, examples, matching
from plaintalk.text import Sentence

_PERSON: Final = r"(?:employees?|staff members?|team members?|colleagues?|engineers?|contractors?|maintainers?|admins?|administrators?|moderators?|developers?|operators?|interns?|technicians?|volunteers?|founders?|he|she)"
_RIGHTS: Final = r"(?:super ?admin\w*|admin(?:istrator)?|root|owner|editor|elevated|privileged|write|production|commit|posting|publishing|announcement|deploy(?:ment)?|access|permissions?|privileges|rights|roles?)"
_HOME: Final = r"(?:personal (?:lives|life)|private (?:lives|life)|famil(?:y|ies)|home life|dinners?|sleep|birthdays?|weddings?|weekends?|evenings?|holidays?|vacations?|day off|free time)"
_PATTERN: Final = Pattern(
    # Rights and contracts of single people.
    rf"\b{_PERSON} (?:was|were|has been|have been|had been|is|got|gets) (?:\w+ )?(?:removed from|added to|granted|given|stripped of|promoted to|demoted|assigned|converted|moved) (?:[\w-]+ ){{0,4}}?(?:{_RIGHTS}|1099|w-?2|payroll|salaried|full[- ]time|part[- ]time|another team)\b"
    rf"|\b(?:grants?|granted|gave|gives|revoked?|revokes|removed|assigned) (?P<of>[a-z][\w.-]+(?: \([\w ]+\))?)(?:'s)? (?:[\w-]+ ){{0,2}}?{_RIGHTS} (?:to|from|for|in|on|permissions?|rights|access)\b"
    r"|\b(?:employees?|contractors?|staff|he|she|colleague|engineer)\b[^.;|]{0,40}?\b(?:1099|w-2|payroll|salary|salaried|probation(?:ary)? (?:period|contract)|employment (?:status|contract))\b"
    rf"|\b{_PERSON} (?:\w+ )?(?:that (?:he|she|they) )?(?:has|have|had|uses?|used|owns?|owned|keeps?|kept) (?:[\w-]+ ){{0,4}}?(?:virtual cards?|credit cards?|debit cards?|personal (?:cards?|phones?|laptops?|accounts?|e-?mails?|devices?)|apple pay|google pay|paypal|own (?:laptop|phone|device|computer))\b"
    r"|\b(?:reports?|reported|reportated|told us|says|said|mentioned|notes) that (?:he|she) (?:has|had|uses?|used|was|is|did|forgot|keeps?)\b"
    r"|\b(?:takes?|took|taking|hands?|handed|handing) over (?:the )?(?:comms|communications?|incident command|(?:comms|communications?|incident|lead|admin) (?:responsibilit\w+|role|duties)|as (?:incident|ic|lead|acting))\b"
    r"|\b(?:due to|because of|lack of|missing|no|without|wrong) (?:[\w-]+ )?(?:discord|slack|github|gitlab|google|okta|aws|jira|admin|cloudflare|dns|npm|pypi) (?:permissions?|rights|access|privileges)\b"
    r"|\b(?:confusion|uncertainty|disagreement|unclear|unsure|not clear|nobody knew|no one knew) (?:\w+ )?(?:about |over |as to |around |on )?who (?:has|had|owns?|owned|is|was|should|would|could|can)\b"
    r"|\b(?:an?|our|one of our|the|two|some) (?:[\w-]+ )?(?:executives?|ceo|coo|cfo|founders?|vice president|vp|board members?|managing director|president) (?:\w+ )?(?:offered|promised|agreed|called|met|phoned|intervened|stepped in|reached out|contacted|wrote to|paid)\b"
    # Who was awake, alone, or knew how.
    rf"|\b(?:impact\w*|affect\w*|interrupt\w*|disturb\w*|disrupt\w*|ruin\w*|spoil\w*|cut short|sacrific\w*|away from|upset\w*|strain\w*|miss(?:ed|ing)|cost(?:ing)? us) (?:and impacting )?(?:our|the|my|his|her|their|everyone's|a|some|people's|staff)? ?(?:[\w-]+ )?{_HOME}\b"
    r"|\b(?:good|full|proper|decent|bad|sleepless) night'?s?'? (?:of )?(?:sleep|rest)\b|\b(?:get|got|getting|catch|caught|catching|needed?|lost|losing) (?:up on )?(?:some |a bit of |a little |enough |their |our |much-needed |any )?(?:sleep|shut-?eye)\b"
    r"|\b(?:was|were|is|being|still|already|luckily|happened to be|also|one|be) (?:still |already |also |luckily )?(?:wide )?awake\b"
    rf"|\b(?:only|sole|lone) (?:{_PERSON}|one|person|responder|member|member of staff)(?: of (?:our|the) [\w-]+)? (?:who was |left |still )?(?:about|around|online|available|on hand|awake|present|on duty|on[- ]call|there|working|in the office|at work|with access)\b"
    r"|\b(?:n't|not|never|nobody|no one|none of us) (?:something |anything )?(?:[\w`@.-]+ )?(?:knew|know|knows) how to (?:[\w-]+ ){1,5}?(?:on (?:his|her|their|my|our) own|alone|without (?:help|him|her|them)|by (?:him|her|them|my)sel\w+)\b"
    r"|\b(?:n't|not) (?:been )?(?:receiving|getting|subscribed to|set up (?:for|to receive)) (?:[\w-]+ ){0,3}?(?:notifications?|alerts?|pages|alarms?) (?:for|from|of|about)\b"
    r"|\b(?:summer|winter|spring|autumn|christmas|easter|semester|term|academic|holiday|fall|thanksgiving) (?:break|holidays?|recess|vacation|shutdown)(?:,| and| so| when| while)+ (?:[\w'-]+ ){0,3}?(?:no ?one|nobody|few|most|everyone|everybody|staff|half)\b"
    r"|\b(?:no ?one|no-one|nobody|none of (?:us|the team|our \w+)) (?:is|was|were|are) (?:\w+ )?(?:in the office|on site|on-site|on campus|in the building|in town|at the office|in|there|nearby)\b(?! (?:danger|doubt|charge of you|a position|any))"
)
_READERS: Final = Pattern(
    r"\b(?:your|you|yours|users?|customers?|guests|members|patients|passengers|students|subscribers|visitors|players|readers|people who|anyone who|residents|households)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:if|whether|when an?|unless|please|no longer|that no|so that) (?:\w+ )?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] == "?" or document.find(_READERS, sentence):
        return False
    if found["of"] and not document.text.raw[found.start("of")].isupper():
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 20)


_SEAT: Final = r"(?i:participants|attend[ea]{2}s|atendees|attendants|responders|incident (?:lead|commander|manager|response team|responders)|people involved|involved parties|present|on the call|facilitators?|scribes?|war room)"
_LISTED: Final = later(
    rf"\b{_SEAT}\b[\s:*_#|-]{{1,12}}(?P<who>(?:[A-Z]{{2}}(?:(?:, ?| and | ?/ ?|\n[-*] )[A-Z]{{2}})+\b)"
    r"|(?:[A-Z][a-z]+ [A-Z][a-z'-]+(?: \([\w -]{2,30}\))?)(?:(?:, | and |\n[-*] )[A-Z][a-z]+ [A-Z][a-z'-]+(?: \([\w -]{2,30}\))?)+"
    r"|(?:[A-Z][a-z]+)(?:(?:, | and )[A-Z][a-z]+){1,}\b)"
)
_SEATS: Final = words(
    "participants attendees attendees atendees attendants responders lead commander manager team involved parties present call facilitator facilitators scribe scribes room"
)
_PLAN: Final = later(
    r"(?<![\w@./-])(?P<name>[A-Z][a-z]{2,11})(?: [A-Z]\.?[a-z]*)? (?:is (?:going|about|supposed) to|will|is to|to|was to) (?:reach out|follow up|call|phone|ask|talk to|speak (?:to|with)|contact|check with|ping|e-?mail|fill in|write up|add|complete|investigate|look into|document|review|confirm|update)\b"
)
_NO_NAME: Final = words(
    "we they you it this that support team staff users customers everyone somebody someone engineers engineering google amazon microsoft cloudflare github "
    "please also then next action actions how what where when why ability need needs ready able time want wants plan plans next-step todo steps the our your one who"
)
_PLANS: Final = words(
    "reach follow call phone ask talk speak contact check ping email mail fill write add complete investigate look document review confirm update"
)


def _survey(document: Document) -> Iterator[Hit]:
    said, raw = document.vocabulary(), document.text.raw
    if not _SEATS.isdisjoint(said):
        for found in _LISTED.finditer(raw):
            yield Hit(*found.span("who"))
    if not _PLANS.isdisjoint(said):
        for found in _PLAN.finditer(raw):
            if found["name"].lower() not in _NO_NAME and found["name"].lower()[-3:] not in _PLURAL:
                yield Hit(*found.span())


_PLURAL: Final = ("ers", "ors", "ing", "ion", "ity", "ess", "ent", "ces")

RULE = Rule(
    id="LEK-26",
    name="people-of-the-house",
    category="leak",
    severity="warning",
    message="Who was there, who may do what and whose evening it was belong in the internal review.",
    better='"two engineers worked on it from 08:20 UTC"',
    source="PD, SEED",
    kinds=PUBLIC,
    survey=_survey,
    triggers=words(
        "removed added granted given stripped promoted demoted assigned converted moved grants grant gave gives revoked revoke revokes payroll salary salaried probation probationary employment "
        "virtual credit debit personal apple google paypal laptop phone device computer that takes take took taking hands hand handed handing permission permissions rights access privileges "
        "confusion uncertainty disagreement unclear unsure clear knew executive executives ceo coo cfo founder founders vice vp board managing president "
        "lives life family families dinner dinners sleep birthday birthdays wedding weddings weekend weekends evening evenings holiday holidays vacation vacations off free home rest shuteye shut awake "
        "only sole lone know knows receiving getting subscribed set break recess shutdown noone nobody one none"
    ),
    look=matching(_PATTERN, _keep),
    patterns=(_PATTERN,),
    bad=examples(
        "The gatekeeper's deputy was off, and an administrator was removed from root access.",
        "The employee reported that he has two keys.",
        "Fernway's warden takes over comms duties at noon.",
        "We could not post the notice due to missing Discord permissions.",
        "There was confusion about who had the key.",
        "An executive offered the baker a new oven.",
        "The alarm interrupted our dinner.",
        "We let the crew get a good night's sleep first.",
        "She was the only person about that evening.",
        "It is winter break and nobody is in the building.",
        "Attendees: AB, CD, EF",
        "Participants: Ottoline Marsh (lead), Ragna Holt, Ulla Brandt",
        "Ragna is going to reach out to the mill.",
    ),
    good=examples(
        "Two engineers worked on it from 08:20 UTC.",
        "Your evening was spoilt, and we are sorry.",
        "Users were removed from the admin group by mistake.",
        "You are the only person with access to your vault.",
        "Guests were awake when the alarm rang.",
        "The team will follow up by 8 May.",
    ),
)
