"""Fields: the trade a proposition belongs to, whose desk it falls on, and what it may take off that desk."""

from dataclasses import dataclass
from functools import lru_cache

from overture.composition import effects
from overture.composition.words import content_stems


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a theme may mean: a noun phrase. ``themes`` is empty where it holds for any company."""

    themes: frozenset[str]
    needs: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody does all day: ``doing`` is a gerund phrase, ``thing`` what can be looked after."""

    needs: frozenset[str]
    doing: str
    thing: str


@dataclass(frozen=True, slots=True)
class Field:
    """A trade: the stems that tell it and those that only hint, whose desk it falls on, its effects, and its jobs."""

    name: str
    strong: frozenset[str]
    weak: frozenset[str]
    desks: frozenset[str]
    effects: tuple[Effect, ...]
    jobs: tuple[Job, ...]


def _effects(table: str) -> tuple[Effect, ...]:
    rows = [row.split(" | ") for row in table.strip().split("\n")]
    return tuple(
        Effect(frozenset[str]() if themes == "*" else frozenset(themes.split()), content_stems(needs), text)
        for themes, needs, text in rows
    )


def _field(name: str, strong: str, weak: str, desks: str, *tables: str) -> Field:
    table, jobs = tables
    split = [job.split(" | ") for job in jobs.strip().split("\n")]
    known = tuple(Job(content_stems(needs), doing.strip(), thing.strip()) for needs, doing, thing in split)
    return Field(name, content_stems(strong), content_stems(weak), frozenset(desks.split()), _effects(table), known)


FIELDS: tuple[Field, ...] = (
    _field(
        "finance",
        "invoice bookkeeping ledger reconcile month-end accounting accountant expense payable",
        "close budget cash finance receipt billing supplier",
        "finance general operations procurement",
        effects.FINANCE,
        """invoice | checking supplier invoices | supplier invoices
        close ledger bookkeeping | closing the month | the month-end close
        expense receipt | checking expense claims | expense claims
        budget forecast spend | keeping track of spending | company spending""",
    ),
    _field(
        "support",
        "ticket helpdesk faq inquiry enquiry chatbot",
        "question answer agent reply knowledge support",
        "customer general operations",
        effects.SUPPORT,
        """question answer | answering routine questions | routine questions
        ticket | working through support tickets | support tickets""",
    ),
    _field(
        "hiring",
        "candidate interview interviewer recruit recruiting recruiter hire hiring applicant vacancy talent",
        "job",
        "people general",
        effects.HIRING,
        """interview calendar | setting up interviews | interview dates
        hire recruit role candidate vacancy | filling open roles | open roles""",
    ),
    _field(
        "shifts",
        "shift rota roster appointment workforce attendance",
        "schedule staff booking",
        "operations general people customer",
        effects.SHIFTS,
        """shift rota roster | planning shifts | shift plans
        appointment booking | keeping appointments in order | appointments""",
    ),
    _field(
        "sales",
        "pipeline prospect crm deal quote sale sales outreach tender seller",
        "lead buyer proposal",
        "sales marketing general",
        effects.SALES,
        """lead pipeline prospect | following up on leads | new leads
        deal seller unanswered | following up on open deals | open deals
        quote proposal tender | writing quotes | quotes
        crm sale | keeping customer records in order | customer records""",
    ),
    _field(
        "marketing",
        "newsletter campaign seo brand advertising marketing email e-mail blog subscriber",
        "social segment audience website content",
        "marketing sales general",
        effects.MARKETING,
        """newsletter email | writing newsletters | newsletters
        campaign | running campaigns | campaigns
        content blog | writing new content | new content
        seo search | being found in search | search traffic""",
    ),
    _field(
        "security",
        "security vulnerability threat attack identity password penetration encrypt breach soc iso",
        "access scan gap",
        "security it engineering",
        effects.SECURITY,
        """vulnerability gap scan threat | finding security gaps | security gaps
        access identity password | managing access | access rights
        audit compliance iso soc | getting ready for audits | audits""",
    ),
    _field(
        "data",
        "dashboard analytics insight metric visualize",
        "data report warehouse chart",
        "data finance general it",
        effects.DATA,
        """report dashboard | building reports | reports
        data analytics insight | bringing figures together | company figures""",
    ),
    _field(
        "staff",
        "payroll onboarding benefit employee absence wage salary pension overtime",
        "leave staff hourly",
        "people general finance operations",
        effects.STAFF,
        """payroll wage salary | running payroll | payroll
        onboarding | getting new people started | onboarding
        leave absence benefit | keeping staff records in order | staff records""",
    ),
    _field(
        "logistics",
        "delivery route fleet shipping dispatch dispatcher freight driver courier parcel warehouse logistics",
        "stock store truck van ship inventory",
        "operations procurement general",
        effects.LOGISTICS,
        """route driver | planning routes | route plans
        delivery ship dispatch | planning deliveries | deliveries
        stock inventory warehouse | keeping stock in view | stock levels""",
    ),
    _field(
        "buying",
        "procurement supplier vendor purchasing sourcing",
        "purchase catalogue",
        "procurement finance operations general",
        effects.BUYING,
        """supplier vendor | choosing suppliers | supplier choice
        purchase procurement | handling purchases | purchases""",
    ),
    _field(
        "training",
        "train training course learning certificate certification instructor safety",
        "class lesson learn skill workshop",
        "people operations education general",
        effects.TRAINING,
        """train training course learning skill | training people | staff training
        certificate certification | keeping certificates up to date | certificates""",
    ),
    _field(
        "safety",
        "safety aid hazard accident inspection",
        "site warehouse ladder machine certificate fire",
        "operations people projects general",
        effects.SAFETY,
        """certificate certification | keeping certificates up to date | certificates
        safety aid fire train | training people in safety | safety training""",
    ),
    _field(
        "building",
        "deploy developer api pipeline bug repository sdk",
        "code test release software engineer integration",
        "engineering it product",
        effects.BUILDING,
        """deploy release | getting releases out | releases
        test bug code | finding faults early | testing
        api integrate integration connect | connecting systems | system links""",
    ),
    _field(
        "legal",
        "contract agreement clause lawyer signature nda compliance privacy gdpr attorney",
        "sign legal draft",
        "legal general procurement",
        effects.LEGAL,
        """contract agreement draft clause | reviewing contracts | contract reviews
        signature sign | getting contracts signed | contract signatures
        privacy gdpr compliance | keeping up with the rules | compliance""",
    ),
    _field(
        "cover",
        "insurance insure coverage liability underwriter",
        "cover risk claim policy premium broker",
        "finance legal general operations",
        effects.COVER,
        """insurance cover liability policy | checking insurance cover | insurance cover
        risk | keeping risks in view | risks""",
    ),
    _field(
        "premises",
        "clean cleaning cleaner facility energy heat heating electricity janitor hvac solar fridge",
        "office store repair power maintenance premises",
        "operations general",
        effects.PREMISES,
        """clean | keeping rooms clean | cleaning
        energy heat electricity solar | keeping energy costs down | energy costs
        maintenance repair facility building | looking after buildings | building upkeep""",
    ),
    _field(
        "systems",
        "laptop backup migration infrastructure computer outage",
        "device cloud server network",
        "it security operations general engineering",
        effects.SYSTEMS,
        """backup | keeping backups | backups
        laptop device network | looking after devices | staff devices
        cloud server infrastructure migration | keeping systems up | system upkeep""",
    ),
    _field(
        "languages",
        "translation translate translator localization localize interpreter multilingual",
        "language",
        "marketing product general legal",
        effects.LANGUAGES,
        """translation translate language | getting texts translated | translations""",
    ),
    _field(
        "paperwork",
        "workflow automate automation paper paperwork approval checklist",
        "form document process record archive",
        "operations general finance it",
        effects.PAPERWORK,
        """approval | keeping approvals moving | approvals
        form document paper record | handling paperwork | paperwork
        workflow automate automation process checklist | running routine steps | routine steps""",
    ),
    _field(
        "opinions",
        "survey feedback respondent",
        "review research rating",
        "customer product marketing general",
        effects.OPINIONS,
        """survey feedback review | collecting feedback | customer feedback""",
    ),
)

