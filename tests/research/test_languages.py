"""The language of a page is that of its text, whatever its attributes say."""
# ruff: noqa: E501

import pytest

from overture.domain.evidence import EvidenceKind
from overture.research.languages import guess
from tests.research.pages import read

TEXTS = {
    "en": "We build quiet pumps for hospitals. Our engineers visit every site before a pump is built, and they stay in "
    "touch with you for as long as it is in use. You can call us on any day of the week.",
    "de": "Wir bauen leise Pumpen für Krankenhäuser. Unsere Ingenieure besuchen jeden Standort, bevor eine Pumpe gebaut "
    "wird, und sie bleiben mit Ihnen in Verbindung, solange sie im Einsatz ist. Das ist uns auch am Wochenende wichtig.",
    "fr": "Nous construisons des pompes silencieuses pour les hôpitaux. Nos ingénieurs visitent chaque site avant que la "
    "pompe ne soit construite, et ils restent en contact avec vous pour toute la durée de son emploi dans vos services.",
    "es": "Construimos bombas silenciosas para los hospitales. Nuestros ingenieros visitan las instalaciones antes de que "
    "se construya una bomba y son su contacto para todo lo que necesite con las bombas en el día a día del hospital.",
    "ja": "私たちは病院向けの静かなポンプを製造しています。すべての現場を訪問します。",
    "ru": "Мы строим тихие насосы для больниц и посещаем каждый объект.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_text_says_its_language(language: str) -> None:
    assert guess([TEXTS[language]]) == language
    assert guess(["Pumps", "Valves"]) == ""


@pytest.mark.parametrize("language", [name for name in TEXTS if name != "en"])
def test_a_page_in_another_language_gives_its_structured_data_alone(language: str) -> None:
    data = '{"@type": "Organization", "description": "Acme builds quiet pumps for hospitals."}'
    source = read(
        f"<html lang=en><title>Acme pumps</title><script type='application/ld+json'>{data}</script>"
        f"<p>{TEXTS[language]}</p></html>"
    )
    assert source.language == language
    assert {item.kind for item in source.evidence} == {EvidenceKind.TITLE, EvidenceKind.STRUCTURED}


def test_english_under_a_wrong_name_is_read_as_english() -> None:
    source = read(f"<html lang=de><p>{TEXTS['en']}</p></html>")
    assert source.language == "en"
    assert any("visit every site" in item.text for item in source.evidence)
