"""BLM-11: the trouble is laid at the door of some customers or partners."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import points_at_a_person
from plaintalk.rule import Rule, before, examples, matching, one_of
from plaintalk.text import Sentence

_CROWD = r"(?:users?|customers?|party|parties|clients?|tenants?|accounts?|integrators?|partners?|subscribers?|members?|players?|merchants?|organi[sz]ations?|integrations?|crawlers?|bots?|scrapers?|contributors?|apps?|applications?|companies|company|persons?|individuals?|someone|people)"
_SOME = r"(?:(?:and |an? |one |some |single |several |the |our |certain |few |another |specific |particular )*(?:of our )?(?:very |too |overly |poorly |badly )?(?:large|larger|single|integrated|heavy|few|abusive|third[- ]party|particular|specific|individual|big|aggressive|misbehaving|misconfigured|written|malicious|rogue|greedy|external|enthusiastic|popular)? ?)"
_PATTERN = Pattern(
    rf"\b(?:due to|caused by|because of|result of|triggered by|thanks to|by|from|courtesy of) (?:[\w-]+ ){{0,8}}?(?:activit(?:y|ies)|calls|requests|usage|traffic|use|queries|load|abuse|behaviou?r|actions?|imports?|scripts?|misuse|workloads?|number of \w+) (?:of|from|by) {_SOME}{_CROWD}\b(?! in\b| with\b| who\b)"
    rf"|\boffending (?:users?|customers?|services?|accounts?|clients?|tenants?|part(?:y|ies)|team|developer|person|ip|ips|traffic|applications?|apps?|integrations?|company|workloads?|sites?|websites?|organi[sz]ations?)\b"
    rf"|\b(?:abusive|malicious|misbehaving|rogue|greedy|badly behaved|badly written|poorly written|overly aggressive|selfish|inconsiderate|irresponsible|out-of-control) (?:[\w-]+ ){{0,2}}?{_CROWD}\b"
    rf"|\b{_CROWD} (?:\w+ ){{0,4}}?(?:abus(?:ed|ing)|hammer(?:ed|ing)|overload(?:ed|ing)|flood(?:ed|ing)|spamm(?:ed|ing)|misus(?:ed|ing)|overwhelm(?:ed|ing)|bombard(?:ed|ing)|hogg(?:ed|ing)|swamp(?:ed|ing)|exploited|took down|brought down|crashed)\b"
    rf"|\b(?:one|an?|single|certain|some|few|a handful of) (?:[\w-]+ ){{0,3}}?{_CROWD} (?:\w+ )?(?:sent|sending|made|making|ran|running|created|creating|was (?:sending|making|running)|were (?:sending|making|running)|had been \w+ing|started|used|issued|using) (?:far |way )?(?:too many|too much|an? (?:excessive|absurd|insane|ridiculous|enormous|abusive|unreasonable|extreme|abnormal|huge|massive|crazy)|excessive|abusive|unreasonable|massive|thousands|millions|hundreds)\b"
    rf"|\babused? (?:by|of (?:our|the)) (?:\w+ )?(?:users?|customers?|service|system|platform|api|free)\b"
    r"|\b(?:some |many |several |those |the )?(?:users?|customers?|clients?) (?:\w+ )?(?:ignored|disregarded|refused to|neglected|did not bother|were too)\b"
    r"|\b(?:a|an|the|one|another) (?:\w+ )?(?:pr|pull request|contribution|change|patch|commit|plugin|merge) (?:submitted |made |merged |sent |contributed |opened )?(?:from|by) (?:the |an? |our |one of our )?(?:\w+ )?(?:community|contributors?|volunteers?|outsiders?|outside\w*|customer|intern)\b"
    r"|\b(?:contributor|community member|volunteer|maintainer|outsider)s? (?:\w+ )?(?:submitted|merged|pushed|opened|committed|sent|introduced) (?:an? |the )?(?:\w+ )?(?:broken|faulty|bad|buggy|wrong|breaking|malformed|untested|incorrect)\b"
    r"|\b(?:removed|banned|blocked|suspended|disabled|terminated|kicked|throttled|expelled|cut off) (?:a|an|one|the|this|that|another|two|three) (?:[\w-]+ ){0,2}?(?:user|customer|account|client|tenant|bot|crawler|scraper|member|player|merchant|integration)s? (?:for|who|that (?:was|were|had|kept)|because|whose|responsible|abusing|using|sending)\b"
    r"|\b(?:malicious|rogue|abusive|nasty|aggressive|misbehaving|stupid|evil|greedy|illegitimate|unscrupulous|reckless|careless|ai|llm|unidentified|badly behaved) (?:\(?[\w-]+\??\)? ){0,2}?(?:bots?|crawlers?|scrapers?|spiders?|spammers?|neighbou?rs?)\b"
    r"|\bculprits?\b"
)
_NOT_BEFORE = Pattern(r"\b(?:no|not|against|protect\w*) \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if "culprit" in found.group() and not points_at_a_person(document, sentence, found):
        return False
    # What was only suspected, or told of by a filter, accuses nobody.
    if _SUSPECTED.search(document.scan, found.start(), found.end()):
        return False
    return not before(document, sentence, found, _NOT_BEFORE)


_SUSPECTED = Pattern(r"\b(?:may|might|could) (?:\w+ )?(?:have been|be)\b|\bsuspected\b")
_THEIR_SLIP = Pattern(
    r"\b(?:some|many|several|certain|a few|most|other|those|the|our|a number of|various)? ?(?:of (?:our|the) )?(?:customers?|users?|clients?|members?|guests|students|patients|people|recipients|subscribers|buyers|parents|passengers|applicants|shoppers|players|of you) (?:\(?who\)? )?(?:had |have |has |also |apparently |simply |unfortunately |sadly |still )*(?:typed|entered|gave|given|supplied|provided|used|chose|chosen|clicked|set|left|filled|sent|registered|submitted|reused|re-used|picked|wrote|misread|misunderst(?:ood|and)|forgot|forgotten|failed to|neglected|did not (?:bother|read|check|follow|update|change|set|enable|use)|didn't (?:bother|read|check|follow|update|change|set|enable|use)) (?:[\w'-]+ ){0,5}?(?:wrong(?:ly)?|incorrect(?:ly)?|weak|the same|invalid|outdated|incomplete|despite|against|repeatedly|too late|instructions?|e-?mails?|passwords?|terms|guidance|advice|notices?|in time|their own|twice)\b"
    r"|\bwhich (?:did not|didn't|does not|doesn't) (?:exactly |really )?help (?:anyone|anybody|us|matters|either|much|things)\b|\bmade (?:it|things|matters) (?:even )?worse by (?:\w+ing)\b"
    r"|\b(?:users?|customers?|clients?|guests?|members?|students?|buyers?|people) (?:are|were|is|was) (?:\w+ )?(?:responsible|to blame|at fault|expected to|supposed to|themselves)\b|\b(?:customers?|users?|clients?|guests?|buyers?)(?:'|'s|s') (?:own )?(?:responsibility|error|carelessness|negligence|failure to|mistake|fault|misuse)\b|\b(?:user|operator|customer|guest|driver) error\b"
)


_OURS = Pattern(
    r"\b(?:we|our (?:form|page|app|site|system|letter|text|mistake|fault)|because (?:we|our|the)|should have been able|were told to|please|if|could not|couldn't|had to|asked to)\b"
)


def _keep_slip(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether readers are told of their own slip, and not of ours or of what they may do."""
    return document.find(_OURS, sentence) is None and document.scan[sentence.end - 1] != "?"