_LEAST = 3
"""What a field must score: one stem that tells it in the proposition's first fact is enough."""


def field_of(core: frozenset[str], all_stems: frozenset[str]) -> Field | None:
    """Return the field that a proposition's stems tell: those of its first fact and of all; None where none is told."""
    scored = [
        (
            3 * len(field.strong & core) + len(field.weak & core) + len((field.strong | field.weak) & all_stems),
            -place,
        )
        for place, field in enumerate(FIELDS)
    ]
    best = max(scored)
    return FIELDS[-best[1]] if best[0] >= _LEAST else None


_BY_NAME = {field.name: field for field in FIELDS}


@lru_cache(maxsize=8192)
def effects_for(field: str, themes: tuple[str, ...], topics: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return (theme, effect) pairs of a field that the proposition can speak to: the fact's first themes first."""
    found: list[tuple[str, str]] = []
    for theme in themes:
        found += [
            (theme, effect.text)
            for effect in _BY_NAME[field].effects
            if theme in effect.themes and effect.needs & topics
        ]
    return tuple(found)


@lru_cache(maxsize=512)
def common_effects(field: str, topics: frozenset[str]) -> tuple[str, ...]:
    """Return the effects of a field that may hold for any company."""
    return tuple(effect.text for effect in _BY_NAME[field].effects if not effect.themes and effect.needs & topics)


def jobs_for(field: Field, topics: frozenset[str]) -> tuple[Job, ...]:
    """Return the jobs of a field that the proposition's own words touch."""
    return tuple(job for job in field.jobs if job.needs & topics)
