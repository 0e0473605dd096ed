"""Functions with their ladders of titles, from first job to the board, and what goes with them.

A French title with a slash has a masculine and a feminine form.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A line of work. ``english`` and ``french`` hold six titles, the lowest first."""

    english: tuple[str, str, str, str, str, str]
    french: tuple[str, str, str, str, str, str]
    field: tuple[str, str]
    skills: tuple[str, ...]
    competences: tuple[str, ...]


FUNCTIONS = {
    "sales": Function(
        ("Sales Development Representative", "Account Executive", "Senior Account Executive",
         "Sales Manager", "Sales Director", "Chief Revenue Officer"),
        ("Chargé de prospection/Chargée de prospection", "Ingénieur commercial/Ingénieure commerciale",
         "Responsable grands comptes", "Responsable commercial/Responsable commerciale",
         "Directeur commercial/Directrice commerciale", "Directeur général adjoint/Directrice générale adjointe"),
        ("Business Administration", "Commerce"),
        ("Negotiation", "Account Management", "CRM", "Pipeline Management", "Cold Calling", "Forecasting", "B2B Sales"),
        ("Négociation", "Gestion de comptes", "CRM", "Prospection", "Vente B2B", "Prévisions de vente", "Partenariats"),
    ),
    "engineering": Function(
        ("Junior Software Engineer", "Software Engineer", "Senior Software Engineer",
         "Engineering Manager", "Director of Engineering", "Chief Technology Officer"),
        ("Développeur junior/Développeuse junior", "Ingénieur logiciel/Ingénieure logiciel",
         "Ingénieur logiciel senior/Ingénieure logiciel senior", "Responsable développement",
         "Directeur technique adjoint/Directrice technique adjointe", "Directeur technique/Directrice technique"),
        ("Computer Science", "Informatique"),
        ("Python", "PostgreSQL", "Distributed Systems", "Code Review", "Kubernetes", "TypeScript", "System Design"),
        ("Python", "PostgreSQL", "Systèmes distribués", "Revue de code", "Kubernetes", "TypeScript", "Architecture"),
    ),
    "marketing": Function(
        ("Marketing Assistant", "Marketing Specialist", "Senior Marketing Specialist",
         "Marketing Manager", "Marketing Director", "Chief Marketing Officer"),
        ("Assistant marketing/Assistante marketing", "Chargé de marketing/Chargée de marketing",
         "Chef de produit marketing/Cheffe de produit marketing", "Responsable marketing",
         "Directeur marketing/Directrice marketing", "Directeur général marketing/Directrice générale marketing"),
        ("Marketing", "Marketing"),
        ("Content Strategy", "SEO", "Brand Management", "Events", "Copywriting", "Market Research", "Email Marketing"),
        ("Stratégie de contenu", "SEO", "Gestion de marque", "Événementiel", "Rédaction", "Études de marché", "E-mailing"),
    ),
    "finance": Function(
        ("Accounting Assistant", "Financial Analyst", "Senior Financial Analyst",
         "Finance Manager", "Finance Director", "Chief Financial Officer"),
        ("Assistant comptable/Assistante comptable", "Analyste financier/Analyste financière",
         "Contrôleur de gestion/Contrôleuse de gestion", "Responsable comptable",
         "Directeur financier adjoint/Directrice financière adjointe", "Directeur financier/Directrice financière"),
        ("Accounting and Finance", "Finance et comptabilité"),
        ("Financial Modelling", "Budgeting", "Audit", "Reporting", "Tax", "Cash Management", "IFRS"),
        ("Modélisation financière", "Budget", "Audit", "Reporting", "Fiscalité", "Trésorerie", "IFRS"),
    ),
    "people": Function(
        ("HR Assistant", "Recruiter", "Senior Recruiter", "HR Manager", "HR Director", "Chief People Officer"),
        ("Assistant RH/Assistante RH", "Chargé de recrutement/Chargée de recrutement",
         "Responsable recrutement", "Responsable RH", "Directeur RH/Directrice RH",
         "Directeur des ressources humaines groupe/Directrice des ressources humaines groupe"),
        ("Human Resources", "Ressources humaines"),
        ("Recruiting", "Onboarding", "Employment Law", "Coaching", "Payroll", "Employer Branding", "Interviewing"),
        ("Recrutement", "Intégration", "Droit du travail", "Coaching", "Paie", "Marque employeur", "Entretiens"),
    ),
    "operations": Function(
        ("Operations Assistant", "Operations Coordinator", "Senior Operations Coordinator",
         "Operations Manager", "Operations Director", "Chief Operating Officer"),
        ("Assistant logistique/Assistante logistique", "Coordinateur des opérations/Coordinatrice des opérations",
         "Chef de projet opérations/Cheffe de projet opérations", "Responsable des opérations",
         "Directeur des opérations/Directrice des opérations", "Directeur général délégué/Directrice générale déléguée"),
        ("Industrial Engineering", "Génie industriel"),
        ("Process Improvement", "Supply Chain", "Purchasing", "Planning", "Quality", "Lean", "Safety"),
        ("Amélioration continue", "Chaîne logistique", "Achats", "Planification", "Qualité", "Lean", "Sécurité"),
    ),
    "product": Function(
        ("Junior Product Analyst", "Product Owner", "Product Manager", "Senior Product Manager",
         "Director of Product", "Chief Product Officer"),
        ("Analyste produit junior", "Product owner", "Chef de produit/Cheffe de produit", "Responsable produit",
         "Directeur produit/Directrice produit", "Directeur général produit/Directrice générale produit"),
        ("Engineering Management", "Management de l'innovation"),
        ("Roadmapping", "User Research", "Analytics", "Agile", "Prioritisation", "Prototyping", "Pricing"),
        ("Feuille de route", "Recherche utilisateur", "Analyse de données", "Agile", "Priorisation", "Prototypage", "Prix"),
    ),
}  # fmt: skip

