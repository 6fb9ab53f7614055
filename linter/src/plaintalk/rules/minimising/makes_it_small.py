"""MIN-18: made small by a word of restriction, of degree, of quantity or of luck near the harm."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern
from plaintalk.rule import EVERYWHERE, Rule, before, examples, follows
from plaintalk.slots import Saying, Slot, asked, first_said, heads
from plaintalk.text import Sentence

_RESTRICTS: Final = Slot(
    "only just merely simply purely solely mainly mostly largely chiefly primarily barely hardly scarcely essentially basically "
    "little_more_than not_much_more_than hardly_more_than no_more_than nothing_more_than nothing_worse_than no_worse_than nothing_but "
    "at_most at_the_most at_the_very_most at_worst at_the_worst not_much_of"
)
_NUISANCE: Final = Slot(
    "nuisances? annoyances? annoying inconvenience inconvenienced inconvenient irritations? irritating irritated formality cosmetic "
    "superficial postponed postponement delayed delays? late later slower sluggish bother bothersome bothered discomfort uncomfortable "
    "detour detours hassle hindrance trifle trifles footnote technicality technicalities untidy unsightly aesthetic visual display "
    "misprint misprints dent ripple ripples wrinkle wrinkles scratch scratches flutter quibble nit blemish blemishes sideshow "
    "waiting wait mishap mishaps interruption interruptions pause pauses irregularity irregularities imperfection imperfections "
    "minutes_late side_effects? a_matter_of_minutes a_matter_of_seconds a_matter_of_moments a_matter_of_patience"
)
_FEW: Final = Slot(
    "sliver slivers smattering sprinkling scattering trickle stragglers straggler minority fewer_than_a_dozen fewer_than_you_might "
    "fewer_than_you_may fewer_than_one_might narrow_group narrow_band narrow_set narrow_slice narrow_range narrow_circle narrow_subset narrow_window "
    "narrow_segment small_circle limited_circle small_corner tiny_corner small_pocket small_pockets low_number minute_fraction thin_slice "
    "small_section tiny_section small_segment limited_segment limited_selection small_selection small_part tiny_part minor_part limited_part "
    "small_corner_of small_piece tiny_piece insignificant_number negligible_number negligible_part negligible_share negligible_fraction "
    "mere_fraction mere_handful tiny_handful very_few precious_few not_many one_or_two two_or_three three_or_four a_couple a_few a_handful "
    "the_odd the_occasional an_occasional a_stray a_small_crowd isolated_cases isolated_instances isolated_users isolated_customers "
    "single_cases individual_cases exceptional_cases edge_cases rare_cases comparatively_few relatively_few limited_number restricted_number "
    "modest_number smallish_number tiny_proportion small_proportion slim_minority thin_minority manageable_number handful_of_cases"
)
_HIT: Final = Slot(
    "affected affects? affecting hit hits struck touched impacted concerned involved unable could_not couldn't failed fails? lost losing "
    "saw seen see noticed notice experienced experience encountered encounter met faced suffered disrupted interrupted delayed late "
    "cancelled canceled missed missing charged wrong wrongly broken broke stuck waited wait waiting rejected declined refused dropped "
    "unavailable unreachable unusable offline down closed astray misplaced disconnected locked duplicated corrupted exposed visible "
    "leaked without inconvenienced errors? failures? problems? trouble issues? delays? timeouts? gone incorrect garbled empty short"
)
_MOST: Final = Slot(
    "most majority bulk nearly_all almost_all almost_every nearly_every almost_everyone almost_everything nearly_everyone largely mostly "
    "mainly by_and_large on_the_whole in_the_main for_the_most_part most_part in_most_cases in_general generally overall lion's_share "
    "nine_out_of_ten anyone_else everyone_else everything_else everybody_else the_rest all_other all_the_others the_others"
)
_FINE: Final = Slot(
    "as_usual as_normal as_always as_before unaffected untouched unharmed unscathed unaware oblivious undisturbed unhindered uninterrupted "
    "intact spared fine smoothly smooth seamlessly happily carried_on carry_on kept_running kept_working kept_going kept_up stayed_up "
    "stayed_open remained_open remained_available remained_up was_unharmed was_spared were_spared ran_normally ran_on ran_well ran_fine "
    "worked_well worked_fine worked_normally worked_throughout went_well went_fine went_smoothly went_ahead went_on went_through "
    "continued_to_work continued_to_run continued_normally continued_uninterrupted got_through without_trouble without_problems without_a_problem "
    "without_issue without_issues without_incident without_a_hitch without_noticing without_difficulty without_delay without_interruption "
    "without_any_problem without_any_trouble without_further_ado will_not_have_noticed won't_have_noticed did_not_notice didn't_notice "
    "never_noticed noticed_nothing notice_anything noticed_anything felt_nothing did_not_feel business_as_usual was_enough was_sufficient"
)
_MILDLY: Final = Slot(
    "tad a_mite a_smidge a_smidgen "
    "slightly mildly marginally moderately minimally faintly somewhat a_bit a_little a_touch a_tad a_shade a_fraction a_trifle a_whisker a_hair "
    "lightly gently a_little_bit ever_so_slightly rather_gently a_notch kind_of sort_of a_wee_bit modestly fractionally tolerably"
)
_WORSENED: Final = Slot(
    "inconvenienced affected late later slow slower sluggish off behind wrong out delayed disturbed disrupted interrupted annoyed annoying "
    "unsettled impaired reduced degraded longer bumpy uneven patchy inaccurate displaced muddled confused confusing impacted hampered restricted "
    "hit worse poorer rougher colder cooler warmer dimmer noisier blurred blurry choppy jerky erratic unreliable irregular inconsistent outdated "
    "stale weaker limited overloaded busier fuller crowded tight short unstable unsteady wobbly flaky messy untidy awkward unpleasant "
    "unfortunate irritating frustrating misleading incomplete garbled elevated out_of_step out_of_sync out_of_date out_of_order"
)
_MISBEHAVES: Final = Slot(
    "acting_up acts_up acted_up playing_up plays_up played_up misbehaving misbehaved sulking sulked grumpy moody hiccuping stuttering stuttered faltering faltered "
    "choppy choppiness jittery crackling crackled wobbling wobbled flickering flickered lagging lagged limping limped creaking creaked"
)
_SMALL: Final = Slot(
    "small smallish minor slight brief short shortish little tiny modest mild moderate marginal minimal negligible trivial insignificant "
    "fleeting momentary temporary passing transient occasional sporadic odd gentle faint petty trifling manageable bearable tolerable contained "
    "superficial cosmetic benign innocuous unremarkable low-level low-key small-scale short-lived short-term minuscule subtle "
    "localised localized isolated slightest unspectacular undramatic routine everyday limited"
)
_HARM: Final = Slot(
    "dips? flickers? lapses? wobbles? pauses? stutters? halts? stoppages? hold-ups? holdups? jolts? upsets? ripples? disturbances? hindrances? "
    "hiatus breaks? mix-ups? shortages? shortfalls? breakdowns? waits? sluggishness cuts? blackouts? brownouts? overruns? nuisances? annoyances? "
    "discomfort irregularity irregularities inconveniences? difficulty difficulties restrictions? limitations? reductions? impairments? "
    "deviations? discrepancy discrepancies imprecision muddles? confusion bottlenecks? jams? congestion lulls? dropouts? freezes? "
    "stalls? slumps? setbacks? oversights? slips? slip-ups? blemish blemishes imperfections? shortcomings? flaws? weaknesses? leakages? "
    "spillages? breach breaches exposures? contamination damage harm effects? consequences? repercussions? losses gaps? downtimes? "
    "outages? interruptions? disruptions? irritations? wait_times? waiting_times? waiting queues? hangs? jitters? turbulence frictions? "
    "bit_of_bother spot_of_bother bother upheavals? malfunctions? defects? deterioration degradations? decreases? drop-offs? lags? spells?"
)
_QUIET: Final = Slot(
    "early_hours small_hours dead_of_night middle_of_the_night night overnight quiet_hours? quiet_period quiet_time quiet_day quiet_evening "
    "quiet_morning quiet_afternoon quiet_spell quiet_phase quieter_hours quietest low_season off-season off-peak weekend sunday saturday holidays? "
    "holiday_period bank_holiday before_opening after_closing closing_time before_dawn lunch_break lunchtime outside_opening_hours school_holidays "
    "hours_when time_when moment_when day_when period_when"
)
_IDLE: Final = Slot(
    "few fewer hardly_any hardly_anyone hardly_anybody scarcely_any barely_any barely_anyone nobody_is nobody_was no_one_is little_traffic "
    "little_used not_many low_traffic low_demand lower_demand light_traffic less_traffic little_demand traffic_is_low traffic_was_low "
    "demand_is_low demand_was_low asleep already_closed mostly_closed most_people most_of_you least_used rarely_used seldom_used"
)
_NOTHING: Final = Slot("nothing nobody none no not_any without_any never_any no_one")
_MATTERS: Final = Slot(
    "of_value of_any_value of_great_value of_importance of_consequence of_any_consequence of_note of_significance of_interest of_real_value irreplaceable "
    "real_harm real_damage real_loss real_danger lasting_harm lasting_damage lasting_effects? lasting_consequences serious_harm serious_damage "
    "serious_loss serious_consequences? serious_losses great_harm great_loss great_damage major_harm major_damage major_loss major_losses "
    "major_consequences significant_harm significant_damage significant_loss significant_losses significant_consequences grave_consequences "
    "dramatic_consequences material_harm material_damage worth_mentioning worth_speaking_of to_speak_of to_write_home harm_was_done harm_done "
    "unduly_affected unduly_inconvenienced seriously_affected seriously_harmed seriously_inconvenienced badly_affected badly_hit severely_affected "
    "permanent_harm permanent_damage terribly dramatic cause_for_concern cause_for_alarm too_serious too_dramatic"
)
_STRESSES: Final = Slot(
    "worth_noting worth_stressing worth_mentioning worth_remembering worth_pointing worth_saying important_to_note important_to_stress important_to_remember "
    "important_to_point like_to_stress like_to_emphasise like_to_emphasize like_to_underline like_to_point like_to_note wish_to_stress want_to_stress "
    "wish_to_emphasise bear_in_mind keep_in_mind should_be_noted should_be_said must_be_said should_be_stressed we_stress we_emphasise we_emphasize "
    "let_us_be_clear to_be_clear we_should_add we_would_add it_is_true to_be_fair in_fairness for_perspective for_context put_this_in put_it_in rest_assured"
)
_LITTLE: Final = Slot(
    "only just merely limited small few minor short brief no_more_than never at_no_point at_no_time not_a_single most majority confined contained "
    "temporary isolated rare small-scale very_few restricted modest negligible low tiny slight"
)
_RELATIVELY: Final = Slot(
    "drop_in_the_ocean statistically percentage-wise proportionally relatively_speaking in_relative_terms in_percentage_terms all_things_considered all_in_all "
    "when_all_is_said in_the_end_it_was less_than_ideal not_ideal far_from_ideal not_our_finest suboptimal sub-optimal not_our_best not_great "
    "hardly_ideal here_and_there now_and_then every_now_and_again once_in_a_while the_long_and_short no_harm_done happily happily_for easily_fixed "
    "easily_remedied easily_put_right quickly_over soon_over soon_forgotten quickly_forgotten over_quickly passed_quickly not_last_long didn't_last_long "
    "did_not_last_long within_moments within_seconds in_no_time in_a_flash blink_of_an_eye split_second short-lived shortlived of_short_duration "
    "short_in_duration limited_in_scope limited_in_extent limited_in_time limited_in_size small_in_scope small_in_size narrow_in_scope minor_in_nature "
    "limited_in_nature minor_nature limited_scope limited_extent off_day rough_patch sticky_patch bad_patch funny_turn under_the_weather forty_winks catnap "
    "the_briefest a_little_while a_short_while a_brief_while a_short_spell a_brief_spell a_short_stretch a_short_burst a_jiffy"
)
_SHRUGS: Final = Slot(
    "perfectly_harmless completely_harmless entirely_harmless no_need_to_panic no_need_to_worry no_reason_to_panic symbolic_amount not_very_long not_that_long not_too_long wasn't_that_long wasn't_very_long wasn't_too_long for_a_sec for_a_tick for_a_jiffy little_breather little_pause little_rest all_it_took all_that_was_needed all_it_needed anything_more_than_a anything_worse_than anything_other_than_a only_just_late but_only_just basic_details basic_information "
    "bare_minimum kept_to_a_minimum to_a_minimum absolute_minimum immaterial meaningless trivial triviality trivialities trifling inconsequential unimportant unspectacular undramatic unremarkable uneventful painless insignificant insignificance negligible minuscule infinitesimal marginal "
    "manageable_size manageable_proportions manageable_scale manageable_scope modest_scale modest_proportions modest_uptick few_and_far so_what who_cares no_damage_done no_damage_was no_great_shakes no_big_thing nothing_to_see nothing_big nothing_dramatic nothing_tragic nothing_terrible nothing_earth-shattering nothing_out_of_the "
    "no_drama no_tragedy no_biggie no_worries no_sweat no_tears never_mind not_to_worry worse_things could_be_worse have_been_worse all's_well all_is_well life_goes_on world_kept_turning sky_did_not sky_didn't nobody_died no_one_died no_hard_feelings water_under bridge_over onwards_and crack_on let's_move "
    "speed_bump speedbump micro-downtimes? mini-downtimes? nano-downtimes? mini-outage mini_outage mini-incident mini-breakdown mini-break mini-blackout micro-outage micro-interruption nano-outage semi-outage pseudo-outage non-event non-issue non-incident bit_of_grit grain_of_sand grit_in if_that if_at_all hardly_skipped skipped_a_beat missed_a_beat pleasantly_short refreshingly_short mercifully_short "
    "pleasantly_brief thankfully_short thankfully_brief thankfully_few thankfully_little thankfully_only mercifully_few mercifully_little blessedly_short comfortably_short shorter_than_a shorter_than_most shorter_than_your as_long_as_a as_long_as_it_takes time_it_takes_to length_of_a as_a_song than_a_coffee than_a_lunch coffee_break tea_break commercial_break lunch_break toilet_break "
    "power_nap little_nap short_nap breather_for took_a_breather intermission interlude intermezzo footnote side_note sidenote anecdote curiosity oddity storm_in_a tempest_in molehill mountain_out_of pinprick fleabite scratch_on dent_in drop_in_the ripple_in hair's_breadth whisker wink_of blink_of heartbeat bagatelle peanuts pocket_change small_beer small_fry small_potatoes "
    "loose_change rounding_error rounding_errors background_noise within_tolerance within_the_noise normal_fluctuation normal_variation natural_fluctuation usual_fluctuation beauty_flaw beauty_spot cosmetic_blemish out_of_a_lifetime once_in_a_lifetime one_night_out one_day_out_of one_hour_out_of out_of_a_year wee_moment wee_bit teeny tiny_bit teensy weeny lukewarm "
    "bearable tolerable survivable easily_absorbed easily_coped quickly_absorbed took_it_in_their took_it_with took_it_in_good good_humour good_humor sportingly shrug_off laugh_about laughed_about smile_about see_the_funny funny_side joke_was_on silver_lining blessing_in_disguise something_good_in good_thing_about exercise_never fresh_air never_hurts_to does_no_harm did_no_harm does_nobody_any "
    "tried_again_a_moment tried_again_later simply_try_again simply_tried simply_refresh simply_reload a_reload matter_of_a_reload one_reload one_refresh one_click a_second_click a_second_try second_attempt second_try quick_refresh quick_restart simple_restart simple_refresh simple_reload just_refresh just_reload "
    "bother_too_many bothered_too_many too_many_people not_many_people not_too_many hardly_a_soul barely_a_soul scarcely_a_soul hardly_worth barely_worth scarcely_worth not_worth_mentioning not_worth_talking hardly_noticeable barely_noticeable scarcely_noticeable barely_perceptible hardly_perceptible imperceptible hardly_measurable barely_measurable unnoticeable hardly_noticed barely_noticed scarcely_noticed largely_unnoticed mostly_unnoticed almost_unnoticed went_unnoticed passed_unnoticed "
    "economically_meaningless economically_irrelevant financially_irrelevant commercially_irrelevant statistically_irrelevant practically_irrelevant technically_irrelevant of_no_consequence of_little_consequence of_no_importance of_little_importance of_no_significance of_little_significance of_limited_significance of_no_relevance of_little_relevance of_minor_importance secondary_importance peripheral "
    "only_human_after mere_formality mere_detail mere_technicality mere_trifle mere_nuisance mere_inconvenience mere_delay mere_blip mere_moments mere_seconds mere_minutes mere_cosmetic nothing_but_a nothing_more_than merely_a_matter simply_a_matter just_a_matter only_a_matter only_a_question merely_a_question "
    "restricted_amount limited_amount small_amount tiny_amount modest_amount minimal_amount negligible_amount insignificant_amount manageable_amount restricted_set limited_set limited_range restricted_range partial_information harmless_information non-sensitive public_anyway anyway_public already_public publicly_known known_anyway outdated_data"
)
_MAY_HAVE: Final = Slot(
    "may_have might_have could_have may_briefly_have might_briefly_have may_occasionally_have may_also_have might_also_have may_at_times_have may_notice might_notice may_see might_see"
)
_A_LITTLE: Final = Slot(
    "the_odd the_occasional an_occasional occasional occasionally a_few a_little some_brief a_brief a_short a_small a_slight a_minor a_momentary a_passing "
    "a_temporary slight minor brief short small briefly momentarily slightly temporarily the_briefest"
)

_TAKES_BACK: Final = Pattern(
    r"\b(?:not (?:only|just|merely|simply)|no small|not small|not minor|not brief|should not|must not|is no comfort|no excuse|n't only|small comfort|does not make|we should have|if you (?:only|just)|our fault|far from (?:small|minor|brief|short))\b"
)
_AHEAD: Final = Pattern(
    r"\b(?:will|we'll|plan(?:s|ned|ning)?|scheduled|maintenance|from now on|in future|going to|next (?:week|month|time)|please|can now|could now|now (?:lets?|shows?|takes?|needs?|runs?|alerts?|checks?|stops?)|so that|in order to|to (?:keep|limit|avoid|reduce|prevent|make)|if|unless|whenever|should|(?:chance|risk|possibility) of)\b"
)
_RECOVERED: Final = Pattern(
    r"\b(?:again|restored|back (?:to|up|online|in)|recover\w*|since then|are now|is now|resolved|resum\w+|returned|remaining|still (?:un|down|fail)\w*)\b"
)
_NEGATED: Final = Pattern(
    r"\b(?:not|n't|no|never|nor|neither|than|rather than|instead of) (?:an? |the |just |only )?\Z"
)
_OURS: Final = Pattern(
    r"\b(?:we|our team|team|engineers?|operators?) (?:have |had |are |were |only |then |also )*(?:tried|tested|started|rolled|released|deployed|moved|enabled|looked|ran|took|made|sent|asked|invited|chose|checked|restarted|found|knew|learned|had|seen|saw|received)\b"
)


def _unmeasured(document: Document, sentence: Sentence) -> bool:
    """Whether neither people nor time are counted in the sentence or right after it."""
    return not (
        document.quantity_near(sentence)
        or document.time_near(sentence)
        or document.has_quantity(document.text.preceding(sentence))
    )


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] == "?" or document.find(_TAKES_BACK, sentence):
        return False
    if document.find(_AHEAD, sentence) or before(document, sentence, found, _NEGATED, 16):
        return False
    return _unmeasured(document, sentence)


_AS_NEWS: Final = Pattern(
    r"(?: the)?(?: ordinary)? (?:was|were|is|has been|could be) (?:\w+ )?(?:discovered|found|seen|noticed|detected|visible|logged)\b| to \w+"
)
_QUICKLY: Final = Pattern(
    r"\b(?:notified|found|figured out|spotted|detected|noticed|identified|alerted|informed|responded|reacted|understood|replied|told|reported|blocked|revoked|fixed)\b[^.;:]{0,60}\Z"
)
_WENT: Final = Pattern(
    r"\b(?:over|gone|passed|ended|vanish\w*|disappear\w*|clear\w*)\b[^.;:]{0,40}\Z|\bit (?:was|came|went|is)\b[^.;:]{0,40}\Z"
)
_TOLD_LATER: Final = Pattern(r"only \w+(?:ed|en|nd|ld|wn) (?:later|late)\Z")


_OF_DATA: Final = Pattern(
    r"\b(?:data|information|details|exposed|leak\w*|disclos\w*|shown|seen|access\w*|names|addresses|events)\b"
)
# A fault that went unnoticed is a fault of watching, and no comfort.
_BY_US: Final = Pattern(r" (?:for|because|until|by us|by our|at first|during)\b")
_A_FAULT: Final = Pattern(
    r"\b(?:bug|error|issue|problem|fault|mistake|failure|code|change|defect|gap)s? (?:[\w ]{0,20} )?\Z"
)


def _keep_shrug(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether it weighs the harm, and neither what was looked for nor how fast somebody was."""
    word = found.group()
    if word.startswith(("nothing out", "trivial")) and follows(document, sentence, found, _AS_NEWS):
        return False
    if word.endswith("public") and document.find(_OF_DATA, sentence) is None:
        return False
    if word in ("went unnoticed", "passed unnoticed") and (
        follows(document, sentence, found, _BY_US, 12)
        or before(document, sentence, found, _A_FAULT, 40)
    ):
        return False
    return _keep(document, sentence, found)


