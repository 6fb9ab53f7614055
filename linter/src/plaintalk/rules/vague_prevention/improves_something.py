"""VAG-01: "improve our monitoring", without saying what it will notice."""

from plaintalk.concrete import (
    content,
    has_mechanism,
    is_about_prevention,
    is_the_response,
    names_an_object,
    serves_a_named_change,
)
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching, one_of
from plaintalk.text import Sentence

_ATTITUDE = (
    r"(?:process(?:es)?|procedures?|practices|resilien(?:ce|cy)|reliability|stability|robustness|observability"
    r"|communications?|response|incident response|response times?|quality"
    r"|strateg(?:y|ies)|approach|workflows?|visibility|availability|uptime|responsiveness|preparedness|readiness"
    r"|fault[- ]tolerance|transparency|security posture|culture|discipline|change management|quality assurance"
    r"|disaster recovery|rollouts?|deployments?|safety|scalability|planning|coordination|engagement)"
)
_MEANS = (
    r"(?:monitoring|alerting|alerts|safeguards|testing|tests?|test coverage|coverage|tooling|tools|controls|checks"
    r"|redundancy|guardrails|measures|protections?|detection|mechanisms?|capabilit(?:y|ies)|validations?|automation"
    r"|documentation|precautions|backups?|failsafes?|fail-?overs?|health checks|maintenance|protocols?)"
)
_BETTER = (
    r"(?:improv(?:e|es|ed|ing|ements?)|enhanc(?:e|es|ed|ing|ements?)|better|additional|more|further|extra|stricter|stronger"
    r"|tighter|greater|increas(?:e|es|ed|ing)|tighten(?:ing|ed)?(?: up)?|implement(?:ing|ed)?|expand(?:ing|ed)?|upgrad(?:e|ed|ing)"
    r"|refin(?:e|ed|ing)|optimi[sz](?:e|ed|ing)|streamlin(?:e|ed|ing)|step(?:ped|ping)? up|boost(?:ed|ing)?|ramp(?:ed|ing)? up"
    r"|rais(?:e|ing)|add(?:ed|ing)?|more|beef(?:ed|ing)? up|reinforc(?:e|ed|ing)|solidif(?:y|ied|ying)|overhaul(?:ed|ing)?|rework(?:ed|ing)?)"
)
_IMPROVE = Pattern(
    rf"\b{_BETTER} "
    r"(?:\w+ )?(?:(?:to|in|of|on|around|for) )?(?:(?:our|the|this|these|its|all|internal) )?(?:(?!and\b|we\b|following\b|that\b|which\b|than\b|for\b|to\b|when\b)[\w-]+,? (?:and )?){0,3}?"
    rf"(?:(?P<attitude>{_ATTITUDE})|(?P<means>{_MEANS}))\b(?! (?:data|pages?|dashboards?|results|shows?|showed|alerted|detected|reports?|is (?:on|at|available)|was))"
    r"|\b(?:improv(?:e|es|ing)|rethink(?:ing)?|refin(?:e|ing)|chang(?:e|ing)) (?:on )?(?:how|the way) (?:we|our)\b"
    r"|\b(?:monitoring|alerting|process(?:es)?|procedures|controls|safeguards|practices|testing|tooling|communication|documentation)"
    r" (?:has been|have been|will be|is being|are being|must be|should be|needs to be|was|were) (?:\w+ )?(?:improved|enhanced|strengthened|tightened|increased|expanded|reinforced|adjusted|revised|adapted|refined)\b"
    r"|\b(?:improv|enhanc)(?:e|es|ed|ing|ements? to) (?:our|the|these|all) (?:(?!time\b)\w+ ){0,2}?(?:systems?|platform|infrastructure|services?|operations|network|software|product|application)\b"
    r"|\b(?:improv|reduc|enhanc|lower|shorten|decreas)(?:e|es|ed|ing) (?:our |the )?(?:mean )?time to (?:detect\w*|respon\w*|recover\w*|mitigat\w*|resol\w*|identif\w*|react\w*)\b"
    r"|\b(?:areas?|room|opportunit(?:y|ies)) (?:for|of|to) (?:\w+ )?improv\w+"
    r"|\b(?:improvements?|enhancements?) (?:to (?:\w+ ){1,4})?(?:have been|has been|will be|are being|are|is|were) (?:\w+ )?(?:made|planned|implemented|identified|introduced|under ?way|in progress|coming|scheduled|needed)\b"
    r"|\b(?:make|making|made|making|working on|implement(?:ing|ed)?|planning|plan|identified|several|some|various|many|number of) (?:\w+ ){0,2}?improvements?\b"
)
# What is to be had more of, what was done to something "to avoid this", a bare wish.
_MORE = Pattern(
    r"\b(?:more|additional|further|better|extra|comprehensive|thorough|proper|improved) (?:and \w+ )?(?:[\w-]+ )?(?P<means>tests?|test cases|checks|monitoring|alerts|documentation|logging|automation|reviews|training|redundancy|backups|safeguards|metrics|tooling) (?:will|should|needs? to|must|have to|has to|are to|could|are|is|to) be (?:\w+ )?(?:implemented|added|written|created|introduced|established|provided|put|developed|built|done|planned|set up|conducted|performed)\b"
    r"|\b(?:improv|updat|adjust|chang|enhanc|tweak|adapt|upgrad|rework|modif|revis|refin)(?:e|ed|ing|y|ied|ying) (?P<attitude>our|its|their) (?:[\w/-]+ ){1,2}?(?:to|so as to|in order to) (?:\w+ )?(?:avoid|prevent|reduce|minimi[sz]e|limit|mitigate|better|help|handle|withstand) (?:\w+ ){0,3}?(?:this|these|such|similar|future|kind|again|recurr\w+)\b"
    r"|\b(?:set ?-?up|add|more|introduc(?:e|ing)|establish(?:ing)?|build|building|need|needs|have|get) (?:better |proper |good |some |more )?(?:[\w-]+ )?(?P<bare>monitoring|alerting|observability|tooling|test coverage|tests|testing)\b(?=\W*\Z)"
)
_PLAN = Pattern(
    r"\b(?:i|i'll|i've|i'm|we|we're|we'll|we've|our|will|is|are|plan|planning|to|team|engineers|working|has|have|been|including|such as|be|should|could|must|needs?|action (?:points?|items?)|todo|follow-?ups?|next steps?|recommendations?)\b"
)
_ANNOUNCED = Pattern(
    r"\b(?:steps|what|ways|how|measures|actions|things|changes) (?:that )?(?:we|i)(?:'re|'ve| are| have|'ll| will)? (?:\w+ )?(?:to )?\Z"
)
_NOT_BEFORE = Pattern(
    r"\b(?:prevent|avoid|stop|close|waiting for|set of|see|seeing|saw|observed?|noticed?|showing|until|no|with|for|if|than|needs?|require[sd]?|there (?:is|are|was|were)) (?:an? |some |any |the |\w+ )?\Z"
)
_TRIGGER = Pattern(
    r"\b(?:deployed|intended|designed|meant|aimed|supposed|attempt\w*|part of|migrat\w+|maintenance|scheduled|change|configuration|update|upgrade|feature|release|project|which|that) (?:\w+ ){0,3}\Z"
)
_NOT_A_PLAN = Pattern(
    r"\b(?:not|caused|cause|triggered|due to|because of|see|seeing|notice|noticed|observ\w+) (?:\w+ ){0,4}\Z"
)
_VERBS = Pattern(
    r"(?:improv|enhanc|increas|tighten|implement|strengthen|expand|upgrad|refin|better|more|further|additional|stricter|stronger|extra|optimi|step|review)"
)
_NEW_THING = Pattern(
    r"(?:implement\w*|upgrad\w*|expand\w*|extra|rework\w*|overhaul\w*|rais\w+|optimi\w+|more|increas\w+|additional|further|refin\w+|add\w*)\b"
)


