"""LEK-24: code, commands, versions and machine rooms shown as they are."""

from collections.abc import Iterator
from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import PUBLIC, Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PRODUCT: Final = (
    r"(?:postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|cassandra|redis|memcached|kafka|rabbitmq|activemq|elasticsearch|haproxy|nginx|envoy|istio|tomcat|jboss|websphere|weblogic|citrix|netscaler|vmware|vsphere|esxi|hyper-v|proxmox|exchange|sharepoint|sap|oracle|solaris|aix|hadoop|airflow|consul|etcd|zookeeper|big-?ip|cisco|juniper|forti\w+|checkpoint"
    r"|palo alto|sonicwall|netapp|ceph|log4j|struts|openssl|openssh|php|java|jdk|jre|python|perl|ruby|rails|django|node(?:\.js)?|debian|ubuntu|centos|red hat|rhel|suse|windows server|windows xp|sql server|internet information server|iis|apache|samba|bind|sendmail|exim|postfix|wordpress|drupal|joomla|magento|jenkins|gitlab)"
)
_PATTERN: Final = Pattern(
    rf"\b(?:runs?|running|ran|still on|on|uses?|using|used|our|the|an?|of|with|under|from|old|ageing|aging|outdated|ancient) (?:\w+ )?(?:on )?{_PRODUCT}(?: server| version| release| instance| cluster| gateway| box| appliance| firewall| installation)* (?:v|r|version )?\d[\w.]*(?: server| instance| cluster| gateway| box| appliance| machine| host)?\b"  # noqa: S608 - no query is made of it
    r"|\b(?:select \* from|drop (?:table|database) \w+|delete from \w+|truncate table|alter table \w+|insert into \w+|update \w+ set \w+ ?=|git (?:push|pull|reset|revert|checkout|commit|rebase|blame|stash)|kubectl (?:\w+)|docker (?:run|exec|restart|compose|rm)|helm (?:upgrade|rollback|install)|terraform (?:apply|destroy|plan)|ansible-playbook|npm (?:run|install)|chmod \d+|kill -9|shutdown -\w|reboot -\w|net use|powershell|cmd\.exe|regedit|robocopy|xcopy|mysqldump|pg_dump|pg_restore|redis-cli|sftp \w+@|curl -|wget )\b"
    r"|\b(?:line|lines) \d+ (?:of|in) (?:the )?[\w./-]+\.(?:java|py|js|ts|php|rb|go|cs|cpp|sh|sql|ya?ml|json|conf|ini|xml)\b|\b(?:in|the file|file|script|of|edited|called|from|by|to) (?:the )?[\w/-]{2,40}\.(?:java|py|rb|cs|cpp|sh|bat|ps1|sql|ya?ml|conf|ini|cfg|tf|xml|properties|jar|dll)\b"
    r"|\b(?:table|column|schema|database|queue|topic|index|class|method|function|procedure|trigger|thread|daemon|process|service account|variable|constant|key|field|module|package|cron entry|registry key|config(?:uration)? (?:key|value|entry|item)) (?:called |named )?(?=[\w.$-]*[._$])[a-z][\w.$-]{4,50}(?= )"
    r"|\b(?:rack|cage|row|cabinet|slot|aisle|shelf|u-?space|bay) (?:no\.? |number )?(?:[a-z]{1,2}-?\d{1,3}|\d{1,3}[a-z])\b|\b(?:server|machine|plant|switch|pump|control|comms|boiler) room (?:in |on |of |behind |b-?\d|\d|no)|\b(?:vlan|subnet|asn?|port|ports|tcp|udp|mac address|com port|gpio|dmz segment|vrf) ?#?(?:\d{2,6}|[0-9a-f]{2}(?::[0-9a-f]{2}){2,5})(?= (?:was|is|were|had|open|blocked|closed|on|stood|stays?|to the|from the))\b"
    r"|\b(?:cpu|heap|memory|ram|i/?o ?wait|load average|qps|iops|throughput|thread ?pool|connection ?pool|file descriptors?|inodes?|garbage collect\w+|gc pauses?|swap|disk queue) (?:\w+ ){0,4}?(?:at|to|of|above|over|hit|reached|was|sat at|exceeded) \d[\d.,]* ?(?:%|gb|mb|k\b|ms|s\b|percent)?(?= |[.,;])(?=[^.]{0,40}\b(?:host|node|pod|box|machine|server|jvm|cluster|instance|replica|primary)\b)"
)
_READERS: Final = Pattern(
    r"\b(?:you|your|please|app|api|sdk|image|images|users? of|customers? (?:on|who|with|using)|clients? (?:on|with|using)|support for|supports?|supported|version \d[\d.]* (?:of|and) (?:the|our) (?:app|client)|library|libraries|package|packages|cve|release of|released|runtime|functions|builds?|builders?|hosted runners?)\b"
)
_WINDOWS_PATH: Final = later(
    r"(?<!\w)(?:[A-Z]:\\[\w$.-]{2,40}(?:\\[\w$. -]{2,40}){0,6}|\\\\[\w.-]{2,40}\\[\w$.-]{2,40})"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return document.find(_READERS, sentence) is None


def _survey(document: Document) -> Iterator[Hit]:
    raw = document.text.raw
    if "\\" in raw:
        for found in _WINDOWS_PATH.finditer(raw):
            yield Hit(*found.span())


RULE = Rule(
    id="LEK-24",
    name="shows-the-works",
    category="leak",
    severity="warning",
    message="This is how it looks from the inside, and a map for attackers. Say the effect.",
    better='"the store of old orders was full"',
    source="SEC, PD",
    kinds=PUBLIC,
    survey=_survey,
    triggers=words(
        "# account aisle alter ansible as asn at bat bay boiler cabinet cage called cfg chmod class cmd column com comms conf config configuration constant "
        "control cpp cs curl daemon database delete dll dmz docker drop entry field function git gpio gpioed gpioes gpioing gpioly gpios helm index ini insert "
        "jar java key kill kubectl line lines mac machine method module mysqldump mysqldumped mysqldumpes mysqldumping mysqldumply mysqldumps named net npm "
        "package pg plant port ported portes porting portly ports powershell powershelled powershelles powershelling powershellly powershells procedure process "
        "properties ps pump py queue r rack rb reboot redis regedit regedited regedites regediting regeditly regedits registry robocopy robocopyed robocopyes "
        "robocopying robocopyly robocopys row schema select server sftp sh shelf shutdown slot sql subnet subneted subnetes subneting subnetly subnets switch "
        "table tcp terraform tf thread topic trigger truncate u udp update uspace v variable version vlan vlaned vlanes vlaning vlanly vlans vrf wget xcopy "
        "xcopyed xcopyes xcopying xcopyly xcopys xml yaml yml"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The till still runs on Windows Server 2008.",
        "The job ran drop table letters.",
        "The fault was in line 88 of the file stamps.py.",
        "The box in rack B12 was unplugged.",
        "The list lay under C:\\Tills\\export.",
    ),
    good=examples(
        "The store of old orders was full.",
        "The app needs Windows Server 2019 on your side.",
        "Support for PHP 7.4 ends in May.",
    ),
)
