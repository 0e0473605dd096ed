"""How much a fact tells of one company rather than of any."""

import re

from overture.composition.wordlist import listed
from overture.composition.words import content_stems

COMMON = frozenset(
    listed(
        "help need time provid use work custom one support start servic busi make experi new team learn plan includ "
        "manag build free compani access everi creat offer product inform day requir person improv solut across "
        "platform find best real high process expert power year take look keep avail understand industri integr full "
        "advanc cost enabl meet trust connect see effect way goal effici success right deliv ensur organiz top today "
        "chang optim result profession set client opportun achiev solv excel commit option issu type various kind "
        "many student famili client member user patient homeown custom"
    )
)
"""Stems that stand on more than a third of 82 company pages (WCXB development split, even index)."""
FREQUENT = frozenset(
    listed(
        "team complet develop perform tool system report oper resourc secur market peopl user focus level share "
        "insight "
        "drive benefit question onlin better generat easi strategi project give run grow analyt faster step save "
        "differ "
        "content well next enterpris transform empow track scale detail account technolog direct program featur "
        "qualiti "
        "review softwar enhanc great key view autom choos train rate continu analyz import identifi increas built "
        "driven model sourc allow world app updat websit area long schedul practic complex partner approach collabor "
        "growth specif gain reduc uniqu futur test initi place bring invest engag boost function decis streamlin clear "
        "appli check consult flexibl challeng digit respons protect intellig infrastructur valu address addit list "
        "comprehens engin size page move explor network singl risk trend point open part execut last impact suit "
        "recommend global tailor brand cover communiti close seamless adapt select receiv dedic special activ web task "
        "home follow care good align add end object guid exist simpl turn workflow complianc control multipl locat "
        "standard research innov capabl acceler core journey cloud dashboard fast small assist skill essenti depend "
        "group local reach serv stay form measur implement competit modern relat expertis scalabl vari search knowledg "
        "unlock monitor analysi entir current fit agent prepar beyond limit possibl latest common sale leverag record "
        "document human strateg data design ai visibl outcom impact lasting asset path deep qualifi environ problem "
        "technic sustain effort revenu unifi handl intuit structur maxim reliabl foundat matter leader idea rang "
        "communic individu hous full-servic ongo end-to-end smart fuel align enabl wide array varieti larg combin "
        "employ conduct util maintain tough solv start-up busi servic addit attract sever numer multitud host"
    )
)
"""Stems that stand on more than a fifth of them, and a few that say as little."""

GENERIC = COMMON | FREQUENT
_NAMED = re.compile(r"(?<=[a-z,] )[A-Z][\w&+.-]+")


def weight(stem: str) -> float:
    """Return how much one stem tells: 0.1 for the commonest, 1 for those that few pages have."""
    if stem in COMMON:
        return 0.1
    return 0.35 if stem in FREQUENT else 1.0


def specificity(text: str) -> float:
    """Return the summed weight of a text's stems, with a bonus for numbers and names; 3 and more is concrete."""
    found = sum(weight(stem) for stem in content_stems(text))
    found += 1.0 if re.search(r"\d", text) else 0.0
    return found + 0.7 * min(len(_NAMED.findall(text)), 3)


def special_stems(text: str) -> frozenset[str]:
    """Return the stems that are not said on every company page."""
    return content_stems(text) - GENERIC
