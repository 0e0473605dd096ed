"""Words that only report, and so claim nothing: "your site says", "I read", "one line". They need no support."""

from overture.composition.wordlist import listed
from overture.composition.words import content_stems

REPORTING: frozenset[str] = content_stems(
    "site website page pages read reading say says said state states stated saw see seen look looked looking note "
    "noted notice noticed mention mentions mentioned name names named list lists listed speak speaks find found "
    "according account line point text title piece article sentence word words show shows showed come came across "
    "learn learned understand took take kept stayed marked put puts something spot spotted quick tell told write "
    "writing reason work works working team part side represent belong here there company share send pass like "
    "thought moment worth minutes interest contents quiet aside tip front quote finding among thing things wording "
    "else today help helps helping offer bring add case fit field place short context own know just began before go "
    "went again back may might could perhaps possible possibly way end because since reads role roles open job jobs "
    "post posts hire hiring hires seek seeks caught eye include included such number call called one topic let "
    "beside next made make cover covers use useful another least yet right first second last rest little bit brief "
    "later early once side hand mind matter kind sort example instance detail clear plain simple really actually "
    "report guide"
)
"""Stems. A sentence on the lead that holds nothing else is refused, unless the writer speaks of himself."""

AUDIENCE: frozenset[str] = content_stems(
    "customer customers client clients student students patient member members guest guests resident residents "
    "homeowner homeowners user users traveler travelers participant participants people person"
)
"""A page's *you*, in a message that turns it into the third person."""

LIGHT: frozenset[str] = content_stems(
    "give gives get gets got take takes let lets put puts set sets handle handles need needs want wants bring "
    "brings keep keeps hold holds come comes go goes run runs serve serves allow allows enable enables include "
    "includes contain contains involve involves provide provides offer offers deal deals manage manages see sees "
    "tell tells ask asks find finds choose chooses pick picks fill fills meet meets belong belongs stay stays sit "
    "sits stand stands turn turns carry carries become becomes remain remains mean means arrange arranges finish "
    "finishes expect suggest several different various available together already along around across onto "
    "elsewhere anyone everyone someone themselves away back per each such type types kind kinds step steps place "
    "fact facts figure figures range time business businesses organization staff folk folks colleague colleagues "
    "task tasks area areas setup access free separately whole everything option options service services"
)
"""Common words of a paraphrase. A third of a sentence may be such words, where all others are supported."""

OPENERS: frozenset[str] = frozenset(
    listed(
        "according among perhaps maybe possibly probably presumably today something anything nothing someone anyone "
        "everyone customers clients people teams users readers visitors one two three four five six seven eight nine "
        "ten here there also still yet even since although though because unless whether next beside besides behind "
        "across within without let glad happy thanks thank good nice great many most some several each every another "
        "others both either neither please just quite much more less first second third last finally overall new old "
        "big small more growth colleagues months weeks days hours time times work part parts word words line lines "
        "page pages site sites title titles roles jobs posts questions answers talks calls plans goals aims tasks "
        "topics things reasons signs news open busy quick short long early late easy hard simple plain chances odds "
        "guess hope no not nor only once twice sometimes often usually likely certainly clearly then now later soon "
        "again together apart instead meanwhile otherwise elsewhere somewhere anyway"
    )
)
"""Words that open a sentence without being a name."""
