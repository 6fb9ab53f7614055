"""LEK-14: a gap that is still open."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, follows, matching
from plaintalk.text import Sentence

_GUARD = r"(?:monitoring|alert(?:s|ing)?|back-?ups?|redundancy|fail-?over|(?:unit |integration |automated )?tests?|rate limit\w*|encryption|firewall|staging(?: environment)?|access control\w*|audit (?:logs?|trail)|authentication|two-factor|2fa|mfa|disaster recovery(?: plan)?|replicas?|protection|safeguards?|spare\w*|antivirus|rollback)"
_PATTERN = Pattern(
    rf"\b(?:we|i|it|this|there|server|database|system|service|box|host|queue|cluster|and|which|that) (?:\w+ )?(?:currently |still |also |simply |unfortunately )*(?:have no|has no|don't have|do not have|does not have|doesn't have|still lacks?|lacks?|(?:is|are) (?:currently |still |at present )?no|(?:isn't|is not|aren't|are not|wasn't)(?: (?:yet|currently|really|actually|any))*|never had|without) (?:any |an? |proper |enough |working |real |actual |kind of |sort of |automatic |automated |off-?site )*(?:[\w-]+ ){{0,2}}?{_GUARD}\b"
    r"|\b(?:is|are|remains?|still) (?:still |currently |not yet |being |running )*(?:unpatched|unencrypted|in plain ?text|in plain text|in clear ?text|not (?:yet )?(?:patched|encrypted|backed up|monitored|protected|password protected)|unprotected|unmonitored|exposed to the internet|publicly (?:reachable|accessible|exposed))\b|\bstored (?:\w+ )?in (?:plain|clear) ?text\b"
    r"|\b(?:firewall|authentication|backups?|monitoring|encryption|alerting|two-factor authentication|mfa|selinux|logging|antivirus|audit logs?) (?:is|are|remains?) (?:still |currently |temporarily )*(?:disabled|off|turned off|switched off|broken|not working|missing|not configured|not tested)\b"
    r"|\b(?:same|similar|other|another|known) (?:\w+ )?(?:hole|vulnerability|weakness|flaw|bug|gap|problem|issue|exploit)s? (?:\w+ )?(?:still |also )?(?:exists?|remains?|is (?:still )?(?:open|present|there)|are (?:still )?(?:open|present|there))\b|\b(?:hole|vulnerability|weakness|flaw|exploit) (?:is|remains|has) (?:still |not yet |yet )?(?:open|unfixed|unpatched|to be (?:fixed|closed|patched)|not been (?:fixed|closed|patched))\b"
    r"|\b(?:is|are|remains?|still) (?:\w+ ){0,2}?(?:a )?single point of failure\b|\bstill (?:\w+ ){0,2}?(?:vulnerable|run(?:s|ning)? (?:an? )?(?:unpatched|outdated|end-of-life|old|unsupported))\b|\b(?:unpatched|end-of-life|eol|unsupported) (?:version|release|server|system|kernel|software)\b"
    r"|\b(?:have|has) (?:still )?not (?:yet )?(?:been )?(?:patched|fixed|closed|secured|encrypted|rotated|upgraded|hardened)(?: (?:yet|the (?:remaining|other|rest)))?\b|\b(?:remaining|other|rest of the) (?:\w+ )?(?:hosts|servers|systems|machines|nodes) (?:are|is|remain) (?:still )?(?:unpatched|vulnerable|exposed|at risk)\b|\b(?:has|have|with|share|shares|uses?|using) the same (?:\w+ )?(?:password|passphrase|credentials|key|login|secret)s?\b|\b(?:was|were|is|has|had) never (?:been )?(?:set up|configured|enabled|installed|secured|encrypted)\b"
    r"|\b(?:is|are|remains?|still) (?:\w+ )?(?:open|exposed|reachable|accessible|visible) (?:to|from|on) the (?:\w+ )?internet\b|\b(?:same|this|that) (?:bug|hole|flaw|trick|weakness|vulnerability|exploit) (?:can|could) (?:still |also )?be (?:used|exploited|abused)\b|\b(?:run|runs|running|use|uses|using|on) the (?:old |same )?vulnerable (?:version|release|code|library|software)\b|\b(?:backups?|replication|monitoring|snapshots?|alerts?) (?:of (?:\w+ ){1,3})?(?:have|has) (?:been )?(?:failing|failed|broken|not worked|not run|not been running|stopped|silently failing) since\b|\b(?:do not|don't|please don't|not to) share (?:this|it) (?:yet|publicly|further|outside)\b|\b(?:test|default|admin|demo) (?:account|user|login|password) (?:\S+ )?(?:still )?(?:works|exists|is (?:still )?active)\b"
    r"|\bdefault (?:admin )?password\b|\bshared (?:\w+ )?(?:password|account|credentials|login)\b|\bpasswords? (?:was|is|were|are) (?:shared|known|the same|written|reused|hard-?coded|stored|weak)\b|\bhard-?coded (?:password|credential|key|secret)s?\b"
    rf"|\b(?:procedures?|process(?:es)?|scripts?|set-?up|system|code(?:base)?|docs|documentation|tooling|deployment|pipeline|configuration|infrastructure|architecture|replication|{_GUARD}) (?:\w+ )?(?:is|are|remains?) (?:\w+ )?(?:super |very |extremely |quite |really |still |also |rather |currently )*(?:fragile|brittle|flaky|error-prone|prone to|hacky|badly|poorly|undocumented|untested|unmaintained|ad[- ]hoc|insecure|unreliable|outdated|obsolete|lacking|non-existent|inadequate|insufficient|a (?:mess|nightmare|hack|house of cards))\b"
    rf"|\b(?:{_GUARD}|replication|snapshots?|alarms?|dumps?|restores?) (?:[\w']+ ){{0,4}}?(?:apparently |also |actually |still )*(?:do not|don't|does not|doesn't|did not|never) (?:\w+ )?(?:work|exist|run|cover|fire|trigger|alert|restore)\b"
    r"|\b(?:don't|do not|can't|cannot|won't|wouldn't|not) (?:\w+ )?(?:know|see|notice|detect|tell|find out|learn|hear) (?:[\w'-]+ ){0,12}?(?:unless|until) (?:somebody|someone|a user|users?|customers?|people|anyone) (?:\w+ )?(?:tells?|reports?|complains?|notices?|writes?|asks?|mentions?)\b"
    r"|\bbackups? (?:had|have|has) (?:never|not) been (?:\w+ )?(?:tested|verified|checked|restored)\b|\b(?:never|not) (?:been )?(?:tested|verified) (?:our|the|these) (?:backups?|restore)\b"
)
_OPEN = Pattern(
    r"\b(?:we|i|it|there|server|database|system|service|which|that) (?:\w+ ){0,2}?(?:do not|don't|does not|doesn't|(?:is|are) not|isn't|aren't|lacks?|have no|has no|cannot|can't) (?:yet |currently |really |actually |even |always )*(?:have|use|leverage|enforce|require|support|run|keep|test|monitor|encrypt|verify|validate|check|rotate|audit|log|back up|any|sufficient|enough|adequate|proper|systems?)(?: [\w-]+){0,4}? "
    rf"(?:{_GUARD}|detective controls?|outlier detection|logs|runbooks?|passwords?|certificates?|signatures?|permissions|network isolation|ip (?:block )?binds|visibility|observability)\b"
    r"|\b(?:we|i) (?:do|did)? ?(?:still )?(?:have|run|rely on|depend on|operate)(?: \w+){0,2} (?:an? |one |just one |only one )?single (?:[\w-]+ ){1,3}?(?:server|database|machine|disk|host|link|line|person|node|instance|balancer|box|provider|data ?cent(?:er|re))\b"
    r"|\b(?:servers|hosts|machines|boxes|systems|they) are (?:\w+ )?(?:unique|snowflakes?|pets|hand-?(?:built|crafted|made|configured)|individually \w+|not (?:under|in) (?:version|configuration))\b"
)
_NOT_IN = Pattern(
    r"\b(?:now|since then|until (?:this|that|then)|at the time|have added|added|had no|no longer|never (?:ever )?(?:operate|use|run|share|store|keep)|you|your|thankfully)\b"
)


# How passwords were kept safe is what readers of a letter about data need to know.
_PASSWORDS = Pattern(r"passwords? (?:was|is|were|are) stored\b")
_KEPT_SAFE = Pattern(
    r" (?:only |solely |always |securely |exclusively |individually |and )*(?:not\b|nowhere|hashed|salted|encrypted|separately|elsewhere|scrambled|in (?:an? |the )?(?:\w+ )?(?:hashed|encrypted|salted|scrambled|separate|vault|safe|other)|as (?:an? )?(?:\w+,? ){0,2}?hash|with (?:an? )?(?:bcrypt|scrypt|argon|pbkdf|salt|one-way|strong|encryption)|using|by (?:our|a|another))"
)
# "We released without a test" owns up to what is over.
_OWNED = Pattern(
    r"\b(?:deployed|released|shipped|published|went live|pushed|changed|updated|moved|sent|switched) without\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _OWNED.search(found.group()):
        return False
    if _PASSWORDS.match(found.group()) and follows(document, sentence, found, _KEPT_SAFE, 60):
        return False
    return not document.find(_NOT_IN, sentence)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    return matching(_PATTERN, _keep)(document, sentence) or matching(_OPEN, _keep)(
        document, sentence
    )


RULE = Rule(
    id="LEK-14",
    name="open-weakness",
    category="leak",
    severity="warning",
    message="It tells an attacker, or a competitor, where to look. Say what you changed instead.",
    better='"we now keep a second copy in another building"',
    source="SEC",
    triggers=words(
        "monitoring alerting alerts backup backups redundancy failover tests patched "
        "encrypted single tier plaintext unpatched unencrypted password firewall staging "
        "alert offsite up over test rate encryption access audit authentication factor mfa "
        "disaster recovery replica replicas protection safeguards safeguard spare spares "
        "antivirus rollback plain text clear cleartext protected unprotected monitored "
        "unmonitored exposed reachable accessible disabled off broken working missing "
        "configured tested selinux logging hole vulnerability weakness flaw gap exploit holes "
        "vulnerabilities weaknesses flaws exists exist remains remain open vulnerable "
        "outdated unsupported eol end passwords hard hardcoded credential credentials secret "
        "verified restored limit limits limiting fail back fixed closed secured rotated "
        "upgraded hardened same passphrase login key never visible internet trick used "
        "exploited abused replication snapshot snapshots failing share works active demo procedure procedures process script scripts set code codebase docs documentation tooling deployment pipeline configuration infrastructure architecture fragile brittle flaky undocumented untested unmaintained insecure unreliable obsolete alarm alarms dump dumps restore restores unless until controls detection logs runbook runbooks certificates signatures permissions isolation binds visibility observability unique snowflake snowflakes pets individually hand"
    ),
    look=_look,
    patterns=(_PATTERN, _OPEN),
    bad=examples(
        "We have no monitoring for this queue.",
        "The backups are still unencrypted.",
        "There is currently no redundancy for the database.",
        "We do not enforce any authentication on the queue.",
        "We have a single database server for all shops.",
    ),
    good=examples(
        "We released without a test of the small plan.",
        "Passwords were stored hashed and salted.",
        "Passwords are stored in a separate vault, which was not opened.",
        "We now have monitoring for this queue.",
        "We keep a second copy in another building.",
    ),
)
