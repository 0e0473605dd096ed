"""Themes: what kind of thing a fact of the lead's company is, and how a guess may refer back to it."""

import re
from functools import lru_cache

_RULES: dict[str, str] = {
    "suppliers": r"manufacturers?|brands?|suppliers?|vendors?|distribut\w+|wholesale\w*|parts|ingredients|materials|"
    r"partners|contractors|subcontractors|inventory|stock(?:s|ed)?|products (?:made|from)|dealers?|import\w*",
    "places": r"locations?|offices?|branches|counties|boroughs|cities|countries|markets|regions?|states|worldwide|"
    r"global(?:ly)?|international\w*|nationwide|across the (?:us|u\.s\.|uk|country|world|state|globe)|sites|stores|"
    r"time zones?|campuses|data centers?|neighbou?rhoods",
    "customers": r"(?:clients|customers|students|patients|members|guests|residents|homeowners|users|families|people|"
    r"individuals|businesses|companies|organi[sz]ations|tenants|shoppers|learners|retailers)",
    "help": r"help (?:pages?|cent(?:er|re)|desk)|docs|documentation|guides?|faqs?|tutorials?|knowledge base|"
    r"step-by-step|community|support|manuals?|templates?|resources",
    "start": r"onboarding|sign(?:ing)?[- ]up|appl(?:y|ies|ication\w*)|intake|consultations?|quotes?|estimates?|"
    r"assessments?|before registering|enrol\w*|register\w*|registration|free trial|first (?:step|visit)|inspections?|"
    r"discovery",
    "recurring": r"subscriptions?|plans?|memberships?|monthly|weekly|yearly|annual\w*|orders?|shipments?|shipping|"
    r"deliver(?:y|ies)|rent(?:s|als?)?|packages?|renewals?|bookings?|payments?|refunds?",
    "people": r"staff|technicians?|crews?|shifts?|instructors?|teachers?|experts?|engineers|drivers?|nurses?|"
    r"carpenters|electricians|consultants?|attorneys|lawyers|advisors?|specialists|analysts|trainers?|employees|"
    r"professionals|teams?|faculty|agents|writers|editors|designers",
    "rules": r"licen[cs]ed?|certif\w+|complian\w+|regulat\w+|audits?|tax(?:es)?|permits?|hipaa|gdpr|pci|iso|"
    r"accredit\w+|law|legal|insur\w+|eligib\w+|rules?|standards?|requirements",
    "seasons": r"terms?|semesters?|seasons?|seasonal|sessions?|courses?|classes|events?|summer|winter|workshops?|"
    r"weddings?|lessons|camps?|schedule[sd]?",
    "content": r"campaigns?|content|social media|blogs?|branding|newsletters?|videos?|articles|photograph\w*|copy|"
    r"design(?:s|ing)?|translat\w+|seo|advertis\w+|media",
    "projects": r"projects?|install\w*|renovat\w*|remodel\w*|construct\w*|build(?:s|ing)?|implementation|"
    r"integrat(?:e|es|ion) services|roof\w*|kitchens?|migrations?|custom|landscap\w+|design-build",
    "devices": r"equipment|machines?|fleets?|vehicles?|trucks|devices?|hvac|repairs?|maint(?:ain|enance)\w*|pumps?|"
    r"compressors|motors|appliances?|computers|hardware|systems? install\w*|generators?|treadmills?",
    "data": r"data|analytics|dashboards?|reports?|reporting|insights|metrics|machine learning|ai|models",
    "software": r"software|platforms?|apps?|applications?|api|apis|cloud|saas|integrations?|workflows?|automat\w+|"
    r"deploy\w*|plugins?|code|databases?|servers?|hosting|crm|websites?",
    "money": r"loans?|mortgages?|invoic\w+|accounts?|bank\w*|invest\w+|billing|credit|financ\w+|payroll|bookkeeping",
}
_PATTERNS = tuple((name, re.compile(rf"\b(?:{rule})\b", re.IGNORECASE)) for name, rule in _RULES.items())
_CUSTOMERS_DO = re.compile(r"(?:customers|users|students|clients|members|people|you) (?:can|may)\b")
_DONE_BY_THE_COMPANY = frozenset({"projects", "people", "devices", "seasons", "content"})
_LIST = re.compile(r"\w+, [\w' -]+,? (?:and|or) \w")
_SINGLE_PLACE = re.compile(r"(?i)\b(?:1|one|a single) (?:location|office|site|store)\b")

CAUSES: dict[str, tuple[str, ...]] = {
    "suppliers": ("work with more than one supplier", "goods from several sides"),
    "places": ("work in more than one place", "a reach like that"),
    "customers": ("each new customer", "customers like these"),
    "help": ("help of that kind", "an offer like that"),
    "start": ("a first step like that", "each new start"),
    "recurring": ("business that repeats", "an offer like that"),
    "people": ("a team like that", "work that rests on people"),
    "rules": ("work with rules like these", "work of that kind"),
    "seasons": ("a calendar like that", "fixed dates like these"),
    "content": ("work of that kind", "content of that kind"),
    "projects": ("project work like that", "work that differs from job to job"),
    "devices": ("equipment of that kind", "work with equipment like that"),
    "data": ("work with data like that", "that kind of data"),
    "software": ("a product like that", "software of that kind"),
    "money": ("work with figures like these", "business of that kind"),
    "range": ("a range like that", "so many different things"),
}
"""What a guess may call the fact it leans on: noun phrases that claim no more than the theme does."""


@lru_cache(maxsize=20_000)
def themes_of(text: str) -> tuple[str, ...]:
    """Return the themes of a clause, in the order in which its words stand in it."""
    found: list[tuple[int, str]] = []
    for name, pattern in _PATTERNS:
        match = pattern.search(text)
        if match and not (name == "places" and _SINGLE_PLACE.search(text)):
            found.append((match.start(), name))
    names = [name for _, name in sorted(found)]
    if _CUSTOMERS_DO.match(text):
        names = [name for name in names if name not in _DONE_BY_THE_COMPANY]
    return (*names, "range") if _LIST.search(text) else tuple(names)
