"""Locations as job posts write them, and the country that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.domain.countries import ISO_3166_ALPHA2
from overture.research.countries import countries_in, country_of

LOCATIONS = """
London=GB; London, ON=CA; Paris, Texas=US; Dublin, OH=US; Dublin=IE; Perth, WA=AU; US-Remote=US; Leeds, England=GB
Remote (United States only)=US; Berlin, Germany=DE; Berlin, DE=DE; Wilmington, Delaware=US; San Francisco, CA=US
Toronto, CA=CA; Bangalore, IN=IN; Indianapolis, IN=US; Atlanta, Georgia=US; Tbilisi, Georgia=GE; München=DE
Washington, D.C.=US; Remote - Germany=DE; Remote, UK=GB; Greater London Area=GB; Zürich=CH; Köln, NRW=DE; New York=US
Vancouver, BC=CA; Sydney, NSW=AU; Deutschland=DE; Great Britain=GB; Scotland=GB; Berlin Office=DE; USA=US
São Paulo, Brasil=BR; Anywhere in the US=US; Canada=CA; Mountain View, CA, USA=US; Amsterdam-Zuid=NL
Melbourne VIC=AU; San Francisco Bay Area=US; Milano, Italia=IT; Warszawa=PL; Kraków, Polska=PL; Österreich=AT
España=ES; Schweiz=CH; Danmark=DK; Göteborg=SE; The Netherlands=NL; Hong Kong=HK; Singapore=SG; Bengaluru=IN
Ho Chi Minh City, Vietnam=VN; Abu Dhabi - UAE=AE; Trinidad and Tobago=TT; Bosnia and Herzegovina=BA; Hybrid (Lyon)=FR
Côte d'Ivoire=CI; Czech Republic=CZ; Türkiye=TR; South Korea=KR; Seoul=KR; Tokyo, Japan=JP; Ciudad de México=MX
Remote=; Europe=; EMEA=; Georgia=; Valencia=; Worldwide=; =; Atlantis=; Head office=; 12345=; Hybrid=; Flexible=
"""


@pytest.mark.parametrize(
    ("location", "code"),
    [entry.strip().rsplit("=", 1) for line in LOCATIONS.strip().splitlines() for entry in line.split(";")],
)
def test_one_place(location: str, code: str) -> None:
    assert countries_in(location) == ((code,) if code else ())


@pytest.mark.parametrize(
    ("location", "codes"),
    [
        ("Berlin, Germany; London, UK", ("DE", "GB")),
        ("Remote US or Canada", ("US", "CA")),
        ("Paris | Lyon | Madrid", ("FR", "ES")),
        ("Wien / Zürich", ("AT", "CH")),
    ],
)
def test_several_places(location: str, codes: tuple[str, ...]) -> None:
    assert countries_in(location) == codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("de", "DE"),
        ("GBR", "GB"),
        ("UK", "GB"),
        ("uk", "GB"),
        ("Allemagne", "DE"),
        ("united states", "US"),
        ("EU", None),
        ("XX", None),
        ("", None),
    ],
)
def test_fields_for_a_country(name: str, code: str | None) -> None:
    assert country_of(name) == code


def test_the_table_of_codes() -> None:
    assert len(ISO_3166_ALPHA2) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in ISO_3166_ALPHA2)
    assert not ISO_3166_ALPHA2 & {"UK", "EU", "XK", "AN", "SU", "YU"}
    assert {country_of(code) for code in ISO_3166_ALPHA2} == ISO_3166_ALPHA2


@given(st.text(max_size=300))
def test_whatever_the_text_only_codes_come_back(text: str) -> None:
    assert set(countries_in(text)) <= ISO_3166_ALPHA2
    assert country_of(text) in ISO_3166_ALPHA2 | {None}
