"""What happened to the readers' data."""

from typing import Final

from plaintalk.document import Document
from plaintalk.finding import State
from plaintalk.pattern import Match, Pattern, words
from plaintalk.text import Sentence

DATA_WORDS: Final = (
    "backlog requests jobs webhooks notifications builds posts metrics images videos threads queued dropped retried failed rewards reward wages pensions receiving received receive compensated reimbursed evidence sign signs indication indications mail bounced bounce spooling spooled parsed tickets data information records record files file content messages emails email payment payments "
    "card payout payouts invoice invoices orders order notes note edits events event funds money "
    "passwords password credentials uploads backups backup transactions lost loss exposed "
    "compromised corrupted corruption leaked nobody one tokens keys personal nothing none access unauthorised unauthorized what documents balances balance bookings readings photos attachments comments changes drafts profiles every each all strangers somebody someone anything everything entries entry names address addresses details settings history logs secrets typed overwritten survived payslip payslips statement statements form forms number numbers copies episodes recordings sessions coins laptop laptops device devices drive disclosure acquisition use charged billed debited safe intact untouched secured saved stale missing rewards figures results totals counts it they which letters lists"
)
DATA_NOUN: Final = (
    r"(?:data(?! cent(?:er|re))|information|records?|files?|content|messages?|e-?mails?|payments?|cards?|payouts?"
    r"|invoices?|orders?|(?<!to\s)(?<!please\s)note(?! that\b)|notes|edits?|events?|funds|money|passwords?|credentials|uploads|backups?"
    r"|transactions?|documents?|tokens?|keys?|balances?|bookings?|tickets?|readings?|photos?|pictures?|attachments?|comments?|changes|drafts?|profiles?|deliveries|entr(?:ies|y)(?! in (?:\w+ ){0,2}?(?:name ?servers?|dns|config\w*|routing|zones?)\b)|names|address(?:es)?|details|databases?|history|settings|logs|secrets|payslips?|statements?|forms?|numbers?(?! of (?:[\w'-]+ ){0,2}?(?:customers|users|people|members|clients|subscribers|merchants|companies)\b)|copies|episodes|recordings|sessions|coins|licen[cs]es|passports|certificates|prescriptions|results|laptops?|devices|posts|images|videos|metrics|threads)"
)
OUTCOME: Final = (
    r"(?:lost|loss|los(?:e|ing)|exposed|exposure|seen|visible|accessed|changed|altered|corrupt(?:ed|ion)|leaked"
    r"|leak|recovered|recover|restored|copied|deleted|removed|compromised?|stolen|viewed|opened|intact"
    r"|safe|secure|affected|impacted|at risk|unaffected|missing|duplicated|damaged|preserved|overwritten"
    r"|readable|gone(?! through| out| up| down| live| well)|rounded|wrong(?:ly)?|disclosed|shared|breach(?:ed)?|misused?|taken|redelivered|reprocessed|erased|integrity|touched|written twice|twice|doubled|garbled|mixed up|scrambled|unread|revealed|published|unchanged|unaltered|undamaged|untouched|vanished|disappeared|leaked out|(?:all |still )*(?:there|in place|accounted for)|as (?:you|they) left (?:them|it))"
)
DENIAL: Final = Pattern(
    rf"\b(?:no|not|none|nobody|never|without|any|did not|neither|zero) (?:[\w':%-]+,? ){{0,5}}?{DATA_NOUN}"
    rf"(?:[ ,](?:[\w':%-]+,? ){{0,6}}?{OUTCOME})"
    rf"|\b(?:no|without|any|zero) (?:[\w':%-]+,? ){{0,2}}?{DATA_NOUN} {OUTCOME}"
    rf"|\b{DATA_NOUN} (?:[\w':%+.,-]+ ){{0,14}}?(?:was|were|is|are|has|have|had|may|might|could|remain\w*)(?: not|n't)? (?:[\w':%-]+ ){{0,4}}?{OUTCOME}"
    rf"|\b{DATA_NOUN} (?:still )?(?:show|shows|showed|hold|holds|held|hold|contain\w*) (?:[\w':%-]+ ){{0,4}}?(?:wrong|right|correct|false|incorrect|entered)\b|\b{DATA_NOUN} (?:[\w':%-]+ ){{0,3}}?(?:might|may|could) (?:hold|show|contain|be (?:gone|wrong|missing|incomplete))\b|\b(?:all|your|the) {DATA_NOUN} (?:survived|is all there)\b"
    r"|\bno (?:[\w':%-]+ ){0,3}?(?:data|information) (?:[\w':%-]+ ){0,3}?(?:loss|lost|impact|breach)"
    r"|\bno (?:[\w':%-]+ ){0,2}?(?:impact|effect|loss|risk|threat) (?:to|on|of) (?:[\w':%-]+ ){0,4}?(?:data|information|content|privacy)"
    rf"|\b(?:los[st]|loss of|losing|exposed|deleted|leaked|recovered|restored) (?:[\w':%-]+ ){{0,4}}?{DATA_NOUN}\b"
    r"|\b(?:whether|that|what|which) (?:\w+ ){0,2}?(?:data(?! cent(?:er|re))|information|records) (?:\w+ ){0,2}?(?:lost|exposed|altered|changed|seen)\b"
    r"|\b(?:could|can) (?:\w+ )?(?:see|read|open|view|access) (?:[\w'-]+ ){0,4}?(?:names?|e-?mail|address(?:es)?|data|records?|files|details|information|yours)\b"
    rf"|\b(?:(?:what|anything|everything|whatever|all) (?:you|they)|(?:what|everything) (?:customers|users)|(?:what|whatever|everything) (?:was|were|had been) (?:typed|entered|saved|sent|written|uploaded|changed)) (?:[^.;!?]|\.(?=\d)){{0,110}}?(?:is|are|was|were|has been|have been|may be|might be) (?:\w+ ){{0,2}}?{OUTCOME}\b"
    rf"|(?<!we\s)(?<!\bi\s)\b(?:see|seen|saw|read|viewed|opened|access(?:ed)?|expose[ds]?|looked at|got hold of|shown?|shared) (?!that\b)(?:[\w'-]+ ){{0,4}}?{DATA_NOUN}\b|\b{DATA_NOUN} (?:leaked|vanished|disappeared|went missing|got (?:lost|out|corrupted|changed|mixed up))\b"
    rf"|\b(?:nothing|none) (?:[\w'-]+ ){{0,6}}?(?:is|was|were|are|got|has been|went) (?:\w+ )?{OUTCOME}\b|\b(?:every|each|all) (?!(?:[\w'-]+ ){{0,4}}?(?:services?|systems?|sites?|servers?|functions?|features?|components?|nodes?|domains?|websites?|regions?)\b)(?:[\w'-]+ ){{0,6}}?(?:is|are) (?:\w+ )?{OUTCOME}\b"
    rf"|\b(?:able to|could|can|managed to) (?:recover|restore|save) (?:all|every|the|most|some|your) (?:[\w-]+ ){{0,3}}?{DATA_NOUN}\b"
    r"|\b(?:saw|had access to|unable to recover|not recover) (?:[\w'-]+ ){0,3}?(?:names?|data|records?|files|details|information|yours)\b|\bunauthori[sz]ed access\b"
    r"|\b(?:nothing|none of it|none of them|what|anything) (?:(?:of yours|you|they) ?(?:\w+ ){0,9}?)?(?:was|were|is|are) (?:\w+ )?(?:lost|exposed|gone|changed)\b|\b(?:nobody|no one) (?:[\w':%-]+ ){0,4}?saw\b|\bdata (?:loss|breach|leak|integrity|corruption)\b"
)
_OWN_NOUN = r"\b(?:no|not|all|every|any) (?:\w+ ){{0,3}}?{noun}(?:s)? (?:\w+ ){{0,5}}?{outcome}\b"
_BAG: Final = (
    r"(?:names?|address(?:es)?|social security|account numbers?|passports?|dates? of birth|birth ?dates?|e-?mail|phone numbers?|telephone|bank|card ?(?:holder|number)?s?"
    r"|health|medical|diagnos\w+|salar\w+|pay|passwords?|insurance numbers?|verification codes?|w-?2|tax|licen[cs]e numbers?|personal (?:data|information|details))"
)
"""What a notice says a file held."""
DISCLOSED: Final = Pattern(
    rf"\b{DATA_NOUN} (?:[\w':%-]+,? ){{0,6}}?(?:available to|accessible (?:to|by|from)|viewable|(?:sent|transmitted|forwarded|shown|disclosed|e-?mailed|mailed|posted|delivered) (?:to|on|online|in)|obtained|acquired|exfiltrated|downloaded|transferred|secured|still there|not (?:saved|stored|kept|recorded)|kept|retained|encrypted|salted)\b"
    r"|\b(?:unauthori[sz]ed|inadvertent|accidental|improper|fraudulent|unintended)(?:ly)? (?:or \w+ )?(?:access|disclosure|use|acquisition|viewing|release|exposure|sharing|publication)(?: or \w+)?(?: of| to|\b)"
    rf"|\b(?:data|information|files?|laptops?|database|drive|documents?|forms?|payslips?|letters?|lists?|e-?mails?|records?|it|they|which) (?:\w+ ){{0,3}}?(?:included?s?|contain(?:ed|s)?|shows?|showed|involved|comprised|listed|consisted of|holds?|held) (?:[\w'’/-]+,? (?:and )?){{0,8}}?{_BAG}\b"
    r"|\b(?:could|able to|can|did) (?:\w+ )?(?:open|see|view|read|access|download) (?:[\w'-]+ ){0,5}?(?:of (?:a|an|another|other|someone)|belonging|another|others?|someone else)\b"
    r"|\b(?:all|your|the|our|[a-z]+s) (?:[\w'-]+ ){0,2}?(?:is|are|remain|remains|remained|stayed) (?:all |completely |perfectly |fully |entirely )?(?:safe|intact|untouched|preserved)\b"
    r"|\bno (?:\w+ )?(?:money|funds|coins|credit|charges?|payments?) (?:\w+ )?(?:left|was|were|has|have|had|is|are)\b|\b(?:charged|billed|debited|paid|counted|booked) (?:\w+ ){0,2}?(?:twice|double|again|too much|in error|wrongly)\b|\b(?:wrongly|incorrectly|double|twice) (?:charged|billed|debited)\b"
    r"|\b(?:edits|changes|drafts|entries|what you \w+|anything you \w+|messages|notes|photos|readings) (?:[^.;]{0,60}? )?(?:was|were|is|are) (?:not (?:saved|kept|recorded|stored)|gone|missing)\b|\b(?:no|not any|any|none) (?:[\w-]+ )?(?:edits|changes|entries|records|files) (?:\w+ ){0,3}?missing\b"
    r"|\b(?:rewards?|payouts?|interest|wages|pensions|refunds) (?:[\w']+ ){0,5}?(?:undistributed|unpaid|not (?:\w+ )?(?:paid|distributed|received)|distributed back|paid back)\b|\bnot receiv(?:e|ed|ing) (?:their|any|all) (?!e-?mails|messages|notifications)\w+\b|\b(?:compensated|reimbursed) for (?:their|the|any|all) (?:\w+ )?(?:loss(?:es)?|fees|charges)\b"
    r"|\bno (?:evidence|signs?|indications?) of (?:[\w-]+ )?(?:compromise|tampering|exploitation|misuse|theft|exfiltration|access|intrusion)\b"
    r"|\b(?:found|find) (?:none|nothing) (?:missing|lost|gone|changed)\b"
)
"""That data came into other hands, or what became of it, in the words of notices."""
PARTLY: Final = Pattern(
    r"\b(?:lost|dropped|failed|missing|replay\w*|re-?process\w*|reprocessed|backlogs?|retr(?:y|ied)|backfill\w*|catch(?:ing)? up|queued) (?:\w+ ){0,3}?"
    r"(?:requests|jobs|messages|events|e-?mails|data|writes|uploads|builds|pageviews|metrics|posts|transactions|orders)\b|\b(?:lost|dropped) requests\b|"
    r"\b(?:checking|reviewing|verifying|investigating) (?:\w+ ){0,6}?(?:data|information|records)\b"
    r"|\b(?:requests|jobs|messages|events|e-?mails|notifications) (?:were|was|that were) (?:\w+ ){0,2}?"
    r"(?:dropped|queued|delivered|retried|reprocessed|lost|redelivered)\b"
    r"|\b(?:e-?mails?|mail|messages|letters|tickets) (?:[^.;]{0,60}? )?(?:bounc\w+|spool\w+|shown as empty|undelivered|not being (?:parsed|delivered|processed|sent)|(?:will|would) be delivered)\b"
    r"|\b(?:requests|jobs|messages|events|e-?mails|notifications|webhooks|uploads|builds|posts|transactions|orders|payments|deliveries|metrics|logs|tickets) (?:[\w'-]+ ){0,5}?(?:were|was|are|is|been|be|being|got|get) (?:not |never |automatically |\w+ly )*(?:dropped|queued|retried|re-?processed|processed|redelivered|re-?sent|replayed|discarded|backfilled|delivered|recorded|re-?run|spooled)\b"
    r"|\b(?:jobs|builds|uploads|requests|messages|orders|runs|exports) (?:that|which) failed\b[^.;]{0,60}\b(?:restart\w*|retr\w+|re-?run|re-?submit\w*|re-?send|re-?sent|again)\b"
    r"|\bbacklog\b|\b(?:stale|out of date|outdated) (?:reads?|data|results|figures)\b|\b(?:reads?|data|results|figures) (?:\w+ ){0,2}?(?:stale|out of date)\b"
    r"|\b(?:affected|missing|lost|failed|open) (?:tickets|orders|bookings|e-?mails|messages|payments|records) (?:[\w']+ ){0,3}?(?:will|are being|is being|have been|were) (?:\w+ )?(?:sent|re-?sent|sorted|restored|repeated|processed|fixed|imported|delivered|recovered|credited)\b|\bfix for affected \w+"
    r"|\b(?:balances?|rewards?|funds|lists|figures|totals|counts|data) (?:[\w,]+ ){0,5}?(?:are|is) (?:now |again )?(?:correct|complete|accurate|right)\b"
)


_STILL_DOWN: Final = Pattern(
    r"\b(?:are|is) still (?:affected|impacted|down|slow|delayed|failing)\b"
)


_MACHINERY: Final = words(
    "dns mx config configs configuration script scripts yaml kernel binary domain nameserver nameservers"
)
_OF_PEOPLE: Final = words(
    "your you user users customer customers personal data information people account accounts member "
    "members names funds money lost loss leaked exposed compromised"
)
"""Whom data are about; a record of a name server is nobody's."""


def data_effect(document: Document, sentence: Sentence) -> State | None:
    """A category of data and what became of it, either way."""
    here = document.words(sentence)
    if not here.isdisjoint(_MACHINERY) and here.isdisjoint(_OF_PEOPLE):
        return None
    if document.find(DENIAL, sentence) or document.find(DISCLOSED, sentence):
        return None if document.find(_STILL_DOWN, sentence) else "answered"
    return "partly" if document.find(PARTLY, sentence) else None


def denial(document: Document, sentence: Sentence) -> Match | None:
    """The place where a sentence speaks of data and what became of it."""
    return document.find(DENIAL, sentence)


def speaks_of_data(words: str) -> bool:
    """Whether lower-cased words say of data what became of it."""
    return DENIAL.search(words) is not None
