"""A text in another language is not checked, and never looks as if it had passed."""

import pytest

import plaintalk
from plaintalk.house_rules import HOUSE_RULES
from plaintalk.language import ENGLISH, OTHER, language_of

FOREIGN = [
    ("German", "Die Störung ist behoben. Eine kleine Zahl von Kunden war betroffen."),
    ("French", "Une petite partie des clients a été touchée par la panne."),
    ("Spanish", "Un pequeño número de clientes no pudo iniciar sesión."),
    ("Italian", "Il servizio è stato ripristinato per tutti i clienti."),
    ("Portuguese", "O serviço foi restabelecido para todos os clientes."),
    ("Dutch", "Een kleine groep klanten kon niet inloggen op de dienst."),
    ("Polish", "Usługa jest znowu dostępna dla wszystkich klientów i nie ma problemów."),
    (OTHER, "Сервис снова работает, приносим извинения."),
    (OTHER, "サービスは復旧しました。ご不便をおかけしました。"),
    (OTHER, "تمت استعادة الخدمة لجميع العملاء"),
]


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_a_text_in_another_language_says_not_checked(language: str, text: str) -> None:
    report = plaintalk.check(text, kind="closure")
    assert report.language == language
    assert [(one.rule, one.severity, one.quote) for one in report.findings] == [
        ("HSE-05", "error", text)
    ]
    assert f"Not checked: the text seems to be in {language}" in report.findings[0].message
    skipped = {one.rule: one.why for one in report.not_checked}
    expected = {r.id for r in plaintalk.RULES if "closure" in r.kinds and r.category != "leak"}
    assert expected <= set(skipped)
    assert f"seems to be in {language}" in skipped["MIN-01"]
    assert {answer.state for answer in report.coverage.values()} == {"missing"}


def test_a_secret_is_found_in_every_language() -> None:
    bad = next(rule for rule in plaintalk.RULES if rule.id == "LEK-01").bad[0].text
    german = "Die Störung ist behoben und wir bitten alle Kunden von Herzen um Entschuldigung. " * 3
    report = plaintalk.check(german + bad, kind="note")
    assert report.language == "German"
    assert {finding.rule for finding in report.findings} == {"HSE-05", "LEK-01"}


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "12:30", "👍👍", "Exports failed.", "São Paulo: offline", "API: 500",
        "Customers in Rio de Janeiro could not sign in.", "Über: cars could not be booked today.",
        "We are sorry. 日本 customers could not pay from 10:00 to 11:00 UTC.",
    ],
)  # fmt: skip
def test_short_or_mixed_english_is_checked(text: str) -> None:
    assert language_of(text) == ENGLISH


def test_every_example_of_the_catalogue_counts_as_english() -> None:
    for rule in (*plaintalk.RULES, *(one for one in HOUSE_RULES if one.id != "HSE-05")):
        for example in (*rule.bad, *rule.good):
            assert language_of(example.text) == ENGLISH, example.text


def test_a_person_may_take_the_place_of_the_check_with_a_reason() -> None:
    comment = "<!-- plaintalk: allow HSE-05 because Jana Weber read it against the record -->"
    report = plaintalk.check(f"{FOREIGN[0][1]} {comment}", kind="note")
    assert report.findings == ()
    assert [one.finding.rule for one in report.allowed] == ["HSE-05"]


ENGLISH_PART = (
    "On 4 March 2026, from 08:12 to 14:24 UTC, 1,798 customers could not send invoices. "
    "We are sorry: a late invoice can mean a late payment for you and for your suppliers."
)


@pytest.mark.parametrize(
    ("language", "part"),
    [
        ("German", "Die Störung ist behoben und wir bitten alle betroffenen Kunden um Geduld."),
        (
            "French",
            "Une petite partie des clients a été touchée par la panne et nous sommes désolés.",
        ),
        (OTHER, "サービスは復旧しました。ご不便をおかけしました。"),
    ],
)
def test_a_part_in_another_language_does_not_pass_unseen(language: str, part: str) -> None:
    text = f"{ENGLISH_PART}\n\n{part}\n\n{ENGLISH_PART}\n"
    report = plaintalk.check(text, kind="note")
    assert report.language == ENGLISH
    found = [one for one in report.findings if one.rule == "HSE-05"]
    assert [one.quote for one in found] == [part]
    assert found[0].message.startswith(f"Not checked: this part seems to be in {language}")
    assert (found[0].line, found[0].column) == (3, 1)
    comment = "<!-- plaintalk: allow HSE-05 because Jana Weber read it -->"
    allowed = plaintalk.check(text.replace(part, f"{part} {comment}"), kind="note")
    assert not [one for one in allowed.findings if one.rule == "HSE-05"]


@pytest.mark.parametrize(
    "part",
    [
        "Regions: La Paz, Los Angeles, El Paso, Rio de Janeiro, São Paulo, Le Mans, Den Haag, Córdoba.",
        "- Zahlung: offline\n- Kasse: offline\n- Anmeldung: offline\n- Rechnung: langsam",
        "POST /v2/orders GET /v2/orders PUT /v2/orders DELETE /v2/orders PATCH /v2/orders: 500, 502",
    ],
)
def test_names_and_lists_do_not_make_a_language(part: str) -> None:
    report = plaintalk.check(f"{ENGLISH_PART}\n\n{part}\n", kind="note")
    assert not [one for one in report.findings if one.rule == "HSE-05"]
