"""BLM-21: somebody did what only people do wrong: forgot, did not bother, said nothing, dozed."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import READER, ROLE, SUPPLIED, TEAM, any_of
from plaintalk.rule import ALL_KINDS, EVERYWHERE, Hit, Rule, examples, matching
from plaintalk.slots import Saying, Slot, asked, first_said, heads
from plaintalk.text import Sentence

_ONLY_PEOPLE: Final = Slot(
    "had_not_bothered hadn't_bothered did_not_bother didn't_bother never_bothered not_be_bothered couldn't_be_bothered forgot had_forgotten fell_asleep was_asleep were_asleep was_napping were_napping napped dozed_off nodded_off slept_through "
    "was_drunk was_hung_over paid_no_attention paid_no_heed took_no_notice took_little_notice looked_away looked_the_other turned_a_blind shrugged_it shrugged could_not_care couldn't_care did_not_care didn't_care does_not_care don't_care did_not_think didn't_think "
    "without_thinking without_a_thought without_a_second without_looking without_reading without_checking without_asking without_telling without_informing without_a_word without_saying without_consulting without_so_much without_permission without_authorisation without_authorization without_approval "
    "said_nothing kept_quiet kept_silent stayed_silent kept_mum kept_it_to told_nobody told_no_one informed_nobody informed_no_one warned_nobody warned_no_one asked_nobody asked_no_one let_everything let_it_rot let_things walked_away walked_off walked_out made_no_effort not_lift_a_finger "
    "did_nothing done_nothing dragged_its dragged_their dragged_his dragged_her took_his_time took_her_time took_their_time took_its_time passed_the_buck lied denied_everything denied_it forbids_us forbade_us would_not_let wouldn't_let insisted_on insists_on insist_on "
    "thought_it thought_nothing thought_better thought_he thought_they thought_she think_deadlines thinks_rules think_rules think_that_rules knew_better knows_better know_better must_have_seen must_have_known must_have_noticed must_have_heard should_have_known ought_to_have chose_to_ignore took_it_upon took_matters on_a_whim "
    "wilfully willfully knowingly on_purpose carelessly recklessly negligently clumsily sloppily thoughtlessly blindly lazily half-heartedly botched bungled fumbled messed_up messed_it screwed_up mucked_up made_a_mess made_a_hash sabotaged mislabelled mislabeled misread misheard miscalculated mistook mixed_up mixed_the muddled "
    "pressed_the_wrong pulled_the_wrong typed_the_wrong entered_the_wrong sent_the_wrong picked_the_wrong chose_the_wrong selected_the_wrong turned_the_wrong took_the_wrong used_the_wrong opened_the_wrong clicked_the_wrong signed_the_wrong put_the_wrong loaded_the_wrong ordered_the_wrong printed_the_wrong copied_the_wrong attached_the_wrong "
    "hit_the_wrong waved_it waved_this waved_them rubber-stamped nodded_it fell_for was_tricked was_fooled was_duped was_taken_in gave_away cut_corners cut_every_corner took_a_shortcut took_shortcuts jumped_the_gun overslept turned_up_late came_late showed_up_late never_turned_up never_showed not_show_up not_turn_up "
    "went_home gone_home had_gone_to gone_to_lunch gone_for_a was_distracted were_distracted was_careless were_careless was_negligent were_negligent was_sloppy were_sloppy was_clueless were_clueless was_lazy were_lazy was_inattentive had_no_idea had_no_clue had_no_business has_no_idea have_no_idea has_no_clue "
    "never_read never_looked never_listened never_told never_asked never_answered never_replied never_called_back never_documented never_wrote never_bothered never_learned never_learn was_too_lazy were_too_lazy was_too_busy were_too_busy was_too_proud was_too_hasty too_lazy_to too_proud_to acted_unlawfully acting_unlawfully acted_irresponsibly acted_recklessly "
    "behaved_badly kept_the_money cheated tampered_with fiddled_with meddled_with meddled tinkered_with tinkered played_around played_with mislaid lost_his lost_her lost_their let_us_down let_you_down let_everyone let_everybody failed_us failed_you failed_in_their failed_in_his failed_in_its "
    "broke_its_promise broke_their_promise broke_its_word broke_the_rules flouted has_a_lot_to_answer have_a_lot_to_answer owes_you owes_us owe_you owe_us deserves_the deserve_the only_himself only_herself only_themselves only_itself not_fit_to unfit_to should_not_be_writing should_not_be_allowed should_be_ashamed should_find_another should_stick_to "
    "which_says_it_all says_it_all speaks_volumes says_a_lot despite_being_told despite_our_warnings despite_several despite_repeated despite_clear against_our_advice against_our_instructions against_instructions against_the_instructions against_orders in_defiance_of behind_our_back behind_everyone's off_their_own off_his_own single-handedly all_by_himself "
    "should_have_read should_have_checked should_have_known should_have_asked should_have_told should_have_looked should_have_listened could_have_asked might_have_asked might_have_told could_have_told could_have_called would_not_listen wouldn't_listen did_not_listen didn't_listen did_not_want_to didn't_want_to wanted_to_save wanted_to_go "
    "could_not_wait couldn't_wait had_better_things had_other_priorities had_other_things has_other_priorities looked_it_up had_been_warned had_been_told_twice were_told_twice was_told_twice was_asked_twice was_reminded were_reminded twice_reminded stubbornly insolently obstinately flatly_refused point-blank left_us_in left_us_with left_us_alone "
    "left_everything left_it_to left_a_mess left_behind_a hung_up_on stood_by watched_and stood_around lounged loafed idled slacked goofed blundered slipped_up cocked_up fouled_up loused_up goofed_up got_it_wrong got_this_wrong got_it_all got_the_wrong counted_wrong added_wrong calculated_wrong measured_wrong set_it_wrong wired_it wired_the installed_it_wrong fitted_it_wrong"
)
_BY_PEOPLE: Final = Slot(
    "refused_to refuses_to refuse_to improvised guessed_the gambled panicked forget forgets deleted erased wiped overwrote dropped unplugged disconnected switched_off switched_the turned_off turned_the shut_off shut_down cut dug_up dug_through drilled_through drilled_into sawed_through cut_through ran_over drove_into crashed_into backed_into tripped_over spilled spilt poured knocked_over knocked_out pulled_out pulled_the ripped_out tore_out "
    "did_not_know didn't_know did_not_understand didn't_understand did_not_read didn't_read did_not_look didn't_look did_not_check didn't_check did_not_follow didn't_follow did_not_ask didn't_ask did_not_tell didn't_tell did_not_say didn't_say did_not_inform did_not_notice didn't_notice did_not_see did_not_hear did_not_react didn't_react did_not_answer didn't_answer did_not_reply didn't_reply "
    "did_not_report did_not_warn didn't_warn did_not_close did_not_lock did_not_test didn't_test never_checked never_tested never_noticed never_told not_checked not_tested not_read had_not_read had_not_checked had_not_told had_not_tested hadn't_told hadn't_read hadn't_checked had_not_informed ignored ignores disregarded neglected neglects overlooked skipped bypassed omitted failed_to fails_to "
    "approved_it approved_the approved_in approved_without signed_off signed_it waved passed_it let_it let_the left_it left_the left_open left_on left_unlocked forwarded shared_the posted_the published_the uploaded leaked exposed gave_out handed_out clicked opened_an opened_a entered typed mistyped keyed pasted copied edited changed_the altered swapped moved_the took_down brought_down took_the wrecked ruined broke damaged "
    "destroyed jammed deliberately intentionally accidentally mistakenly wrongly inadvertently hastily prematurely unilaterally arbitrarily once_again yet_again as_usual as_always decided_to decided_that chose_to preferred_to insisted wanted_to believed_that assumed_that assumed misjudged misinterpreted misunderstood confused invented exaggerated underestimated overestimated stalled took_ages "
    "unwilling unhelpful incompetent unprepared untrained inexperienced unprofessional uncooperative careless negligent irresponsible not_present not_there absent late_again at_it_again struck_again let_down delivered_late delivered_the_wrong shipped_the_wrong installed_the_wrong sold_us promised_us promised"
)
_SCORN: Final = Slot(
    "beloved dear_friends esteemed much-loved much-praised so-called geniuses genius bright_spark bright_sparks our_heroes our_friends_at the_gentlemen the_good_people those_good_people the_fine_people wonderful_vendor lovely_vendor favourite_vendor favorite_vendor favourite_supplier favourite_provider precious_vendor certain_suppliers certain_people certain_colleagues certain_customers certain_users certain_gentlemen certain_vendors certain_partners "
    "certain_departments a_certain_supplier a_certain_vendor a_certain_department a_certain_colleague a_certain_person a_certain_somebody a_certain_manager some_people some_clever some_smart some_genius some_idiot some_joker some_bright some_hero somebody_clever no_names naming_no name_no_names need_not_be_named shall_remain_nameless we_know_who you_know_who surprise_surprise what_else_would "
    "what_do_you_expect the_usual_suspects usual_suspect the_same_people the_same_supplier same_vendor same_old yet_another_mistake yet_another_fault yet_another_bug yet_another_error yet_another_defect yet_another_hardware yet_another_blunder yet_another_gift yet_another_masterpiece courtesy_of with_compliments a_gift_from a_present_from brought_to_you the_fine_work the_brilliant_idea brilliant_idea bright_idea the_great_idea great_idea_of in_its_wisdom in_their_wisdom in_his_wisdom "
    "infinite_wisdom so_much_for thanks_for_nothing well_done_to hats_off bravo congratulations_to applause_for"
)
_CLAUSE: Final = Pattern(
    r"[;:,.()\u2013\u2014!?]|\b(?:and|but|because|so|that|when|while|after|before|until|as|since|where|although|though|if|whether|than|like|despite|who|which)\b"
)
_NOT_SUBJECT: Final = Pattern(
    r"\b(?:we|us|i|it|this|these|you|nobody|no one|none|nothing|validators?|there|which|what|if|whether|not|to|of us|systems?|servers?|scripts?|jobs?|tools?|process(?:es)?|pages?|forms?|alerts?|alarms?|monitor(?:ing)?|checks?|software|hardware|app|application|service|services|database|databases|network|networks|disks?|cables?|pumps?|valves?|lines?|trains?|lifts?|machines?|robots?|sensors?|devices?|routers?|switch(?:es)?|cards?|queues?|messages?|letters?|files?|records?|data|links?|code|release|update|updates|change|changes|patch|version|backup|backups|replica|node|nodes|cluster|clusters|browser|browsers|program|plan|plans|lock|locks|doors?|boilers?|engines?|printers?|scanners?|computers?|certificates?|requests?|orders?|payments?|storm|wind|rain|water|power|fire|lightning|job|thread|worker|workers|scheduler|parser|balancer|controller|coordinator|load|loader|cache|firewall|proxy|gateway|counter|timer|clock|bus|buses|ferry|plane|aircraft|truck|van|car|vehicle)\Z"
)
_NAME_OF_THEM: Final = Pattern(
    rf"\b(?:{ROLE}|{TEAM}|{SUPPLIED}|{READER}|advertisers?|claimants?|board members?|unions?|security|cleaning|catering|reception|kitchen|porters?|workmen|workm[ae]n|neighbours?|somebody|someone|whoever|he|she|they|who|management|head office|headquarters|press|landlady|mayor|priest|teacher|coach|referee|umpire|trainers?|trustees?|treasurers?|hackers?|students?|child|children|kids?|boys?|girls?|son|daughter|husband|wife|boss|ceo|cto|cfo|predecessors?|rivals?|competitors?|parties|party|side|friends?|mate|mates|scouts?|soldiers?|police|army|firefighters?|paramedics?|surveyors?|assessors?|valuers?|adjusters?|lenders?|creditors?|debtors?|tenants?|lodgers?|commuters?|cyclists?|motorists?|pedestrians?|hauliers?|stokers?|signallers?|signalm[ae]n|captains?|skippers?|sailors?|crews?|stewardess(?:es)?|guides?|hikers?|skiers?|campers?|vets?|breeders?|growers?|millers?|brewers?|vintners?|fishermen|fishers?|foresters?|loggers?|miners?|masons?|carpenters?|joiners?|painters?|decorators?|glaziers?|locksmiths?|tailors?|weavers?|cobblers?|hairdressers?|florists?|jewellers?|grocers?|greengrocers?|fishmongers?|newsagents?|booksellers?|pharmacists?|chemists?|opticians?|therapists?|psychologists?|sponsors?|donors?|patrons?|organisers?|organizers?|promoters?|producers?|directors?|presenters?|reporters?|journalists?|columnists?|bloggers?|youtubers?|influencers?|streamers?|validators?|miners?|stakers?|traders?|minters?|bridge operators?)\b"
)
_LONGEST: Final = 7
_REACH: Final = 90
_NOT_IN: Final = Pattern(
    r"\b(?:our (?:own )?(?:mistake|fault|plan|tool|form|screen|procedure|instructions?|process) (?:\w+ )?(?:let|allowed|made|did|had|was|showed|said|lies|told)|nothing (?:stopped|warned|told)|we (?:had not|hadn't|never|should|did not|failed|gave|let)|attackers?|if (?:you|a|an|the|someone|somebody|they)|so that|no longer|now (?:asks?|refuses?|checks?|stops?|warns?|requires?|shows?|needs?|blocks?)|rather than|anyone could|could happen to|does not matter who|regardless|to (?:stop|prevent|avoid))\b"
)


def _subject(document: Document, sentence: Sentence, found: Match) -> str:
    """What stands before a match in its clause."""
    start = max(sentence.start, found.start() - _REACH)
    lead = document.scan[start : found.start()]
    breaks = list(_CLAUSE.finditer(lead))
    return (lead[breaks[-1].end() :] if breaks else lead).strip()


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether somebody else than us, and no machine, is said to have done so."""
    if document.scan[sentence.end - 1] == "?" or document.find(_NOT_IN, sentence):
        return False
    subject = _subject(document, sentence, found)
    if not subject:
        subject = document.scan[sentence.start : found.start()].strip(" ,")
    if not subject or len(subject.split()) > _LONGEST:
        return False
    # "6,000 users lost their accounts": they suffered.
    if _LOST.match(found.group()) and _SERVED.search(subject):
        return False
    return not any(_NOT_SUBJECT.search(word) for word in _ends(subject))


