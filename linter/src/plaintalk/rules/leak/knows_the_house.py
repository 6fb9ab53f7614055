"""LEK-25: first names, passwords, paths, tickets, slides and neglect that only insiders know."""

from typing import Final

from plaintalk.compiled import later
from plaintalk.document import NUMERAL, Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import PUBLIC, Hit, Rule, examples
from plaintalk.slots import Saying, Slot, first_said, heads
from plaintalk.text import FILLER, Sentence

_GIVEN: Final = words(
    "aaron abigail ada adam adele agnes agnieszka ahmed aisha akira alan albert aleksander alessandro alex alexander alexandra alexis ali alice alicia alina alison alistair alma alva amanda amelia amina amir amit amy ana anastasia anders andrea andreas andrew andrzej anika anil anita anja anna anne annika anton "
    "antonio anya aoife arjun arne arthur arun asha ashley astrid aurora axel ayla ayse barbara beata beatrice ben benedict benjamin bernard bernd beth bettina bianca bjorn bjarne bogdan boris brendan brian bridget bruno caitlin callum camille carla carlos carmen carol caroline catherine cecilia celine charles charlotte "
    "chiara chidi chloe chris christian christina christine christopher ciara claire clara claudia colin connor conor cormac cristina cyril dagmar daisuke dan daniel daniela danuta daria dario david deborah deepak deirdre denis denise derek diana diego dieter dimitri dmitri dominik dominic donal doris dorota dylan edith eduardo "
    "edward eero egon eileen ekaterina elena eleanor elias elif elisa elisabeth elizabeth elke ella ellen elsa emil emily emma emre enrique eric erik erika erin ernst esther ethan eva evelyn ewa fatima federica felicity felix fernando fiona fionn florian francesca francesco francois frederic frederik frieda fritz gabriel gabriela gareth gavin "
    "geoff george georg gerard gerhard giulia giuseppe gloria gordon graham greta gregor gudrun guido gunilla gunnar gustav hamid hanna hannah hans harald haruki hassan heidi heike heinz helen helena helga helmut henri henrik henry hilde hiroshi holger horst hugo hussein ian ibrahim ida ignacio igor ilona ilse imani imran ines ingrid irena irene irina "
    "isabel isabella isla ismail ivan ivana ivo jaan jakob jakub james jamie jan jana jane janek janet janine jasmin jasper javier jeanette jeff jeffrey jennifer jens jeremy jerome jessica joan joanna joao joaquin jochen johan johann johanna john jonah jonas jonathan jordi jorge jose josef joseph joshua juan judith julia julian juliane julie jurgen kai kamil karen karim "
    "karin karl karolina kasia katarina kate katherine kathrin katja kaito keith keiko kelly ken kenji kenneth kerstin kevin khalid kiran kirsten klara klaus knut konrad krzysztof kumar kwame lars laszlo laura lea leah leila lena leo leon leonie lidia liam linda lisa liv lorenzo lotte louis louise luca lucas lucia lucy luigi luis luise lukas lukasz lydia maarten maeve magda "
    "magdalena magnus malik manuel manuela mara marc marcel marcin marco marcus margaret margit maria mariam marie marina mario marion marius markus marta martha martin martina mary masha mateo mateusz mathias matthew matthias maureen maya megan mehdi mehmet mei melanie mia michael michaela michal michel michelle miguel mihai mike mikael mikhail mila milena mina miriam mirjam mohammed monika "
    "moritz mustafa nadia nadine naomi natalia natalie natasha neil ngozi niamh niall nicola nicolas nicole nigel niklas nikolai nils nina nora norbert olaf oleg olga oliver olivia olga omar orla oscar oskar otto oumar owen pablo padraig pamela paolo pascal patrick patricia paul paula pavel pedro per pernille petar peter petra philip philipp pierre pieter pilar piotr priya przemek quentin rachel rafael rafal raj ralf "
    "ramon raquel rasmus ravi rebecca reinhard renata renate rene richard rita robert roberto robin roger roland roman ronan rosa rosalind rowan rudolf rupert ruth ryan sabine salma sam samantha samir samuel sandra sanjay sara sarah sasha saskia sean sebastian selim serena sergei sergio shabnam sharon sheila shirin sigrid silke silvia simon simone siobhan slawek sofia sofie sonja sophia sophie soren stacey stefan stefania steffen stella stephan "
    "stephanie stephen steve steven stuart sunil susan susanne suzanne sven svetlana sylvia tadeusz takashi tamara tamsin tanja tara tariq tatiana teresa thandi theo theresa thomas tim timo tina tobias tom tomas tomasz tomoko toni torsten tove tristan ulla ulrich ulrike umar una ursula ute uwe valentina vanessa vera veronica veronika vijay viktor vincent viola vladimir wanda werner wiebke wilhelm willem wojciech wolfgang xavier yara yasmin yiannis yolanda yosef youssef yuki yusuf "
    "yvonne zainab zara zeynep zofia zoe zsolt grace"
)
_CAPITAL: Final = later(
    r"(?<![\w@./'-])([A-Z][a-z]{1,13})(?![\w-])(?! (?:&|Ltd|GmbH|Inc|AG|Group|University|Company|Street|Road|Avenue|Square|Bridge|Hospital|School|College|Airport|Hall|House|Bank|Church|Bay|Islands?|Hotel|Park|Lane|Gate))"
)
_SURNAMED: Final = later(r"\s(?:[A-Z]\. )?(?:van |von |de |al-)?[A-Z][\w'-]+")
_NO_COLLEAGUE: Final = later(r"\.? ?\d|,? (?:from|at|of) [A-Z@]|/|@")
_DEED: Final = later(r" (?:[a-z]+ed|was|is|has|had|will|then|and [A-Z])\b")
_PUBLIC: Final = later(
    r"(?i)\b(?:chief|ceo|president|chair\w*|founder|managing director|head of press|spokes\w+|protection officer|press|ombuds\w+|minister|mayor|thank\w*|credit\w*|researcher|customers?|contact us|write to|dear|hi|hello|your|professor|dr|saint|st|storm|hurricane|cyclone|typhoon|lake|mount|port|santa|san|cape|king|queen|prince|princess|pope|hotel|ship|ferry|vessel|locomotive|train|model|by name|signed|sincerely|regards|on behalf)\b"
)
_VERB: Final = later(r"\b[a-z]{3,}\b")
_SHAPES: Final = later(
    r"(?<![\w@.])[a-z][\w.-]{1,20}@(?![\w-]+\.\w)(?=\W|$)"
    r"|\b(?:github|gitlab|bitbucket)\.(?:com|org|net)/(?=[\w./-]{0,80}(?:private|internal))[\w./-]{1,120}/(?:pull|commit|issues|blob|merge_requests|tree|-|compare)/?[\w./-]*"
    r"|(?<![\w/.:-])/(?:careers|srv|var|opt|home|usr|root|mnt|backups?|int|internal|admin|data)/[\w./-]+"
    r"|\bport \d{2,5}\b|\bbranch [\w-]+/[\w./-]+|\bFile \"[^\"\n]{2,80}\", line \d+|\bTraceback \(most"
    r"|\b\w{1,60}\.(?:py|js|ts|go|rb|java|php|cpp|rs|kt|sql|sh|tf|cs|pl|jsx|tsx):\d+\b"
    r"|\b[\w-]{1,40}(?:\.[\w-]{1,40}){0,4}\.(?:internal|lan|corp|intra|intranet|stg|svc)\b|\*\.[\w-]{1,40}\.(?:corp|int|internal|prod|stg)\.[\w.-]+"
    r"|\b[A-Z]{2,4}\d{6,12}\b(?=[^.]{0,40}\b(?:severity|ticket|contact|case)\b)|\b(?:ticket|case|incident) (?:number |no\.? |id )?[A-Z]{2,5}-?\d{4,12}\b"
    r"|\b(?:extension|ext\.|rack|cage|bay|room code|door code|slide|tab|sheet) [A-Z]?\d{1,5}\b(?=[^.]{0,60}\b(?:deck|spreadsheet|numbers|key|lock|server|machine|switch|board|real|call|ask)\b)"
)
_HINT: Final = later(r"[@/*]|\.[a-z]|Traceback")
_NUMBERED: Final = words(
    "port file ticket case severity contact incident extension ext rack cage bay room code slide tab "
    "sheet"
)
"""Words beside a number, of which shapes without a hint hold one."""
_CUES: Final = words(
    "wi wifi wlan password passphrase passcode pass pw pwd login log credential credentials token "
    "secret key user account admin pin"
)
_SECRET: Final = later(
    r"(?i)\b(?:wi-?fi|wlan|pass(?:word|phrase|code)?|pw|pwd|log-?in|credentials?|token|secret|key|user|account|admin|pin)\b[^.;\n]{0,40}?[:=(\"' ](?=\S{0,30}[A-Za-z])(?=\S{0,30}\d)(?=\S{0,30}(?:[!#$%&*_-]|\d{2}))([A-Za-z0-9][\w!#$%&*+-]{6,30})(?=[\s,;.)\"']|$)"
)
_NO_SECRET: Final = later(
    r"(?i)\A(?:\d{1,4}[-/]\d|\w+-\d{1,2}\Z|v?\d+|[a-z]+\d{1,2}\Z|covid|utf|sha|iso|rfc|cve|tls|http|oauth|\d+-?(?:bit|day|digit|minute|hour|factor))"
)

