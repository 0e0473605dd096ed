"""The names under which pages write a country: English, and other languages for the common ones.

Unicode CLDR data (Unicode licence), with names in daily use added by hand; folded to lower case without
accents. A line that starts with spaces continues the one above.
"""

NAMES = """
AD andorra
AE united arab emirates; vereinigte arabische emirate; emirats arabes unis; emiratos arabes unidos;
  emirati arabi uniti; emirados arabes unidos; verenigde arabische emiraten; zjednoczone emiraty arabskie;
  forenade arabemiraten; de forenede arabiske emirater; de forente arabiske emirater; arabiemiirikunnat;
  spojene arabske emiraty; الامارات العربية المتحدة; uae; emirates
AF afghanistan
AG antigua and barbuda
AI anguilla
AL albania
AM armenia
AO angola
AQ antarctica
AR argentina; argentinien; argentine; argentinie; argentyna; argentiina
AS american samoa
AT austria; osterreich; autriche; oostenrijk; osterrike; østrig; østerrike; itavalta; rakousko
AU australia; australien; australie
AW aruba
AX aland islands
AZ azerbaijan
BA bosnia and herzegovina; bosnia
BB barbados
BD bangladesh
BE belgium; belgien; belgique; belgica; belgio; belgie; belgia
BF burkina faso
BG bulgaria; bulgarien; bulgarie; bulgarije; bułgaria; bulharsko; българия
BH bahrain
BI burundi
BJ benin
BL st barthelemy
BM bermuda
BN brunei; brunei darussalam
BO bolivia
BQ caribbean netherlands
BR brazil; brasilien; bresil; brasil; brasile; brazilie; brazylia; brasilia
BS bahamas; the bahamas
BT bhutan
BV bouvet island
BW botswana
BY belarus
BZ belize
CA canada; kanada
CC cocos
CD congo kinshasa; dr congo; democratic republic of the congo
CF central african republic
CG congo brazzaville; republic of the congo
CH switzerland; schweiz; suisse; suiza; svizzera; suica; zwitserland; szwajcaria; sveits; sveitsi;
  svycarsko; swiss confederation
CI cote d ivoire; ivory coast
CK cook islands
CL chile; chili; cile
CM cameroon
CN china; chine; cina; chiny; kina; kiina; 中国; prc; mainland china; peoples republic of china
CO colombia; kolumbien; colombie; kolumbia; kolumbie
CR costa rica
CU cuba
CV cape verde
CW curacao
CX christmas island
CY cyprus; zypern; chypre; chipre; cipro; cypr; cypern; kypros; kypr
CZ czechia; tschechien; tchequie; chequia; cechia; tchequia; tsjechie; czechy; tjeckien; tjekkiet;
  tsjekkia; tsekki; cesko; czech republic
DE germany; deutschland; allemagne; alemania; germania; alemanha; duitsland; niemcy; tyskland; saksa;
  nemecko; federal republic of germany; brd
DJ djibouti
DK denmark; danemark; dinamarca; danimarca; denemarken; dania; danmark; tanska; dansko
DM dominica
DO dominican republic
DZ algeria
EC ecuador
EE estonia; estland; estonie; viro; estonsko; eesti
EG egypt; agypten; egypte; egipto; egitto; egito; egipt; egypten; egypti; مصر
EH western sahara
ER eritrea
ES spain; spanien; espagne; espana; spagna; espanha; spanje; hiszpania; spania; espanja; spanelsko
ET ethiopia
FI finland; finnland; finlande; finlandia; suomi; finsko
FJ fiji
FK falkland islands
FM micronesia
FO faroe islands
FR france; frankreich; francia; franca; frankrijk; francja; frankrike; frankrig; ranska; francie
GA gabon
GB united kingdom; vereinigtes konigreich; royaume uni; reino unido; regno unito; verenigd koninkrijk;
  wielka brytania; storbritannien; storbritannia; iso britannia; spojene kralovstvi; uk; great britain;
  britain; england; scotland; wales; northern ireland; gbr; grossbritannien; grande bretagne; gran
  bretana; gran bretagna; groot brittannie; grossbritannien und nordirland; united kingdom of great
  britain and northern ireland
GD grenada
GE georgia
GF french guiana
GG guernsey
GH ghana
GI gibraltar
GL greenland
GM gambia; the gambia
GN guinea
GP guadeloupe
GQ equatorial guinea
GR greece; griechenland; grece; grecia; griekenland; grecja; grekland; grækenland; hellas; kreikka; recko;
  ελλαδα
GS south georgia and south sandwich islands
GT guatemala
GU guam
GW guinea bissau
GY guyana
HK hong kong sar china; sonderverwaltungsregion hongkong; ras chinoise de hong kong; rae de hong kong; ras
  di hong kong; hong kong, rae da china; hongkong sar van china; sra hongkong; hongkong sar; sar hongkong;
  hongkong sar kina; hongkong – kiinan erityishallintoalue; hongkong – zao ciny; 中国香港特别行政区; hong kong;
  hong kong sar
HM heard and mcdonald islands
HN honduras
HR croatia; kroatien; croatie; croacia; croazia; kroatie; chorwacja; kroatia; chorvatsko; hrvatska
HT haiti
HU hungary; ungarn; hongrie; hungria; ungheria; hongarije; wegry; ungern; unkari; madarsko; magyarorszag
ID indonesia; indonesien; indonesie; indonezja
IE ireland; irland; irlande; irlanda; ierland; irlandia; irlanti; irsko; eire; republic of ireland
IL israel; israele; izrael; ישראל
IM isle of man
IN india; indien; inde; indie; intia; भारत
IO british indian ocean territory
IQ iraq
IR iran
IS iceland; island; islande; islandia; islanda; ijsland; islanti
IT italy; italien; italie; italia; włochy
JE jersey
JM jamaica
JO jordan
JP japan; japon; giappone; japao; japonia; japani; japonsko; 日本
KE kenya; kenia; quenia; kena
KG kyrgyzstan
KH cambodia
KI kiribati
KM comoros
KN st kitts and nevis
KP north korea
KR south korea; sudkorea; coree du sud; corea del sur; corea del sud; coreia do sul; zuid korea; korea
  południowa; sydkorea; sør korea; etela korea; jizni korea; 대한민국; korea; republic of korea
KW kuwait
KY cayman islands
KZ kazakhstan
LA laos
LB lebanon
LC st lucia
LI liechtenstein
LK sri lanka
LR liberia
LS lesotho
LT lithuania; litauen; lituanie; lituania; litouwen; litwa; liettua; litva; lietuva
LU luxembourg; luxemburg; luxemburgo; lussemburgo; luksemburg; lucembursko; letzebuerg
LV latvia; lettland; lettonie; letonia; lettonia; letland; łotwa; lotyssko; latvija
LY libya
MA morocco; marokko; maroc; marruecos; marocco; marrocos; maroko; marocko
MC monaco
MD moldova; republic of moldova
ME montenegro
MF st martin
MG madagascar
MH marshall islands
MK north macedonia; macedonia
ML mali
MM myanmar; burma
MN mongolia
MO macao sar china; macau; macao
MP northern mariana islands
MQ martinique
MR mauritania
MS montserrat
MT malta; malte
MU mauritius
MV maldives
MW malawi
MX mexico; mexiko; mexique; messico; meksyk; meksiko
MY malaysia; malaisie; malasia; maleisie; malezja; malesia; malajsie
MZ mozambique
NA namibia
NC new caledonia
NE niger
NF norfolk island
NG nigeria; nigerie
NI nicaragua
NL netherlands; niederlande; pays bas; paises bajos; paesi bassi; paises baixos; nederland; holandia;
  nederlanderna; nederlandene; alankomaat; nizozemsko; the netherlands; holland
NO norway; norwegen; norvege; noruega; norvegia; noorwegen; norwegia; norge; norja; norsko
NP nepal
NR nauru
NU niue
NZ new zealand; neuseeland; nouvelle zelande; nueva zelanda; nuova zelanda; nova zelandia; nieuw zeeland;
  nowa zelandia; nya zeeland; uusi seelanti; novy zeland; aotearoa
OM oman
PA panama
PE peru; perou
PF french polynesia
PG papua new guinea
PH philippines; philippinen; filipinas; filippine; filipijnen; filipiny; filippinerna; filippinerne;
  filippinene; filippiinit; the philippines
PK pakistan; paquistao
PL poland; polen; pologne; polonia; polska; puola; polsko
PM st pierre and miquelon
PN pitcairn islands
PR puerto rico
PS palestinian territories; palestine
PT portugal; portogallo; portugalia; portugali; portugalsko
PW palau
PY paraguay
QA qatar
RE reunion
RO romania; rumanien; roumanie; rumania; romenia; roemenie; rumunia; rumænien; rumunsko
RS serbia; serbien; serbie; servia; servie; srbsko; србија
RU russia; russland; russie; rusia; rusland; rosja; ryssland; venaja; rusko; россия; russian federation
RW rwanda
SA saudi arabia; saudi arabien; arabie saoudite; arabia saudi; arabia saudita; saoedi arabie; arabia
  saudyjska; saudiarabien; saudska arabie; المملكة العربية السعودية; ksa; kingdom of saudi arabia
SB solomon islands
SC seychelles
SD sudan
SE sweden; schweden; suede; suecia; svezia; zweden; szwecja; sverige; ruotsi; svedsko
SG singapore; singapur; singapour; singapura
SH st helena
SI slovenia; slowenien; slovenie; eslovenia; słowenia; slovenien; slovinsko; slovenija
SJ svalbard and jan mayen
SK slovakia; slowakei; slovaquie; eslovaquia; slovacchia; slowakije; słowacja; slovakien; slovakiet;
  slovensko; slovak republic
SL sierra leone
SM san marino
SN senegal
SO somalia
SR suriname
SS south sudan
ST sao tome and principe
SV el salvador
SX sint maarten
SY syria; syrian arab republic
SZ eswatini; swaziland
TC turks and caicos islands
TD chad
TF french southern territories
TG togo
TH thailand; thailande; tailandia; thailandia; tajlandia; thaimaa; thajsko; ไทย
TJ tajikistan
TK tokelau
TL timor leste; east timor
TM turkmenistan
TN tunisia
TO tonga
TR turkiye; turkei; turquie; turquia; turchia; turkije; turcja; turkiet; tyrkiet; tyrkia; turkki; turecko;
  turkey
TT trinidad and tobago
TV tuvalu
TW taiwan; tajwan; tchaj wan; 台湾; taiwan roc
TZ tanzania; united republic of tanzania
UA ukraine; ucrania; ucraina; oekraine; ukraina; ukrajina; украіна
UG uganda
UM us outlying islands
US united states; vereinigte staaten; etats unis; estados unidos; stati uniti; verenigde staten; stany
  zjednoczone; usa; yhdysvallat; spojene staty; united states of america; the united states; america; u s;
  u s a; us of a; stati uniti d america; eeuu; ee uu; etats unis d amerique; vereinigte staaten von
  amerika; estados unidos de america
UY uruguay
UZ uzbekistan
VA vatican city; vatican
VC st vincent and grenadines
VE venezuela
VG british virgin islands
VI us virgin islands
VN vietnam; viet nam; vietna; wietnam
VU vanuatu
WF wallis and futuna
WS samoa
YE yemen
YT mayotte
ZA south africa; sudafrika; afrique du sud; sudafrica; africa do sul; zuid afrika; republika południowej
  afryki; sydafrika; sør afrika; etela afrikka; jihoafricka republika
ZM zambia
ZW zimbabwe
"""
