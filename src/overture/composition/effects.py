"""Effects: what a theme of the lead's company may mean for a proposition's field. Always said as a guess.

One line an effect: themes (``*`` for any) | stems of which the proposition must hold one | a noun phrase. No phrase
holds a name or a number.
"""

FINANCE = """
suppliers devices projects range | invoice | a good many supplier invoices to check
suppliers devices projects seasons | invoice | invoices that have to agree with what was ordered
places people customers | invoice | supplier bills that come in from several sides
projects people content | invoice | invoices from partners and freelancers
software data help | invoice | bills from many vendors, each to be checked
recurring | invoice | small supplier invoices that add up
rules money start | invoice | invoices that nobody may pay unchecked
places range projects | close month ledger bookkeeping | figures from several sides to bring together at month-end
recurring customers money | close month ledger bookkeeping | many small entries to book before a month can close
seasons content start | close month ledger bookkeeping | a month-end that falls into busy weeks
people places projects | expense receipt | receipts from people who are out on jobs
places projects software | spend budget cost | spending that shows up late in the books
recurring customers start | payment billing | many small payments to follow up
* | invoice | supplier invoices that somebody checks by hand
* | close month ledger bookkeeping | a month-end that takes longer than it should
* | expense receipt | expense claims to check one by one
* | payment billing | payments to chase
* | cash forecast budget spend | figures that come too late to act on
"""

SUPPORT = """
help software data | question ticket answer | people who write in before they read
help | question ticket answer | questions that your pages already answer
customers people | question ticket answer | the same questions from many people
range devices software data | question ticket answer | small how-to questions on each part of it
start rules money | question ticket answer | questions from people who are just starting
recurring suppliers | question ticket answer | routine questions on orders, dates and changes
rules money | question ticket answer | people who ask what applies to them
seasons | question ticket answer | a wave of the same questions before each date
places | question ticket answer | questions that come in at all hours
projects content | question ticket answer | clients who ask where things stand
* | question ticket answer support | routine questions that come in again and again
"""

HIRING = """
places | interview calendar | interviews that run across several calendars
places software data | zone | interviews across time zones
people projects devices | hire recruit role candidate vacancy | a steady need for new people
range projects devices | hire recruit role candidate vacancy | people with quite different skills to find
seasons start | hire recruit role candidate vacancy | posts to fill before a fixed date
software data money rules | hire recruit role candidate interview | specialists who are hard to find
customers recurring help | hire recruit role candidate vacancy | a team that has to grow with the customer list
content suppliers | hire recruit role candidate vacancy | good people whom others want as well
* | interview calendar | interviews that several people must find time for
* | hire recruit role candidate vacancy | open roles that take a while to fill
"""

SHIFTS = """
people devices | shift rota roster staff | shifts that change at short notice
places projects | shift rota roster staff | people to plan in more than one place
seasons recurring | shift rota roster staff | a rota that changes with the season
customers start recurring rules | appointment booking visit | appointments that are moved or missed
* | appointment booking visit | appointments to move around
* | shift rota roster staff | gaps in the rota that somebody has to fill
"""

SALES = """
customers range suppliers | lead enquiry pipeline prospect sale crm | enquiries that need quite different answers
projects range devices | quote proposal tender sale | quotes that take time to write
places | lead pipeline prospect sale crm | buyers to keep in touch with in several places
start help | lead enquiry pipeline prospect sale crm | enquiries that wait too long for a reply
recurring money rules | lead sale crm renewal pipeline | customers who are due for a word from you
software data content | lead pipeline prospect sale crm | trial users whom nobody gets round to
seasons people | lead enquiry sale crm pipeline | a rush of enquiries at certain times
* | quote proposal tender | quotes that wait for someone to write them
* | lead pipeline prospect sale crm | leads that wait for a reply
"""

MARKETING = """
range suppliers devices | newsletter campaign content email market | several offers to explain to different readers
customers people | newsletter campaign content email market | readers who want quite different things from you
seasons | newsletter campaign content email market | dates that your news has to reach people by
places | newsletter campaign content email market | news that differs from place to place
recurring start | newsletter campaign email order segment | past buyers who seldom hear from you
content software data | content seo search page website | pages that have to be found first
help rules money projects | content newsletter campaign seo | things to explain that take more than a line
* | newsletter campaign email | news that reaches customers late
* | content seo search page website brand | pages that nobody has time to update
"""

SECURITY = """
software data | security vulnerability threat attack gap scan | code and settings that change all the time
data money recurring | security vulnerability threat attack access | customer data to keep safe
people places projects | access identity password permission | accounts to open and close as people come and go
rules help | audit compliance iso soc security | proof that an auditor asks for
customers start | security audit compliance iso soc | security questions from customers before they sign
* | vulnerability gap scan threat attack | gaps that nobody has time to look for
* | audit compliance iso soc security access | proof to collect before each audit
"""