_PAPERS: Final = Slot(
    "licence_key license_key vault_path secret_path group_vars vlan creds admin_url admin_password rack_unit threatened_to_leave threatened_to_cancel threatened_to_sue vendor_case keep_this_short keep_it_short keep_this_quiet keep_it_quiet "
    "exec_deck board_deck slide_deck management_deck internal_review internal_report internal_memo internal_wiki internal_document internal_notes internal_channel internal_chat internal_mail internal_email intranet shared_drive network_drive on-call_rota duty_rota duty_roster shift_plan shift_roster "
    "war_room war-room all-hands_meeting stand-up standup board_minutes board_paper board_papers management_meeting staff_meeting team_meeting weekly_meeting jour_fixe status_meeting steering_committee our_runbook our_playbook our_wiki in_the_wiki on_the_wiki our_slack staff_slack team_slack company_slack internal_slack our_confluence our_sharepoint our_jira our_trello our_asana in_jira in_confluence in_sharepoint in_trello in_asana slack_channel slack_thread teams_channel teams_chat "
    "whatsapp_group telegram_group signal_group private_channel dm_me ping_me ask_me drop_me see_thread in_thread fyi tbd tbc todo fixme nda under_nda for_internal internal_use internal_only not_for_publication do_not_forward do_not_share off_the_record between_us draft_for review_comments comment_from note_to_self "
    "note_to_legal note_to_editor legal_says legal_wants legal_asked pr_says pr_wants comms_wants marketing_wants boss_wants boss_says management_wants management_says"
)
_NEGLECTED: Final = Slot(
    "ugly_hack quick_hack dirty_hack is_a_hack nobody_on_the_team no_one_on_the_team nobody_here_understands nobody_understands_the always_cries_wolf cries_wolf muted_the_check muted_the_alert muted_the_alarm "
    "nobody_has_rebased nobody_has_touched nobody_touches nobody_maintains nobody_understands nobody_knows_how nobody_knows_where nobody_knows_why nobody_reads nobody_watches nobody_looks nobody_checks nobody_monitors nobody_owns nobody_dares nobody_remembers nobody_here nobody_else_has nobody_else_knows nobody_after_that nobody_at_night nobody_on_weekends "
    "no_one_maintains no_one_understands no_one_knows_how no_one_reads no_one_watches no_one_owns no_one_checks unmaintained undocumented unsupported_since held_together out_of_support end-of-life end_of_life unpatched never_been_tested never_been_patched never_been_updated never_been_changed never_been_rotated "
    "never_been_audited never_tested_the never_rotated not_been_rotated not_been_patched not_been_changed_since not_worked_for not_worked_since hasn't_worked_since hasn't_worked_for has_been_broken broken_for_months broken_for_years broken_for_weeks out_of_order_for switched_off_for_months disabled_for_months disabled_for_years "
    "default_login default_password default_credentials default_pin factory_password admin_password admin_page admin_panel admin_console backdoor back_door master_key master_password shared_password shared_login shared_account same_password hard-coded_password hardcoded_password plain-text_password no_firewall no_antivirus no_second_factor no_two-factor "
    "without_a_password no_password no_tests no_monitoring no_alarm no_alerting no_backup no_backups no_spare single_point_of_failure still_reachable still_open_to still_exposed still_vulnerable still_unlocked not_yet_patched not_yet_closed not_yet_fixed is_still_open remains_open_until left_over_from legacy_account infra_account "
    "no_documentation no_handover quick_hack dirty_hack ugly_hack workaround_from duct_tape homemade home-made_script cheap_kit second-hand ebay on_its_last_legs falling_apart fire_exit_is key_is_under key_under spare_key hangs_in hangs_behind door_is_never never_locked camera_is camera_does alarm_does_not alarm_is_off dummy_camera"
)
_STAFFED: Final = Slot(
    "days_straight nights_straight weeks_straight nights_in_a_row days_in_a_row holiday_cover on_holiday on_annual_leave on_sick_leave sick_leave parental_leave maternity_leave paternity_leave gave_notice handed_in resigned resignation was_fired got_fired let_go_of laid_off layoffs lay-offs redundancies redundancy_round hiring_for hiring_freeze "
    "vacancy vacancies unfilled understaffed short-staffed short_of_staff short_of_people short_of_hands lack_of_staff burnt_out burned_out burn-out overtime overworked double_shift double_shifts all-nighter pulled_an_all night_shift_is one_person_on only_person_who only_person_with only_one_who the_only_admin one_admin one-man one-woman "
    "job_interview job_interviews job_ad salary salaries pay_rise bonus bonuses works_council union_rep probation trial_period performance_review appraisal disciplinary burnout therapy hangover hungover divorce pregnant newborn funeral wedding honeymoon birthday_party christmas_party team_offsite offsite skeleton_crew skeleton_staff "
    "covering_for stands_in_for standing_in_for filling_in_for replacement_for successor_of his_seat her_seat his_desk her_desk his_phone her_phone his_laptop her_laptop his_notebook his_badge her_badge his_password her_password his_login her_login his_key her_key his_script her_script his_machine her_machine"
)
_MONEY: Final = Slot(
    "not_in_the_budget no_budget budget_was budget_is budget_for budget_cut budget_cuts budget_freeze out_of_budget over_budget cut_the_budget refused_the_budget refused_the_money refused_the_spare refused_the_request turned_down_the_request no_money_for too_expensive cheaper_than cheapest_offer cheapest_bidder cheaper_supplier to_save_money to_save_costs save_money save_costs cost-cutting "
    "cost_saving cost_savings savings_programme savings_target quarterly_target quarterly_targets quarter_end sales_target bonus_target launch_date make_the_launch to_make_the_deadline to_meet_the_deadline to_hit_the_deadline skipped_the_test skipped_the_tests skipped_the_load skipped_the_review skipped_testing skipped_review signed_it_off_without "
    "investors investor shareholders shareholder due_diligence takeover acquisition merger ipo funding_round series_a series_b series_c runway burn_rate cash_flow liquidity insolvency bankruptcy overdraft bank_loan credit_line insurer insurers insurance_claim claim_against sue suing lawsuit litigation our_lawyer our_lawyers legal_counsel settlement settle_out hush_money "
    "contract_ends contract_expires contract_runs contract_with renegotiate renegotiating renegotiation terminate_the_contract switching_supplier switching_suppliers switch_supplier replace_the_supplier our_margin margins profit_warning lost_us cost_us churn churned key_account key_accounts big_customer biggest_customer largest_customer important_customer upset_the_client"
)
_READERS: Final = Pattern(
    r"\b(?:you|your|yours|please|customers?|users|members can|guests can|readers|contact us|free of charge|refund\w*)\b"
)
_CLOSED: Final = Pattern(
    r"\b(?:now (?:has|have|needs?|requires?|refuses?|blocks?|closed|locked|protected|asks?)|no longer|since (?:then|\d)|have (?:since )?(?:closed|fixed|removed|replaced|rebuilt|rotated|revoked|changed|added)|we (?:closed|fixed|removed|rotated|revoked|changed|replaced|added)|has been (?:closed|fixed|removed|patched|replaced|revoked|rotated)|was (?:closed|fixed|patched|rotated)|(?:was|were|had|been) (?:also |simply |absolutely )?no|and that was (?:wrong|our)|we should have|will (?:get|have|be))\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return (
        document.scan[sentence.end - 1] != "?"
        and document.find(_READERS, sentence) is None
        and document.find(_CLOSED, sentence) is None
    )