def _ends(subject: str) -> tuple[str, str]:
    """The first word of a subject, and the last that is neither an adverb nor an auxiliary."""
    listed = subject.split()
    rest = [word for word in listed if _WEAK.match(word) is None]
    return listed[0], (rest or listed)[-1]


_LOST: Final = Pattern(r"lost (?:his|her|their|the)\b")
_BE: Final = Pattern(r"\b(?:was|were|is|are|be|been|being|became|got)(?: \w+ly)?\Z")
_SERVED: Final = Pattern(rf"\b{READER}\b")
_WEAK: Final = Pattern(
    r"(?:\w+ly|had|has|have|was|were|is|are|just|simply|then|also|again|never|even|still|once|always|probably|must|did|does|do|been|being|too|so|all|both|not|will|would|could|should|quite|rather|very|far|much|way)\Z"
)


def _keep_named(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether a person, a team or a supplier is said to have done so."""
    if not _keep(document, sentence, found):
        return False
    subject = _subject(document, sentence, found) or document.scan[sentence.start : found.start()]
    if subject.split()[0] in ("our", "all", "every", "no", "most"):
        return False
    # "Customers were deleted", "users did not get": they suffered.
    if _BE.search(subject) or _SERVED.search(subject):
        return False
    return _NAME_OF_THEM.search(subject) is not None


_SINGLE: Final = (
    "engineer developer programmer coder admin administrator sysadmin dba sre technician tester designer architect analyst researcher scientist consultant contractor subcontractor freelancer intern trainee apprentice temp newcomer starter hire recruit junior "
    "employee staffer labourer colleague co-worker coworker teammate person individual man woman guy manager director supervisor chief boss leader foreman official executive president founder predecessor successor representative assistant secretary receptionist "
    "clerk cashier teller dispatcher planner inspector auditor reviewer approver accountant bookkeeper treasurer buyer trader broker lawyer editor writer author copywriter translator photographer illustrator salesman salesperson recruiter nurse doctor surgeon pharmacist physician "
    "midwife dentist carer teacher lecturer professor librarian headteacher caretaker janitor cleaner guard steward conductor pilot courier rider postman mechanic fitter welder plumber electrician builder roofer installer joiner gardener farmer baker cook chef waiter waitress "
    "butcher packer picker loader storekeeper warehouseman linesman cutter machinist moderator maintainer contributor committer volunteer usher board_member staff_member team_member crew_member member_of_staff member_of_our_team cellarman stoker signalman trustee captain skipper "
    "producer presenter reporter journalist organiser organizer coach referee trainer locksmith surveyor registrar mayor landlady landlord porter advertiser operator vendor supplier agency union mover movers"
)
_ONE: Final = any_of(_SINGLE)
_SOMEBODY_DID: Final = Pattern(
    rf"\b(?:the|an?|one|another|this|that|some|our|their|his|my|your|one of our|one of the) (?:(?!(?:and|or|of|for|to|by|with|from|in|on|at|as|was|were|is|are|had|has|which|that|who)\b)[\w'-]+ ){{0,3}}?{_ONE}"
    r"(?: (?:on|in|at|from|of|for|next|with) (?:[\w'-]+ ){0,2}?[\w'-]+)?,? (?:\w+ly |then |just |once |also |even |twice |had |has |must have |may have |might have |will have |never |again )*"
    r"(?P<did>(?!(?:was|were|is|are|been|had|has|have|could|would|should|can|may|might|must|will|did|does|do|whose|who|which|that|and|or|but|because|to|as|in|on|at|of|for|by|with|from|the|a|an|led|based|called|named)\b)"
    r"(?:[a-z]+ed|put|let|left|took|gave|went|set|cut|made|sent|ran|threw|broke|chose|drove|drank|ate|kept|lost|sold|bought|taught|thought|brought|forgot|fell|flew|drew|hid|held|hung|led|lent|meant|misread|overslept|overran|read|rode|shut|shot|slept|spent|spilt|split|stood|stole|stuck|struck|swore|tore|tied|wore|wound|wrote|built|burnt|dug|did))\b"
)
_NO_FAULT: Final = words(
    "notified responded retained submitted posted published wrote presented announced acknowledged commented forwarded messaged emailed mailed called explained stated mentioned pointed raised flagged requested opened filed escalated joined logged accepted granted performed conducted migrated deployed upgraded scheduled started began continued kept created added built developed implemented introduced proposed provisioned hosted ran rebuilt prepared processed handled met spoke led co-ordinated coordinated "
    "noticed reported found discovered spotted saw told informed warned alerted called phoned asked replied answered confirmed repaired replaced restored fixed mended restarted reverted rolled rebooted helped checked inspected examined looked arrived came received waited "
    "recovered suffered injured explained apologised apologized thanked joined measured tested cleaned carried offered refunded identified investigated worked needed expected experienced affected delivered supplied responsible rebuilt corrected advised agreed recommended suggested "
    "appointed commissioned hired engaged involved concerned used proposed described published certified announced named based located returned stayed escorted treated supported saved rescued secured isolated verified completed followed lived died complained contacted "
    "visited wanted liked enjoyed provided monitored managed organised organized paid started finished read wrote spent held stood asked"
)


def _keep_one(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether one person is told to have acted, and it is neither a repair nor a timeline."""
    if found["did"] in _NO_FAULT or document.scan[sentence.end - 1] == "?":
        return False
    if document.find(_NOT_IN, sentence) or document.find(_THANKED, sentence):
        return False
    return not document.clocks(sentence)


_THANKED: Final = Pattern(
    r"\b(?:thank\w*|sorry|our (?:own )?(?:mistake|fault)|no one's fault|nobody's fault|repair\w*|replac\w*|restor\w*|by (?:noon|evening|morning)|to (?:fix|help|repair|find|stop|prevent|make)|revers\w+|back(?:up)?|will|now)\b"
)


def _keep_scorn(document: Document, sentence: Sentence, found: Match) -> bool:
    return document.find(_NOT_IN, sentence) is None


_SAYINGS: Final = (
    Saying(_ONLY_PEOPLE, keep=_keep),
    Saying(_BY_PEOPLE, keep=_keep_named),
    Saying(_SCORN, keep=_keep_scorn),
)
_SAID: Final = first_said(*_SAYINGS)
_ONE_DID: Final = matching(_SOMEBODY_DID, _keep_one)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    return _SAID(document, sentence) or _ONE_DID(document, sentence)


RULE = Rule(
    id="BLM-21",
    name="finds-somebody-at-fault",
    category="blame",
    severity="warning",
    message="It holds somebody's failing against them. Say what made it easy, and what you change.",
    better='"the two lists look alike; they now have different colours"',
    source="DEK, ETSY",
    kinds=ALL_KINDS,
    roles=EVERYWHERE,
    triggers=heads(*_SAYINGS) | Slot(_SINGLE).rare,
    patterns=(*asked(*_SAYINGS), _SOMEBODY_DID),
    probed=False,
    of_classes=True,
    look=_look,
    bad=examples(
        "The cellarman forgot to close the hatch.",
        "The choir's treasurer had not bothered to look.",
        "A stoker switched off the second pump.",
        "A trustee clicked on the link.",
        "This was another gem from our beloved printing house.",
    ),
    good=examples(
        "The two lists look alike; they now have different colours.",
        "The job forgot its place in the file after a restart.",
        "We forgot to close the hatch.",
        "The server dropped every second request.",
        "If a treasurer forgets the code, the bank sends a new one.",
        "A passenger noticed the smoke.",
    ),
)