# "A colleague who works on improving" tells who somebody is.
_SOMEBODY_WHO = Pattern(r"\bwho(?:'s|'ve|'re)? (?:\w+ ){0,5}?\Z")
# "Adding alerts to this metric" leans on what was named before.
_SAID_BEFORE = Pattern(
    r"\b(?:these|those|this|that) (?!incident|event|outage|issue|problem|failure|type|kind|nature|class)\w+"
)
# What is written or tested is told by what it is about.
_WRITTEN = Pattern(r"(?:documentation|test|testing|coverage)")
_ABOUT = Pattern(
    r" (?:about|for|of|on|around|covering|against) (?:the |our |how |all )?(?!our\b|the\b|all\b|future\b|such\b|similar\b|this\b|these\b)\w"
)
# A fix that was "implemented and is monitored"; tests that "would have found it".
_WATCHES = Pattern(r"\b(?:are|is|we|we're|now|be|continu\w+|closely|currently) monitoring\Z")
_WOULD = Pattern(r" (?:would|could|might) (?:not |never )?(?:have )?\w+")
# "More importantly" compares nothing.
_NO_COMPARISON = Pattern(r"(?:more|further) \w+ly\b")
_NAMED_INSIDE = 1
"""Words between "improve" and what is improved that name a thing; one more, and it is told."""
_TO_INCLUDE = Pattern(
    r"(?: [\w-]+){0,2} (?:to include|to cover|including|covering|with) (?:(?!our|more|better|additional|further|all|any)[\w-]+ ){1,}"
)
_WATCH = Pattern(
    r"(?:monitoring|alert|observability|detection|visibility|test|check|coverage|documentation|measures|precautions)"
)