RULE = Rule(
    id="BLM-11",
    name="points-at-customers",
    category="blame",
    severity="warning",
    message="It reads as an accusation, and the others wonder if it was them. Say which limit of yours was missing.",
    better='"one account could use the capacity of all; now it cannot"',
    source="SCCT",
    triggers=words(
        "user users customer customers party parties client clients tenant tenants account "
        "accounts offending abusive abuse abusing abuser unknowingly pr patch commit pull "
        "community integrator partner partners culprit subscriber subscribers member members "
        "player players merchant merchants organisation organization organisations "
        "organizations integration integrations crawler crawlers bot bots scraper scrapers "
        "contributor contributors app apps application applications company companies person "
        "persons individual individuals someone people service services ip ips traffic site "
        "sites website websites workload workloads contribution change plugin merge volunteer "
        "volunteers maintainer maintainers outsider culprits spider spiders spammer spammers neighbour neighbours neighbor neighbors typed entered gave given supplied provided used chose chosen clicked set left filled submitted reused misread misunderstood forgot forgotten failed neglected guests students patients recipients buyers parents passengers applicants shoppers help worse responsible blame fault expected supposed responsibility error carelessness negligence misuse driver guest you"
    ),
    look=one_of(matching(_PATTERN, _keep), matching(_THEIR_SLIP, _keep_slip)),
    bad=examples(
        "Some guests had entered the wrong date, which did not help.",
        "Buyers are responsible for their passwords.",
        "Errors rose because of heavy activity by a few big customers.",
        "We have shut off access to the offending service.",
        "Search slowed down because of an excessive amount of queries from one customer.",
    ),
    good=examples(
        "Subscribers were sent the letter twice.",
        "Some guests entered the wrong date because our form showed the old calendar.",
        "Guests who used the same key could not open the door.",
        "One account could use the capacity of all; now it cannot.",
        "Removing the offending file fixed it.",
        "Requests from customers in the EU failed.",
    ),
)
