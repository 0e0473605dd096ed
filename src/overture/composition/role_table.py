"""Priorities by function and seniority: a gerund phrase, and the words that tell its topics."""

Row = tuple[tuple[str, str], ...]

EVERY_LEADER: Row = (
    (
        "getting open roles in the team filled",
        "recruit recruiting hire hiring interview candidate applicant vacancy role",
    ),
)

_GENERAL: Row = (
    (
        "keeping overhead in check as the company grows",
        "invoice cost overhead finance bookkeeping supplier expense payroll",
    ),
    ("seeing the month's figures early", "close month-end bookkeeping ledger finance report invoice"),
    ("answering customers quickly without a larger team", "support ticket question helpdesk reply agent"),
    ("winning work at a steady pace", "lead pipeline sale prospect seo campaign marketing"),
    ("keeping systems safe and available", "security backup outage infrastructure network"),
    ("knowing which figures to trust", "analytics dashboard reporting insight"),
)
_FINANCE_LEAD: Row = (
    ("closing the month sooner", "close month-end ledger bookkeeping reconcile"),
    ("keeping approvals moving", "approval approve invoice purchase sign-off"),
    ("checking supplier invoices before they are paid", "invoice supplier vendor purchase order match payable"),
    ("keeping the cost of service in line with growth", "support ticket agent cost helpdesk"),
    ("seeing spending before it is booked", "spend expense card budget cost procurement"),
    ("making forecasts that hold", "forecast budget scenario cash"),
)
_FINANCE_DO: Row = (
    ("getting through the month-end close on time", "close month-end ledger bookkeeping reconcile"),
    ("matching and checking supplier invoices", "invoice supplier vendor purchase order match payable"),
    ("chasing approvals", "approval approve sign-off"),
    ("getting expenses in on time", "expense receipt card"),
)
_PEOPLE_LEAD: Row = (
    ("filling roles sooner", "hire hiring role recruit recruiting vacancy fill faster"),
    ("keeping candidates from dropping out along the way", "candidate applicant interview"),
    ("getting interviewers and candidates into one calendar", "interview calendar schedule slot zone"),
    ("keeping people on board", "retention engagement onboarding employee benefit"),
    ("building skills in the teams", "training skill course upskilling"),
    ("running payroll without corrections", "payroll salary wage"),
)
_PEOPLE_DO: Row = (
    ("finding interview times that suit everyone", "interview calendar schedule slot zone"),
    ("keeping candidates informed", "candidate applicant vacancy"),
    ("filling the open roles on your list", "hire hiring role recruit recruiting vacancy fill"),
    ("getting new colleagues started well", "onboarding employee training"),
)
_CUSTOMER_LEAD: Row = (
    ("resolving more questions at the first contact", "question ticket support reply answer resolve"),
    ("keeping agents free for the harder cases", "agent support ticket routine question"),
    ("keeping help pages worth reading", "help page article knowledge documentation faq"),
    ("keeping customers over the years", "churn renewal retention onboarding adoption"),
    ("answering at all hours", "chat hours phone call reply"),
)
_CUSTOMER_DO: Row = (
    ("getting through the daily questions", "question ticket support reply answer"),
    ("finding the right answer quickly", "answer help page knowledge source article"),
    ("getting new customers started", "onboarding adoption implementation"),
)
_MARKETING_LEAD: Row = (
    ("turning visitors into enquiries", "lead conversion visitor landing enquiry form"),
    ("being found in search", "seo search ranking keyword content"),
    ("knowing which campaign brought what", "campaign attribution analytics ad channel"),
    ("keeping one voice over all channels", "brand content social copy design"),
    ("getting content out at a steady pace", "content blog article video publish"),
)
_SALES_LEAD: Row = (
    ("keeping the pipeline filled", "pipeline lead prospect outreach sale"),
    ("making forecasts that hold", "forecast crm deal quota"),
    ("giving sellers more time with buyers", "crm seller rep outreach call meeting"),
    ("answering tenders and quotes quickly", "proposal quote tender rfp contract"),
)
_PROCUREMENT: Row = (
    ("keeping orders and invoices in step", "invoice purchase order supplier match"),
    ("knowing what suppliers charge", "supplier vendor price spend contract"),
    ("keeping deliveries on time", "delivery supply logistics shipping stock"),
)
_PRODUCT: Row = (
    ("deciding what to build next", "roadmap feature feedback research"),
    ("seeing how features are used", "analytics usage feature adoption"),
    ("hearing what users ask for", "feedback question survey ticket"),
    ("shipping without surprises", "release deploy test rollout"),
)
_DATA: Row = (
    ("building figures that everyone trusts", "quality governance warehouse dashboard report"),
    ("getting answers to teams sooner", "dashboard analytics query report insight"),
    ("keeping pipelines running", "pipeline etl integration warehouse"),
    ("taking models into daily use", "model machine learning ai deploy"),
)
_IT: Row = (
    ("keeping systems available", "outage uptime backup infrastructure server"),
    ("keeping tools connected", "integration api connect sync system"),
    ("clearing routine requests", "ticket helpdesk request support routine"),
    ("keeping access under control", "access identity permission security password"),
)
_ENGINEERING: Row = (
    ("shipping without surprises", "deploy release test pipeline rollback"),
    ("keeping the platform fast", "latency performance scale cache edge"),
    ("keeping developers out of routine work", "developer automation api tooling workflow"),
    ("keeping services up", "monitor incident uptime outage alert"),
)
_SECURITY: Row = (
    ("closing gaps before others find them", "vulnerability threat attack scan penetration"),
    ("keeping access under control", "access identity permission password"),
    ("being ready for audits", "audit compliance policy evidence"),
)
_LEGAL: Row = (
    ("getting contracts through sooner", "contract agreement signature review clause"),
    ("being ready for audits", "audit compliance policy regulation"),
    ("keeping personal data in order", "privacy consent gdpr record"),
)
_OPERATIONS_LEAD: Row = (
    ("getting routine work to run by itself", "automate automatically automation routine manual workflow invoice"),
    ("keeping paperwork from growing with the business", "invoice paper order supplier approval document"),
    ("getting the month closed without late surprises", "close month-end bookkeeping"),
    ("answering customers quickly without a larger team", "support ticket question helpdesk reply agent"),
    ("keeping deliveries on time", "delivery logistics shipping route fleet stock"),
    ("keeping sites and equipment running", "maintenance equipment repair site facility"),
)
_PROJECTS: Row = (
    ("keeping projects on schedule", "project schedule milestone deadline task"),
    ("knowing who is free when", "resource capacity calendar workload"),
    ("getting new systems into daily use", "implementation rollout adoption training"),
)
_DESIGN: Row = (
    ("getting feedback in one place", "feedback review comment prototype"),
    ("handing work over without loss", "handoff design system prototype"),
    ("keeping one look everywhere", "brand design asset template"),
)
_EDUCATION: Row = (
    ("keeping courses up to date", "course curriculum content module"),
    ("answering applicants quickly", "applicant student enrolment question admission"),
    ("getting learners to the end of a course", "learner student completion training"),
)

