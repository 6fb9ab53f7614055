"""VAG-14: that something is in the works: "several projects are under way"."""

from typing import Final

from plaintalk.concrete import content, has_mechanism, is_the_response
from plaintalk.document import Document
from plaintalk.frames import first_of, frame
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_MANY: Final = r"(?:some|several|various|many|multiple|a (?:few|number of|couple of|series of|set of|range of|host of|lot of)|a variety of|number of|further|additional|other|more|new|internal|long(?:er)?[- ]term|short[- ]term|these|our|two|three)"
_PLANS: Final = r"(?:ideas?|projects?|initiatives?|plans?|improvements?|efforts?|options?|things|items|changes|upgrades?|enhancements?|actions?|tasks?|workstreams?|solutions?|measures?|mitigations?|optimi[sz]ations?|follow-?ups?|proposals?|work)"
_ON: Final = r"(?:(?:actively |being |currently |already |now |in |under)*(?:worked on|underway|under way|planned|in progress|in the works|in (?:the )?pipeline|on (?:our|the) (?:radar|roadmap|list|agenda|table|horizon)|coming|in motion|ongoing|on the way|in flight|being (?:considered|discussed|explored|evaluated|prepared|looked at)))"
_STUDY: Final = r"(?:investigat|look|explor|research|evaluat|consider|examin|review|study|studi|assess|search|seek|re-?evaluat|revisit|analy[sz]|scop|discuss|brainstorm|figur)(?:ing|es?|s|ed|ing (?:in)?to|ing at|ing for|ing out|ing up)?"
_FORMS: Final = r"(?:solutions?|improvements?|ways|options|strateg(?:y|ies)|alternatives|approaches|measures|possibilit(?:y|ies)|opportunit(?:y|ies)|redundancy|steps|enhancements?|methods|means|safeguards|what (?:we|can|could|else|more))"
_PROCESS: Final = r"(?:process(?:es)?|procedures?|practices?|workflows?|polic(?:y|ies)|protocols?|runbooks?|playbooks?|guidelines|routines?|methods|strategy|strategies|plans?|standards|controls|systems?|operations)"
_PATTERN: Final = Pattern(
    rf"\b{_MANY} (?:\w+ ){{0,2}}?{_PLANS}(?: \w+)? (?:that (?:are|is) |which (?:are|is) |are |is |have been |has been |were |being )*{_ON}\b"
    rf"|\b(?:have|has|got|with|came up with|come up with|are making|made|identified|drafted|drawn up|lined up) (?:also )?{_MANY} (?:\w+ ){{0,2}}?{_PLANS} (?:that|which|to) (?:will |would |should |can |could |may |hopefully |help )*(?:simplify|improve|help|make|reduce|prevent|increase|strengthen|minimi[sz]e|harden|avoid|address|mitigate|ease|limit)\b"
    rf"|\b(?:on|high on|firmly on) (?:our|the|my) (?:radar|roadmap|to-?do list|agenda|list of priorities|wish ?list)\b"
    rf"|\b(?:implement|introduc|mak|adopt|undertak|appl|plan|institut)(?:e|es|ed|ing|y|ying|ied|ning)? (?:\w+ )?(?:some |several |various |further |additional |a number of |a few |the necessary )*(?:process(?:es)?|procedural|operational|organi[sz]ational|infrastructure|internal|technical|architectural|structural|system|security|policy) (?:changes?|improvements?|updates?|adjustments?|enhancements?|measures?|upgrades?|reforms?)\b"
    rf"|\b(?P<study>{_STUDY}) (?:\w+ )?(?:(?:the|any|all|some|various|several|other|different|further|better|potential|possible|additional|more|our|for|issue and look) )*(?:[\w-]+ ){{0,2}}?{_FORMS}\b"
    rf"|\b(?:adjust|re-?evaluat|revis|rework|refin|optimi[sz]|fine-tun|revisit|rethink|streamlin|overhaul|evolv|matur|formali[sz]|tighten|clean|tun)(?:e|es|ed|ing|d|ing up)? (?:and \w+ )?(?:our |the |these |this |those |all |internal |existing )(?:[\w-]+ ){{0,2}}?{_PROCESS}\b"
    r"|\b(?:additional|extra|more|multiple|further|new) (?:layers?|levels?|lines?) of (?:\w+ (?:and )?){0,2}?(?:redundancy|security|protection|defen[cs]e|safety|monitoring|resilience|balancing|checks|validation|oversight)\b"
    r"|\b(?:we|i|team|engineers)(?:'ll| will| have|'ve| are| can|'re| always| also)* (?:\w+ )?learn(?:s|ed|t|ing)? (?:\w+ ){0,3}?(?:from (?:this|these|it|our|every|each|the)|a (?:lot|great deal|ton)|so much|and (?:apply|improve|grow))\b"
    r"|\b(?:switch|mov|migrat|transition|upgrad|chang)(?:e|es|ing|ed)? to (?:an? )?(?:much |far |significantly |even )?(?:more (?:resilient|robust|reliable|stable|powerful|scalable|modern|capable|secure|advanced|redundant)|better|newer|improved|stronger) (?:[\w-]+ ){1,3}?(?:layer|systems?|platform|infrastructure|set-?up|solution|provider|host|architecture|environment|hardware|server|network|data ?cent(?:er|re)|facility)\b"
    r"|\b(?:better|more effectively|proactively|further) (?:mitigate|handle|prevent|manage|address|deal with|cope with|withstand|respond to|react to|anticipate) (?:\w+ )?(?:such|similar|these|this|future|those|any) (?:\w+ ){0,2}?(?:scenarios?|situations?|events?|issues?|problems?|incidents?|attacks?|outages?|failures?|cases|occurrences?|load|spikes?)\b"
    r"|\b(?:plan|planning|intend|going|aim|hoping|hope|want|continue) (?:\w+ )?(?:to |on )?(?:efforts|taking efforts|make efforts|making efforts|work) (?:to|on|towards?) (?:\w+ ){0,5}?(?:mitigat\w*|resolution|improv\w*|prevent\w*|reliab\w*|stab\w*)\b"
    r"|\btak(?:e|es|ing) (?:any |all |the |some ){0,3}(?:(?:additional|further|extra|necessary|appropriate|other|whatever|every|more|required|needed|reasonable) ){1,3}(?:steps|measures|precautions|actions?)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:not|n't|no|if you|you can|you should|please|before|without|users|customers|when|during|after|caused by|due to|while|as part of (?:a|an|the)|because of|by) (?:\w+ ){0,2}\Z"
)
_ANNOUNCED: Final = Pattern(r"\b(?:following|these|below|are|include|including)\b[^.;]{0,30}:?\Z")
# What others do to their own network is their news, and a report that was promised is a report.
_NOT_OURS: Final = Pattern(
    r"\b(?:providers?|vendors?|suppliers?|carriers?|isps?|hosts?|operators?|data ?cent(?:er|re)s?|they) (?:is|are|was|were|has|have|will|had)(?: \w+){0,3} \Z|\b(?:provide|publish|write|share|post|release|follow(?: up)? with|report|page|document|post-?mortem|article|aims to|describes?|outlines?|details?|explains?|summari[sz]es)\b[^.;:]{0,60}\Z"
)
_ENOUGH: Final = 4
_FAR: Final = 160
_FOR_LATER: Final = Pattern(
    r"\b(?:future|prevent\w*|avoid\w*|improv\w*|again|how we|long(?:er)?[- ]term|faster|sooner|earlier|better|resilien\w*|redundan\w*|strateg\w*|alternative\w*|defen[cs]es|protect\w*|likelihood|reliab\w*)\b"
)
_REPAIR: Final = Pattern(
    r"\b(?:restor\w*|resolv\w*|recover\w*|workarounds?|fix(?:es)?|root cause|bring\w* back|back online|current (?:issue|incident)|delivery|as soon as)\b"
)


