"""Job titles to function and seniority, by the stems of their words."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class Level(Enum):
    """How far a role's responsibility reaches."""

    CHIEF = "chief"
    HEAD = "head"
    MANAGER = "manager"
    EXPERT = "expert"
    STARTER = "starter"


@dataclass(frozen=True, slots=True)
class RoleOf:
    """What a title says. ``function`` is empty where it says nothing we know."""

    function: str
    level: Level


_LEVELS: tuple[tuple[Level, str], ...] = (
    (
        Level.STARTER,
        r"\b(?:intern|trainee|apprentice|working student|werkstudent\w*|praktikant\w*|junior|jr|graduate|student)\b",
    ),
    (
        Level.CHIEF,
        r"\b(?:chief|c[efotimprxs]o|cpo|chro|ciso|cdo|founder|co-?founder|owner|president|proprietor|managing "
        r"(?:director|partner)|"
        r"md|general manager|inhaber\w*|geschäftsführer\w*|gründer\w*|gerente general|directeur général|vorstand|"
        r"partner|principal)\b",
    ),
    (
        Level.HEAD,
        r"\b(?:vp|svp|evp|avp|vice[- ]president|director|directora?|directrice|direktor\w*|head|leiter\w*|leitung|"
        r"dean)\b",
    ),
    (
        Level.MANAGER,
        r"\b(?:manager\w*|lead|teamlead|team leader|supervisor|controller|coordinator|foreman|referent\w*)\b",
    ),
)

_FUNCTIONS: tuple[tuple[str, str], ...] = (
    (
        "people",
        r"\b(?:hr|chro|human resources?|people|talent|recruit\w*|staffing|personal\w*|hiring|sourcer|learning and "
        r"development|employer)\b",
    ),
    (
        "finance",
        r"\b(?:cfo|financ\w+|finanz\w*|account(?:ing|ant|ants|s payable|s receivable)|accounts payable|controller|"
        r"controlling|"
        r"treasur\w+|bookkeep\w+|fp&a|tax|audit\w*|buchhalt\w*|payroll|billing)\b",
    ),
    (
        "customer",
        r"\b(?:customer (?:success|service|support|care|experience|operations|engagement)|client (?:success|service|"
        r"services|relations)|"
        r"support|cx|helpdesk|help desk|service desk|kundenservice|kundendienst|call cent(?:er|re)|contact cent(?:er|"
        r"re)|cco)\b",
    ),
    (
        "marketing",
        r"\b(?:cmo|marketing|brand\w*|communications?|content|seo|growth|demand generation|pr|social media|"
        r"campaign\w*|events?)\b",
    ),
    (
        "sales",
        r"\b(?:cro|sales|vertrieb\w*|account (?:executive|manager|director)|business development|bdr|sdr|revenue|"
        r"commercial|partnerships?|key account)\b",
    ),
    (
        "procurement",
        r"\b(?:procurement|purchas\w+|sourcing|buyer|supply chain|einkauf\w*|vendor|category manager|supplier)\b",
    ),
    (
        "product",
        r"\b(?:cpo|product (?:manager|owner|lead|director|management|marketing)|product|ux|user "
        r"experience)\b",
    ),
    ("data", r"\b(?:data|analytics|analyst|bi|business intelligence|machine learning|scientist|ai|cdo)\b"),
    ("security", r"\b(?:ciso|security|infosec|cyber\w*)\b"),
    (
        "it",
        r"\b(?:cio|it|information technology|systems?|infrastructure|network|administrator|sysadmin|devops|cloud)\b",
    ),
    (
        "engineering",
        r"\b(?:cto|engineer\w*|developer|software|programmer|architect|technical|technology|entwickler\w*|r&d|qa)\b",
    ),
    ("legal", r"\b(?:legal|counsel|lawyer|attorney|solicitor|compliance|privacy|paralegal|jurist\w*)\b"),
    (
        "operations",
        r"\b(?:coo|operations?|operating|logistics|plant|warehouse|production|manufacturing|facilit\w+|fleet|office "
        r"manager|betriebsleit\w*)\b",
    ),
    ("projects", r"\b(?:project|programme?|pmo|delivery|implementation|scrum|transformation|consult\w+)\b"),
    ("design", r"\b(?:design\w*|creative|art director|studio)\b"),
    (
        "education",
        r"\b(?:dean|teacher|professor|lecturer|instructor|faculty|admissions?|curriculum|academic|training|"
        r"learning)\b",
    ),
    (
        "general",
        r"\b(?:ceo|founder|co-?founder|owner|president|proprietor|managing (?:director|partner)|md|general manager|"
        r"inhaber\w*|"
        r"geschäftsführer\w*|gründer\w*|executive director|vorstand|gerente general|principal|chief of staff|"
        r"partner)\b",
    ),
)
_LEVEL_RULES = tuple((level, re.compile(rule, re.IGNORECASE)) for level, rule in _LEVELS)
_FUNCTION_RULES = tuple((name, re.compile(rule, re.IGNORECASE)) for name, rule in _FUNCTIONS)
_NOT_CHIEF = re.compile(
    r"(?i)\b(?:assistant to|executive assistant|personal assistant|vice[- ]president|business partner|product owner|"
    r"partner manager)\b"
)
_WHOLE_COMPANY = re.compile(
    r"(?i)\b(?:ceo|chief executive|founder|co-?founder|owner|managing (?:director|partner)|geschäftsführer\w*|"
    r"inhaber\w*|president)\b"
)


@lru_cache(maxsize=20_000)
def role_of(title: str | None) -> RoleOf:
    """Return function and level; an unknown title is an expert of no function."""
    text = (title or "").strip()[:200]
    if not text or re.search(r"(?i)\bassistant (?:to|of)\b|\b(?:executive|personal) assistant\b", text):
        return RoleOf("", Level.EXPERT)
    chief = not _NOT_CHIEF.search(text)
    level = next(
        (level for level, rule in _LEVEL_RULES if rule.search(text) and (level is not Level.CHIEF or chief)),
        Level.EXPERT,
    )
    if level is Level.CHIEF and chief and _WHOLE_COMPANY.search(text):
        return RoleOf("general", level)
    function = next((name for name, rule in _FUNCTION_RULES if rule.search(text)), "")
    return RoleOf(function, level)