TABLE: dict[str, dict[str, Row]] = {
    "general": {"chief": _GENERAL, "head": _GENERAL, "manager": _OPERATIONS_LEAD},
    "finance": {
        "chief": _FINANCE_LEAD,
        "head": _FINANCE_LEAD,
        "manager": _FINANCE_LEAD[:3] + _FINANCE_DO[3:],
        "expert": _FINANCE_DO,
    },
    "people": {
        "chief": _PEOPLE_LEAD,
        "head": _PEOPLE_LEAD,
        "manager": _PEOPLE_LEAD[:3] + _PEOPLE_DO[3:],
        "expert": _PEOPLE_DO,
    },
    "customer": {"chief": _CUSTOMER_LEAD, "head": _CUSTOMER_LEAD, "manager": _CUSTOMER_LEAD, "expert": _CUSTOMER_DO},
    "marketing": {"chief": _MARKETING_LEAD, "head": _MARKETING_LEAD, "expert": _MARKETING_LEAD[1:]},
    "sales": {"chief": _SALES_LEAD, "head": _SALES_LEAD, "expert": _SALES_LEAD[2:]},
    "procurement": {"head": _PROCUREMENT, "expert": _PROCUREMENT},
    "product": {"head": _PRODUCT, "expert": _PRODUCT},
    "data": {"head": _DATA, "expert": _DATA[:3]},
    "it": {"chief": _IT, "head": _IT, "expert": _IT[1:3]},
    "engineering": {"chief": _ENGINEERING, "head": _ENGINEERING, "expert": _ENGINEERING[:3]},
    "security": {"head": _SECURITY, "expert": _SECURITY},
    "legal": {"head": _LEGAL, "expert": _LEGAL},
    "operations": {
        "chief": _OPERATIONS_LEAD,
        "head": _OPERATIONS_LEAD,
        "expert": _OPERATIONS_LEAD[:2] + _OPERATIONS_LEAD[4:],
    },
    "projects": {"head": _PROJECTS, "expert": _PROJECTS},
    "design": {"head": _DESIGN, "expert": _DESIGN},
    "education": {"head": _EDUCATION, "expert": _EDUCATION},
}
"""Function to level to priorities; a level that is missing takes the nearest one."""