_FRAMES: Final = (
    frame(
        r"reviews?|assessments?|evaluations?|audits?|analysis|retrospectives?|re-?assessment",
        r"start\w*|begun|begin\w*|conduct\w*|perform\w*|under ?way|launch\w*|initiat\w*|carry\w*|carried|undertak\w*|thorough|full|comprehensive|complete|deep|internal|in-depth|hold\w*|do(?:ing)?",
        r"prevent\w*|mitigat\w*|avoid\w*|future|recurr\w*|reduce|risk|similar|again|improve\w*|likelihood|lessons",
        unless=r"published|found|showed|shows|revealed|as a result|so that|instead of|by \d|on \d|will (?:be )?(?:publish\w*|shar\w*|post\w*)|concluded",
        reach=130,
    ),
    frame(
        r"(?:stability|performance|reliability|security|resilience|resiliency|scalability|infrastructure|redundancy|robustness|availability)(?: and \w+)? (?:improvements?|enhancements?|upgrades?|optimi[sz]ations?|hardening|measures|fixes|work)",
        r"include\w*|will|plan\w*|working|coming|bring\w*|deliver\w*|mak(?:e|ing)|continu\w*|implement\w*|roll\w*|further|focus\w*|priorit\w*|have",
        unless=r"caused|trigger\w*|deploy\w*|during|part of|included",
    ),
    frame(
        r"learn|learns|learned|learnt|learning|lessons?",
        r"things|a lot|a few|a couple|lots|much|from this|grow|improve|better|experience|mistakes?|outage|incident|event|recover|valuable|hard|many",
        unless=r"that|how|about|learn more|learned at|machine|deep|lessons learned|helped|students?|teachers?|classes|courses?|learned of",
        reach=40,
    ),
    frame(
        r"efforts?|measures|utmost|everything|whatever|all we can|our best|steps|actions|precautions|attention|care|work",
        r"prevent\w*|avoid\w*|minimi[sz]\w*|reduc\w*|eliminat\w*",
        r"similar|such|future|any|again|recurrence|reoccurrence|repeat\w*|kind|like (?:this|these)|this (?:type|kind|sort)|re-?occurring",
        r"mak(?:e|ing)|tak(?:e|ing|en)|do(?:ing)?|put\w*|continu\w*|further|maximum|possible|every|all|invest\w*|devot\w*|spend\w*|appropriate|necessary|additional",
        unless=r"discuss|describe|explain|outline|we (?:now|have (?:added|moved|set|limited|replaced|split))|instead of|so that it|at \d|within \d|customers can|you can",
    ),
    frame(
        r"thought of|think of|come up with|came up with|devis\w+|looking for|search\w* for|thinking about|working on finding",
        r"solutions?|ideas?|ways?|plans?|approach\w*|measures?|methods?|means",
        r"would|will|could|help\w*|prevent\w*|avoid\w*|mitigat\w*|improv\w*|reduce|future|enable\w*",
        unless=r"restor\w*|as soon as|workaround",
    ),
)


