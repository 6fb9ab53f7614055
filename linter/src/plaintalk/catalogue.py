"""Every rule, in the order in which they are listed. Ids are never used again."""

from typing import Final

from plaintalk.rule import Rule
from plaintalk.rules.blame import human_error, judges_people, points_at_one_person
from plaintalk.rules.defensive import apology_with_but, blames_the_reader, false_comfort
from plaintalk.rules.leak import internal_address, secret, unfinished_text
from plaintalk.rules.minimising import (
    softened_degree,
    softened_failure,
    unmeasured_short_time,
    unnamed_group,
    unquantified_small_number,
)
from plaintalk.rules.missing import (
    says_how_long,
    says_what_became_of_data,
    says_what_changes,
    says_what_people_felt,
    says_whether_it_is_over,
    says_who,
    shows_it_is_stable,
    thanks_the_reader,
)
from plaintalk.rules.over_promise import (
    completely_fixed,
    ensures_no_repeat,
    guarantee,
    never_again,
)
from plaintalk.rules.record import (
    calls_it_few,
    calls_it_short,
    denies_data_effect,
    other_duration,
    promises_after_a_repeat,
    resolved_too_early,
    silent_about_data,
)
from plaintalk.rules.time import clock_without_zone
from plaintalk.rules.vague_prevention import improves_something, unnamed_lesson, unnamed_steps

RULES: Final[tuple[Rule, ...]] = (
    unquantified_small_number.RULE,
    unnamed_group.RULE,
    softened_failure.RULE,
    unmeasured_short_time.RULE,
    softened_degree.RULE,
    apology_with_but.RULE,
    blames_the_reader.RULE,
    false_comfort.RULE,
    never_again.RULE,
    ensures_no_repeat.RULE,
    completely_fixed.RULE,
    guarantee.RULE,
    improves_something.RULE,
    unnamed_steps.RULE,
    unnamed_lesson.RULE,
    human_error.RULE,
    points_at_one_person.RULE,
    judges_people.RULE,
    secret.RULE,
    internal_address.RULE,
    unfinished_text.RULE,
    says_whether_it_is_over.RULE,
    shows_it_is_stable.RULE,
    thanks_the_reader.RULE,
    says_how_long.RULE,
    says_what_people_felt.RULE,
    says_who.RULE,
    says_what_changes.RULE,
    says_what_became_of_data.RULE,
    calls_it_short.RULE,
    calls_it_few.RULE,
    other_duration.RULE,
    resolved_too_early.RULE,
    silent_about_data.RULE,
    denies_data_effect.RULE,
    promises_after_a_repeat.RULE,
    clock_without_zone.RULE,
)