def _speaks_of_something_else(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the words announce a list, ask, or tell of a person or of what went wrong."""
    if before(document, sentence, found, _ANNOUNCED) or before(
        document, sentence, found, _NOT_BEFORE, 24
    ):
        return True
    if before(document, sentence, found, _SOMEBODY_WHO, 50):
        return True
    return before(document, sentence, found, _NOT_A_PLAN, 50) or before(
        document, sentence, found, _TRIGGER
    )


def _says_what_about(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether documents or tests are told by their subject, or an addition by what stands before."""
    written = found["means"] and _WRITTEN.match(found["means"])
    if written and _ABOUT.match(document.scan, found.end(), sentence.end):
        return True
    if not found.group().startswith("add"):
        return False
    end = min(sentence.end, found.end() + 60)
    return _SAID_BEFORE.search(document.scan, found.start(), end) is not None


def _names_it(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether what is improved is named, or said to hold more now, or nothing is compared."""
    if _WATCHES.search(found.group()) or follows(document, sentence, found, _WOULD, 24):
        return True
    if _NO_COMPARISON.match(found.group()) or follows(document, sentence, found, _TO_INCLUDE, 50):
        return True
    return bool(found["attitude"]) and len(content(found.group())) > _NAMED_INSIDE


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _speaks_of_something_else(document, sentence, found):
        return False
    if document.scan[sentence.end - 1] == ":":
        return False
    if _says_what_about(document, sentence, found) or _names_it(document, sentence, found):
        return False
    if serves_a_named_change(document, sentence, found) or is_the_response(document, sentence):
        return False
    if found["means"] and not _WATCH.match(found["means"]) and content(found.group()):
        return False
    if found["means"] or (found["attitude"] and _NEW_THING.match(found.group())):
        if names_an_object(document, sentence, found):
            return False
    elif has_mechanism(document, sentence, found.start()):
        return False
    if sentence.role == "item":
        return True
    return _PLAN.search(document.scan, sentence.start, found.start()) is not None or (
        found.start() - sentence.start < 3 and _VERBS.match(found.group()) is not None
    )


def _keep_more(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether more of something is wanted, or something was changed, and not what it now does."""
    if document.scan[sentence.end - 1] in ":?" or is_the_response(document, sentence):
        return False
    if has_mechanism(document, sentence, found.start()):
        return False
    if found["means"]:
        if _says_what_about(document, sentence, found):
            return False
        return not names_an_object(document, sentence, found)
    if found["bare"] and not (sentence.role == "item" or is_about_prevention(document, sentence)):
        return False
    return len(content(found.group())) <= _NAMED_INSIDE


RULE = Rule(
    id="VAG-01",
    name="improves-something",
    category="vague_prevention",
    severity="warning",
    message="Improve it how? Say what it will now notice or stop, and how fast.",
    better='"alerts an engineer at 80% full, within 5 minutes"',
    source="SEED",
    triggers=words(
        "improve improves improved improving improvement improvements enhance enhances "
        "enhanced enhancing enhancement enhancements better additional more further extra new "
        "stricter stronger tighter greater add added adding increase increases increased increasing tighten "
        "tightening tightened implement implementing implemented expand expanding expanded "
        "upgrade upgraded upgrading refine refined refining optimize optimized optimizing "
        "optimise optimised optimising streamline streamlined streamlining step stepped "
        "stepping boost boosted boosting ramp ramped ramping raise raising beef beefed "
        "beefing reinforce reinforced reinforcing solidify solidified overhaul overhauled "
        "overhauling rework reworked reworking rethink rethinking change changing "
        "strengthened reduce reducing reduces reduced lower lowering shorten shortening "
        "decrease decreasing comprehensive thorough proper update updated updating adjust adjusted "
        "adjusting changed tweak tweaked tweaking adapt adapted adapting modify modified modifying "
        "revise revised revising set setup introduce introducing establish establishing build "
        "building need needs have get"
    ),
    look=one_of(matching(_IMPROVE, _keep), matching(_MORE, _keep_more)),
    bad=examples(
        "We are improving our monitoring.",
        "We will add more alerting and better processes.",
        "More checks will be introduced.",
        "We changed our workflow to avoid this kind of muddle.",
        "We need better tooling.",
        "Action point: improve the resilience of the bakery.",
        "We have implemented additional safeguards.",
        "We added a size check to the nightly export and are working to improve our monitoring.",
    ),
    good=examples(
        "More importantly, our response took an hour.",
        "We changed our oven clock and our door lock to avoid this.",
        "More tests will be written for bookings that cross midnight.",
        "We improved our fire drill to include the night shift and the guests.",
        "We are improving our monitoring so that a full queue pages an engineer within 5 minutes.",
        "Both queues now stop accepting work at 80% full.",
        "More monitoring data is on the metrics page.",
    ),
)
