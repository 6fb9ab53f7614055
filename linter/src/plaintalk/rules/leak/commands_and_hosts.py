"""LEK-17: commands run on our machines, and who is behind them, pasted as they were."""

from collections.abc import Iterator
from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Shapes
from plaintalk.rule import PUBLIC, Hit, Rule, examples

_TOOLS: Final = (
    "kubectl",
    "gcloud",
    "gsutil",
    "ssh",
    "scp",
    "systemctl",
    "sudo",
    "helm",
    "terraform",
    "ansible",
    "psql",
    "mysql",
    "pg",
    "etcdctl",
    "journalctl",
    "rsync",
    "iptables",
    "zpool",
    "mdadm",
    "redis",
    "aws",
    "az",
    "docker",
    "puppet",
    "chef",
    "salt",
    "virsh",
    "ipmitool",
    "mount",
    "umount",
    "fsck",
)
_COMMAND: Final = (
    r"`(?:\$ ?)?(?:sudo )?(?:kubectl|gcloud|gsutil|ssh|scp|systemctl|sudo|helm|terraform|ansible(?:-\w+)?|psql|mysql(?:dump)?|pg_\w+|etcdctl|journalctl|rsync"
    r"|iptables|zpool|mdadm|redis-cli|aws|az|docker|puppet|chef|salt|virsh|ipmitool|u?mount|fsck) (?=[^`\n]{0,200}\w[-.@]\w)[^`\n]{2,200}`"
)
_SHAPES: Final = Shapes((_TOOLS, _COMMAND))
_ADVICE: Final = later(
    r"\b(?:you|your|please|yourself|workaround|to (?:update|upgrade|check|verify|install))\b"
)


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    for found in _SHAPES.finditer(document.vocabulary(), low, low):
        start = max(low.rfind("\n", 0, found.start()), found.start() - 100)
        if not _ADVICE.search(low, max(start, 0), min(len(low), found.end() + 60)):
            yield Hit(*found.span())


RULE = Rule(
    id="LEK-17",
    name="commands-and-hosts",
    category="leak",
    severity="warning",
    message="A command from the inside: readers cannot use it, and it shows where things are. Say the effect.",
    better='"we could not reach the machine that sets up new accounts"',
    source="PD",
    kinds=PUBLIC,
    survey=_survey,
    bad=examples("We ran `kubectl drain exports-node-04` and the queue stopped."),
    good=examples(
        "We could not reach the machine that sets up new accounts.",
        "If you host it yourself, run `docker pull exports:2.1`.",
        "The option `mount` is not affected.",
        "The accident began with a `kubectl delete` in the wrong window.",
    ),
)
