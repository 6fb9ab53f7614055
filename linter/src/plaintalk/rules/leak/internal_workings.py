"""LEK-13: file paths, commands, hosts and tools of the inside."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATH = Pattern(
    r"(?<![\w.])/(?:etc|var|usr|opt|home|root|tmp|mnt|srv|proc|dev|boot|sys|lib)/[\w./-]{2,120}|(?<![\w/])~/\.?[\w./-]{2,80}"
)
_INSIDE = Pattern(
    r"\b(?:ssh(?:'d|ed|ing)? (?:in|into|to(?! (?:take|look|see|check|fix|find|get|have|do|be|try|go)\b)|onto)|(?:can't|cannot|could not|couldn't|via|over|through|by) ssh|ssh and (?:run|restart|stop|start|delete|remove|change|fix|edit|kill|reboot)|sudo \w+|crontab -|rm -rf|chmod|chown|systemctl|iptables|htop|tcpdump|strace)\b|\b\.bashrc\b|\bauthorized_keys\b"
    r"|\b(?:log(?:ged|ging)? (?:in|on|into|onto)(?: to)?|logged into) (?:the|our|that|this) (?:\w+ )?(?:servers?|box(?:es)?|machines?|hosts?|vms?|nodes?|bastion)\b|\bbastion(?: host)?\b|\bjump ?(?:host|box|server)\b|\broot (?:password|access|user|shell)\b"
    r"|\bshell (?:config(?:uration)?|history|session|access|script|alias|prompt)\b|\bshell (?:pointed|was pointing|was (?:still )?(?:set|connected))\b"
    r"|\b(?:graphs?|dashboards?|charts|grafana|datadog|kibana) (?:\w+ )?(?:looks?|looked|looking|(?:is|are|were) (?:all |now |back |still )*(?:green|flat|healthy|healthier|happy|normal|fine|good|calm|quiet|looking|red))\b"
    r"|\b(?:broken|buggy|crappy|hacky|messy|ugly|spaghetti|terrible|horrible|shitty|dirty|awful) (?:code|hack|codebase|script|workaround)\b|\b(?:code|codebase|script|setup|system) (?:is|was) (?:a |an )?(?:\w+ )?(?:mess|nightmare|horror|hack|disaster|held together|spaghetti|garbage|crap)\b|\bduct tape\b|\bquick and dirty\b|\bnobody (?:\w+ )?(?:wants to|dares to|knows how to|understands)\b"
    r"|\btypos? in (?:the |our |a |an |one )?(?:\w+ ){0,2}?(?:code|config\w*|script|query|deploy\w*|file|variable|yaml|manifest|command|setting)s?\b|\b(?:fixed|fixing) (?:the|a) typo\b"
    r"|\b(?:merged?|merging|reverted?|reverting|cherry-picked|pushed) (?:the )?(?:mr|pr|commit|!|#)[ #!]?[0-9a-f]{2,12}\b|\b(?:merged|reverted) !\d+|\bcommit (?=[a-f0-9]{0,11}\d)[0-9a-f]{7,12}\b|\b(?:release|main|master|feature|hotfix) branch\b"
    r"|\b(?:see|in|on|at|tracked|posted|check|via|to) (?:our |the )?internal (?:wiki|tickets?|chat|slack|channels?|runbooks?|trackers?|mailing list|repo(?:sitory)?|memo)\b|\binternal (?:post-?mortem|retro|ticket|incident|notes|thread)s? ?:|\b(?:private|internal) (?:git |github |gitlab )?repo(?:sitory|s)?\b|\bgit history\b"
    r"|\b(?:grafana|dashboards?|graphs?|charts?|datadog) (?:[\w'-]+ ){0,5}?(?:is |are |all |back to |looks? )+(?:green|healthy|flat|normal|fine|good)\b|\b(?:tracked|filed|logged|recorded|ticketed) (?:\w+ )?(?:in|on|as|under) (?:our )?(?:jira|linear|asana|trello|bugzilla|servicenow|youtrack|redmine|zendesk)\b|\bjira (?:ticket |issue )?[a-z]{2,10}-\d+"
    r"|\b(?:fsck|dmesg|mkfs|lsof|fdisk|smartctl|mdadm|zpool|journalctl|iptables|crontab|tmux|vim|grep|awk)\b"
    r"|\b(?:db|sql|mysql|pg|postgres|redis|kafka|web|app|kvm|vm|hv|esx|srv|lb|proxy|cache|worker|mail|mx|storage|nfs|backup)(?:-[a-z]{2,12}){1,2}-?\d{1,3}\b"
    r"|\b(?:projects?|clusters?|hosts?|servers?|nodes?|vms?|machines?|instances?|databases?|buckets?|subscriptions?|namespaces?|repos?|pods?|deployments?|volumes?|shards?|replicas?|queues?|topics?|accounts?|switch|router|node ?pool|hypervisors?|workers?|tables?) (?:named |called |id |[(\"'] ?)?\(?(?!cve|ghsa|v\d|utf|sha|tls|us-|eu-|ap-|sa-|ca-|af-|me-|cn-|uk-|rhel|x86)(?=[a-z-]*[a-z]-?[a-z0-9-]*\d)(?:[a-z0-9]{2,20}-){1,4}[a-z0-9]{1,20}\b"
    r"|\b(?!cve|ghsa|utf|sha|tls|us-|eu-|ap-|sa-|ca-|af-|me-|cn-|uk-)[a-z]{2,12}(?:-[a-z]{2,12}){0,3}-?\d{0,3}[ .](?:prod|staging|internal|corp)\b(?= (?:cluster|host|server|node|namespace|database|project))"
    r"|\blocalhost\b|1(?<=\b1)27\.0\.0\.1\b|\bnotes? to self\b|\bunder (?:a|my|the|someone's) desk\b|\bin (?:a|my|someone's) (?:basement|garage|closet|cupboard)\b|\b(?:between us(?! and\b|,? (?:our|the|[\w-]+ and)\b)|off the record|don't tell)\b|\bsnowflake server\b"
)
_READERS_OWN = Pattern(r"\b(?:your|you|please|yourself|users? (?:can|should|must|need))\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_READERS_OWN, sentence)


# What developers say of anything in the open: readers of many a project know it.
_OF_THE_TRADE = Pattern(
    r"(?:[\w ]+ \([\w-]+|(?:release|main|master|feature|hotfix) branch|git history|fsck|dmesg|mkfs|lsof|fdisk|smartctl|mdadm|zpool|journalctl|crontab|tmux|vim|grep|awk|localhost|htop|tcpdump|strace)\Z"
)


_HIDDEN = Pattern(r"\b(?:private|internal) (?:\w+ )?repo")


def _tell(document: Document, sentence: Sentence, found: Match) -> Hit:
    trade = _OF_THE_TRADE.match(found.group()) and not document.find(_HIDDEN, sentence)
    return Hit(*found.span(), severity="suggestion" if trade else None)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if "/" in document.scan[sentence.start : sentence.end]:
        path = matching(_PATH, _keep)(document, sentence)
        if path is not None:
            return path
    return matching(_INSIDE, _keep, _tell)(document, sentence)


RULE = Rule(
    id="LEK-13",
    name="internal-workings",
    category="leak",
    severity="warning",
    message="Readers cannot use this, and attackers can. Say the effect.",
    better='"a setting on our servers"',
    source="PD",
    look=_look,
    patterns=(_PATH, _INSIDE),
    triggers=words(
        "etc var usr opt home tmp mnt srv proc ssh systemctl bashrc authorized sudo crontab "
        "rm shell graph graphs dashboard dashboards metrics broken bad buggy crappy hacky "
        "messy typo typos localhost root keys chmod chown iptables htop tcpdump strace server "
        "servers box boxes machine machines host hosts vm vms node nodes bastion jump charts "
        "grafana datadog kibana ugly spaghetti terrible horrible shitty dirty awful code "
        "codebase script setup mess nightmare duct tape nobody fixed fixing merged merge "
        "reverted revert merging reverting cherry pushed commit branch note notes desk "
        "basement garage closet cupboard record tell snowflake us internal private git "
        "tracked filed logged recorded ticketed jira fsck dmesg mkfs lsof fdisk smartctl "
        "mdadm zpool journalctl tmux vim grep awk dev boot sys lib db sql mysql pg postgres "
        "redis kafka web app kvm hv esx lb proxy cache worker project projects cluster clusters instance instances database databases bucket buckets subscription subscriptions namespace namespaces repo repos pod pods deployment deployments volume volumes shard shards replica replicas queue queues topic topics account accounts switch router pool hypervisor hypervisors workers table tables mail mx storage nfs backup"
    ),
    bad=examples(
        "The entry in /etc/hosts was missing.",
        "We could not ssh into the server.",
        "All graphs look much healthier now.",
    ),
    good=examples(
        "A setting on our servers was missing.", "See https://status.example/tmp/numbers for more."
    ),
)
