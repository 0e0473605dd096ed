"""States, provinces and large cities, by the country that they are most often meant for."""

US_STATES = """
AL alabama; AK alaska; AZ arizona; AR arkansas; CA california; CO colorado; CT connecticut; DE delaware; FL florida
GA georgia; HI hawaii; ID idaho; IL illinois; IN indiana; IA iowa; KS kansas; KY kentucky; LA louisiana; ME maine
MD maryland; MA massachusetts; MI michigan; MN minnesota; MS mississippi; MO missouri; MT montana; NE nebraska
NV nevada; NH new hampshire; NJ new jersey; NM new mexico; NY new york; NC north carolina; ND north dakota; OH ohio
OK oklahoma; OR oregon; PA pennsylvania; RI rhode island; SC south carolina; SD south dakota; TN tennessee
TX texas; UT utah; VT vermont; VA virginia; WA washington; WV west virginia; WI wisconsin; WY wyoming
DC district of columbia
"""

CA_PROVINCES = """
AB alberta; BC british columbia; MB manitoba; NB new brunswick; NL newfoundland and labrador; NS nova scotia
NT northwest territories; NU nunavut; ON ontario; PE prince edward island; QC quebec; SK saskatchewan; YT yukon
"""

AU_STATES = """
NSW new south wales; VIC victoria; QLD queensland; WA western australia; SA south australia; TAS tasmania
ACT australian capital territory; NT northern territory
"""

REGIONS = """
DE bavaria; bayern; hesse; hessen; nordrhein westfalen; north rhine westphalia; baden wurttemberg; sachsen; saxony
DE niedersachsen; lower saxony; brandenburg; rheinland pfalz; schleswig holstein; thuringen
ES catalonia; cataluna; catalunya; andalucia; comunidad de madrid; pais vasco; galicia
FR ile de france; provence alpes cote d azur; auvergne rhone alpes; occitanie; nouvelle aquitaine; bretagne
GB greater london; west midlands; greater manchester; west yorkshire; surrey; kent; essex; oxfordshire
GB cambridgeshire; berkshire; hampshire; hertfordshire; buckinghamshire; yorkshire
IN maharashtra; karnataka; tamil nadu; telangana; haryana; uttar pradesh; gujarat; kerala; west bengal
IT lombardy; lombardia; lazio; veneto; piemonte; toscana; emilia romagna
NL noord holland; north holland; zuid holland; south holland; noord brabant
BE flanders; vlaanderen; wallonia; wallonie
CH zug; vaud; ticino
US bay area; silicon valley; san francisco bay area; new england; greater boston; new york city area
"""

