"""Which links of a home page are followed."""

import pytest

from overture.research.links import Link
from overture.research.plan import looks_like_careers, site_of, survey

HOME = "https://www.acme.com/"


def links(*pairs: tuple[str, str]) -> list[Link]:
    return [Link(url if "//" in url else f"https://www.acme.com{url}", text) for url, text in pairs]


def test_one_page_for_each_purpose_and_none_of_another_site() -> None:
    plan = survey(
        HOME,
        links(
            ("/", "Home"),
            ("/login", "About your account"),
            ("/about/history/1998/the-first-pump", "The first pump"),
            ("/about-us", "About us"),
            ("/products", "Products"),
            ("/products/pumps/infusion", "Infusion pumps"),
            ("/downloads/products.pdf", "Products"),
            ("/customers", "Our customers"),
            ("/privacy", "Privacy"),
            ("https://blog.acme.com/", "Blog"),
            ("https://other.com/careers", "Careers"),
            ("https://careers.acme.com/", "Open roles"),
            ("https://www.linkedin.com/company/acme", "About"),
        ),
        [],
    )
    assert plan.further == (
        "https://www.acme.com/about-us",
        "https://www.acme.com/products",
        "https://www.acme.com/customers",
        "https://blog.acme.com/",
        "https://careers.acme.com/",
    )
    assert plan.careers == "https://careers.acme.com/"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/ueber-uns", "Über uns"),
        ("/de/unternehmen", "Unternehmen"),
        ("/a-propos", "À propos"),
        ("/qui-sommes-nous", "Qui sommes-nous ?"),
        ("/sobre-nosotros", "Sobre nosotros"),
        ("/l%C3%B6sungen", "Lösungen"),
        ("/produits", "Produits"),
        ("/soluciones", "Soluciones"),
        ("/referenzen", "Referenzen"),
        ("/clientes", "Clientes"),
        ("/p/17", "Who we are"),
        ("/x", "KUNDEN"),
    ],
)
def test_four_languages(path: str, text: str) -> None:
    assert survey(HOME, links((path, text)), []).further == (f"https://www.acme.com{path}",)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/karriere", "Karriere"),
        ("/jobs", "Wir stellen ein"),
        ("/x", "Join us"),
        ("/emplois", "Rejoignez-nous"),
        ("/empleo", "Trabaja con nosotros"),
        ("/company/careers?ref=menu", "We're hiring"),
        ("/about/jobs.html", ""),
    ],
)
def test_the_careers_page(path: str, text: str) -> None:
    assert survey(HOME, links(("/about", "About"), (path, text)), []).careers == f"https://www.acme.com{path}"


def test_single_roles_and_boards_elsewhere() -> None:
    page = "https://acme.com/careers"
    found = [Link(f"https://acme.com/careers/engineer-{n}", "") for n in range(20)]
    other = [Link(f"https://acme.com/careers/{name}", "") for name in ("benefits", "our-teams", "life-at-acme")]
    plan = survey(page, [Link(page, ""), *other, *found, Link("https://jobs.lever.co/acme", "")], [])
    assert plan.roles == tuple(link.url for link in found[:10])
    assert plan.board == "jobs.lever.co"
    assert (
        survey(page, [], ["https://boards.greenhouse.io/embed/job_board/js?for=acme"]).board == "boards.greenhouse.io"
    )
    assert survey(HOME, links(("/jobs/process-engineer-at-leeds", "")), []).roles != ()
    assert survey(HOME, links(("/jobs/engineer", ""), ("/team", "")), []).roles == (
        "https://www.acme.com/jobs/engineer",
    )


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.acme.com/x", "acme.com"),
        ("https://a.b.acme.co.uk", "acme.co.uk"),
        ("https://acme.de", "acme.de"),
        ("https://acme.github.io", "acme.github.io"),
        ("https://shop.acme.com.au:8443/", "acme.com.au"),
        ("http://127.0.0.1:8001/", "127.0.0.1:8001"),
        ("http://127.0.0.1:8002/", "127.0.0.1:8002"),
        ("http://[::1]:80/", "::1:80"),
        ("http://[", ""),
    ],
)
def test_the_site_of_an_address(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://acme.com/careers", True),
        ("https://careers.acme.com/", True),
        ("https://acme.com/de/karriere/", True),
        ("https://acme.com/jobs/engineer", True),
        ("https://acme.com/", False),
        ("https://stevejobs.com/", False),
        ("https://acme.com/products", False),
    ],
)
def test_an_address_may_say_that_it_is_a_careers_page(url: str, *, expected: bool) -> None:
    assert looks_like_careers(url) is expected


def test_odd_links_do_no_harm() -> None:
    odd = ["http://[", "https://www.acme.com/%ff%fe", "https://www.acme.com/" + "about/" * 500, "https://", "about"]
    survey(HOME, [Link(url, "About us \ud800") for url in odd], odd)
