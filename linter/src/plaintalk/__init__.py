"""plaintalk checks what a company writes after an incident.

>>> import plaintalk
>>> report = plaintalk.check("A small number of users were affected.", kind="summary")
>>> [finding.rule for finding in report.findings][-1]
'MIN-01'
"""

from plaintalk.catalogue import RULES
from plaintalk.checking import check
from plaintalk.document import KINDS
from plaintalk.drafts import BLANK, DRAFTED, blanks, draft
from plaintalk.finding import Allowed, Answer, Finding, NotChecked, Report
from plaintalk.phrasing import format_duration
from plaintalk.profiles import DEFAULT_PROFILE, Profile
from plaintalk.record import Record, RecordError
from plaintalk.record_reader import load_record
from plaintalk.rule import Example, Rule
from plaintalk.runs import word_runs
from plaintalk.text import TextError
from plaintalk.version import __version__
from plaintalk.warming import warm_up

__all__ = [
    "BLANK",
    "DEFAULT_PROFILE",
    "DRAFTED",
    "KINDS",
    "RULES",
    "Allowed",
    "Answer",
    "Example",
    "Finding",
    "NotChecked",
    "Profile",
    "Record",
    "RecordError",
    "Report",
    "Rule",
    "TextError",
    "__version__",
    "blanks",
    "check",
    "draft",
    "format_duration",
    "load_record",
    "warm_up",
    "word_runs",
]