_REBUILD: Final = Pattern(
    r"\b(?:rebuild|rework|redesign|rethink|revamp|refresh|restructur|reorganis|reorganiz|reengineer|refactor|overhaul|modernis|modernize|moderniz|renew|revis|upgrad|transform|simplif|consolidat|professionalis|professionaliz|standardis|standardiz|centralis|centraliz|clean|tid|beef|toughen|tighten|step|scal|ramp|shor|polish|sharpen|level)(?:e|es|ed|ing|s|y|ies|ied|ying|ning)?(?: up)? (?:on )?(?:our |the |this |these |its |their |all |many |some |several |how |things\b)(?:[\w-]+ ){0,4}?(?:process(?:es)?|procedures?|workflows?|platform|systems?|infrastructure|architecture|stack|set-?up|operations?|tooling|organi[sz]ation|approach|practices|controls?|security|services?|environment|foundations?|network|training|logistics|quality|game|standards|communications?|planning|pipelines?|house|act|behind the scenes)\b"
    r"|\b(?:beef|toughen|tighten|step|shor|clean|tid|sort|level|smarten)(?:ing|ed|e|y|ying)? (?:things|stuff|everything|it all|matters) up\b|\b(?:tighten|strengthen|improv|fix|sort|shor|upgrad|work)(?:ing|ed|e) (?:on )?(?:things|stuff|matters|everything)\b(?: (?:up|out|behind the scenes))?|\bget(?:ting)? our house in order\b|\brais(?:e|ing) (?:the|our) (?:bar|game|standards)\b|\bup(?:ping)? our game\b"
    r"|\b(?:work(?:ing)?|look(?:ing)?|busy|striv(?:e|ing)|aim(?:ing)?|plan(?:ning)?|intend(?:ing)?|continu(?:e|ing)) (?:\w+ )?(?:to|on|at|with) (?:further |continuously |constantly |continually |also )*(?:build(?:ing)?|implement(?:ing)?|develop(?:ing)?|creat(?:e|ing)|improv(?:e|ing)|introduc(?:e|ing)|put(?:ting)?|mak(?:e|ing)|refin(?:e|ing)|deliver(?:ing)?|mov(?:e|ing)|evolv(?:e|ing)) (?:(?:these|such|this|that|our|the|new|better|more|further|additional|several|some|various|many|even|a|an|things|stronger|robust) ){1,4}(?:[\w-]+ ){0,2}?(?:patterns?|changes?|improvements?|ideas?|things|solutions?|safeguards?|measures?|systems?|process(?:es)?|capabilities|mechanisms?|protections?|tools?|practices|procedures?|resilien\w+|better|smoother|stronger|safer|robust|reliable|stable)\b"
    r"|\b(?:so|to make sure|to ensure)(?: that)? (?:the next|next time|future|everything|things|it|this|our \w+) (?:\w+ ){0,3}?(?:goes|go|runs?|will (?:go|run|be)|is|are) (?:\w+ )?(?:smooth(?:er|ly)?|better|well|faster|safer|stable|without a hitch)\b"
    r"|\b(?:necessary|needed|required|appropriate|relevant) (?:fixes|changes|adjustments|corrections|improvements|updates|repairs)\b(?=[^.]{0,40}\b(?:to ensure|ensuring|to guarantee|so that|to provide|to prevent|to maintain|to keep)\b)"
    r"|\b(?:additional|extra|further|more|refresher|regular|ongoing) (?:[\w-]+ )?(?:training|awareness|education|guidance|coaching|supervision|oversight|controls?|checks|reviews?|audits?|inspections?|maintenance|quality control|quality checks)\b(?=[^.]{0,60}\b(?:will|has|have|been|being|is|are|for|to|in place|introduced|given|planned)\b)"
    r"|\b(?:controls?|procedures?|process(?:es)?|checks?|training|security|monitoring|standards|rules|practices|measures|guidelines|supervision|systems?|maintenance|routines?|communication|workflows?) (?:has|have|had) (?:since |now |already |also )?been (?:\w+ )?(?:stepped up|tightened|adapted|adjusted|improved|strengthened|reviewed|revised|updated|optimi[sz]ed|enhanced|increased|reinforced|intensified|overhauled|modernised|modernized|amended|refined)\b|\b(?:ordered|commissioned|launched|initiated|started|begun|opened|requested|announced|conducting|undertaking|promised) an? (?:(?:full|thorough|internal|independent|external|complete|comprehensive|deep|detailed|careful) )+(?:review|investigation|inquiry|enquiry|audit|analysis|assessment|examination)\b|\b(?:made|making|make) (?:some |several |various |a few |a number of |many |internal |the necessary |further )*(?:changes|adjustments|improvements|tweaks) (?:behind the scenes|internally|in the background|to our (?:processes|procedures|systems|operations|organi[sz]ation))\b|\b(?:given|received|undergone|completed|getting|booked) (?:additional|extra|further|more|refresher|new|intensive) training\b|\b(?:come|came|coming|emerge|grow|return) (?:back |out )?(?:of this )?(?:even )?(?:stronger|better)\b|\b(?:aim|goal|mission|ambition|focus|intention|objective|promise|wish) is (?:always )?to (?:offer|provide|deliver|give|serve|be|become|restore|earn|exceed|meet)\b|\b(?:keep|continue|go on|carry on|never stop) (?:on )?(?:working|improving|striving|trying|investing|learning|pushing|getting)(?: \w+)? (?:to|on|for|at|better|hard|harder|ourselves|our)\b|\bmore (?:robust|reliable|stringent|rigorous|effective|thorough|resilient) (?:\w+ )?(?:safeguards?|checks?|controls?|processes|procedures?|systems?|measures|protections?|testing|monitoring)\b"
    r"|\b(?:plan(?:ning)?|intend(?:ing)?|want|hope|hoping|going|need|aim(?:ing)?|will|we'll|looking|working|promise) (?:to |on )?(?:further )?(?:improv|strengthen|harden|enhanc|upgrad|optimi[sz]|rework|increas|stabili[sz]|moderni[sz])(?:e|ing)? (?:the |our |this |its |these )?(?:[\w-]+ )?[\w-]+\b(?=\W*\Z)|\b(?:made|did|applied|implemented|done|put in|carried out|deployed) (?:some |several |a few |various |minor |further |additional |a number of |many )+(?:[\w-]+ )?(?:optimi[sz]ations?|tweaks|improvements?|adjustments?|tuning|hardening|fine-?tuning|enhancements?|upgrades?)\b|\b(?:some|several|further|additional|various|extra|more) (?:security )?(?:hardening|optimi[sz]ations?|tuning|tweaks|fine-?tuning|redundancy) (?:has|have|had|was|were|is|are) (?:been )?\w+|\b(?:increased|improved|raised|strengthened|tightened|enhanced|upgraded|boosted) (?:our |the |all )(?:\w+ )?(?:security|redundancy|monitoring|stability|reliability|performance|vigilance|attention|efforts|standards|resilience|protection|defen[cs]es)\b(?=\W*\Z| (?:and|to|so|across|in|as|accordingly)\b)|\b(?:a|our|the) (?:proper|full|thorough|detailed|internal|deep) (?:post-?mortem|retrospective|analysis|debrief)\b|\bdraw (?:our|the|some) conclusions\b|\b(?:further|more|additional) (?:improvements?|measures|steps|changes) (?:will|shall|are to) follow\b|\b(?:have |has |'ve )(?:since |now |also |already )*(?:reviewed|updated|revised|adapted|adjusted) (?:all |our |the |all our |all of our )+(?:[\w-]+ ){0,2}?(?:procedures?|process(?:es)?|polic(?:y|ies)|practices|systems?|security|set-?up|controls?|workflows?)\b|\b(?:mov|switch|migrat|upgrad|chang)(?:e|ing)? to (?:an? )?(?:better|newer|bigger|stronger|faster|more \w+|another) (?:hardware|servers?|infrastructure|provider|host|platform|network|machines?|data ?cent(?:er|re))\b"
)
_PUT_INTO_WORDS: Final = Pattern(
    r"\b(?:this (?:morning|week|happened)|caused|broke|failed|was caused|triggered|due to|because of|during|after|while|when|scheduled|maintenance window|you can|please|your (?!trust|confidence|patience|loyalty|business)|customers can)\b"
)


