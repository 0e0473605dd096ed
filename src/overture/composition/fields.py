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
    """A trade: the stems that tell it, the functions whose desk it falls on, its effects, and its jobs."""

    name: str
    stems: frozenset[str]
    desks: frozenset[str]
    effects: tuple[Effect, ...]
    jobs: tuple[Job, ...]


def _effects(table: str) -> tuple[Effect, ...]:
    rows = [row.split(" | ") for row in table.strip().split("\n")]
    return tuple(
        Effect(frozenset[str]() if themes == "*" else frozenset(themes.split()), content_stems(needs), text)
        for themes, needs, text in rows
    )


def _field(name: str, words: str, desks: str, table: str, jobs: str) -> Field:
    split = [job.split(" | ") for job in jobs.strip().split("\n")]
    known = tuple(Job(content_stems(needs), doing.strip(), thing.strip()) for needs, doing, thing in split)
    return Field(name, content_stems(words), frozenset(desks.split()), _effects(table), known)


FIELDS: tuple[Field, ...] = (
    _field(
        "finance",
        "invoice bookkeeping ledger reconcile month-end accounting accountant expense payable receipt budget cash "
        "finance close billing",
        "finance general operations procurement",
        effects.FINANCE,
        """invoice | checking supplier invoices | supplier invoices
        close ledger bookkeeping | closing the month | the month-end close
        expense receipt | checking expense claims | expense claims
        budget forecast spend | keeping track of spending | company spending""",
    ),
    _field(
        "support",
        "ticket support question helpdesk faq answer inquiry enquiry agent chatbot reply knowledge",
        "customer general operations",
        effects.SUPPORT,
        """question answer | answering routine questions | routine questions
        ticket | working through support tickets | support tickets""",
    ),
    _field(
        "hiring",
        "candidate interview interviewer recruit recruiting recruiter hire hiring applicant vacancy talent job",
        "people general",
        effects.HIRING,
        """interview calendar | setting up interviews | interview dates
        hire recruit role candidate vacancy | filling open roles | open roles""",
    ),
    _field(
        "shifts",
        "shift rota roster appointment booking schedule staff workforce attendance",
        "operations general people customer",
        effects.SHIFTS,
        """shift rota roster | planning shifts | shift plans
        appointment booking | keeping appointments in order | appointments""",
    ),
    _field(
        "sales",
        "lead pipeline prospect crm deal quote sale sales outreach tender proposal seller buyer",
        "sales marketing general",
        effects.SALES,
        """lead pipeline prospect | following up on leads | new leads
        quote proposal tender | writing quotes | quotes
        crm sale | keeping customer records in order | customer records""",
    ),
    _field(
        "marketing",
        "newsletter campaign content seo brand advertising marketing social email e-mail audience segment blog website "
        "subscriber",
        "marketing sales general",
        effects.MARKETING,
        """newsletter email | writing newsletters | newsletters
        campaign | running campaigns | campaigns
        content blog | writing new content | new content
        seo search | being found in search | search traffic""",
    ),
    _field(
        "security",
        "security vulnerability threat attack access identity password penetration encrypt scan breach soc iso",
        "security it engineering",
        effects.SECURITY,
        """vulnerability gap scan threat | finding security gaps | security gaps
        access identity password | managing access | access rights
        audit compliance iso soc | getting ready for audits | audits""",
    ),
    _field(
        "data",
        "dashboard report analytics data insight metric warehouse visualize chart",
        "data finance general it",
        effects.DATA,
        """report dashboard | building reports | reports
        data analytics insight | bringing figures together | company figures""",
    ),
    _field(
        "staff",
        "payroll onboarding benefit employee leave absence wage salary pension",
        "people general finance operations",
        effects.STAFF,
        """payroll wage salary | running payroll | payroll
        onboarding | getting new people started | onboarding
        leave absence benefit | keeping staff records in order | staff records""",
    ),
    _field(
        "logistics",
        "delivery route fleet ship shipping dispatch dispatcher freight van driver courier parcel stock inventory "
        "warehouse truck logistics",
        "operations procurement general",
        effects.LOGISTICS,
        """route driver | planning routes | route plans
        delivery ship dispatch | planning deliveries | deliveries
        stock inventory warehouse | keeping stock in view | stock levels""",
    ),
    _field(
        "buying",
        "procurement supplier vendor purchase purchasing sourcing catalogue",
        "procurement finance operations general",
        effects.BUYING,
        """supplier vendor | choosing suppliers | supplier choice
        purchase procurement | handling purchases | purchases""",
    ),
    _field(
        "training",
        "train training course learn learning certificate certification skill class instructor workshop safety lesson",
        "people operations education general",
        effects.TRAINING,
        """train training course learning skill | training people | staff training
        certificate certification | keeping certificates up to date | certificates""",
    ),
    _field(
        "safety",
        "safety first aid fire hazard warehouse site certificate accident inspection ladder machine",
        "operations people projects general",
        effects.SAFETY,
        """certificate certification | keeping certificates up to date | certificates
        safety aid fire train | training people in safety | safety training""",
    ),
    _field(
        "building",
        "deploy code developer api test release pipeline bug repository sdk integration software engineer",
        "engineering it product",
        effects.BUILDING,
        """deploy release | getting releases out | releases
        test bug code | finding faults early | testing
        api integrate integration connect | connecting systems | system links""",
    ),
    _field(
        "legal",
        "contract agreement clause legal lawyer signature sign nda compliance privacy gdpr draft attorney",
        "legal general procurement",
        effects.LEGAL,
        """contract agreement draft clause | reviewing contracts | contract reviews
        signature sign | getting contracts signed | contract signatures
        privacy gdpr compliance | keeping up with the rules | compliance""",
    ),
    _field(
        "cover",
        "insurance insure cover coverage risk liability policy premium underwriter broker",
        "finance legal general operations",
        effects.COVER,
        """insurance cover liability policy | checking insurance cover | insurance cover
        risk | keeping risks in view | risks""",
    ),
    _field(
        "premises",
        "clean cleaning cleaner maintenance facility energy heat heating electricity office space janitor repair hvac "
        "solar building",
        "operations general",
        effects.PREMISES,
        """clean | keeping rooms clean | cleaning
        energy heat electricity solar | keeping energy costs down | energy costs
        maintenance repair facility building | looking after buildings | building upkeep""",
    ),
    _field(
        "systems",
        "laptop device network backup cloud server migration infrastructure computer outage",
        "it security operations general engineering",
        effects.SYSTEMS,
        """backup | keeping backups | backups
        laptop device network | looking after devices | staff devices
        cloud server infrastructure migration | keeping systems up | system upkeep""",
    ),
    _field(
        "languages",
        "translation translate translator language localization localize interpreter multilingual",
        "marketing product general legal",
        effects.LANGUAGES,
        """translation translate language | getting texts translated | translations""",
    ),
    _field(
        "paperwork",
        "workflow automate automation form document paper paperwork approval checklist process record archive",
        "operations general finance it",
        effects.PAPERWORK,
        """approval | keeping approvals moving | approvals
        form document paper record | handling paperwork | paperwork
        workflow automate automation process checklist | running routine steps | routine steps""",
    ),
    _field(
        "opinions",
        "survey feedback review research respondent rating",
        "customer product marketing general",
        effects.OPINIONS,
        """survey feedback review | collecting feedback | customer feedback""",
    ),
)

_LEAST = 2


def field_of(core: frozenset[str], all_stems: frozenset[str]) -> Field | None:
    """Return the field that the proposition's stems tell, its first fact counting double; None where none is told."""
    scored = [
        (2 * len(field.stems & core) + len(field.stems & all_stems), -place) for place, field in enumerate(FIELDS)
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
