"""DEF-27: a defence: rules kept, readers at fault, others no better, denial, praise, care taken."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern
from plaintalk.rule import EVERYWHERE, Hit, Rule, before, examples
from plaintalk.slots import Saying, Slot, asked, first_said, heads
from plaintalk.text import Sentence

_KEPT: Final = Slot(
    "followed complied adhered observed honoured honored respected fulfilled kept_to stuck_to acted_in in_line in_accordance in_compliance in_conformity "
    "in_keeping consistent_with in_full_compliance in_full_accordance conforms? conformed complies comply obeyed upheld carried_out_according "
    "done_according handled_according according_to"
)
_RULEBOOK: Final = Slot(
    "procedures? protocols? guidelines? rules rulebook instructions contract contracts terms regulations? standards? specification specifications "
    "requirements legislation law laws statute agreement agreements policy policies obligations duties commitments best_practice best_practices good_practice "
    "manual handbook norms? licence license service_level sla slas to_the_letter by_the_book recommendations checklist industry_practice code_of_practice"
)
_THINGS: Final = Slot(
    "system systems platform software hardware alarm alarms monitoring process processes procedure procedures safeguards? failover backup backups "
    "service services network firewall valve sensors? pump pumps breaker breakers code feature function mechanism app application server servers lock locks "
    "generator machine machines equipment everything team staff crew engineers support plan checks? sprinkler sprinklers fuse doors? protection controls "
    "safety security detectors? emergency"
)
_DID_RIGHT: Final = Slot(
    "worked_as works_as behaved_as functioned_as performed_as reacted_as responded_as operated_as worked_exactly_as behaved_exactly_as performed_exactly_as "
    "functioned_exactly_as did_exactly_what did_precisely_what did_just_what did_what_it did_what_they did_its_job did_their_job did_her_job did_his_job "
    "worked_perfectly worked_flawlessly worked_faultlessly performed_perfectly performed_flawlessly performed_admirably performed_well held_up_well coped_well "
    "worked_correctly behaved_correctly functioned_correctly reacted_correctly responded_correctly functioned_perfectly was_working_correctly "
    "were_working_correctly was_working_as were_working_as was_behaving_as was_in_order were_in_order was_in_perfect were_in_perfect did_everything "
    "did_all_that stood_the_test passed_every proved_its_worth proved_their_worth never_failed never_stopped without_fault was_never_at_fault "
    "were_never_at_fault was_not_at_fault were_not_at_fault to_plan by_design within_specification within_its_limits within_tolerance within_limits "
    "operated_normally operated_within performed_within remained_within stayed_within"
)
_OWN_DOING: Final = Slot(
    "who_kept who_had_kept who_read who_had_read who_followed who_had_followed who_updated who_had_updated who_use_the who_used_the who_uses_the who_chose who_had_chosen who_choose who_opted "
    "who_had_opted who_waited who_heeded who_backed who_had_backed who_saved who_had_saved who_checked who_had_checked who_enabled who_had_enabled who_configured "
    "who_had_configured who_had_set who_set_up who_installed who_had_installed who_ignored who_kept_retrying who_insisted who_had_not who_hadn't who_did_not who_didn't who_do_not who_don't who_rely "
    "who_relied who_run_old who_still_use who_still_used who_were_still who_are_still who_run_their who_had_disabled who_disabled who_had_switched who_continued who_refused who_failed who_neglected "
    "who_registered who_had_registered who_subscribed who_had_subscribed who_planned who_had_planned who_had_taken who_took_out who_should who_could_have who_might_have who_overlooked who_missed who_bypassed "
    "who_paid who_had_paid who_pay_for with_a_premium with_the_premium with_a_correct with_correct with_properly with_proper with_up-to-date with_current with_a_current with_modern on_a_higher on_the_higher on_older on_outdated with_outdated with_older"
)
_OUTDATED: Final = Slot(
    "unsupported outdated out-of-date obsolete deprecated misconfigured non-standard nonstandard customised customized home-grown incorrect incorrectly_configured "
    "improperly wrongly_configured badly_configured faulty unusual unofficial unapproved antiquated legacy non-compliant non-conforming undocumented malformed old insecure weak ancient excessive unreasonable atypical unconventional"
)
_THEIRS: Final = Slot(
    "version versions client clients setup set-up configuration configurations integration integrations setting settings browser browsers app apps device devices implementation "
    "implementations code firmware router routers library libraries plugin plugins scripts? passwords? request requests format formats use usage practice practices handset handsets phones? equipment installation installations software"
)
_AVOIDED: Final = Slot(
    "would_have_been_avoided would_have_avoided would_have_prevented would_have_been_prevented could_have_been_avoided could_have_avoided would_not_have_happened would_not_have_been "
    "would_have_noticed would_have_seen would_have_known would_have_been_spared would_have_had nothing_would_have would_have_worked would_not_have_noticed would_have_been_fine would_have_lost_nothing would_have_kept would_have_been_unaffected "
    "had_nothing_to_fear had_no_trouble had_no_problems were_not_affected were_unaffected was_not_affected knew_what_to_expect lost_nothing noticed_nothing saw_no had_nothing_to could_simply could_easily could_still were_free_to "
    "were_warned had_been_warned had_been_told were_told were_informed had_been_informed were_advised had_been_advised were_reminded are_reminded had_ample had_plenty had_enough_time were_given_ample"
)
_ADVISED: Final = Slot(
    "recommended recommend recommends recommendation advise advised advice documentation handbook manual guide guidelines premium plan upgrade who those terms notice announced announcement newsletter "
    "reminder reminders correct correctly properly supported proper latest current best_practice responsibility had_the_file had_the_customer had_they had_customers had_users if_customers if_users if_the_customer if_they_had if_people reminded up_to_date up-to-date"
)
_RANKED: Final = Slot(
    "above better_than higher_than ahead_of in_line_with comparable_with comparable_to typical_of typical_for usual_for usual_in normal_for normal_in lower_than below well_below far_below far_above well_above "
    "faster_than fewer_than less_than shorter_than no_worse_than on_a_par on_par second_to_none better_record good_by compares_well compares_favourably compares_favorably measured_against compared_with compared_to by_comparison in_comparison exceeds exceeded beats"
)
_PEERS: Final = Slot(
    "industry average averages competitors? norm peers rivals? benchmark benchmarks other_providers other_companies other_operators other_suppliers other_shops other_sites other_banks other_platforms most_providers most_companies most_operators comparable_services comparable_companies "
    "similar_companies similar_services similar_providers sector market competition elsewhere in_our_field in_our_trade of_our_size of_this_size of_our_kind others anyone_else in_the_country in_the_region in_europe in_the_world"
)
_WHOLE: Final = Slot(
    "whole_industry entire_industry the_industry whole_sector entire_sector the_sector whole_trade every_provider every_company every_operator every_business every_shop every_bank every_hospital every_school every_service every_platform all_providers "
    "all_companies all_operators many_companies many_providers many_operators many_other most_companies most_providers most_operators other_companies other_providers other_operators other_suppliers other_banks other_hospitals other_platforms others_in_our others_too others_as_well our_competitors our_rivals "
    "competitors rivals everyone_in everybody_in anyone_in any_company any_provider any_operator any_business any_service any_system any_network any_organisation any_organization larger_companies bigger_companies much_larger far_larger household_names the_biggest the_largest the_giants"
)
_SUFFERS: Final = Slot(
    "struggles? struggled struggling faces? faced facing suffers? suffered suffering experience experiences experienced fights? fighting grapple grapples grappling wrestle wrestles know knows knew same_difficulty same_difficulties same_problem same_problems same_trouble same_fate "
    "same_weakness same_fault similar_problems similar_difficulties similar_trouble similar_outages similar_incidents hit_too hit_as_well were_hit was_hit were_affected was_affected affects affected vulnerable prone challenge_for problem_for familiar also_had had_too had_worse fared happens? happened can_happen could_happen might_happen goes_through go_through have_been_caught were_caught"
)
_REFUSE: Final = Slot(
    "do_not_accept don't_accept cannot_accept can't_accept do_not_agree don't_agree cannot_agree do_not_believe don't_believe do_not_consider don't_consider do_not_regard do_not_see don't_see do_not_recognise do_not_recognize do_not_share don't_share "
    "dispute disputes reject rejects rejected strongly_deny firmly_deny we_deny contest refute refutes take_issue object_to strongly_object maintain_that insist_that we_insist we_maintain stand_by stands_by stand_behind are_convinced_that remain_convinced take_exception would_argue we_contend cannot_be_held should_not_be_held must_not_be_held not_prepared_to do_not_owe are_not_responsible is_not_responsible are_not_to_blame is_not_to_blame "
    "not_fair_to not_reasonable_to not_right_to wrong_to_say unfair_to wrong_to_call misleading_to incorrect_to not_correct_to no_reason_to_apologise no_reason_to_apologize no_cause_to"
)
_CHARGE: Final = Slot(
    "breach outage failure fault blame blamed responsible responsibility criticism claim claims allegation allegations term word view accusation accusations wrong negligence negligent liable liability unfair accurate description characterisation characterization suggestion leak incident decision decisions response handling "
    "approach choice choices account hack hacked way_it_was call_it called describe described speak_of expect demand measure"
)
_SAID: Final = Slot(
    "claim claims claimed suggestion suggestions allegation allegations rumours? rumors? impression accusation accusations notion headlines? wording label term_outage term_breach word_outage word_breach term_hack word_hack reports? reporting coverage criticism speculation reproach portrayal articles? posts? comments stories story reviews? assertion assertions narrative picture description"
)
_UNTRUE: Final = Slot(
    "false untrue misleading unfounded inaccurate exaggerated unfair nonsense baseless groundless overblown unhelpful one-sided not_true not_correct not_accurate not_the_case without_foundation without_substance without_merit no_basis lacks_any wide_of_the_mark far_from_the_truth out_of_proportion "
    "unjustified undeserved premature distorted sensational sensationalist incorrect pure_invention simply_wrong quite_wrong plain_wrong mistaken do_not_reflect does_not_reflect not_reflect ignores ignore overlooks overlook"
)
_OUR_OWN: Final = Slot(
    "our_own_systems our_own_servers our_own_platform our_own_network our_own_code our_own_software our_own_equipment our_own_staff our_own_part our_own_lines our_own_side our_side our_end our_systems our_servers our_platform our_software our_code our_network our_team our_staff our_people our_equipment our_machines our_application our_product our_products our_service our_responsibility "
    "we_ourselves by_us with_us of_ours to_us"
)
_BLAMELESS: Final = Slot(
    "never_at_fault not_at_fault was_not_the_cause were_not_the_cause not_to_blame never_in_danger never_in_question beyond_reproach without_fault blameless faultless not_responsible no_fault nothing_wrong no_error no_mistake in_perfect_order in_good_order in_order "
    "working_perfectly worked_perfectly worked_throughout working_throughout were_healthy was_healthy fully_operational fully_functional up_and_running no_influence no_control no_say not_caused nothing_to_do not_lie not_originate did_not_originate was_not_ours not_our_doing not_our_fault never_stopped healthy_throughout operational_throughout available_throughout ran_throughout running_throughout outside beyond done_nothing_wrong did_nothing_wrong everything_right"
)
_NEVER_SAID: Final = Slot(
    "never_marketed_as never_advertised_as never_sold_as never_meant_as never_billed_as "
    "never_promised never_claimed never_guaranteed never_said never_stated never_intended never_meant never_advertised never_offered never_agreed did_not_promise did_not_guarantee not_part_of_the_offer not_part_of_the_contract not_part_of_the_service not_included_in never_part_of make_no_promise make_no_guarantee do_not_guarantee no_guarantee_of no_right_to no_entitlement no_claim_to not_obliged not_required_to not_bound_to no_obligation "
    "does_not_oblige do_not_oblige does_not_require_us do_not_require_us no_law_requires no_rule_requires not_legally strictly_speaking technically_speaking legally_speaking formally_speaking from_a_legal in_legal_terms in_the_legal_sense in_the_strict_sense in_a_strict_sense in_a_technical_sense as_our_terms as_the_terms as_the_contract as_is_customary as_is_usual as_is_common customary_in common_practice standard_practice goes_without_saying should_go_without"
)
_PRAISED: Final = Slot(
    "great_professionalism utmost_professionalism supportive_messages messages_of_support rock_solid superior_category "
    "proud pride pleased exemplary outstanding impressive tireless tirelessly dedicated dedication heroic heroically remarkable commendable admirable admirably first-rate textbook swift swiftly decisive decisively prompt promptly excellent excellently superb professional professionally masterful exceptional extraordinary "
    "unrivalled enviable unblemished spotless impeccable stellar flawless faultless diligent diligently seasoned world-class top-class best-in-class highly_skilled highly_trained highly_qualified expert expertly great_skill great_care great_speed record_time quick_thinking quick-thinking level-headed cool-headed calmly calm well-drilled well-rehearsed renowned respected reputable tremendous incredible magnificent brilliant fantastic amazing valiant hard-working hardworking committed passionate"
)
_OURS: Final = Slot(
    "team teams staff engineers colleagues crew technicians specialists response handling reaction recovery record track_record reputation tradition heritage history experts volunteers employees people expertise workforce operators support action efforts effort work achievement performance communication uptime availability reliability safety_record operation operations managed management preparedness preparation"
)
_LONG_GOOD: Final = Slot(
    "for_years for_many_years for_decades for_over for_more_than for_nearly for_almost in_years in_all_these in_all_our in_our_history in_ten_years in_twenty_years in_the_history since_our_founding since_we_began since_the_company since_we_opened since_launch ever_since always_been always_put always_had always_taken always_placed always_worked always_strived always_striven always_given always_prided have_always has_always long_history long_tradition proven_track good_record "
    "track_record prides_itself pride_ourselves pride_itself take_pride takes_pride known_for renowned_for reputation_for stood_for stands_for decade_without decades_without year_without years_without months_without first_time_in first_incident first_outage first_such first_breach first_failure never_before never_had never_once never_experienced never_suffered never_lost"
)
_GOOD: Final = Slot(
    "reliable reliability reliably safe safely safety security secure stable stability quality without_incident without_incidents without_interruption without_a_single without_such without_any without_problems without_trouble without_fault without_failure without_complaint without_complaints without_an_outage uptime availability trust trusted excellent excellence highest first_priority first foremost heart highest_standards service customers_first available trouble-free "
    "smoothly flawlessly dependable dependability punctual in_our_history served served_you our_customers satisfied satisfaction transparency openness such_an_outage such_an_incident such_an_event such_a_failure this_kind this_happened this_has_happened outage incident failure breach"
)
_NATURE: Final = Slot(
    "as_any_expert as_any_professional as_anyone_in as_every_expert as_any_specialist any_expert_will any_specialist_will every_expert_will not_as_simple_as isn't_as_simple_as less_simple_than could_have_done_differently nothing_we_could_have can't_influence cannot_influence have_no_influence has_no_influence held_responsible_for held_liable_for "
    "nature_of by_its_nature by_their_nature inherent inherently in_the_nature inevitable inevitably unavoidable unavoidably part_and_parcel comes_with_the goes_with_the facts_of_life fact_of_life never_be_fully never_be_entirely never_be_completely cannot_be_fully cannot_be_entirely cannot_be_completely cannot_always can_never_be happens_to_everyone happen_to_everyone happens_to_the_best happens_everywhere happen_everywhere happens_from_time "
    "from_time_to_time once_in_a_blue_moon once_in_a_lifetime no_matter_how_careful however_careful however_well for_all_the_care despite_all_precautions despite_every_precaution despite_our_best despite_best in_spite_of_all in_spite_of_our in_the_real_world nobody's_perfect to_err price_of_progress price_we_pay law_of_averages statistically_inevitable only_a_matter_of part_of_running part_of_growing victims_of_our_own victim_of_our_own victims_of"
)
_CARE: Final = Slot(
    "thoroughly carefully meticulously extensively rigorously repeatedly painstakingly conscientiously comprehensively exhaustively regularly routinely independently professionally properly duly fully independently_audited in_good_faith with_great_care with_the_utmost_care with_due_care with_all_due_care with_every_care to_the_best_of to_the_highest only_weeks_before only_weeks_earlier only_days_before only_months_before just_weeks_before just_days_before just_months_before weeks_before weeks_earlier months_earlier every_year twice_a_year after_careful "
    "around_the_clock round_the_clock day_and_night night_and_day without_rest without_a_break at_every_step every_step_of at_all_times from_the_start from_the_outset from_the_beginning from_the_first_minute throughout in_record_time as_fast_as as_quickly_as as_soon_as_humanly everything_possible everything_in_our everything_humanly all_that_was everything_that_could all_in_our_power our_level_best our_utmost our_very_best no_stone no_effort no_expense spared_no left_no humanly_possible"
)
_CARED: Final = Slot(
    "strictest_standards toughest_standards robust_procedures robust_processes robust_controls exceeds_what_the exceed_what_the beyond_what_the_law more_than_the_law "
    "tested checked reviewed planned prepared rehearsed audited certified inspected serviced maintained approved vetted verified validated accredited examined assessed informed kept_you kept_everyone kept_customers kept_our updated_you communicated open_with_you transparent transparently worked working laboured labored did_everything done_everything do_everything did_all done_all did_our doing_our doing_everything doing_all acted tried reacted responded fought strived battled kept_our_customers selected chosen trained qualified weighed considered"
)
_RIGHT_THEN: Final = Slot(
    "right_at_the_time right_decision right_thing right_call right_choice correct_decision correct_at_the_time sensible_at_the_time reasonable_at_the_time good_reasons good_reason no_alternative no_other_choice no_choice no_other_option had_little_choice left_us_no made_sense sound_decision sound_reasons perfectly_reasonable entirely_reasonable best_available best_possible under_the_circumstances in_the_circumstances given_the_circumstances given_what_we_knew with_what_we_knew based_on_what_we_knew "
    "as_anyone_would as_any_company as_anybody_would would_do_the_same would_do_it_again would_have_done_the_same would_have_decided"
)
_SORRY_THAT: Final = Slot(
    "regret_that_you regret_if sorry_that_you sorry_if sorry_you sorry_some regret_that_some regret_any sorry_that_some regret_the_impression apologise_if apologize_if apologies_if apologise_to_anyone apologize_to_anyone apologise_to_those sorry_to_those_who sorry_for_any regret_should apologise_should apologise_in_case sorry_in_case"
)
_FELT: Final = Slot(
    "satisfied dissatisfied feel felt feels perceived perceive found find see saw view viewed expected expect impression unhappy disappointed upset offended offence offense annoyed inconvenienced think thought believe misunderstood misunderstanding confusion worried concern concerns frustration frustrated uncomfortable distress trouble irritation irritated let_down may_have might_have could_have"
)
_CRITICS: Final = Slot(
    "customers_chose users_chose people_chose some_chose chose_to_complain chose_to_go_public complain_publicly complained_publicly complaints critics social_media forums? press media newspapers? journalists bloggers headlines commentators loud louder vocal some_voices voices_on certain_quarters outsiders armchair observers self-appointed"
)
_UNJUST: Final = Slot(
    "unfortunate regrettable disappointing unfair unfairly surprised surprising rather_than_contacting rather_than_asking before_asking_us without_asking instead_of_asking instead_of_contacting premature prematurely hasty hastily speculation speculate speculated speculating rumours? rumors? exaggerated exaggerate exaggeration blown_out dramatised dramatized drama hype hysteria noise fuss unhelpful wrongly falsely seized stirred ignorant ill-informed jumped_to jumping_to no_understanding do_not_understand don't_understand"
)

_NO_PROOF: Final = Slot(
    "zero not_a_shred not_the_slightest not_a_single not_one without_any nothing_like lack_of absence_of hardly_any never_any no_shred no_trace"
)
_PROOF: Final = Slot(
    "proof evidence indication indications sign signs hint hints suggestion clue clues reason_to_believe reason_to_assume reason_to_suspect reason_to_fear reason_to_doubt reason_to_think cause_to_believe grounds_to grounds_for known_case known_cases known_misuse reports_of_misuse reports_of_abuse cause_for_concern"
)
_UNCOMPLAINING: Final = Slot(
    "no_proof no_hint no_hints no_trace nobody_has_complained nobody_complained no_one_complained no_one_has_complained no_complaints no_complaint not_a_single_complaint not_one_complaint few_complaints hardly_any_complaints without_complaint nobody_has_asked nobody_asked nobody_objected no_one_objected no_objections nobody_has_reported nobody_seems no_one_seems no_customer_has not_one_customer_has not_a_single_customer "
    "did_not_receive_a_single not_received_a_single received_no_complaints only_one_complaint feedback_was_positive feedback_has_been largely_positive mostly_positive overwhelmingly_positive many_thanked many_praised were_understanding was_understanding showed_understanding great_understanding liked_it enjoyed_it some_even even_thanked even_praised"
)
_AT_YOURS: Final = Slot(
    "at_your_end on_your_end at_your_side on_your_side your_own_equipment your_own_device your_own_connection your_own_provider your_own_network your_own_risk your_own_responsibility your_responsibility your_duty up_to_you your_choice your_setup your_set-up client-side user-side customer-side "
    "the_user's_end the_customer's_end the_reader's_end user_side customer_side responsibility_of_the_user responsibility_of_the_customer responsibility_of_users responsibility_of_customers customer's_responsibility user's_responsibility user's_duty duty_of_the could_have_checked should_have_checked should_have_read should_have_saved should_have_known should_have_noticed might_have_checked ought_to_have "
    "is_advised_to are_well_advised would_do_well reads_the_small small_print fine_print in_the_small_print page_of_the_terms terms_and_conditions terms_of_use terms_of_service general_terms house_rules conditions_of_carriage conditions_of_use contract_of_carriage"
)
_LAW: Final = Slot(
    "law laws legislation legislator statute statutes regulation regulations rules rulebook concession licence license tariff code charter constitution contract contracts agreement terms conditions sla customs_law labour_law insurance_law standard standards norm norms specification directive ordinance bylaws guideline guidelines policy supervisory_authority regulator"
)
_ALLOWS: Final = Slot(
    "permissible permitted permits allowed entitles entitle entitled every_right full_right our_right gives_us grants_us foresees foresee provides_for provide_for expressly explicitly leaves_room room_for leaves_us demands_no demand_no requires_no require_no asks_no does_not_require do_not_require does_not_demand does_not_prescribe does_not_forbid does_not_ask does_not_call not_required "
    "obliges_us oblige_us required_to_send required_to_tell required_to_inform obliged_to_inform obliged_to_tell compliant conform conformant within_the covered_by in_line_with legitimate lawful lawfully legal legally_correct legally_sound legally_required binding on_our_side sets_no set_no no_breach not_a_breach isn't_a not_breached never_breached breach_any breached_any violate_any violated_any infringe_any"
)
_FAVOUR: Final = Slot(
    "voluntary voluntarily goodwill good_will ex_gratia courtesy out_of_courtesy without_obligation without_any_obligation without_legal free_wiki free_service free_app free_tool free_site free_of_charge costs_nothing paid_nothing pays_nothing pay_nothing owe_nobody owes_nobody owe_no owes_no owe_you_nothing not_owe not_a_paid hobby_project hobby in_our_spare spare_time unpaid volunteers_run run_by_volunteers donations "
    "you_get_what what_you_pay for_that_price at_this_price at_that_price cheap_enough nobody_forces nobody_is_forced free_to_leave free_to_go free_to_choose alternatives_exist other_providers_exist"
)
_TOLD_YOU: Final = Slot(
    "matter_of_record on_record for_the_record we_had_asked we_had_warned we_had_requested we_had_pointed we_had_announced we_did_warn we_did_say we_said_so we_told_you we_always_said we_have_always_said we_have_long we_had_long as_we_warned as_we_said as_announced as_previously_announced as_repeatedly as_everyone_knows as_is_well_known as_is_known well_known_that everyone_knows everybody_knows any_expert any_engineer any_specialist any_plumber any_electrician any_lawyer ask_any "
    "common_knowledge as_experts experts_agree experts_confirm an_expert experts_say independent_experts independent_expert third-party_audit certified_by certified_to iso_certified is_certified are_certified award-winning awarded test_winner world_leader world_leaders market_leader market_leaders leading_supplier leading_vendor leading_manufacturer industry_leader best_on_the best_in_the best_available state_of_the_art state-of-the-art latest_generation newest_generation most_modern "
    "top_of_the_range top_of_the_line military-grade bank-grade finest_equipment best_equipment premium_equipment"
)
_CIRCUMSTANCES: Final = Slot(
    "worst_possible worst_moment worst_time worst_day for_anyone for_any_company for_any_institution to_every_institution to_any_institution to_every_company challenge_to every_retailer any_retailer at_every at_any_other every_bank every_shop every_railway every_hospital every_operator every_network every_team every_start-up every_startup every_platform everywhere_else in_every_company in_any_company every_family anyone_who_has anybody_who_has whoever_has who_has_ever "
    "record_demand record_traffic record_attendance record_heat record_cold record_rainfall heat_wave heatwave cold_snap once-in-a-century century_flood force_majeure act_of_god acts_of_god higher_power higher_forces twist_of_fate bad_luck sheer_bad_luck stroke_of_bad unlucky unluckily chain_of_unfortunate unfortunate_circumstances unfortunate_chain "
    "adverse_circumstances exceptional_circumstances special_circumstances extraordinary_circumstances difficult_circumstances circumstances_beyond growing_pains growth_has success_has its_price price_of_success price_of_growth price_of_popularity sign_of_our_success victim_of_success popular_beyond overwhelmed_by_your overwhelmed_by_the_response too_successful of_that_age of_this_age for_its_age given_its_age remarkably_well surprisingly_well astonishingly_well does_well did_well "
    "considering_the_circumstances considering_how considering_that given_the_scale given_the_size given_the_complexity given_the_volume given_the_weather in_view_of_the in_light_of_the of_a_kind_that of_a_type_that no_scanner no_software_in no_system_in nothing_on_the_market on_the_market_recognises undetectable unknown_to_anyone unknown_to_science zero-day hitherto_unknown not_foreseeable not_foreseen unforeseeable could_not_foresee not_predictable unpredictable"
)
_PLEDGED: Final = Slot(
    "trust_is_something your_trust_is trust_we_have earned_over earned_your over_a_century over_decades for_a_century for_generations family_business family_company family-run traditional_company with_heart heart_and_soul heart_and_passion with_passion our_passion our_mission our_dna our_values core_value core_values what_we_stand who_we_are that_is_not_who safu safe_and_sound safe_hands good_hands best_hands always_been_safe have_always_been has_always_been "
    "comes_first put_first always_put means_everything means_a_lot_to means_the_world very_close_to dear_to_us dear_to_our we_love deeply_committed fully_committed take_great_care takes_great_care take_very_seriously takes_very_seriously take_extremely_seriously takes_extremely_seriously seriously at_any_time_and at_no_time at_no_point at_no_stage never_at_any never_for_a_moment not_for_a_second not_for_a_moment"
)
_OWNS: Final = Pattern(
    r"\b(?:we should have|should have (?:\w+ed|told|known|seen|been)|our (?:own )?(?:mistake|fault|omission|oversight|error)|no excuse|not an excuse|is not enough|was not enough|wasn't enough|we (?:failed|were wrong|got (?:it|this) wrong|missed|overlooked|chose|had not|hadn't|did not|didn't)|let you down|fell short|does not (?:excuse|change|help)|that is no|this is no|nevertheless it was our|we own|we are responsible|but (?:the|it|that|they|not|only|never|with|our|did|none|nobody|no)|however|and (?:the|that) \w+ was wrong|which was wrong|could and should|but we)\b"
)
_TURNS: Final = Pattern(
    r"\b(?:not|n't|never|failed to|instead of|rather than|should have|was supposed to|were supposed to|if|whether|when|until|before|to check (?:that|whether)|make sure|ensure|will|now|again|back|please|can|can't|cannot) (?:[\w'-]+ ){0,2}?\Z"
)
_NOW: Final = Pattern(
    r"\b(?:again|restored|since \d|from now on|in future|will|we'll|now|as of|please|can|once)\b"
)


def _stands(document: Document, sentence: Sentence) -> bool:
    """Whether nothing in the sentence, or right after it, takes the defence back."""
    if document.scan[sentence.end - 1] == "?" or document.find(_OWNS, sentence):
        return False
    following = document.text.following(sentence)
    return following is None or document.find(_OWNS_FAULT, following) is None


_OWNS_FAULT: Final = Pattern(
    r"\b(?:we should have|our (?:own )?(?:mistake|fault|omission|oversight|error)|no excuse|not an excuse|not enough|we were wrong|we got (?:it|this) wrong|let you down|fell short|that is no|this is no)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return _stands(document, sentence) and not before(document, sentence, found, _TURNS, 34)


def _keep_past(document: Document, sentence: Sentence, found: Match) -> bool:
    return _keep(document, sentence, found) and document.find(_NOW, sentence) is None


_OUR_VOICE: Final = Pattern(r"\b(?:we|our|us|ours|i|my|the company|the team)\b")


def _keep_ours(document: Document, sentence: Sentence, found: Match) -> bool:
    return _keep_past(document, sentence, found) and document.find(_OUR_VOICE, sentence) is not None


_WORST: Final = Pattern(
    r"\b(?:longest|largest|worst|biggest|gravest|most (?:severe|serious|significant))\b"
)


def _keep_record(document: Document, sentence: Sentence, found: Match) -> bool:
    return _keep_ours(document, sentence, found) and document.find(_WORST, sentence) is None


_FIRST_PERSON: Final = Pattern(
    r"\b(?:we (?:can|could|should|may|might|will|have|had|are|were|did|said|wrote|reported|claimed|told|sent|published|use|used)|our (?:first|earlier|own|previous|last|update)|i)\b"
)


def _keep_theirs(document: Document, sentence: Sentence, found: Match) -> bool:
    """For what readers did, or what is said about us: our own wrong words are no defence."""
    return _keep(document, sentence, found) and not _FIRST_PERSON.search(
        document.scan, found.start(), found.end()
    )


_READERS_USE: Final = Pattern(
    r"\b(?:customers?|users?|clients?|partners?|guests?|members?|subscribers?|tenants?|your|you|their|those|integrat\w+|third[- ]part\w+|who)\b"
)
_UNSETTLED: Final = Pattern(r"\boutstanding\b")


def _keep_outdated(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether what is out of date is somebody else's: our own is owned up to."""
    return (
        _keep_theirs(document, sentence, found)
        and document.find(_READERS_USE, sentence) is not None
    )


