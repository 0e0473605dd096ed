"""Claims written by hand beside the sentence that they rest on: dates, units, names, denials, who does what to whom.

Real pages hold few of these; here they are dense, so that corruptions of each kind have something to bite on. Each
line: what the page says | what a message says. All companies and people are fictional.
"""

PAIRS = tuple(
    tuple(part.strip() for part in line.split("|"))
    for line in """
We opened a second workshop in Leeds in March 2019. | you opened a second workshop in Leeds in March 2019
Our depot in Hamburg has been running since 1998. | your depot in Hamburg has been running since 1998
We moved to Utrecht on 4 May 2021. | you moved to Utrecht on 4 May 2021
The course starts on Monday 12 October. | the course starts on Monday 12 October
Our fair takes place in Bristol every September. | your fair takes place in Bristol every September
We publish the results in January and July. | you publish the results in January and July
Since 2006 we have tested boilers for schools. | since 2006 you have tested boilers for schools
Our summer term runs from June to August. | your summer term runs from June to August
We restored the Albert Bridge between 2011 and 2014. | you restored the Albert Bridge between 2011 and 2014
The yard is closed on Sunday and on Monday. | the yard is closed on Sunday and on Monday
We founded the Tamar Trust in 1972. | you founded the Tamar Trust in 1972
Our crews painted the Oslo ferry in April 2022. | your crews painted the Oslo ferry in April 2022
We deliver orders within three days. | you deliver orders within three days
Our ovens reach 480 degrees in nine minutes. | your ovens reach 480 degrees in nine minutes
We store up to 2,500 pallets in Rotterdam. | you store up to 2,500 pallets in Rotterdam
Our fleet covers 900 miles a week. | your fleet covers 900 miles a week
We rent cranes of up to 60 tonnes. | you rent cranes of up to 60 tonnes
Each lesson lasts 45 minutes. | each lesson lasts 45 minutes
Our loans run for 36 months. | your loans run for 36 months
We answer requests within four hours. | you answer requests within four hours
Our tanks hold 1,200 litres of milk. | your tanks hold 1,200 litres of milk
We inspect 75 percent of all lifts in Malmo. | you inspect 75 percent of all lifts in Malmo
Our rolls are 30 metres long. | your rolls are 30 metres long
We repair pumps of 5 to 40 kilograms. | you repair pumps of 5 to 40 kilograms
Tickets cost 18 euros at the gate. | tickets cost 18 euros at the gate
We keep samples for two years. | you keep samples for two years
Our apprentices spend 20 weeks in the workshop. | your apprentices spend 20 weeks in the workshop
The tower is 84 feet high. | the tower is 84 feet high
We press 300 gallons of juice a day. | you press 300 gallons of juice a day
Guests can cancel 48 hours before arrival. | guests can cancel 48 hours before arrival
We supply valves to Nordhaven Shipyard. | you supply valves to Nordhaven Shipyard
Marta Lindqvist leads our laboratory in Gothenburg. | Marta Lindqvist leads your laboratory in Gothenburg
Our software runs on Kestrel and on Bluefin. | your software runs on Kestrel and on Bluefin
We train mechanics for Ferrovia Lines. | you train mechanics for Ferrovia Lines
Our cheese comes from farms in Somerset and Devon. | your cheese comes from farms in Somerset and Devon
We host the Elbe Forum for port managers. | you host the Elbe Forum for port managers
Our guides speak Polish, Czech and German. | your guides speak Polish, Czech and German
We built the reading room of the Carrow Library. | you built the reading room of the Carrow Library
Our vans serve Ghent, Bruges and Antwerp. | your vans serve Ghent, Bruges and Antwerp
We import tiles from Valencia. | you import tiles from Valencia
We do not charge for the first visit. | you do not charge for the first visit
We never store card numbers. | you never store card numbers
Our paints contain no solvents. | your paints contain no solvents
We deliver without packaging. | you deliver without packaging
We cannot accept returns of cut cloth. | you cannot accept returns of cut cloth
The tool works without a network. | the tool works without a network
We do not lend machines to private persons. | you do not lend machines to private persons
Our bread is baked without yeast. | your bread is baked without yeast
No booking is needed for groups of six. | no booking is needed for groups of six
We do not share drawings with suppliers. | you do not share drawings with suppliers
We lease tractors to farms. | you lease tractors to farms
Hospitals send instruments to us for cleaning. | hospitals send instruments to you for cleaning
We buy scrap from garages and sell steel to foundries. | you buy scrap from garages and sell steel to foundries
Brewers order barley from our mills. | brewers order barley from your mills
We train inspectors before they visit mines. | you train inspectors before they visit mines
Our lawyers advise landlords against tenants. | your lawyers advise landlords against tenants
We translate manuals from Danish into English. | you translate manuals from Danish into English
Teachers review our books before printers receive them. | teachers review your books before printers receive them
We connect growers with restaurants. | you connect growers with restaurants
We replace copper pipes with plastic pipes. | you replace copper pipes with plastic pipes
Architects hire us to check engineers. | architects hire you to check engineers
We ship engines from Genoa to Tunis. | you ship engines from Genoa to Tunis
Dealers return bicycles to our workshop. | dealers return bicycles to your workshop
We prefer timber over concrete. | you prefer timber over concrete
We convert barns into flats. | you convert barns into flats
Our divers follow the pilots. | your divers follow the pilots
""".strip().splitlines()
)