def _keep_rebuild(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether something is to be made better, and neither what nor how is said."""
    if document.find(_PUT_INTO_WORDS, sentence) or document.scan[sentence.end - 1] in ":?":
        return False
    if before(document, sentence, found, _NOT_OURS, 90):
        return False
    if follows(document, sentence, found, _TO_BEAR, 60):
        return False
    if is_the_response(document, sentence) or has_mechanism(document, sentence, found.end()):
        return False
    if follows(document, sentence, found, _REPAIRS, 30):
        return False
    if before(document, sentence, found, _NOT_BEFORE, 40) or _ends_in_list(document, sentence):
        return False
    return len(content(found.group())) <= _FEW_NAMED and not _DIGIT.search(
        document.scan, sentence.start, sentence.end
    )


_TO_REPAIR: Final = Pattern(
    r" to (?:\w+ )?(?:resolve|restore|fix|repair|recover|mitigate|contain|address (?:this|the)|bring|get|stop)\b"
)
_OF_THE_PAST: Final = Pattern(r" (?:that )?(?:we|taken|being taken|are taking)\b")
_REPAIRS: Final = Pattern(
    r" (?:to )?(?:fully |completely |quickly )?(?:resolv|restor|fix|repair|recover|mitigat|address|bring|clear|process|get)\w*"
)
# "To handle the larger load" says what for.
_TO_BEAR: Final = Pattern(
    r" to (?:handle|absorb|carry|cope with|withstand|serve|allow|support|hold|include|cover) (?:(?!such|similar|future|these|this|our|your)[\w-]+ ){1,4}?[\w-]+"
)
_FEW_NAMED: Final = 3
_DIGIT: Final = Pattern(r"\d")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if before(document, sentence, found, _NOT_OURS, 90):
        return False
    if is_the_response(document, sentence) or has_mechanism(document, sentence, found.end()):
        return False
    if before(document, sentence, found, _NOT_BEFORE, 40):
        return False
    if document.scan[sentence.end - 1] in ":?" or _ends_in_list(document, sentence):
        return False
    if follows(document, sentence, found, _TO_REPAIR, 40):
        return False
    if found["study"] and follows(document, sentence, found, _OF_THE_PAST, 24):
        return False
    if found["study"]:
        start, end = (
            max(sentence.start, found.start() - _FAR),
            min(sentence.end, found.end() + _FAR),
        )
        rest = document.scan[start:end]
        if not _FOR_LATER.search(rest) or _REPAIR.search(rest):
            return False
    return len(content(found.group())) <= _ENOUGH


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hit = matching(_PATTERN, _keep)(document, sentence)
    if hit is None:
        hit = matching(_REBUILD, _keep_rebuild)(document, sentence)
    if hit is not None or document.scan[sentence.end - 1] in ":?":
        return hit
    hit = first_of(_FRAMES, document, sentence)
    if hit is None or is_the_response(document, sentence) or _ends_in_list(document, sentence):
        return None
    if len(content(document.scan[hit.start : hit.end])) > _ENOUGH:
        return None
    return None if has_mechanism(document, sentence, hit.start) else hit


def _ends_in_list(document: Document, sentence: Sentence) -> bool:
    sentences = document.text.sentences
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    return following is not None and following.role == "item" and sentence.role != "item"


RULE = Rule(
    id="VAG-14",
    name="something-is-under-way",
    category="vague_prevention",
    severity="warning",
    message="What is under way? Name one thing that will be different, and by when.",
    better='"each shop gets a second line by 8 May"',
    source="SEED",
    triggers=words(
        "review reviews assessment assessments evaluation evaluations audit audits analysis retrospective retrospectives post postmortem postmortems reassessment re stability performance reliability security resilience resiliency scalability infrastructure robustness availability lesson lessons utmost everything whatever best attention care thought think come came devise devised devising looking search searching thinking working idea ideas project projects initiative initiatives plan plans improvement improvements effort efforts "
        "option options things items changes change upgrade upgrades enhancement enhancements "
        "action actions task tasks workstream workstreams solution solutions measure measures "
        "mitigations optimisations optimizations follow proposals work radar roadmap list agenda "
        "ways strategy strategies alternatives approaches possibilities possibility opportunities opportunity "
        "redundancy steps methods means safeguards what process processes procedure procedures practice "
        "practices workflow workflows policy policies protocol protocols runbook runbooks playbook "
        "playbooks guidelines routine routines standards controls system systems operations layer "
        "layers level levels line lines learn learns learned learnt learning better resilient robust "
        "reliable stable powerful scalable modern capable secure advanced redundant newer improved "
        "stronger mitigate handle prevent manage address withstand respond precautions update updates adjustment adjustments reforms rebuild rebuilding rebuilt rework reworking redesign redesigning rethink rethinking revamp revamping refresh restructure restructuring reorganise reorganize reengineer refactor refactoring overhaul overhauling modernise modernising modernize modernizing renew renewing revise revising upgrade upgrading transform simplify consolidate standardise standardize centralise centralize clean cleaning tidy tidying beef beefing toughen tighten tightening step stepping scale ramp shore shoring polish sharpen level levelling things stuff matters house bar game standards busy working work looking plan planning aim aiming intend continue so necessary needed required appropriate relevant additional extra further better more improved enhanced refresher new regular ongoing smoother training controls control procedures procedure processes process checks check security monitoring practices measures guidelines supervision systems system maintenance routines communication ordered commissioned launched initiated started begun opened requested announced conducting undertaking promised made making make given received undergone completed come emerge grow return aim goal mission ambition focus intention objective keep never want hope hoping going need will strengthen harden enhance optimise optimize increase stabilise stabilize made did applied implemented done put carried deployed some several various hardening optimisation optimisations optimization optimizations tuning tweaks redundancy increased improved raised strengthened tightened enhanced upgraded boosted proper full thorough detailed internal post postmortem conclusions reviewed move moving switch migrate change"
    ),
    look=_look,
    patterns=(_PATTERN, _REBUILD, *(one.first for one in _FRAMES)),
    bad=examples(
        "We plan to improve the kitchen.",
        "Some further hardening has been applied.",
        "We have since reviewed our procedures.",
        "Our quality control has been stepped up.",
        "The board has ordered a full review.",
        "We will keep working to earn your trust.",
        "We are beefing things up behind the scenes.",
        "We will overhaul our whole booking process.",
        "Extra training has been introduced for our crew.",
        "We will get our house in order.",
        "Several projects are being worked on.",
        "We have started a thorough assessment to reduce such risks.",
        "We will make every possible effort to avoid such failures.",
        "We learned a couple of things.",
        "We have also come up with some ideas that will simplify our mail system.",
        "This is firmly on our radar.",
        "We are implementing process changes.",
        "We are looking into redundancy options with other carriers to avoid this.",
        "We will re-evaluate and adjust our testing procedures.",
        "We have added additional layers of redundancy.",
        "We are switching to a more robust storage layer.",
    ),
    good=examples(
        "We plan to improve the kitchen: a second oven is ordered for 3 May.",
        "We rebuilt the booking form so that it refuses a day that is full.",
        "We will overhaul the oven in week 14.",
        "A new training plan begins for members in May.",
        "Each shop gets a second line by 8 May.",
        "We are investigating ways to restore the lost files.",
        "Your options are on the settings page.",
        "We changed the restart procedure so that it stops when the copy is older than an hour.",
    ),
)
