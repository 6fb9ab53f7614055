"""OVR-11: what is to come, in words that leave no exception: "will never", "from now on every"."""

from typing import Final

from plaintalk.document import NUMERAL, Document
from plaintalk.pattern import Match, Pattern
from plaintalk.rule import EVERYWHERE, Rule, before, examples
from plaintalk.slots import Saying, Slot, asked, first_said, heads
from plaintalk.text import Sentence

_NEVER: Final = Slot(
    "won't_be_any will_be_no_more will_be_no_further will_be_no be_no_further be_no_more "
    "never_again will_never shall_never 'll_never can_never never can_no_longer will_no_longer cannot can't won't will_not shall_not is_not_going are_not_going nobody_will no_one_will nothing_will no_customer_will no_user_will none_of_you none_of_your not_one not_a_single not_once "
    "nothing_can nobody_can no_one_can no_longer_be no_longer_possible impossible_for impossible_to isn't_going aren't_going"
)
_HARMS: Final = Slot(
    "breakdowns breakdown outages outage delays interruptions failures faults refused turned_away rejected declined cancelled "
    "lose lost fail fails break breaks crash crashes disappear disappears vanish vanishes happen happens occur occurs recur recurs return returns repeat repeats itself stop stops miss missed late wrong run_full run_dry run_out run_over fill_up overflow overflows stall stalls freeze freezes mix mixed swap swapped duplicated twice "
    "lapse slip slips slip_through touch endanger endangered suffer wait stranded stuck interrupted affected disturbed hacked breached broken_into misused abused confused mistaken forgotten left_behind left_out empty dark cold offline unavailable unreachable down overloaded overrun surprised caught_out caught_off let_you_down disappoint worry fear hear_of see_this see_such face_this "
    "experience_this have_to_worry need_to_worry have_to_wait be_without go_without be_lost be_missed be_late be_wrong be_read be_opened be_seen be_stolen be_leaked be_exposed be_deleted be_closed be_cancelled be_delayed be_repeated be_allowed go_wrong go_down go_missing go_unnoticed go_astray get_lost get_stuck get_through get_into collide clash fall fall_over collapse tip leak leaks burst bursts jam jams again anymore any_more ever"
)
_ALWAYS: Final = Slot(
    "always every each all any forever at_all_times at_any_time round_the_clock around_the_clock without_exception without_fail to_the_minute on_the_minute on_the_dot to_the_second to_the_penny to_the_cent punctually on_time in_time everything everyone everybody everywhere whatever whoever wherever whenever no_matter perfectly flawlessly faultlessly smoothly completely entirely absolutely guaranteed "
    "in_every at_every for_every hundred_per hundred_percent permanently for_good for_ever no_exceptions come_what rain_or_shine nothing nobody no_one"
)
_HENCEFORTH: Final = Slot(
    "from_now_on from_today from_tomorrow as_of_today as_of_now as_of_tomorrow henceforth in_future in_the_future from_here_on from_here_on_in going_forward from_this_day to_come for_years_to_come in_the_years ever_after from_june from_july from_august from_monday in_june in_july next_time will_always will_again_always will_be_right will_be_safe will_stay will_remain "
    "will_run will_work will_arrive will_leave will_hold will_stand will_withstand will_survive will_cope will_reach will_match will_fit will_be_on will_be_available will_be_reachable will_be_secure will_be_open will_be_there will_be_correct will_be_perfect will_be_delivered arrives_on arrives_in shall_be"
)
_ENDED: Final = Slot(
    "excluded abolished eradicated banished eliminated ruled_out unthinkable inconceivable impossible out_of_the_question history ancient_history thing_of_the_past things_of_the_past over_and_done done_and_dusted put_to_rest laid_to_rest put_to_bed consigned_to_history relegated_to a_closed_chapter chapter_is_closed behind_us_for behind_us_once once_and_forever once_and_for now_and_forever for_ever_and forever_and signed_sealed "
    "gone_for_good gone_forever solved_for_good cured_for_good fixed_for_good sealed_for_good closed_for_good stopped_for_good settled_for_good safe_for_good rid_of_it rid_of_this rid_of_them nailed_it nipped_in put_a_stop put_an_end will_see_to_it you_have_our_word our_word_on mark_our_words hand_on_heart cross_our_hearts scout's_honour promise_is_a_promise pinky_swear we_swear i_swear i_promise "
    "rest_easy sleep_easy sleep_soundly sleep_well breathe_easy worry-free worry_free carefree hundred_percent hundred_per bulletproof bullet-proof watertight airtight foolproof fool-proof fail-safe failsafe indestructible unbreakable unsinkable unhackable tamper-proof crash-proof future-proof bombproof rock-solid immune invulnerable untouchable infallible flawless perfect perfection zero_risk zero_downtime zero_errors no_risk risk-free"
)
_MADE: Final = Slot(
    "is are was were has_been have_been been being now make makes made made_it makes_it we've we_have it's that's as_of today from_now be remains remain stays stay becomes"
)
_VOWS: Final = Slot(
    "make_sure makes_sure making_sure made_sure make_certain ensure ensures ensured ensuring guarantee guarantees guaranteed guaranteeing assure assured promise promises promised pledge vow swear see_to_it saw_to_it seen_to_it take_care_that certain_that sure_that confident_that convinced_that no_doubt_that rely_on count_on bank_on trust_that"
)
_NONE: Final = Slot(
    "never no_more nobody no_one nothing not_again no_longer not_ever never_again always every anyone_but anybody_but only_you none without_exception cannot can't won't doesn't_happen isn't_repeated not_happen not_recur not_be_repeated not_occur any_longer anymore any_more ever_again again_in at_all_times"
)
_PAST: Final = Pattern(
    r"\b(?:was|were|had|did|could(?:n't)?|didn't|wasn't|weren't|hadn't|until|so far|yet|at the time|during|yesterday|because|after the|since|when|if|unless|while|may|might|should|hope\w*|try|trying|aim\w*|want\w*|goal|cannot (?:promise|guarantee|rule out|say|tell|know|be (?:recovered|restored|undone))|can't (?:promise|guarantee|say)|we (?:will not|won't|will never|never) (?:ask|share|sell|send|call|need|charge|keep|store|delete|use)|never (?:share|send|give|enter|click|open|store|leave)|you (?:will not|won't|cannot|can't|can no longer|will no longer|no longer)|not (?:guarantee|promise)|no guarantee|nobody can (?:say|know|promise|guarantee)|will be (?:informed|told|refunded|credited|paid|checked|tested|reviewed|counted|asked|published|posted|announced|written|sent|replaced|inspected|contacted|notified|answered|reimbursed|compensated)|please|your password|at present|at the moment|currently|today only|temporarily|for now|not yet|still|once|working (?:\w+ )?to|better|as (?:a )?result|(?:users|customers|members|people|they) (?:cannot|can't)|(?:will|to) be open)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether it is said of what is to come, and neither hoped nor told of the incident."""
    if document.scan[sentence.end - 1] == "?" or document.find(_PAST, sentence):
        return False
    if _OF_A_CHECK.search(found.group()) and not _REPEAT.search(
        document.scan, found.start(), sentence.end
    ):
        return False
    if before(document, sentence, found, _SO_THAT, 70) and not _REPEAT_SAID.search(
        document.scan, found.start(), sentence.end
    ):
        return False
    if _CHECKED.search(document.scan, found.end(), sentence.end):
        return False
    if _CAUSES.search(document.scan, sentence.start, found.end()):
        return False
    if _NO_VOW.search(found.group()) or before(document, sentence, found, _PURPOSE, 24):
        return False
    return NUMERAL not in document.worded[sentence.index]


# What is in a history, what never came about, and tests that will be run each time.
_NO_VOW: Final = Pattern(
    r"(?:the|git|a|its|whose) (?:\w+ )?history\b|\bnever \w+ed\b|\b(?:will|'ll) (?:\w+ )?(?:run|test|check|review|verify|require|measure|monitor|scan|audit|report|compare|log|count|ask|sign)\b|\bas part of\b|\bwill not be (?:affected|impacted)\b|\b(?:was|were|made it|rendered) (?:\w+ )?impossible\b"
)
# "Ensuring that an old price cannot survive the night" says what a change does.
_OF_A_CHECK: Final = Pattern(
    r"\A(?:mak\w+ (?:sure|certain)|made sure|ensur\w+|see to it)\b.*\b(?:cannot|can't|won't|always|every|no longer)\Z"
)
_REPEAT: Final = Pattern(
    r"\b(?:again|happen\w*|recur\w*|reoccur\w*|occur\w*|repeat\w*|fail\w*|lost|lose|ever|future|outages?|down|interrupted|late|affected|go wrong|come back|safe|arrive\w*|on time)\b"
)
# "So that reports cannot slow down orders" says what a change is for.
_SO_THAT: Final = Pattern(r"\bso (?:that )?(?:[\w'-]+ ){0,4}\Z")
_REPEAT_SAID: Final = Pattern(
    r"\b(?:again|happen\w*|recur\w*|reoccur\w*|repeat\w*|ever|future|any ?more|lost|lose|never|always)\b"
)
_CHECKED: Final = Pattern(
    r"[^.;]{0,40}\b(?:is|are|gets?|be|needs?|goes through) (?:\w+ )?(?:tested|checked|reviewed|approved|logged|signed|copied|verified|scanned|rehearsed|watched|monitored|limited|renewed|a (?:second|review|test|check))\b"
)
_CAUSES: Final = Pattern(
    r"\b(?:causes?|hypothes[ei]s|suspects?|theor(?:y|ies)|explanations?)\b[^.;]{0,50}\bruled out\b"
)
_PURPOSE: Final = Pattern(r"\b(?:prevent|avoid|stop|against|reduce|limit)(?:ing)? \Z")


_SAYINGS: Final = (
    Saying(_NEVER, _HARMS, 6, keep=_keep),
    Saying(_HENCEFORTH, _ALWAYS, 9, either=True, keep=_keep),
    Saying(_ENDED, _MADE, 4, either=True, keep=_keep),
    Saying(_VOWS, _NONE, 10, keep=_keep),
)

RULE = Rule(
    id="OVR-11",
    name="vows-for-the-future",
    category="over_promise",
    severity="warning",
    message="One exception makes this false. Say what changed, and what it does not cover.",
    better='"a second pump now starts within a minute if the first one stops"',
    source="SRE, SCH",
    roles=EVERYWHERE,
    triggers=heads(*_SAYINGS),
    patterns=asked(*_SAYINGS),
    probed=False,
    of_classes=True,
    look=first_said(*_SAYINGS),
    bad=examples(
        "After this there will be no further breakdowns.",
        "Bookings can no longer vanish.",
        "From now on every ferry will leave on the minute.",
        "Power cuts have been abolished.",
        "We will make sure that nobody but you opens your locker.",
        "The new tank can't run dry, whatever the weather.",
    ),
    good=examples(
        "There were no further breakdowns.",
        "No more delays were reported.",
        "A second pump now starts within a minute if the first one stops.",
        "We will never ask for your password.",
        "We cannot promise that this will never happen again.",
        "From now on every booking will be checked by a second clerk.",
        "You can no longer sign in with the old card.",
        "Letters could not be sent.",
    ),
)
