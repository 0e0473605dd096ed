"""Stems that stand on very many company pages, and so tell one company from another badly."""

from functools import lru_cache

from overture.composition.wordlist import listed
from overture.composition.words import content_stems

COMMON: frozenset[str] = frozenset(
    listed(
        """
abl acceler access account accuraci achiev across action activ actual adapt add addit address adopt advanc advantag
afford against agent ai align allow alreadi alway analysi analyt analyz annual answer app appli applic approach area
around ask assess asset assist associ audienc audit autom automat avail averag back base becom begin below benefit
best better beyond big book boost brand bring budget build built busi buy ca call campaign capabl captur card care
career case center central ceo certif certifi challeng chang channel check choos citi class clear click client close
cloud code collabor collect combin come commit common communic communiti compani compar competit competitor complet
complex complianc compon comprehens comput condit confid connect consid consist consult consum contact content
continu control convers core corpor cost cover craft creat credit critic cross current custom dashboard data date
day decis dedic deep defin deliv deliveri demand depart depend deploy design detail detect determin develop devic
differ digit direct director discov distribut document download drive driven dynam earn easi easili edg effect
effici effort element elig elimin email employ employe empow enabl end engag engin enhanc ensur enterpris entir
environ essenti evalu even event everi everyon everyth evolv exact exampl excel execut exist expand expect experi
expert expertis explor extens face factor famili fast faster featur fee feedback feel file final find first fit fix
flexibl focus follow form format found foundat framework free frequent friend full function fund futur gain generat
get give global go goal good googl govern grade great group grow growth guarante guid guidanc handl happen happi
health healthcar help high higher hire home host hour human idea identifi impact implement import improv includ
increas individu industri inform infrastructur initi innov insight instant integr intellig interact interest
interfac intuit invest involv issu job join journey keep key know knowledg languag larg last latest launch lead
leader learn legal less let level leverag life limit line list live load local locat log long look lot love low
machin made maintain mainten major make manag mani market match matter maxim may mean measur meet member messag
metric might million minim minut mobil model modern money monitor month move much multi multipl must name need
network never new next non note notic now number object offer offic often one ongo onlin open oper opportun optim
option order organiz overal overview owner packag page paid part parti partner path pay peopl perfect perform person
phone place plan platform play pleas plus point polici posit possibl post potenti power practic predict prefer
prepar prevent price priorit prioriti privaci proactiv problem process product profession profil program progress
project protect proven provid public purchas purpos qualiti question quick rang rate reach read readi real realli
receiv recommend record reduc reflect regular regulatori relat relationship relev reliabl report request requir
research resourc respond respons result return revenu review right risk roi run safe sale save say scalabl scale
schedul seamless search secur see select self sell send seo serv server servic session set sever share short show
sign signific simpl sinc singl site size skill small smart smooth social softwar solut solv someth sourc space
special specif speed spend stand standard start state stay step storag store stori strateg strategi streamlin strong
structur struggl student studi success suggest suit support sure sustain system tailor take talk target task tax
team technic technolog templat term test text thank thing think three time today togeth tool top total touch track
traffic train transform trend tri trial trust turn two type understand unifi uniqu unlock updat use user valu
valuabl vari various vendor video view visibl visit visual want way web websit week well wide work workflow world
worldwid write year
        """
    )
)
"""Counted: stems on at least 12% of the company pages at even places of the WCXB development split."""


@lru_cache(maxsize=20_000)
def telling(text: str) -> int:
    """Return how many different words of a text few other companies would use; numbers count as well."""
    return len(content_stems(text) - COMMON)