def _keep_passing(document: Document, sentence: Sentence, found: Match) -> bool:
    word = found.group()
    if word.startswith(("within", "in no time", "in a flash")) and (
        before(document, sentence, found, _QUICKLY, 80)
        or not before(document, sentence, found, _WENT, 60)
    ):
        return False
    return _keep(document, sentence, found)


_THE_TEXT: Final = Pattern(
    r"\b(?:post|article|entry|update|report|write-?up|message|e-?mail|explanation|letter|read) (?:is|was|will be|got) \Z"
)


_AS_PLANNED: Final = Pattern(
    r" than (?:we |it |i )?(?:had )?(?:expected|planned|thought|hoped|assumed)\b"
)


def _keep_mildly(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether it is the harm, and not the text, that is a little longer."""
    if follows(document, sentence, found, _AS_PLANNED):
        return False
    return not before(document, sentence, found, _THE_TEXT, 24) and _keep(document, sentence, found)


def _keep_restricted(document: Document, sentence: Sentence, found: Match) -> bool:
    return _TOLD_LATER.match(found.group()) is None and _keep(document, sentence, found)


_OF_TIME: Final = Pattern(
    r"(?:an? |the )?(?:few|couple(?: of)?|handful of|one or two|two or three) (?:short |more )?(?:minutes|hours|days|seconds|weeks|moments|months|years|times|attempts)\b"
)


def _keep_count(document: Document, sentence: Sentence, found: Match) -> bool:
    if _OF_TIME.match(found.group()):
        return False
    return _keep(document, sentence, found) and document.find(_OURS, sentence) is None


def _keep_most(document: Document, sentence: Sentence, found: Match) -> bool:
    if _NO_SHARE.search(found.group()):
        return False
    return _keep(document, sentence, found) and document.find(_RECOVERED, sentence) is None


_NO_SHARE: Final = Pattern(r"\bfine-?tun|\bfine-?grained|\bthe most\b|\bmost (?:\w+ly|recent)\b")


_SAYINGS: Final = (
    Saying(_RESTRICTS, _NUISANCE, 3, keep=_keep_restricted),
    Saying(_FEW, _HIT, 6, either=True, keep=_keep_count),
    Saying(_MOST, _FINE, 8, either=True, keep=_keep_most),
    Saying(_MILDLY, _WORSENED, 2, keep=_keep_mildly),
    Saying(_MILDLY, _MISBEHAVES, 2, either=True, keep=_keep),
    Saying(_SMALL, _HARM, 2, keep=_keep),
    Saying(_QUIET, _IDLE, 8, either=True, keep=_keep),
    Saying(_NOTHING, _MATTERS, 4, keep=_keep),
    Saying(_STRESSES, _LITTLE, 12, keep=_keep),
    Saying(_MAY_HAVE, _A_LITTLE, 3, keep=_keep),
    Saying(_RELATIVELY, keep=_keep_passing),
    Saying(_SHRUGS, keep=_keep_shrug),
)

RULE = Rule(
    id="MIN-18",
    name="makes-it-small",
    category="minimising",
    severity="warning",
    message="This makes the harm smaller and gives no figure. Say what failed, for whom and how long.",
    better='"61 of 240 shops could not take cards for 40 minutes"',
    source="SEED, QNT",
    roles=EVERYWHERE,
    triggers=heads(*_SAYINGS),
    patterns=asked(*_SAYINGS),
    probed=False,
    of_classes=True,
    look=first_said(*_SAYINGS),
    bad=examples(
        "It was little more than an annoyance.",
        "Only a sliver of our readers saw the error page.",
        "For the most part the lifts kept running.",
        "Some passengers were mildly inconvenienced.",
        "We saw a temporary dip in print quality.",
        "It happened in the small hours, when few people shop.",
        "Nobody lost anything of value.",
        "It is worth noting that the leak was confined to one shelf.",
        "You might have come across the odd blank page.",
        "The fault was limited in scope.",
        "The lamps were acting up a little.",
        "The queue at the gate was not very long.",
    ),
    good=examples(
        "61 of 240 shops could not take cards for 40 minutes.",
        "Most lifts kept running; 14 of 60 stood still.",
        "Pages were slightly slower for 20 minutes, from 1 s to 1.4 s.",
        "Most pages work again.",
        "A few changes will follow next week.",
        "Please wait a few minutes before you try again.",
        "It was not just a nuisance: shops lost orders.",
        "The lamps flickered for 40 minutes.",
    ),
)
