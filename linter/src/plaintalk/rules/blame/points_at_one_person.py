"""BLM-04: "a junior engineer"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import is_not_the_one
from plaintalk.rule import ALL_KINDS, Hit, Rule, before, examples, follows, matching, one_of
from plaintalk.text import Sentence

_ROLE = (
    r"(?:engineer|developer|technician|contractor|employee|operator|administrator|admin|team member|staff member|colleague|intern|sysadmin|programmer|dba|sre"
    r"|freelancer|consultant|electrician|maintainer|trainee|apprentice|manager|cleaner|excavator driver|moderator|volunteer)"
)
_SOMEBODY = rf"(?:(?:an?|the|our|one|another|some|that|this) (?:[\w'-]+ ){{0,3}}?{_ROLE}|(?:one|some|another|a member|members) of (?:our|the|their|its) (?:own )?(?:[\w-]+ ){{0,3}}?(?:{_ROLE}s|staff|team|crew|operations|people|personnel))"
_HARM = (
    r"(?:accidentally|mistakenly|inadvertently|incorrectly|wrongly|unintentionally|erroneously|carelessly|forgot|failed to|deleted|dropped (?:the|a|an)|removed|overwrote|wiped|truncated"
    r"|misconfigured|mistyped|unplugged|pulled (?:the|a|an)|cut (?:the|a|an|our|through)|damaged|broke|misread|misunderstood|mixed up|confused|switched off|turned off|powered (?:off|down)|shut down|tripped|spilled"
    r"|ignored|skipped|bypassed|overlooked|neglected|did not (?:follow|check|notice|test|verify|read|know)|didn't (?:follow|check|notice|test|verify|read)|left (?:the|a|our)|made (?:a|an|the) (?:\w+ )?(?:mistake|error|slip)"
    r"|(?:ran|executed|entered|pushed|merged|deployed|released|uploaded|published|applied|committed|typed) (?:the |a |an )?(?:\w+ )?(?:wrong|broken|bad|untested|faulty|buggy|incorrect|erroneous|destructive|mistaken|script on|command on|query on|migration on|migration against|script against))"
)
_PERSON = Pattern(
    rf"\b(?:an? |the |our )?(?:junior|single|new|inexperienced|trainee|rogue|individual|sleepy|tired|over-?eager|overzealous|careless|unexperienced) (?:[\w-]+ ){{0,2}}?{_ROLE} (?!needs?\b|can\b|could\b|should\b|will\b|was on\b|has access\b|who\b|to\b|had to\b|from\b)\w+"
    rf"|\b{_SOMEBODY}(?: (?:at|of|in|from|on|for) (?:[\w'-]+ ){{1,4}}?)?(?: (?:\w+ )?)?{_HARM}\b"
    rf"|\b(?:caused|triggered|made|deleted|removed|cut|broken|introduced|run|dropped|pulled|unplugged|pushed|merged|damaged|executed|overwritten|misconfigured|disabled|shut down|turned off|switched off|due to|because of|fault of|error of|mistake of|error by|mistake by) (?:accidentally |mistakenly )?(?:by )?(?:an?|the|our|one(?: of our)?|another) (?:[\w-]+ ){{0,2}}?{_ROLE}s?\b"
    r"|\b(?:he|she|team[- ]?member[- ]?\d\w*|engineer[- ]?[a-d1-9]) (?:\w+ )?(?:ran|deleted|executed|typed|removed|pushed|forgot|pressed|dropped|wiped|overwrote|restarted|merged|deployed|chose|picked|clicked|confused|mistook|(?:notic|reali[sz])(?:es|ed|e) (?:that )?(?:he|she|his|her))\b"
    rf"|\b(?:an?|the|our) (?:[\w-]+ ){{0,2}}?{_ROLE}(?:'s)? (?:mistake|error|oversight|negligence|typo|slip|misunderstanding)\b"
)
_HARMLESS = Pattern(
    r"(?: \w+){0,2} (?:noticed|detected|found|spotted|restored|fixed|responded|identified|is|was paged|was alerted|will|on duty|joined|investigated|confirmed)\b"
)
_SOLD = Pattern(
    r"\b(?:former|ex)\b[^.]{0,60}\b(?:sold|stole|copied|accessed|leaked)\b|\b(?:alert|alarm|monitor|system|job|script)s? (?:paged|called|woke)\b"
)
# "They confirmed that he had deleted the letter" tells how harm was undone.
_CONFIRMED = Pattern(
    r"\b(?:confirmed|assured|told us|stated|verified|attested|certified|agreed|promised) (?:to us |us |in writing )?(?:that )?\Z"
)
_DONE_TO = Pattern(
    r"\b(?:was|were|is|are|been|being|got) (?:then |also )?(?:removed|wiped|mixed up|confused|misread|misunderstood|ignored|skipped|bypassed|overlooked|damaged)\Z"
)
_HARMLESS_BEFORE = Pattern(
    r"\b(?:former|attacker|malicious|pages?|alerts?|calls?|wakes?|notified|reviewed|approved|checked|hired?|restored|fixed|resolved|noticed|detected|found|spotted|discovered|verified|second|needs?|require[sd]?|reported|identified|investigated|signed|written|monitored|watched|handled) (?:\w+ ){0,2}?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if found.group().startswith(("he ", "she ", "team")):
        return not before(document, sentence, found, _CONFIRMED, 40)
    if any(word in found.group() for word in ("on-duty", "second")) or _SOLD.search(
        document.scan, found.start(), sentence.end
    ):
        return False
    if follows(document, sentence, found, _HARMLESS, 40):
        return False
    # "The tester was removed from the list" tells what was done with them.
    if _DONE_TO.search(document.scan, found.start(), found.end()):
        return False
    if is_not_the_one(document, sentence, found):
        return False
    return not before(document, sentence, found, _HARMLESS_BEFORE, 40)


def _tell(document: Document, sentence: Sentence, found: Match) -> Hit:
    names = document.record.lexicon.staff_names if document.record else ()
    low = document.text.low[sentence.start : sentence.end]
    named = any(name.lower() in low for name in names)
    return Hit(*found.span(), severity="error" if named else None)


_AGAINST_RULES = Pattern(
    rf"\b(?:acts?|actions?|errors?|mistakes?|negligence|fault|conduct|carelessness|oversight|misconduct|failure|behaviou?r|disregard|wrongdoing) (?:of|by|on the part of) (?:an? |one |a single |an individual |some |one of our |a member of )(?:[\w-]+ ){{0,3}}?(?:{_ROLE}s?|staff|person|individual|resident|student|tenant|customer|user|client|visitor|driver|courier|guest|team|supplier|vendor|volunteer)\b"
    rf"|\b(?:an?|one|the|our|another|one of our|some) (?:[\w-]+ ){{0,3}}?(?:{_ROLE}s?|staff|person|individual|resident|student|tenant|driver|courier|guest|nurse|clerk|cashier|teacher|agent|worker|subcontractor|volunteer) (?:[\w',-]+ ){{0,16}}?(?:contrary to|in (?:breach|violation|contravention|disregard|defiance) of|against|without following|failed to follow|not following|did not follow|didn't follow|disregard(?:ed|ing)|ignor(?:ed|ing)|flout(?:ed|ing)|violat(?:ed|ing)|breach(?:ed|ing)|did not adhere to|bypass(?:ed|ing)) (?:to )?(?:our|the|company|express|explicit|clear|established|all|that|this|their|its|school|house|hospital|internal|standard|proper) ?(?:[\w-]+ ){{0,2}}?(?:polic(?:y|ies)|instructions?|procedures?|rules?|guidelines?|protocols?|processes|training|orders?|advice|warnings?|regulations?|standards)\b"
    r"|\b(?:students?|residents?|users?|customers?|staff|employees|members|tenants|clients|guests|drivers|everyone|all users|people|visitors) (?:are|is|were|was) (?:\w+ )?(?:reminded|warned|once again asked|urged|advised once more)\b(?=[^.]{0,120}\b(?:not|prohibited|forbidden|against|must|strictly|rules?|allowed|responsib\w+|policy|never|own)\b)"
    r"|\b(?:direct|sole|clear|simple) (?:result|consequence|cause) of (?:an? |one |the |some )?(?:[\w-]+ )?(?:resident|student|user|customer|employee|contractor|person|individual|staff|driver|courier|tenant|guest|member|visitor|supplier|vendor|colleague)\w*\b"
    r"|\b(?:disciplin\w+|disciplinary|reprimand\w*|held (?:fully )?(?:accountable|responsible)|no longer (?:with|works? for|employed)|dismissed|sacked|fired|terminated the (?:employee|contractor)|let go of|parted ways) (?:[\w-]+ ){0,6}?(?:employee|individual|person|contractor|colleague|staff|responsible|involved|concerned|us|the company|action)\b"
    r"|\b(?:an?|one of (?:the|our)|our|another|some|the) (?:[\w-]+ ){0,2}?(?:driver|cleaner|temp|designer|web ?designer|clerk|nurse|cook|chef|waiter|teacher|caretaker|janitor|electrician|plumber|accountant|bookkeeper|secretary|assistant|cashier|guard|installer|builder|porter|courier|librarian|trainee|apprentice|volunteer|supervisor|member of staff|staff member|colleague)s? (?:[\w-]+ ){0,5}?(?:forgot|botched|panicked|pressed the wrong|typed|left (?:the|a) [\w ]{1,20}?(?:open|on|running|unlocked)|unplugged|messed|mixed up|broke|dropped|ignored|misread|clicked|overlooked|switched off|shut (?:\w+ )?(?:down|off)|mislaid)\b|\b(?:somebody|someone) (?:in|at|from|on) (?:[\w-]+ ){1,3}?(?:typed|forgot|left|pressed|clicked|sent|switched|unplugged|deleted|entered|mixed)\b|\b(?:mistake|error|mix-up|slip|fault|oversight|blunder) (?:was|were|is) (?:made|committed|caused|down to) (?:by )?(?:an? |one of |some )(?!system|update|bug|software|change|script|rule|test|file|setting)(?:[\w-]+ ){0,3}?(?:agency|company|firm|supplier|provider|contractor|partner|person|employee|colleague|driver|clerk|third party|courier|printer|subcontractor|freelancer|user|customer|guest)\b"
    r"|\b(?:an?|one) (?:[\w-]+ ){0,2}?(?:developer|engineer|admin|administrator|programmer|contractor|intern|employee|operator|contributor|maintainer|colleague) (?:\w+ly )?(?:pushed|ran|merged|executed|committed|edited|modified|uploaded|force-pushed|overwrote) (?!(?:an? |the )?(?:fix|patch|hotfix|rollback|repair|workaround|backup|check|test))\w+|\b(?:contractor|technician|operator|supplier|vendor|provider|staff|employee|user|driver|courier|installer|admin|engineer) error\b|\b(?:person|people|team|engineer|department|group|colleague) (?:in charge|responsible) (?:of|for) (?:[\w-]+ ){1,4}?(?:changed|deleted|forgot|moved|missed|did not|didn't|switched|removed|ignored|failed)\b|\bwithout (?:telling|informing|asking|consulting|notifying|warning) (?:anyone|anybody|us|the|others|me|our)\b"
)


def _keep_against(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether somebody is said to have broken a rule, and no rule is told for readers only."""
    return document.scan[sentence.end - 1] != "?" and not before(
        document, sentence, found, _HARMLESS_BEFORE, 24
    )


