"""Whether a page is the site of the company that is meant: the verdict on one candidate."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from overture.research.company.look import Look, Mark
from overture.research.company.names import SAME, bare, form_of, host_words, similarity, words_of
from overture.research.plan import site_of

CERTAIN = 60
CERTAIN_OF_ONE_WORD = 80
"""For a name of one word whose domain was guessed: more of its namesakes have a site of that name."""
_POINTS = {
    "structured data": 40,
    "og:site_name": 30,
    "copyright": 30,
    "title": 25,
    "application-name": 15,
    "heading": 15,
}
"""What a place is worth where the company's name stands there. Owners write the first three about themselves."""
_HOST_POINTS = 10
_LONGEST_DESCRIBED = 4
_SUFFIX = re.compile(r"\.(?:com|org|net|io|ai|co|eu)$", re.IGNORECASE)
"""Sites call themselves "Acme.com" where people say Acme. The other way round is another company, perhaps."""

# Sites about companies, shops and places to post, none of which is a company's own (unless it is theirs by name).
_OTHERS_TEXT = """
linkedin.com facebook.com instagram.com x.com twitter.com youtube.com tiktok.com pinterest.com threads.net reddit.com
medium.com substack.com quora.com wikipedia.org wikidata.org crunchbase.com bloomberg.com glassdoor.com glassdoor.co.uk
indeed.com indeed.co.uk yelp.com yelp.co.uk tripadvisor.com trustpilot.com g2.com capterra.com zoominfo.com dnb.com
opencorporates.com company-information.service.gov.uk northdata.com northdata.de pitchbook.com owler.com rocketreach.co
apollo.io github.com gitlab.com amazon.com amazon.co.uk apple.com google.com kununu.com craft.co cbinsights.com f6s.com
wellfound.com builtin.com theorg.com signalhire.com lusha.com companiesmarketcap.com yellowpages.com yell.com bbb.org
endole.co.uk checkatrade.com europages.com europages.co.uk prnewswire.com businesswire.com globenewswire.com reuters.com
ft.com forbes.com wsj.com nytimes.com theguardian.com bbc.co.uk bbc.com cnbc.com techcrunch.com sifted.eu similarweb.com
semrush.com producthunt.com greenhouse.io lever.co ashbyhq.com workable.com recruitee.com personio.de personio.com
teamtailor.com smartrecruiters.com bamboohr.com myworkdayjobs.com breezy.hr pinpointhq.com rippling.com stepstone.de
xing.com companycheck.co.uk globaldatabase.com kompass.com manta.com mapquest.com foursquare.com vimeo.com sec.gov
leadiq.com
"""
_OTHERS = frozenset(_OTHERS_TEXT.split())
_SELLERS = frozenset(
    {
        "hugedomains.com",
        "sedo.com",
        "dan.com",
        "afternic.com",
        "godaddy.com",
        "undeveloped.com",
        "atom.com",
        "namecheap.com",
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``refused`` says why it is not the site, and is empty where it is; ``confidence`` is 0 to 100."""

    confidence: int
    refused: str
    seen: tuple[Mark, ...]


def is_about_others(url: str, name: str) -> bool:
    """Return whether an address lies on a site about companies rather than a company's own."""
    site = site_of(url)
    return site in _OTHERS and "".join(bare(name)) != site.partition(".")[0]


def judge(look: Look, name: str, asked: str, *, granted: int, places: int, certain: int = CERTAIN) -> Verdict:
    """Judge a candidate by what its page shows.

    Args:
        look: the page.
        name: the company's name as the caller wrote it.
        asked: the address that was asked for.
        granted: points that the way to it brings, such as an entry of the same name that names this site.
        places: in how many different places of the page the name must stand.
        certain: the points that are enough.
    """
    seen = tuple(mark for mark in look.marks if _bears(mark, name))
    known = dict.fromkeys(mark.place for mark in seen)
    points = granted + sum(_POINTS[place] for place in known) + (_HOST_POINTS if _in_host(look.url, name) else 0)
    return Verdict(
        min(points, 100), _refused(look, name, asked, seen, enough=points >= certain and len(known) >= places), seen
    )


def _refused(look: Look, name: str, asked: str, seen: tuple[Mark, ...], *, enough: bool) -> str:
    if look.parked or site_of(look.url) in _SELLERS:
        return f'is parked or empty ("{look.parked or site_of(look.url)}")'
    if is_about_others(look.url, name):
        return f"leads to {site_of(look.url)}, which is no company's own site"
    if not seen:
        shown = next((mark.text for mark in look.marks), "")
        return f'does not bear the name (calls itself "{shown[:60]}")' if shown else "does not bear the name"
    other = _namesake(look, name, seen)
    if other:
        return other
    if not enough:
        places = " and ".join(dict.fromkeys(mark.place for mark in seen))
        moved = "" if site_of(look.url) == site_of(asked) else f", after a redirect from {asked}"
        return f"bears the name in its {places} alone{moved}, which is too little to be certain"
    return ""


def _namesake(look: Look, name: str, seen: tuple[Mark, ...]) -> str:
    """A legal form or an address of another country, where the caller's name has a form."""
    wanted = form_of(name)
    if not wanted:
        return ""
    stated = [(mark.text, form_of(mark.text)) for mark in seen]
    if any(form & wanted for _, form in stated):
        return ""
    other = next((text for text, form in stated if form), "")
    if other:
        return f'is of a namesake of another legal form ("{other[:60]}")'
    if look.country and look.country not in wanted:
        return f"is of a namesake in another country ({look.country})"
    return ""


def _bears(mark: Mark, name: str) -> bool:
    if any(similarity(text, name) >= SAME for text in (mark.text, _SUFFIX.sub("", mark.text))):
        return True
    if mark.place != "copyright":
        return False
    # "Acme Pumps Ltd is registered in England": the name opens the notice, and what follows is lower case or a form.
    words, wanted = words_of(mark.text), bare(name)
    after = mark.text.split()[len(wanted) : len(wanted) + 1]
    return (
        words[: len(wanted)] == wanted
        and len(words) <= len(wanted) + _LONGEST_DESCRIBED
        and bool(after and (after[0][:1].islower() or not after[0][:1].isalnum()))
    )


def _in_host(url: str, name: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return any(re.sub(r"\W", "", label) in host_words(name) for label in host.split(".")[:-1])
