"""VAG-16: about what is to come, and about nothing: no act, no thing, no number in it."""

import re
from typing import Final

from plaintalk.concrete import (
    content,
    has_mechanism,
    is_about_prevention,
    is_the_response,
    speaks_of_prevention,
)
from plaintalk.document import NUMERAL, Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.rules.vague_prevention.good_intentions import DATED
from plaintalk.slots import Saying, Slot, heads
from plaintalk.text import Sentence

_VAGUELY: Final = (
    "new_level next_level up_a_notch more_weight greater_weight attention_it_deserves attention_they_deserve due_attention more_attention greater_attention close_attention closer_attention special_attention full_attention "
    "high_priority top_priority highest_priority question_ourselves examine_ourselves ask_ourselves questioning_ourselves foster fosters fostered fostering promote promoted promoting nurture nurtured nurturing cultivate cultivated "
    "deepen deepened deepening sharpen sharpened sharpening sharper heighten heightened bolster bolstered bolstering fortify fortified reinforce reinforced reinforcing shore_up shored_up shoring consolidate consolidated boost boosted boosting "
    "refine refined refining polish polished polishing fine-tune fine-tuned iron_out ironed_out upgraded upgrade upgrading revised revise revising renewed refreshed pursue pursued pursuing weigh_up weighed_up weighing_up weighed contemplated "
    "pondered scrutinise scrutinised scrutinize scrutinized examined analysed analyzed assessed looked_at look_at looking_at thought_about thought_through reflect reflected reflecting reflection urged reminded sensitised sensitized called_upon "
    "more_alert alertness conscientious conscientiously more_care greater_care with_care extra_care better_prepared well_prepared closer_together work_together working_together hand_in_hand pull_together joint_effort pay_down paid_down paying_down technical_debt "
    "little_by_little step_by_step bit_by_bit gradually over_time medium_term long_term long_run in_due_course where_necessary where_appropriate as_needed where_needed if_necessary as_appropriate where_possible wherever_possible as_far_as_possible "
    "suitable_steps appropriate_steps suitable_measures appropriate_measures suitable_action appropriate_action getting_better get_better become_better becoming_better grow_from grow_with growing_from come_out_stronger emerge_stronger take_away taken_away takeaways from_this_experience "
    "extra_love some_love more_love elbow_grease homework back_to_basics drawing_board set_the_bar higher_bar own_standards continuous continuously continual continually constant constantly strive striving endeavour endeavor aspire dedicated_to "
    "committed commitment commit dedication determined working_hard work_hard hard_at_work full_speed flat_out at_all_levels on_all_levels on_all_fronts across_the_board in_many_areas in_several_areas in_all_areas on_many_levels many_fronts holistic holistically comprehensively thoroughly "
    "in_depth root_and_branch from_scratch from_the_ground ground_up top_to_bottom critical_look hard_look closer_look close_look fresh_look good_look long_look under_the_microscope put_to_the_test on_the_table on_the_test_bench everything_on spoken_to talked_to be_told been_told "
    "coordination cooperation collaboration communicate_better communicate_more more_transparent more_transparency openness culture attitude working_group work_group task_force taskforce workshops? round_table initiatives? programme concept strategy masterplan vision "
    "potential room_for_improvement adapt adapted adjust adjusted recalibrate realign prioritise prioritised prioritize prioritized reprioritise invest investing invested investment investments resources capacities closely eye_on on_the_ball on_top_of on_our_toes on_guard vigilant on_alert "
    "extra_careful more_careful careful be_careful double_our efforts every_effort all_efforts whatever_it_takes whatever_we_can utmost best_we_can do_our_best give_our_best accelerate accelerated accelerating streamline streamlined mature maturity maturing evolve evolving evolved "
    "evolution progress progressing forward moving_forward push_forward driven_forward drive_forward take_forward taken_forward ahead better_place good_path right_path right_track stabilise stabilised stabilize stabilized stabilisation stabilization simplify simplified simplification harmonise "
    "harmonised harmonized aligned alignment standardise standardised standardized professional professionalism governance ownership accountability oversight supervision looked_after taken_care taking_care take_care cared_for dealt_with handled_with treated_with put_first come_first front_and_centre "
    "heart mindful consider considering considered under_consideration evaluated evaluate evaluating evaluation trained training retrain educate education coaching refresher sensitivity sense_of_urgency urgency momentum discipline rigour rigor diligence diligent diligently seriously serious"
)
"""What can be said of any plan, whatever is planned."""
_LITTLE: Final = Saying(Slot(_VAGUELY))
_GENERAL: Final = frozenset(re.findall(r"[a-z'-]+", _VAGUELY))
_ACTS: Final = words(
    "provide provides report reports test tests tested testing add adds added adding move moves moved moving replace replaces replaced replacing limit limits limited limiting split splits block blocks blocked blocking require requires required install installs installed installing "
    "switch switches switched switching remove removes removed removing buy buys bought buying order orders ordered ordering fit fitted fitting dig dug lay laid lock locks locked locking print prints printed count counts counted "
    "compare compares compared ring rings alert alerts alerted refuse refuses refused reject rejects rejected delete deletes deleted rotate rotated double doubled tripled halve halved raised lowered reset resets restart restarts restarted restarting "
    "reboot rebooted roll rolled rolling ship ships shipped shipping deploy deployed deploying release released merge merged write writes wrote written writing copy copies copied store stored encrypt encrypted sign signed stop stops stopped stopping "
    "start starts started close closes closed closing open opens opened disable disabled enable enabled turn turned set sets swap swapped repair repaired repairing fix fixed fixing mend mended rebuild rebuilt rebuilding restore restores restored restoring restoration "
    "recover recovers recovered recovery resolve resolves resolved resolving resolution revert reverted pay pays paid refund refunds refunded credit credits credited send sends sent sending call calls called post posts posted publish publishes published "
    "tell inform informs informed notify notified contact contacts contacted reply replies answer answers answered ask asks asked show shows showed shown read reads check checks checked checking count measure measures measured monitor monitors monitored monitoring "
    "investigate investigating investigation identified confirm confirmed complete completed completing finish finished hire hired rent rented lease leased connect connected disconnect disconnected drain drained clean cleaned scan scanned patch patched pin pinned "
    "archive archived expire expires expired renew renewed revoke revoked label labelled mark marked deliver delivered delivering collect collected cancel cancelled withdraw withdrawn suspend suspended extend extended reload reloaded retry retried "
    "migrate migrated migrating bring brought keep_you update updates updated updating come_back comes_back continue_to monitor happening happened gone run runs ran running work works available operational normal normally back again online live fine safe over open "
    "aware thank thanks please once until unless if when every each two three four second third half twice instead"
)
"""What can be seen done, or is done to end the incident and to tell of it."""
_TELLS: Final = Pattern(
    r"\b(?:failed|fails?|could not|couldn't|affected|lost|errors?|unavailable|outage|down|delayed|stopped|broke|crashed|saw|noticed|because|after|during|at the time|customers?|users|sorry|apolog\w+|data|refund\w*|invoice\w*|restart\w*|deleted|sent|received|arrived|publish\w*|by then|who|had|did|so that|which|whether|nobody|nothing|never|not|n't|take(?:n)? (?:[\w']+ )?(?:very |extremely |really )?seriously|(?:was|were) (?:\w+ )?(?:closed|open|full|empty|running|told|analysed|examined|reviewed))\b"
)