RULE = Rule(
    id="BLM-04",
    name="points-at-one-person",
    category="blame",
    severity="warning",
    message="Pointing at one person scares the next one into silence.",
    better='"our release process let a change of this size through"',
    source="PD, HER",
    kinds=ALL_KINDS,
    triggers=words(
        "engineer engineers developer developers technician technicians contractor "
        "contractors employee employees operator operators administrator administrators admin "
        "admins team staff colleague colleagues intern interns sysadmin sysadmins programmer "
        "programmers dba dbas sre sres freelancer freelancers consultant consultants worker "
        "workers builder electrician maintainer maintainers trainee apprentice analyst "
        "manager architect cleaner driver agent agents tester designer moderator volunteer "
        "volunteers person people member members crew operations personnel he she member act acts action actions error errors mistake mistakes negligence fault conduct carelessness oversight misconduct failure behaviour behavior disregard wrongdoing contrary breach violation against ignoring ignored flouted violated bypassed residents resident students student users customers tenants clients guests drivers everyone visitors result consequence cause disciplinary disciplined reprimanded accountable responsible dismissed sacked fired courier driver guest nurse clerk cashier teacher cleaner temp designer webdesigner cook chef waiter caretaker janitor plumber bookkeeper secretary assistant guard porter librarian supervisor somebody someone mix slip blunder web telling informing asking consulting notifying warning charge contributor contributors"
    ),
    look=one_of(matching(_PERSON, _keep, _tell), matching(_AGAINST_RULES, _keep_against)),
    bad=examples(
        "One engineer pushed straight into the shop.",
        "The person in charge of keys moved them without telling anyone.",
        "Our caretaker forgot to close the tap.",
        "The mistake was made by an outside agency.",
        "A clerk kept the letters at home, contrary to our instructions.",
        "The mix-up was the act of an individual employee.",
        "Guests are reminded that open fire is prohibited.",
        "The flood was the direct result of a tenant leaving a tap open.",
        "A junior engineer ran the migration.",
        "One of our engineers deleted the records.",
        "The cable was cut by a contractor.",
    ),
    good=examples(
        "One engineer pushed a fix at 10:04 UTC.",
        "The contractor list inadvertently showed wages for 20 minutes.",
        "The visitor confirmed that he had deleted the letter.",
        "Nothing in our rules was against keeping the letters at home; it is now.",
        "Our release process let a change of this size through.",
        "The alert pages an engineer within 5 minutes.",
        "A former employee sold the list.",
        "The fault was noticed by an engineer at 08:20 UTC.",
    ),
)