def _keep_praise(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether it praises; what is "still outstanding" is only undone."""
    if _UNSETTLED.search(document.scan, found.start(), found.end()) and document.find(
        _UNDONE, sentence
    ):
        return False
    return _keep(document, sentence, found)


_UNDONE: Final = Pattern(
    r"\b(?:still|remain\w*|problems?|issues?|tasks?|items?|questions?|work items?)\b"
)
_CHECKED: Final = Pattern(
    r"\b(?:logs?|(?:we|and) (?:have )?(?:read|checked|compared|looked|searched|went through|examined)|compared|audit|forensic\w*|so far|yet|until)\b|\d"
)
_ADVISES: Final = Pattern(
    r"\b(?:please|if (?:you|your)|can|to (?:see|check|find|use|try|open|change|restart)|contact|we (?:will|have) (?:pay|refund|credit|replace)\w*|free (?:phone|number|call|hotline|replacement|tickets?|rides?))\b"
)


def _keep_unchecked(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether it is not said what was looked at, here or in the next sentence."""
    following = document.text.following(sentence)
    if document.find(_CHECKED, sentence) or (following and document.find(_CHECKED, following)):
        return False
    return _keep(document, sentence, found)


def _keep_unasked(document: Document, sentence: Sentence, found: Match) -> bool:
    return document.find(_ADVISES, sentence) is None and _keep(document, sentence, found)


def _keep_unmeasured(document: Document, sentence: Sentence, found: Match) -> bool:
    return _DIGIT.search(document.scan, sentence.start, sentence.end) is None and _keep(
        document, sentence, found
    )


_DIGIT: Final = Pattern(r"\d")

_SAYINGS: Final = (
    Saying(_KEPT, _RULEBOOK, 6, keep=_keep_past),
    Saying(_THINGS, _DID_RIGHT, 3, keep=_keep_past),
    Saying(_OWN_DOING, _AVOIDED, 12, keep=_keep_theirs),
    Saying(_OUTDATED, _THEIRS, 1, keep=_keep_outdated),
    Saying(_ADVISED, _AVOIDED, 10, either=True, keep=_keep_theirs),
    Saying(_RANKED, _PEERS, 4, keep=_keep_past),
    Saying(_WHOLE, _SUFFERS, 6, either=True, keep=_keep),
    Saying(_REFUSE, _CHARGE, 9, keep=_keep),
    Saying(_SAID, _UNTRUE, 9, keep=_keep_theirs),
    Saying(_OUR_OWN, _BLAMELESS, 5, either=True, keep=_keep_past),
    Saying(_PRAISED, _OURS, 4, either=True, keep=_keep_praise),
    Saying(_LONG_GOOD, _GOOD, 6, either=True, keep=_keep_record),
    Saying(_CARED, _CARE, 5, either=True, keep=_keep_ours),
    Saying(_SORRY_THAT, _FELT, 6, keep=_keep),
    Saying(_CRITICS, _UNJUST, 8, either=True, keep=_keep_theirs),
    Saying(_NO_PROOF, _PROOF, 2, keep=_keep_unchecked),
    Saying(_LAW, _ALLOWS, 6, either=True, keep=_keep),
)
_PHRASES: Final = (
    Saying(_NEVER_SAID, keep=_keep),
    Saying(_NATURE, keep=_keep),
    Saying(_RIGHT_THEN, keep=_keep),
    Saying(_UNCOMPLAINING, keep=_keep),
    Saying(_AT_YOURS, keep=_keep_unasked),
    Saying(_FAVOUR, keep=_keep_unasked),
    Saying(_TOLD_YOU, keep=_keep),
    Saying(_CIRCUMSTANCES, keep=_keep_unmeasured),
    Saying(_PLEDGED, keep=_keep_unmeasured),
)
"""What is said as often to explain as to defend: nothing but the phrase tells it."""
_SAID_SO: Final = first_said(*_SAYINGS)
_PHRASED_SO: Final = first_said(*_PHRASES)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hit = _SAID_SO(document, sentence)
    if hit is not None:
        return hit
    phrase = _PHRASED_SO(document, sentence)
    return None if phrase is None else phrase._replace(severity="suggestion")


RULE = Rule(
    id="DEF-27",
    name="stands-in-its-defence",
    category="defensive",
    severity="warning",
    message="This defends you where readers want to know what failed. Say that, and what you change.",
    better='"the alarm rang and nobody was there to hear it; it now calls a phone"',
    source="SCCT, BEN",
    roles=EVERYWHERE,
    triggers=heads(*_SAYINGS, *_PHRASES),
    patterns=asked(*_SAYINGS, *_PHRASES),
    probed=False,
    of_classes=True,
    look=_look,
    bad=examples(
        "As any expert knows, leaks are part of plumbing.",
        "This pump was never sold as a fire pump.",
        "We complied with every regulation at the time.",
        "The sprinkler worked exactly as intended.",
        "Guests who had read the notice were not affected.",
        "The integration used an unsupported version.",
        "Customers had been told to keep copies, as our handbook recommends.",
        "Our punctuality remains well above the industry average.",
        "The whole industry struggles with this.",
        "We do not accept that this was a leak.",
        "The claim that we kept quiet is untrue.",
        "Our own servers were never at fault.",
        "We never promised a night service.",
        "We are proud of what our crew achieved.",
        "We have run this ferry for decades without such an incident.",
        "Delays are in the nature of mountain railways.",
        "We had tested the gate thoroughly.",
        "The decision was right at the time.",
        "We regret that you felt ignored.",
        "It is unfortunate that some chose to complain publicly.",
    ),
    good=examples(
        "The alarm rang and nobody was there to hear it; it now calls a phone.",
        "The failover did not work as intended.",
        "We had tested the gate thoroughly, but only without wind.",
        "Customers who had not saved lost up to 15 minutes of work.",
        "Our first update was misleading.",
        "The service is working as expected again.",
        "We will follow the new checklist from 3 May.",
    ),
)