CITIES = """
US new york; new york city; nyc; los angeles; chicago; houston; phoenix; philadelphia; san antonio; san diego
US dallas; austin; san jose; fort worth; jacksonville; columbus; charlotte; indianapolis; san francisco; seattle
US denver; washington dc; washington d c; boston; nashville; detroit; portland; las vegas; memphis; louisville
US baltimore; milwaukee; albuquerque; tucson; sacramento; kansas city; atlanta; miami; raleigh; omaha; minneapolis
US oakland; tampa; new orleans; cleveland; pittsburgh; cincinnati; orlando; st louis; salt lake city; palo alto
US mountain view; menlo park; redwood city; sunnyvale; brooklyn; manhattan; boulder; santa monica; irvine; plano
CA toronto; montreal; vancouver; calgary; ottawa; edmonton; winnipeg; quebec city; mississauga; waterloo ontario
MX mexico city; ciudad de mexico; cdmx; guadalajara; monterrey; BR sao paulo; rio de janeiro; belo horizonte
BR brasilia; curitiba; porto alegre; florianopolis; AR buenos aires; CL santiago de chile; CO bogota; medellin
PE lima; UY montevideo
GB london; manchester; birmingham; leeds; glasgow; edinburgh; liverpool; bristol; sheffield; cardiff; belfast
GB nottingham; newcastle upon tyne; brighton; oxford; reading; milton keynes; southampton; leicester; aberdeen
IE dublin; cork; galway; limerick
DE berlin; hamburg; munich; munchen; muenchen; cologne; koln; koeln; frankfurt; frankfurt am main; stuttgart
DE dusseldorf; duesseldorf; dortmund; essen; leipzig; bremen; dresden; hannover; hanover; nuremberg; nurnberg
DE karlsruhe; mannheim; heidelberg; bonn; munster; augsburg; potsdam; walldorf; freiburg; darmstadt
AT vienna; wien; graz; linz; salzburg; innsbruck; CH zurich; zuerich; geneva; geneve; genf; basel; bern; lausanne
CH lugano; winterthur; LU luxembourg city
FR paris; marseille; lyon; toulouse; nice; nantes; strasbourg; montpellier; bordeaux; lille; rennes; grenoble
FR sophia antipolis
ES madrid; barcelona; sevilla; seville; zaragoza; malaga; bilbao; palma de mallorca
PT lisbon; lisboa; braga; coimbra
IT rome; roma; milan; milano; turin; torino; naples; napoli; bologna; florence; firenze; verona; padova
NL amsterdam; rotterdam; the hague; den haag; utrecht; eindhoven; groningen; delft; haarlem; nijmegen
BE brussels; bruxelles; brussel; antwerp; antwerpen; ghent; gent; leuven; liege
DK copenhagen; kobenhavn; københavn; aarhus; odense; aalborg; SE stockholm; gothenburg; goteborg; malmo; uppsala
NO oslo; bergen; trondheim; stavanger; FI helsinki; espoo; tampere; turku; oulu; IS reykjavik
PL warsaw; warszawa; krakow; cracow; wroclaw; gdansk; poznan; lodz; katowice; CZ prague; praha; brno; ostrava
SK bratislava; kosice; HU budapest; RO bucharest; bucuresti; cluj napoca; timisoara; iasi; BG sofia; plovdiv; varna
GR athens; thessaloniki; HR zagreb; SI ljubljana; RS belgrade; beograd; novi sad; EE tallinn; tartu; LV riga
LT vilnius; kaunas; UA kyiv; kiev; lviv; kharkiv; odesa; TR istanbul; ankara; izmir; CY nicosia; limassol
MT valletta; RU moscow; saint petersburg; st petersburg; MD chisinau; GE tbilisi; AM yerevan; KZ almaty
IL tel aviv; tel aviv yafo; haifa; herzliya; jerusalem; AE dubai; abu dhabi; SA riyadh; jeddah; QA doha
KW kuwait city; EG cairo; alexandria egypt; MA casablanca; rabat; TN tunis; NG lagos; abuja; KE nairobi; GH accra
ZA cape town; johannesburg; pretoria; durban; stellenbosch
IN bangalore; bengaluru; mumbai; delhi; new delhi; hyderabad; chennai; pune; kolkata; gurgaon; gurugram; noida
IN ahmedabad; jaipur; kochi; PK karachi; lahore; islamabad; BD dhaka; LK colombo; NP kathmandu
CN beijing; shanghai; shenzhen; guangzhou; hangzhou; chengdu; suzhou; TW taipei; KR seoul; busan
JP tokyo; osaka; kyoto; yokohama; fukuoka; PH manila; makati; cebu; TH bangkok; MY kuala lumpur; penang
VN hanoi; ho chi minh city; ho chi minh; da nang; ID jakarta; bali; bandung
AU sydney; melbourne; brisbane; perth; adelaide; canberra; NZ auckland; wellington; christchurch
"""

ALPHA_3 = """
USA US; GBR GB; DEU DE; FRA FR; ESP ES; ITA IT; NLD NL; BEL BE; LUX LU; AUT AT; CHE CH; IRL IE; PRT PT; POL PL
CZE CZ; SVK SK; HUN HU; ROU RO; BGR BG; GRC GR; HRV HR; SVN SI; EST EE; LVA LV; LTU LT; FIN FI; SWE SE; NOR NO
DNK DK; ISL IS; CAN CA; AUS AU; NZL NZ; IND IN; SGP SG; JPN JP; CHN CN; HKG HK; TWN TW; KOR KR; BRA BR; MEX MX
ARG AR; CHL CL; COL CO; PER PE; ZAF ZA; ARE AE; SAU SA; ISR IL; TUR TR; UKR UA; SRB RS; EGY EG; MAR MA; NGA NG
KEN KE; PHL PH; IDN ID; MYS MY; THA TH; VNM VN; CYP CY; MLT MT; PAK PK; BGD BD; QAT QA
"""