CHIEFS = ("Chief Executive Officer", "Président-directeur général/Présidente-directrice générale")
"""The title above all ladders; each company has one."""

INDUSTRIES: dict[str, tuple[str, tuple[str, ...]]] = {
    # label: what its companies do (English), the functions that are frequent there
    "Software Development": ("software for planning work", ("engineering", "product", "sales", "marketing", "people")),
    "IT Services and IT Consulting": (
        "IT services for mid-sized firms",
        ("engineering", "sales", "operations", "people"),
    ),
    "Financial Services": ("payment and lending services", ("finance", "operations", "sales", "engineering")),
    "Business Consulting and Services": (
        "advice on operations and growth",
        ("operations", "finance", "sales", "people"),
    ),
    "Staffing and Recruiting": ("recruitment for technical roles", ("people", "sales", "operations")),
    "Advertising Services": ("campaigns for consumer brands", ("marketing", "sales", "product")),
    "Industrial Machinery Manufacturing": (
        "machines for packaging lines",
        ("operations", "engineering", "sales", "finance"),
    ),
    "Food and Beverage Manufacturing": ("food for shops and canteens", ("operations", "marketing", "sales", "finance")),
    "Medical Equipment Manufacturing": ("devices for clinics", ("engineering", "operations", "sales", "product")),
    "Hospitals and Health Care": ("outpatient clinics", ("operations", "people", "finance")),
    "Truck Transportation": ("road freight", ("operations", "sales", "finance")),
    "Retail": ("shops for the home", ("marketing", "operations", "sales", "people")),
    "Construction": ("commercial buildings", ("operations", "finance", "engineering", "people")),
    "Renewable Energy Power Generation": ("solar and wind parks", ("engineering", "operations", "finance", "sales")),
    "Higher Education": ("courses for working adults", ("people", "marketing", "finance")),
    "Real Estate": ("offices to let", ("sales", "finance", "marketing")),
}
FRENCH_TRADES = {
    "Software Development": "des logiciels de planification",
    "IT Services and IT Consulting": "des services informatiques pour les ETI",
    "Financial Services": "des services de paiement et de crédit",
    "Business Consulting and Services": "du conseil en organisation",
    "Staffing and Recruiting": "le recrutement de profils techniques",
    "Advertising Services": "des campagnes pour les marques",
    "Industrial Machinery Manufacturing": "des machines de conditionnement",
    "Food and Beverage Manufacturing": "des produits alimentaires",
    "Medical Equipment Manufacturing": "des dispositifs médicaux",
    "Hospitals and Health Care": "des cliniques ambulatoires",
    "Truck Transportation": "le transport routier",
    "Retail": "des magasins d'équipement de la maison",
    "Construction": "la construction de bureaux",
    "Renewable Energy Power Generation": "des parcs solaires et éoliens",
    "Higher Education": "la formation continue",
    "Real Estate": "la location de bureaux",
}

SIZES = (
    # LinkedIn's bands: label, smallest, largest, share of companies
    ("1-10", 1, 10, 16), ("11-50", 11, 50, 30), ("51-200", 51, 200, 28), ("201-500", 201, 500, 13),
    ("501-1000", 501, 1000, 6), ("1001-5000", 1001, 5000, 4), ("5001-10000", 5001, 10000, 2), ("10001+", 10001, 40000, 1),
)  # fmt: skip
