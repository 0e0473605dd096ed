"""The hedged sentence that joins a fact of the lead's company to the proposition."""

import re

import pytest

from overture.composition.fields import FIELDS
from overture.composition.frames_follow_up import HINGE
from overture.composition.gate import check
from overture.composition.themes import CAUSES, themes_of
from overture.composition.words import names, number_set
from overture.composition.write import write
from overture.domain.messages import MessageType, Role, Segment, Written
from tests.composition.pages import brief, lead, site
from tests.composition.test_compose import COMPOSER


@pytest.mark.parametrize(
    ("clause", "theme"),
    [
        ("rent treadmills from several manufacturers", "suppliers"),
        ("serve clients in four counties", "places"),
        ("give customers 50+ docs and guides", "help"),
        ("offer two 17-week terms and one summer term", "seasons"),
        ("repair motors and pumps", "devices"),
        ("your platform connects to 250 apps", "software"),
        ("prepare tax returns", "rules"),
        ("offer tile work, flooring and drywall", "range"),
    ],
)
def test_a_fact_has_themes(clause: str, theme: str) -> None:
    assert theme in themes_of(clause)


def test_one_place_is_not_several() -> None:
    assert "places" not in themes_of("run one office")


def test_effects_and_jobs_bring_in_no_name_and_no_number() -> None:
    for field in FIELDS:
        for text in (
            [effect.text for effect in field.effects]
            + [job.doing for job in field.jobs]
            + [job.thing for job in field.jobs]
        ):
            assert names(f"there {text}") == []
            assert not number_set(text)
            assert not re.search(r"\d", text)


def test_every_field_has_an_effect_for_any_company_and_known_themes() -> None:
    for field in FIELDS:
        assert any(not effect.themes for effect in field.effects)
        assert frozenset().union(*(effect.themes for effect in field.effects)) <= set(CAUSES)
        assert field.jobs


@pytest.mark.parametrize("family", list(HINGE.families))
def test_every_hinge_is_hedged(family: str) -> None:
    for frame in HINGE.families[family]:
        text = frame.format(
            e="reports", c="that", C="That", E="Reports", t="closing the month", n="invoices", company="Acme"
        )
        parts = (("Hi Anna,\n\n", Role.GREETING), (text, Role.INFERENCE), ("\n\nCharlie", Role.SIGNOFF))
        message = Written(
            MessageType.STAGE_AMBITION,
            "".join(part for part, _ in parts),
            tuple(Segment(part, role) for part, role in parts),
        )
        assert not [item for item in check(message, brief(), lead()) if "hedged" in item], text


def test_fact_and_proposition_meet_in_the_follow_up() -> None:
    rents = site("We rent fitness equipment from several manufacturers to studios and events.")
    met = 0
    for index in range(40):
        (draft,) = write(COMPOSER, brief(), lead(index, site=rents), (MessageType.FIRST_FOLLOW_UP,))
        assert isinstance(draft, Written)
        guesses = [item for item in draft.segments if item.role is Role.INFERENCE]
        met += any("invoice" in item.text for item in guesses)
    assert met == 40


def test_what_is_carried_by_hand_is_not_guessed_of_software() -> None:
    """Software that schedules posts says nothing on delivery routes."""
    routes = site("Routewell plans delivery routes for fleets.", url="https://routewell.example/", title="Routewell")
    software = site("We offer software that schedules posts and captures leads in many countries.")
    for index in range(30):
        request = brief(proposition=routes, proposition_name="Routewell")
        (draft,) = write(COMPOSER, request, lead(index, site=software), (MessageType.FIRST_FOLLOW_UP,))
        assert isinstance(draft, Written)
        assert "stops" not in draft.text


def test_somebody_else_is_asked_for_where_the_desk_does_not_fit() -> None:
    for index in range(30):
        (draft,) = write(
            COMPOSER, brief(), lead(index, job_title="Head of Brand Marketing"), (MessageType.FIRST_FOLLOW_UP,)
        )
        assert isinstance(draft, Written)
        ask = next(item for item in draft.segments if item.role is Role.ASK)
        assert re.search(r"(?i)\b(?:who|whom|whose|which|point me)\b", ask.text), ask.text
