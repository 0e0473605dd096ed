"""Country names as they stand in a sentence, by ISO 3166-1 code."""

_NAMES = """
AD Andorra|AE the United Arab Emirates|AF Afghanistan|AL Albania|AM Armenia|AO Angola|AR Argentina|AT Austria|
AU Australia|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso|
BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BM Bermuda|BN Brunei|BO Bolivia|BR Brazil|BS the Bahamas|BT Bhutan|
BW Botswana|BY Belarus|BZ Belize|CA Canada|CD the Democratic Republic of the Congo|
CF the Central African Republic|CG the Republic of the Congo|CH Switzerland|CI Côte d'Ivoire|CL Chile|
CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba|CV Cabo Verde|CY Cyprus|CZ Czechia|DE Germany|
DJ Djibouti|DK Denmark|DM Dominica|DO the Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|
ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji|FR France|GA Gabon|GB the UK|GD Grenada|GE Georgia|
GG Guernsey|GH Ghana|GI Gibraltar|GM the Gambia|GN Guinea|GQ Equatorial Guinea|GR Greece|GT Guatemala|
GW Guinea-Bissau|GY Guyana|HK Hong Kong|HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|
IL Israel|IM the Isle of Man|IN India|IQ Iraq|IR Iran|IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|
JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KM the Comoros|KR South Korea|KW Kuwait|KY the Cayman Islands|
KZ Kazakhstan|LA Laos|LB Lebanon|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|
LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MG Madagascar|
MK North Macedonia|ML Mali|MM Myanmar|MN Mongolia|MO Macao|MR Mauritania|MT Malta|MU Mauritius|
MV the Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|NI Nicaragua|
NL the Netherlands|NO Norway|NP Nepal|NZ New Zealand|OM Oman|PA Panama|PE Peru|PG Papua New Guinea|
PH the Philippines|PK Pakistan|PL Poland|PR Puerto Rico|PS Palestine|PT Portugal|PY Paraguay|QA Qatar|
RO Romania|RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SC the Seychelles|SD Sudan|SE Sweden|SG Singapore|
SI Slovenia|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan|
SV El Salvador|SY Syria|SZ Eswatini|TD Chad|TG Togo|TH Thailand|TJ Tajikistan|TM Turkmenistan|TN Tunisia|
TR Türkiye|TT Trinidad and Tobago|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda|US the US|UY Uruguay|
UZ Uzbekistan|VA Vatican City|VC Saint Vincent and the Grenadines|VE Venezuela|VN Vietnam|XK Kosovo|YE Yemen|
ZA South Africa|ZM Zambia|ZW Zimbabwe
"""
_BY_CODE = {row.strip()[:2]: row.strip()[3:] for row in _NAMES.split("|")}


def country_name(code: str) -> str:
    """Return the name with its article; the code itself where it is not in the table."""
    return _BY_CODE.get(code.upper(), code.upper())
