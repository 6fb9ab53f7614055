"""MIN-12: a joke or a shrug about the failure."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import EVERYWHERE, Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:(?:ha){2,6}|lol|lmao|rofl|brr{1,6}|meh|shrugs?|yolo|w(?:h)?oops(?:ies?|y)?|oops(?:ies?|y)?|hehe|yikes"
    r"|facepalm|ouch|d'oh|doh|uh[- ]oh|welp|heh|woohoo|yay|womp|ugh|argh|party pooper|murphy's law|shit happens"
    r"|these things happen|such is life|c'est la vie|that's life|have you tried turning|turn(?:ed|ing)? it off and on"
    r"|that was fun|fun times|good times|and (?:we're|it's) back|the internet gods|the (?:server|database|computer) gods|rube goldberg|rest in peace)\b"
    r"|\b(?:anything|everything|whatever) (?:that )?(?:could|can) (?:possibly )?go wrong,? (?:it )?(?:did|went|goes|will|does)\b|\b(?:was|had|is) (?:quite )?(?:a lot of |great |lots of |loads of |so much )fun\b"
    r"|\b(?:that|this)(?:'s| is| would be| was)? (?:probably |likely |then )why\W|\bnow you know why\b"
)

RULE = Rule(
    id="MIN-12",
    name="jokes-about-it",
    category="minimising",
    severity="warning",
    message="Light for you, heavy for them. Say what happened.",
    better=None,
    source="SVN",
    triggers=words(
        "haha hahaha hahahaha lol lmao rofl brr brrr brrrr brrrrr meh shrug shrugs yolo whoops "
        "whoopsie whoopsy woops oops oopsie oopsies oopsy hehe yikes facepalm ouch oh doh welp heh "
        "rube goldberg rest wrong woohoo yay womp ugh argh pooper murphy happen happens life vie tried turn turned turning fun "
        "times back gods why"
    ),
    roles=EVERYWHERE,
    look=matching(_PATTERN),
    bad=examples(
        "Everything that could go wrong went wrong.",
        "Mending the boiler was a lot of fun.",
        "Haha, we turned it off and on again.",
        "The disk filled up, lol.",
        "If your builds fail, that is probably why.",
    ),
    good=examples("The disk filled up and uploads failed.", "The report says why exports failed."),
)