_COMING: Final = Pattern(
    r"\b(?:will|we'll|'ll|shall|going to|plan(?:s|ned|ning)?|aim(?:s|ing)?|intend\w*|hope|want(?:s)? to|needs?|must|have to|has to|should|are|is|being|has been|have been|we've|been|we're|continue\w*|keep\w*|now|let|remains?|i'm|i'll|i've)\b"
)

_INTENDS: Final = Pattern(
    r"\b(?:(?:we|i)(?:'ll|'ve|'re|'m)|(?:we|i) (?:will|shall|have|are|am) \w+|will|shall|going to|(?:has|have) been|(?:is|are) being|(?:is|are) to be|(?:is|are) meant to|must be|needs? to be)(?!\w)"
)
_IS_TO_BE: Final = Pattern(
    r"\b(?:will be|shall be|(?:has|have) been|(?:is|are) being|(?:is|are) to be|(?:is|are) meant to|must be|needs? to be|(?:we|i)(?:'ll|'ve| will| have|shall) \w+)(?!\w)"
)
"""Of what is intended, what is not being done at the moment."""
_FEWEST_WORDS: Final = 3
_MOST_WORDS: Final = 16
"""Words of a sentence that says so little."""
_MOST_OF_FEW: Final = 13
"""The same, for one that holds no word of those."""
_NAMES: Final = 3
"""Words that name something; one more, and a reader could picture what changes."""


def _look(document: Document, sentence: Sentence) -> Hit | None:
    count = len(document.listed[sentence.index])
    if not _FEWEST_WORDS < count <= _MOST_WORDS or document.scan[sentence.end - 1] in "?:":
        return None
    here = document.worded[sentence.index]
    if NUMERAL in here:
        return None
    hit = _look_for_little(document, sentence)
    if hit is None and count <= _MOST_OF_FEW and here.isdisjoint(_ACTS):
        hit = _look_for_nothing(document, sentence)
    if hit is None or document.find(DATED, sentence) or document.find(_TELLS, sentence):
        return None
    if has_mechanism(document, sentence, sentence.start):
        return None
    if not is_about_prevention(document, sentence) or is_the_response(document, sentence):
        return None
    said = content(document.scan[sentence.start : sentence.end])
    return hit if sum(word not in _GENERAL for word in said) <= _NAMES else None


def _look_for_little(document: Document, sentence: Sentence) -> Hit | None:
    """Something is to come, and is put in words that go with anything."""
    hit = _LITTLE(document, sentence)
    return hit if hit and document.find(_COMING, sentence) else None


def _look_for_nothing(document: Document, sentence: Sentence) -> Hit | None:
    """Something is intended, and no act that could be seen done."""
    if document.scan[sentence.end - 1] != "." or not speaks_of_prevention(document, sentence):
        return None
    if document.find(_IS_TO_BE, sentence) is None:
        return None
    return Hit(sentence.start, sentence.end)


RULE = Rule(
    id="VAG-16",
    name="says-nothing-in-particular",
    category="vague_prevention",
    severity="warning",
    message="It names no act and no thing. Say what is done, to what, and by when.",
    better='"from 8 May a second person counts the keys each night"',
    source="SRE, SEED",
    triggers=heads(_LITTLE)
    | words("will shall going being been ll re ve m are have am has is must needs need"),
    of_classes=True,
    look=_look,
    patterns=(_LITTLE.asking(), _INTENDS),
    probed=False,
    bad=examples(
        "Our kitchen will be taken to the next level.",
        "We have stepped up our alertness.",
        "Layout has been urged to be careful.",
        "The matter is being pursued.",
        "Talks with the choir will be fostered.",
        "We have taken this as an opportunity to question ourselves.",
    ),
    good=examples(
        "From 8 May a second person counts the keys each night.",
        "The valve has been replaced.",
        "We are looking at why the alarm stayed silent.",
        "The lock now refuses two keys at once.",
        "We will tell everyone affected by letter.",
        "We have moved the copies to a second building.",
    ),
)
