"""Coined company names, and the names that no company of a world may have."""

from random import Random

STARTS = (
    "Al Ar Bel Bran Cal Cor Dal Dor El Fal Fen Gal Gar Hal Har Ister Jor Kel Kor Lan Lor Mal Mer Nor Ol Orm Pel Pren Quil "
    "Ras Ren Sel Sol Tal Tam Thor Ul Val Ver Wen Wil Yar Zel Bri Cra Dre Fli Gre Hol Kin Lum Mar Nev Pol Ros Stav Tren Ves"
).split()
MIDDLES = "a an ar e el en er i il in o ol om on or u ul um un ur ava eli ori umi ane ile".split()
ENDS = (
    "bek bright brook by dale dan den don dric field ford gate grove ham hurst land lane len lin lis lock low march mark "
    "mere mond more nar nex nis quist ra ris row run set side stead ston ta tal ter tis tran vale ven via vik wick worth"
).split()
ENGLISH_KINDS = {
    "Software Development": ("Software", "Labs", "Systems"),
    "IT Services and IT Consulting": ("IT Services", "Networks", "Consulting"),
    "Financial Services": ("Finance", "Payments", "Capital"),
    "Business Consulting and Services": ("Advisory", "Consulting", "Partners"),
    "Staffing and Recruiting": ("Recruitment", "Talent", "Staffing"),
    "Advertising Services": ("Media", "Studio", "Advertising"),
    "Industrial Machinery Manufacturing": ("Machines", "Engineering", "Works"),
    "Food and Beverage Manufacturing": ("Foods", "Bakeries", "Kitchens"),
    "Medical Equipment Manufacturing": ("Medical", "Devices", "Instruments"),
    "Hospitals and Health Care": ("Clinics", "Health", "Care"),
    "Truck Transportation": ("Freight", "Haulage", "Logistics"),
    "Retail": ("Stores", "Home", "Retail"),
    "Construction": ("Construction", "Builders", "Contracting"),
    "Renewable Energy Power Generation": ("Energy", "Renewables", "Power"),
    "Higher Education": ("Academy", "College", "Learning"),
    "Real Estate": ("Properties", "Estates", "Offices"),
}
FRENCH_KINDS = {
    "Software Development": ("Logiciels", "Numérique"),
    "IT Services and IT Consulting": ("Informatique", "Réseaux"),
    "Financial Services": ("Finance", "Paiements"),
    "Business Consulting and Services": ("Conseil", "Associés"),
    "Staffing and Recruiting": ("Recrutement", "Talents"),
    "Advertising Services": ("Communication", "Studio"),
    "Industrial Machinery Manufacturing": ("Machines", "Industrie"),
    "Food and Beverage Manufacturing": ("Alimentaire", "Saveurs"),
    "Medical Equipment Manufacturing": ("Médical", "Instruments"),
    "Hospitals and Health Care": ("Cliniques", "Santé"),
    "Truck Transportation": ("Transports", "Logistique"),
    "Retail": ("Maison", "Magasins"),
    "Construction": ("Construction", "Bâtiment"),
    "Renewable Energy Power Generation": ("Énergies", "Renouvelables"),
    "Higher Education": ("Formation", "Campus"),
    "Real Estate": ("Immobilier", "Bureaux"),
}

KNOWN = frozenset(
    (
        "accor adidas adobe adyen airbus alcatel aldi alibaba allianz alstom amazon apple asana atos autodesk aviva axa "
        "barclays bayer bosch bouygues canon capgemini carrefour cisco citroen cloudera danone dassault decathlon deezer "
        "dell deliveroo deloitte disney dropbox engie ericsson essilor figma ford fujitsu garmin gecina google groupon "
        "heineken hermes hilton honda hubspot huawei ibm ikea intel kering keolis klarna lacoste lenovo lidl linkedin "
        "logitech loreal marriott mastercard merck meta michelin microsoft monzo natixis nestle netflix nexans nike nokia "
        "nordea notion novartis nvidia oracle orange orpea palantir pernod peugeot pfizer philips pinterest qonto "
        "qualcomm renault revolut roche safran salesforce samsung sanofi sap schneider shell shopify siemens slack sodexo "
        "sony spotify stripe suez tesco tesla thales toshiba total toyota twilio uber unilever valeo vallourec veolia "
        "verizon vinci visa vivendi volvo walmart wendel workday xerox yahoo zalando zara zendesk zoom halfords harland "
        "halford holmen galderma marlink meridian norsk solaris velvet verisign waltham wilhelmsen"
    ).split()
)
"""First words of well-known names. Coined names that hit one are coined again; this is a sieve, not a register."""


def coin(rng: Random, industry: str, *, french: bool) -> str:
    """Make up a name whose first word is none of ``KNOWN``."""
    while True:
        word = rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(ENDS)
        if word.lower() not in KNOWN:
            break
    kind = rng.choice((FRENCH_KINDS if french else ENGLISH_KINDS)[industry])
    if french:
        return f"{word} {kind}"
    return f"{word} {kind}" if rng.random() < 0.8 else f"{word} {kind} Group"
