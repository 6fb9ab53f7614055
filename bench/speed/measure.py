"""Time per text, beside proselint; 1 MB; start and memory; cost per rule; hard inputs."""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import plaintalk
from speed.attacks import LIMIT, SIZE, measure
from speed.documents import Sample, samples
from speed.peer import NoPeer, Peer
from speed.per_rule import costs


def _milliseconds(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    high = ordered[int(len(ordered) * 0.95)]
    return f"median {statistics.median(ordered) * 1e3:.2f} ms, p95 {high * 1e3:.2f} ms"


def _checks(texts: list[Sample], rounds: int) -> tuple[list[float], int]:
    for sample in texts[:5]:
        plaintalk.check(sample.text, kind=sample.kind, record=sample.record)
    seconds = []
    found = 0
    for _ in range(rounds):
        for sample in texts:
            began = time.process_time()
            report = plaintalk.check(sample.text, kind=sample.kind, record=sample.record)
            seconds.append(time.process_time() - began)
            found += len(report.findings)
    return seconds, found // rounds


def beside_proselint(texts: list[Sample], rounds: int = 5) -> bool:
    """Both on the same texts, turn by turn, so that a busy machine slows both."""
    try:
        with Peer() as peer:
            ours: list[float] = []
            theirs: list[float] = []
            for _ in range(rounds):
                seconds, found = _checks(texts, 1)
                ours += seconds
                version, seconds, their_found = peer.seconds([one.text for one in texts], 1)
                theirs += seconds
    except NoPeer as problem:
        print(f"proselint: not measured, {problem}")
        ours, found = _checks(texts, rounds)
        print(f"plaintalk: {_milliseconds(ours)}; {found} findings in {len(texts)} texts")
        return statistics.median(ours) <= 0.002
    times = statistics.median(theirs) / statistics.median(ours)
    print(
        f"plaintalk {plaintalk.__version__}: {_milliseconds(ours)}; "
        f"{found} findings in {len(texts)} texts"
    )
    print(f"proselint {version}: {_milliseconds(theirs)}; {their_found} findings")
    print(f"plaintalk is {times:.1f} times as fast (limits: median 2 ms, 10 times)")
    return statistics.median(ours) <= 0.002 and times >= 10


def one_megabyte(texts: list[Sample]) -> bool:
    """A text of a million characters."""
    joined = "\n\n".join(sample.text for sample in texts)
    text = (joined * (1_000_000 // len(joined) + 1))[:1_000_000]
    began = time.process_time()
    report = plaintalk.check(text, kind="summary", record=texts[0].record)
    seconds = time.process_time() - began
    print(f"1 MB of text: {seconds:.2f} s of CPU (limit 3 s); {len(report.findings)} findings")
    return seconds <= 3


def one_start(texts: list[Sample]) -> bool:
    """`plaintalk check` on one text as a command: CPU seconds and peak memory of the process."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "draft.md")
        draft.write_text(texts[0].text, "utf-8")
        command = [sys.executable, "-m", "plaintalk", "check", str(draft)]
        subprocess.run(command, capture_output=True, check=False)
        spent = []
        for _ in range(7):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        # The peak of getrusage starts at that of the parent, so the kernel's own count is read.
        program = (
            "import re, sys, plaintalk.cli; plaintalk.cli.main(sys.argv[1:]);"
            "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read());"
            "print(peak[1], file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, "check", str(draft)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    memory = int(done.stderr.strip().splitlines()[-1]) / 1024
    cpu = statistics.median(spent)
    print(
        f"plaintalk check on 3 KB: {cpu:.3f} s of CPU (limit 0.2 s), {memory:.0f} MB (limit 60 MB)"
    )
    return cpu <= 0.2 and memory <= 60


def per_rule(texts: list[Sample], shown: int) -> None:
    """The dearest rules."""
    found = costs(texts)
    whole = sum(cost for _, cost, _ in found)
    print(f"all rules together: {whole:.0f} µs per 3 KB text, clock included; the dearest:")
    for rule, cost, calls in found[:shown]:
        print(f"  {rule:8} {cost:7.1f} µs  {calls:3} calls")


def hard_inputs(texts: list[Sample], shown: int, size: int) -> bool:
    """Twice the text may take 2.6 times the time, for the worst input of every rule."""
    attacks = list(measure(plaintalk.RULES, texts[0].record, size))
    worst = sorted(attacks, key=lambda one: -one.ratio)
    slowest = sorted(attacks, key=lambda one: -one.twice)
    print(
        f"{len(attacks)} hard inputs, {size:,} and {2 * size:,} characters; "
        f"highest ratios (limit {LIMIT}):"
    )
    for one in worst[:shown]:
        print(f"  {one.rule:8} {one.ratio:5.2f}  {one.twice * 1e3:7.1f} ms  {one.piece[:60]!r}")
    print("  slowest:")
    for one in slowest[:shown]:
        print(f"  {one.rule:8} {one.ratio:5.2f}  {one.twice * 1e3:7.1f} ms  {one.piece[:60]!r}")
    return worst[0].ratio <= LIMIT


def main() -> int:
    """Run from the command line. Returns 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--shown", type=int, default=12)
    parser.add_argument("--size", type=int, default=SIZE, help="characters of a hard input")
    parser.add_argument(
        "--skip", nargs="*", default=[], choices=["peer", "rules", "attacks", "start"]
    )
    chosen = parser.parse_args()
    texts = samples(chosen.texts)
    kept = True
    if "peer" not in chosen.skip:
        kept = beside_proselint(texts) and kept
    kept = one_megabyte(texts) and kept
    if "start" not in chosen.skip:
        kept = one_start(texts) and kept
    if "rules" not in chosen.skip:
        per_rule(texts, chosen.shown)
    if "attacks" not in chosen.skip:
        kept = hard_inputs(texts, chosen.shown, chosen.size) and kept
    return 0 if kept else 1