DATA = """
places range people | dashboard report analytics data insight | figures that sit in several places
software help | dashboard report analytics data insight | usage figures that few people get to read
customers recurring start | dashboard report analytics data insight | customer data in more than one system
projects content seasons | dashboard report analytics data insight | figures that take time to gather
suppliers devices | dashboard report analytics data insight | stock and cost figures from several sources
* | dashboard report analytics data insight | reports that someone still builds by hand
"""

STAFF = """
people projects | payroll wage salary | hours that differ from person to person
places | payroll leave absence benefit | rules that differ from place to place
seasons | payroll onboarding wage | people who join for part of the year
people customers range | onboarding employee | new people to get started
* | payroll wage salary | pay runs with late changes
* | onboarding | first days that somebody has to prepare
* | employee benefit leave absence | staff questions that come up again and again
"""

LOGISTICS = """
places | delivery route fleet ship dispatch driver | stops in several places on the same day
recurring suppliers seasons | delivery route fleet ship dispatch | deliveries that have to be there on the day
projects | delivery route fleet ship dispatch | material that has to be on site in time
devices people | delivery route fleet driver dispatch | crews and vans to send to the right door
* | delivery route fleet ship dispatch driver | trips that somebody plans by hand
* | warehouse stock inventory | stock that is hard to keep in view
"""

BUYING = """
suppliers devices | supplier vendor procurement purchase | suppliers to compare each time
projects content | supplier vendor procurement purchase | purchases that differ from job to job
places people | supplier vendor procurement purchase | teams that each buy for themselves
software data | vendor procurement purchase spend | subscriptions that renew unnoticed
* | supplier vendor procurement purchase | purchases that take a string of emails
"""

TRAINING = """
people places | train training course learning skill | people to train in more than one place
rules | certificate certification compliance | certificates that run out
seasons start | train training course learning skill | new people to train before a fixed date
software help data | train training course learning skill | new features that people have to learn
range projects | train training course learning skill | skills that differ from team to team
* | certificate certification | certificates that somebody has to keep in view
* | train training course learning skill | people who need the same training at different times
"""

SAFETY = """
people places projects | safety aid fire train certificate | people to train on more than one site
devices | safety aid fire train certificate | work where a slip can hurt someone
rules seasons | certificate certification safety | certificates that run out
* | certificate certification safety aid fire | certificates that somebody has to keep in view
"""

BUILDING = """
software data help | deploy release test code developer bug | releases that have to go out without surprises
customers range recurring | deploy release test code developer bug api | requests for changes from many sides
* | deploy release test code developer bug | faults that are found late
* | api integrate integration connect | systems that do not talk to each other
"""

LEGAL = """
suppliers | contract agreement clause | contracts with many suppliers
customers recurring money | contract agreement clause | customer contracts that differ in small points
projects seasons content | contract agreement clause | a fresh contract for each job
people | contract agreement clause | contracts with staff and partners
places rules | contract agreement clause compliance | rules that differ from place to place
software data | contract privacy gdpr agreement | questions on data before a customer signs
* | contract agreement clause | drafts that wait for someone to review them
* | privacy gdpr compliance | rules that somebody has to keep up with
"""

COVER = """
projects people | insurance cover risk liability | risks that change from job to job
devices | insurance cover risk liability | equipment that is costly to replace
customers places | insurance cover liability | clients who ask for proof of cover
* | insurance cover risk liability | policies that nobody has looked at for a while
"""

PREMISES = """
places | clean facility maintenance energy building office | several buildings to look after
devices | maintenance repair | equipment that cannot stand still for long
people customers seasons | clean facility office space building | rooms that are in use all day
* | energy heat electricity solar | energy costs that are hard to plan
* | maintenance repair facility building | repairs that come at a bad time
* | clean office space | rooms that have to be ready every morning
"""

SYSTEMS = """
people places | laptop device network account infrastructure | devices and accounts to set up in more than one place
software data | backup infrastructure server cloud network | systems that have to stay up
* | backup server cloud migration | data that must still be there after a bad day
* | laptop device network infrastructure | small requests that pile up
"""

LANGUAGES = """
places | translation translate language | texts in more than one language
customers help content software | translation translate language | readers who would prefer their own language
rules | translation translate language | documents that must be exact in every language
* | translation translate language | texts that wait for a translation
"""

PAPERWORK = """
people places | form document approval workflow paper process | forms that go from desk to desk
rules money | record document form compliance | records that somebody has to keep
start customers | form document workflow process | forms to fill in for each new customer
projects devices | approval workflow checklist document | steps that wait for an approval
* | approval | approvals that wait in a mailbox
* | workflow automate automation process routine form document | routine steps that are still done by hand
"""

OPINIONS = """
customers people seasons | survey feedback review | opinions that nobody has time to collect
software range recurring | survey feedback review | wishes that reach you one by one
* | survey feedback review research | feedback that sits in several places
"""