_SAYINGS: Final = tuple(
    Saying(slot, keep=_keep) for slot in (_PAPERS, _NEGLECTED, _STAFFED, _MONEY)
)
_SAID: Final = first_said(*_SAYINGS)
_SIGNS: Final = words(
    "github gitlab bitbucket careers srv var home usr root mnt backup backups int internal admin data port branch file traceback lan corp intra intranet stg svc severity ticket contact case incident extension ext rack cage bay slide tab sheet room door "
    "py js ts rb java php cpp rs kt sql sh tf cs pl jsx tsx wi wifi wlan password passphrase passcode pass pw pwd login log credential credentials token secret key user account pin"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    return _name(document, sentence) or _shape(document, sentence) or _SAID(document, sentence)


def _name(document: Document, sentence: Sentence) -> Hit | None:
    """A colleague's first name, alone, in a sentence that tells something."""
    if document.worded[sentence.index].isdisjoint(_GIVEN):
        return None
    raw = document.text.raw
    said = raw[sentence.start : sentence.end]
    if _PUBLIC.search(said):
        return None
    for found in _CAPITAL.finditer(said):
        if (
            found[1].lower() not in _GIVEN
            or document.scan[sentence.start + found.start()] == FILLER
        ):
            continue
        if _SURNAMED.match(said, found.end()) or not _VERB.search(said):
            continue
        # "Jan 28" is a day, "Per our plan" no person, and others' people are theirs to name.
        if _NO_COLLEAGUE.match(said, found.end()):
            continue
        if found[1] == "Per" and not _DEED.match(said, found.end()):
            continue
        if found[1] in ("Grace", "Sam", "Alma", "Aurora", "Florence") and not found.start():
            continue
        return Hit(sentence.start + found.start(), sentence.start + found.end())
    return None


def _shape(document: Document, sentence: Sentence) -> Hit | None:
    raw = document.text.raw
    here = document.worded[sentence.index]
    if here.isdisjoint(_SIGNS):
        return None
    shapes = [_SHAPES, _SECRET] if not here.isdisjoint(_CUES) else [_SHAPES]
    if not _HINT.search(raw, sentence.start, sentence.end):
        if NUMERAL not in here:
            return None
        # What is quoted has no words here.
        quoted = document.scan.find(FILLER, sentence.start, sentence.end) >= 0
        if here.isdisjoint(_NUMBERED) and not quoted:
            shapes.remove(_SHAPES)
    for shape in shapes:
        for found in shape.finditer(raw, sentence.start, sentence.end):
            if shape is _SHAPES and document.scan[found.start()] == FILLER:
                continue
            if shape is _SECRET and _NO_SECRET.match(found[1]):
                continue
            if document.find(_READERS, sentence) is None:
                return Hit(*found.span(shape.groups))
    return None


RULE = Rule(
    id="LEK-25",
    name="knows-the-house",
    category="leak",
    severity="warning",
    message="Only insiders can know this, and it helps attackers or exposes colleagues. Say the effect.",
    better='"our on-duty engineer", "one of our servers"',
    source="PD, SEED",
    kinds=PUBLIC,
    triggers=heads(*_SAYINGS) | _GIVEN | _SIGNS,
    of_classes=True,
    look=_look,
    bad=examples(
        "The creds for the gate are in the blue folder.",
        "The valve is an ugly hack.",
        "Ingrid has been on call for nine days.",
        "Wi-Fi for the stand: Linden#77x",
        "The scanner's page is on port 8443.",
        "Slide 9 of the board deck has the real numbers.",
        "We run a copy that nobody maintains.",
        "The spare pump was not in the budget.",
    ),
    good=examples(
        "Our on-duty engineer restarted the queue.",
        "Saint Ingrid's church was without power.",
        "You can reach us on port 8443 with version 3.",
        "We had no second factor there; it now needs one.",
        "Thank you to Ingrid Solberg, who told us.",
    ),
)
