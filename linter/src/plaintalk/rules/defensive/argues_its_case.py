"""DEF-26: a case argued: others fare worse, rules were kept, nobody could have, what did you expect."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import EVERYWHERE, Rule, examples, matching
from plaintalk.text import Sentence

_OTHERS: Final = r"(?:others?|(?:the )?(?:largest|biggest|best|big|major|leading|richest|greatest|top)(?: \w+){0,3}|(?:other|larger|bigger|similar|comparable|neighbouring|foreign) (?:companies|providers|operators|banks|hospitals|firms|networks|sites|platforms|services|games|shops|airlines|vendors|organi[sz]ations|schools|cities|councils|clouds|countries)|rivals?|competitors?|(?:the )?competition|peers?|the giants|tech giants|big tech|the (?:whole |entire )?(?:industry|sector|trade|branch|country|world)|(?:\w+ )?(?:banks|hospitals|airlines|operators|companies|providers|clouds|firms|cities|schools|councils|retailers|networks|railways|games|studios|platforms) (?:abroad|elsewhere|everywhere|of (?:this|that|our|any|every) size|around the world|all over \w+)|everyone|everybody|anyone|anybody)"
_PATTERN: Final = Pattern(
    # Others fare worse, or as badly.
    rf"\b(?:even|also|just like|as (?:with|in|at)|like) {_OTHERS} (?:\w+ )?(?:have|has|had|suffer\w*|fail\w*|go|goes|went|struggle\w*|face\w*|experience\w*|make|makes|get|gets|see|are|is|can|would|lose\w*)\b|\b(?:happens?|happened|can happen|could happen|befalls?|hits?|strikes?|occurs?) (?:\w+ )?(?:to|at|in) {_OTHERS}\b|\b{_OTHERS} (?:of ours |in (?:the|our) \w+ |too |also )*(?:was|were|is|are|has been|have been|had|took|needed|suffered|fared|did|went) (?:\w+ ){{0,3}}?(?:twice|three times|far|much|even|also|no better|worse|longer|days|weeks|the same|equally|similarly|hit|down|out|paralysed|paralyzed|offline)\b|\bto (?:put|keep|see|set) (?:it|this|things|matters) in(?:to)? (?:perspective|proportion|context)\b|\b(?:by|in) comparison(?: with| to)?(?: \w+){{0,3}},? (?:we|our|this|it)\b|\b(?:compared|relative) (?:to|with) (?:other|what|our (?:rivals|competitors|peers)|the (?:industry|sector|average|competition))\b|\b(?:experts?|engineers|specialists|scientists|analysts|insiders|anyone|everyone|everybody) (?:[\w-]+ ){{0,5}}?(?:agrees?|knows?|will (?:tell|confirm|agree|know)|says?|confirms?|admits?|understands?) (?:you )?(?:that|how|there|what|it)\b|\b(?:no such thing as|there is no|nobody (?:has|offers|can offer|can give)|no (?:one|system|machine|software|network|company|operator|service|technology) (?:\w+ )?(?:is|can be|offers|has|will ever be|ever is)) (?:\w+ ){{0,2}}?(?:perfect\w*|hundred|100|absolute|total|complete|flawless|infallible|immune|fool-?proof|fail-?safe|error-free|fault-free|risk-free|bug-free|safe from)\b|\bshortage of (?:staff|skilled \w+|workers|engineers|parts|chips|drivers|nurses|teachers)\b|\b(?:respectable|remarkable|creditable|decent|perfectly (?:normal|acceptable|reasonable)|quite (?:good|normal|reasonable)|not bad|above average|better than (?:average|most|many|the industry|usual)|record|good) (?:time|result|performance|response|figure|achievement|value|score|average)\b(?= (?:for|given|considering|in|under|by)|[.!,;])"
    # Rules were kept, nothing was owed.
    r"|\b(?:legally|technically|formally|contractually|strictly speaking|objectively|seen objectively|on paper|in (?:strict )?legal terms|by law|from a legal (?:point of view|standpoint|perspective)|under the (?:contract|terms|law|rules|agreement|conditions))(?: \w+)?,? (?:we|we're|there|it|this|the|nobody|no|our|they|you)\b|\b(?:is|are|was|were|remains?|falls?|fell|lies|stayed|stays) (?:\w+ )?(?:still )?(?:within|inside|in keeping with|in line with|in accordance with|permitted (?:by|under)|allowed (?:by|under)|covered by|compliant with|compatible with|consistent with|according to|no breach of|not (?:a|in) breach|no violation of|as agreed in) (?:our|the|all|section|article|clause|paragraph|their|every|its)\b|\b(?:faster|quicker|sooner|earlier|more|longer|better) than (?:\w+ ){0,3}?(?:required|demand(?:s|ed)?|require[sd]?|prescribe[sd]?|oblige[sd]?|promised|owed|contract\w*|the law|the rules|the sla|necessary|obliged)\b|\b(?:not|nowhere|isn't|n't|never) (?:\w+ )?(?:required|obliged|obligated|bound|prescribed|mandatory|compulsory|foreseen|provided for|part of the (?:contract|service|offer|price|terms))\b(?! to (?:do anything|act|pay|take|reply|respond|change))|\b(?:no|without any|not any) (?:legal )?(?:claim|right|entitlement|obligation|duty|liability|title) (?:to|for|on|exists?|whatsoever|arises?|can be|at all|of compensation|is|under)\b|\bthere exists? no (?:right|claim|obligation)\b|\b(?:without (?:any )?(?:admission|prejudice|acknowledg\w+)|ex gratia|voluntary (?:payment|credit|service|offer)|purely voluntary|free of charge anyway|additional service|free extra|best[- ]effort (?:service|basis)|at your own risk|own risk)\b|\b(?:audit(?:ors?|s|ed)?|inspect(?:ors?|ions?|ed)|certif\w+|accredit\w+|approved by|licen[cs]ed|tÜv|iso ?\d+|tested (?:every|each|regularly|yearly|annually)|examined (?:every|each)) (?:[\w'-]+ ){0,6}?(?:found nothing|no (?:fault|objection|complaint|defect|finding)s?|nothing to (?:complain|object|fault)|without (?:objection|complaint|findings)|by an? (?:accredited|independent|recognised|recognized|certified|external) (?:body|firm|institute|lab\w*|auditor|expert))\b|\b(?:all|every|each|the|our|any) (?:\w+ )?(?:rules?|procedures?|regulations?|standards?|protocols?|requirements?|laws?|norms?|instructions?|safety checks?|law|duties|obligations) (?:\w+ )?(?:was|were|had been|have been|has been|are|is) (?:\w+ly |all |in fact |duly )*(?:followed|kept|observed|met|respected|complied|adhered|fulfilled|honou?red|obeyed)\b|\b(?:we|our \w+|staff) (?:have |has |had )?(?:\w+ly |always |fully |strictly |in every respect )*(?:complied|followed|kept to|adhered|acted|behaved|worked|proceeded|reacted|responded) (?:\w+ly |fully |strictly |exactly |precisely )*(?:with all|with every|to the letter|by the book|exactly as|as specified|as (?:the )?(?:rules|law|contract|manual) (?:require|demand|say)|as required|in (?:full )?(?:compliance|accordance|line)|with the law|lawfully)\b|\b(?:the |our |this |that )?(?:decision|choice|reaction|response|step|procedure) (?:was|were|is|remains) (?:\w+ )?(?:correct|right|justified|reasonable|defensible|sound|proper|appropriate|understandable|legitimate)\b(?= (?:on|given|at|with|by|under|from|in|considering|and)|[.;,])"
    # Nobody could have; what did you expect.
    r"|\bno (?:amount|kind|sort|degree|number|level) of (?:[\w-]+ ){1,3}?(?:would|could|can) (?:\w+ )?(?:have )?\w+|\b(?:nobody|no one|no (?:engineer|company|firm|operator|expert|human|plan|test|team|provider|system|one)|none of us|who|hardly anyone|few people) (?:on earth |in the world |alive )?(?:could|would|can|might) (?:\w+ )?(?:have )?(?:foresee\w*|predict\w*|expect\w*|anticipat\w*|know\w*|guess\w*|prevent\w*|avoid\w*|reckon\w*|imagin\w*|seen (?:this|it)|do better|done better|prepared|stop\w*|think|thought|uncover\w*|found|discover\w*)\b|\b(?:could|can) (?:hardly|scarcely|barely|not (?:reasonably|fairly|possibly)|never|not) (?:\w+ )?(?:be|have been) (?:\w+ )?(?:expected|asked|foreseen|predicted|blamed|held|anticipated|prevented|avoided|known|required|demanded)\b|\b(?:what|how|where|why) (?:else )?(?:were|was|are|is|should|could|would|can|do|did) (?:we|one|a \w+|anyone|they) (?:\w+ )?(?:supposed|meant|expected|to (?:do|have)|have (?:done|known)|expect|do)\b|\b(?:is|was|would it be|are|must|should|can|may|one (?:might|may|could) ask) (?:it|it really|we|whether|a|an|you|one) (?:\w+ ){0,6}?(?:reasonable|fair|realistic|sensible|right|expect|demand|held to|measured (?:by|against)|judged|blame)\b(?=[^.]{0,90}\?)|\bone (?:might|may|could|should|must|has to) (?:well |fairly |rightly |also )?(?:ask|wonder|remember|bear in mind|consider|admit|concede|note|not forget)\b|\b(?:it|this|that) (?:should|must|has to|needs to|ought to) be (?:borne in mind|remembered|said|noted|pointed out|stressed|emphasi[sz]ed|considered|kept in mind|understood|admitted|acknowledged)\b|\b(?:with|in) hindsight,? (?:it (?:is|'s)|everyone|everybody|anyone|one|all|we all|things)\b|\b(?:easy|simple|cheap|tempting) (?:\w+ )?to (?:say|criti\w+|judge|blame|be wise|know better|talk)\b(?=[^.]{0,50}(?:hindsight|afterwards|after the|from (?:the )?outside|now|later|should))|\b(?:there was|we had|we saw|gave us|we were given|had) (?:simply |therefore |thus )?(?:no|not the slightest|little) (?:reason|cause|grounds?|occasion|need|indication|hint|sign|warning) (?:\w+ ){0,4}?(?:to (?:act|doubt|suspect|expect|look|check|react|intervene|worry|think|believe|assume|test)|for (?:us|alarm|concern|doubt|action)|earlier)\b"
    # What it was never meant for, what it was inherited from, what the times are like.
    r"|\b(?:was|were|is|are|had been) never (?:\w+ )?(?:designed|built|meant|intended|made|planned|conceived|supposed|dimensioned|laid out|specified) (?:for|to)\b|\b(?:specification|contract|standard|manual|plan|rule|norm|design)s? (?:\w+ )?(?:did not|didn't|does not|doesn't|do not) (?:\w+ )?(?:provide|foresee|mention|require|cover|ask|include|prescribe|call)\b|\b(?:had|have|having|we|i) (?:\w+ )?inherited\b|\b(?:had|have|has) to (?:work|make do|live|cope|manage|get by) with what\b|\bmake do with\b|\byou get what\b|\b(?:same|this|that|such an?) (?:\w+ )?(?:weakness|fault|bug|flaw|problem|limit\w*|risk|gap|design|error) (?:\w+ ){0,2}?(?:for|has existed|existed|was there|has been there|since) (?:\w+ ){1,4}?(?:and|but|without|yet) (?:no ?one|nobody|none|never|not)\b|\b(?:for|in) (?:\w+ )?(?:years|decades|a decade) (?:and|but) (?:no ?one|nobody) (?:ever )?(?:minded|complained|noticed|cared|asked|objected|said)\b|\b(?:because|due|owing|thanks|given|in view|in times|as a result) (?:of|to)? ?(?:the )?(?:pandemic|war|inflation|economic (?:situation|climate|crisis)|energy crisis|current (?:situation|climate|market|prices)|world situation|geopolitic\w+|supply chains?|prices|red tape|bureaucracy|regulation|labour market|market situation|political \w+|weather)\b|\b(?:are|is|was|were) simply (?:not|nowhere|impossible|unobtainable|unavailable) (?:to be (?:had|found|got)|available|obtainable|possible)\b|\bhad (?:the|it|there|this|traffic|demand) (?:[\w'-]+ ){1,5}?(?:been|not been|stayed|behaved|come|arrived|fallen|risen) (?:[\w'-]+,? ){1,6}?(?:would|could) (?:never |not |still )?have (?:held|worked|coped|survived|been fine|arrived|sufficed|managed|run|gone well|withstood)\b"
    # Critics answered.
    r"|\b(?:critics|some|others|the press|the media|commentators|journalists|people|certain (?:people|media|voices|users)|our critics|detractors|armchair \w+|those who) (?:\w+ )?(?:say|said|claim\w*|alleg\w+|argue[ds]?|complain\w*|write|wrote|accuse\w*|have (?:made|said|claimed|called|written)|would have you|make it sound|suggest\w*|insist\w*|like to|love to|never tire)\b(?=[^.]{0,90}\b(?:we|our|not|but|though|although|wrong\w*|in truth|in fact|exaggerat\w+|unfair\w*)\b)|\bmuch has been (?:made|said|written) (?:of|about)\b|\bcontrary to (?:what|some|reports|rumou?rs|claims|popular|the impression|media|press)\b|\b(?:whatever|no matter what) (?:some|others|critics|people|the press|the media|anyone|you) (?:may|might|say|think|claim|write|believe|have heard)\w*|\b(?:unfair(?:ly)?|unjustified|exaggerated|overblown|hysterical|ill-informed|unfounded|baseless|misguided|undeserved) (?:\w+ )?(?:criticism|reports?|coverage|accusations?|claims?|allegations?|attacks?|comments?|reactions?|rumou?rs?|reproach\w*|blame|headlines?)\b|\b(?:advised|told|warned|instructed|urged|forbade|asked) (?:us )?(?:against|not to|to wait|to say (?:nothing|little)|to keep (?:quiet|silent))\b|\bmuch as we (?:would|wanted|wished|regret)\b|\b(?:users|customers|passengers|you|parents|everyone|players) (?:were|was|had been|are|have been),? (?:[\w-]+,? ){0,4}?(?:told|warned|asked|informed|reminded|advised|free) (?:\w+ )?(?:to|in (?:good )?time|beforehand|in advance|well|that|before|not|of)\b(?=[^.]{0,60}(?:\.|!|,))(?<=.)(?=.*\b(?:after all|law|insured|anyway|clearly|in any case)\b)|, after all,|\bafter all, (?:we|it|this|no|every|our|even|nobody)\b|\bsurely (?:nobody|no one|you|everyone|it is|we)\b|\bsome(?:thing)? had to give\b|\bthose who have never erred\b|\bto err is human\b|\bwe are (?:only |all )?human\b|\blet (?:him|those) who\b"
)
_OWNS: Final = Pattern(
    r"\b(?:we should have|should have (?:enlarged|told|tested|known|planned|noticed|changed|asked)|was (?:our|wrong)|were wrong|our (?:mistake|fault|omission)|we did not act|we skipped|could have (?:run|told|done|known|tested)|and the process was wrong|no excuse|us included|we (?:had not|hadn't|failed|have told the|ran it|told them)|does not (?:excuse|change)|please|you (?:can|may|need|must)|is valid|the result is|by friday|until the|for the (?:shelter|match))\b"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    if document.find(_OWNS, sentence):
        return False
    following = document.text.following(sentence)
    return following is None or document.find(_OWNS, following) is None


RULE = Rule(
    id="DEF-26",
    name="argues-its-case",
    category="defensive",
    severity="warning",
    message="It argues that you are not to be reproached. Say what failed, and what you change.",
    better='"the pipe froze at minus 11; it is now laid a metre deeper"',
    source="SCCT, SEED",
    roles=EVERYWHERE,
    triggers=words(
        "acceptable accordance according accredit accredite accredited accredites accreditied accredities accrediting accreditly accredits achievement "
        "acknowledged acted additional adhered admitted advised after agreed allowed also amount analysts anticipated anyone approved armchair article as ask "
        "asked at audit audite audited auditede auditeded auditedes auditedied auditedies auditeding auditedly auditeds audites auditied audities auditing "
        "auditly auditor auditore auditored auditores auditoried auditories auditoring auditorly auditors auditorse auditorsed auditorses auditorsied "
        "auditorsies auditorsing auditorsly auditorss audits auditse auditsed auditses auditsied auditsies auditsing auditsly auditss available average avoided "
        "baseless because befall befalls behaved best better blame blamed borne bound breach by call cared cause certain certif certife certifed certifes "
        "certified certifies certifing certifly certifs cheap choice claim clause commentators commentatorse commentatorsed commentatorses commentatorsied "
        "commentatorsies commentatorsing commentatorsly commentatorss compared compatible complained compliant complied compulsory considered consistent "
        "context contract contrary cope cover covered creditable critics criticse criticsed criticses criticsied criticsies criticsing criticsly criticss days "
        "decade decades decent decision degree demand demanded detractors detractorse detractorsed detractorses detractorsied detractorsies detractorsing "
        "detractorsly detractorss down due duty earlier easy emphasised emphasized engineers entitlement equally even every everybody everyone ex exaggerated "
        "examined existed expect expected expert experts fair far faster few figure followed for forbade foresee foreseen free fulfilled get give given good "
        "ground grounds had happen happened happens hardly held hindsight hint hit hits honored honoured how human hysterical ill impossible in include "
        "indication industry informed inherited inside insiders inspected inspectede inspecteded inspectedes inspectedied inspectedies inspecteding inspectedly "
        "inspecteds inspection inspectione inspectioned inspectiones inspectionied inspectionies inspectioning inspectionly inspections inspectionse "
        "inspectionsed inspectionses inspectionsied inspectionsies inspectionsing inspectionsly inspectionss inspector inspectore inspectored inspectores "
        "inspectoried inspectories inspectoring inspectorly inspectors inspectorse inspectorsed inspectorses inspectorsied inspectorsies inspectorsing "
        "inspectorsly inspectorss instructed iso it journalists journalistse journalistsed journalistses journalistsied journalistsies journalistsing "
        "journalistsly journalistss judged just keeping kept kind known legal let level liability licenced licencede licenceded licencedes licencedied "
        "licencedies licenceding licencedly licenceds licensed licensede licenseded licensedes licensedied licensedies licenseding licensedly licenseds like "
        "line live longer make manage mandatory measured mention met minded misguided much must need needs never no nobody none noone normal noted noticed "
        "nowhere number obeyed objected obligated obligation obliged observed obtainable occasion occur occurs offer offline ofthe one others otherse othersed "
        "otherses othersied othersies othersing othersly otherss ought our out overblown owing own paragraph paralysed paralyzed part people peoplee peopleed "
        "peoplees peopleied peopleies peopleing peoplely peoples perfectly performance permitted perspective pointed possible predicted prescribe prescribed "
        "prevented price procedure proceeded proportion provide provided purely quicker quite re reacted reaction realistic reason reasonable record relative "
        "remains remarkable remembered reminded require required respectable respected responded response result right said same scientists score section "
        "sensible shortage should sign similarly simple simply since some somee someed somees someied someies someing somely somes something sooner sort "
        "specialists step still stressed strike strikes surely t tempting terms tested than thanks the there they this those three time times title told tothe "
        "twice unavailable understood undeserved unfair unfairly unfounded unjustified unobtainable urged value view violation voluntary warned warning we "
        "weeks what whatever where who why within without work worked worse years you"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Even the biggest bakeries have such mornings.",
        "Strictly speaking, we kept to the lease.",
        "No amount of care would have saved the roof.",
        "What were we supposed to do in such a storm?",
        "The old bridge was never built for lorries.",
        "One might ask whether a village needs a night bus.",
        "The milk was warm, but there is no right to cold milk.",
        "Much has been made of the smell.",
        "With hindsight, everyone is wise.",
    ),
    good=examples(
        "The pipe froze at minus 11; it is now laid a metre deeper.",
        "The bridge was built for 3 tonnes, and we should have closed it to lorries.",
        "The rule was followed, and the rule was wrong.",
        "Closing the lane was a sensible first step; the second came too late.",
        "The law gives us a day; we needed two, and have told the council.",
    ),
)
