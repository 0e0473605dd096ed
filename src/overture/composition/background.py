"""Stems that company pages share: how many of 82 pages of the WCXB development split (even index) hold each.

Counted once, written down here; a word that is not listed stands on fewer pages than a twelfth.
"""

from overture.composition.wordlist import listed

COMMON = frozenset(
    listed(
        "access across advanc ai applic avail base benefit best better build busi chang client compani complet "
        "connect contact cost creat custom data day deliv design develop drive easi effect effici enabl ensur "
        "everi experi expert find focus free full generat go goal help high improv includ industri inform insight "
        "integr keep lead learn level look make manag market meet month need new offer one oper optim organiz "
        "peopl perform person plan platform power process product profession project provid question quick real "
        "report requir resourc result right secur see servic set share solut start strategi success support "
        "system take team time today tool top trust understand use user way work year "
    )
)
"""On more than a third of the pages."""

FREQUENT = frozenset(
    listed(
        "acceler account achiev action activ adapt add addit address align allow alway analyt analyz annual "
        "answer app appli approach area ask assist autom back boost brand bring built call capabl care case "
        "challeng check choos clear click close cloud code collabor communiti competit complex complianc "
        "comprehens confid consult content continu control convers core cover dashboard decis dedic depend detail "
        "differ digit direct driven email empow end engag engin enhanc enterpris essenti even everyth excel "
        "execut exist expertis explor fast faster featur first flexibl follow form frequent friend function futur "
        "gain get give global good great grow growth guid home hour identifi impact implement import increas "
        "infrastructur initi innov intellig invest issu journey key know last let list live local locat long mani "
        "may measur million mobil model modern move much multipl network next non now object offic onlin open "
        "opportun option packag page part partner place point polici practic prevent price program protect "
        "qualiti rate reach read readi receiv recommend reduc relat request research respons review risk run save "
        "scalabl scale schedul seamless select send serv session show sign simpl singl size skill small softwar "
        "sourc special specif standard stay step streamlin studi suit tailor task technolog term test thing think "
        "togeth track train transform trend tri turn two type uniqu updat valu view want web websit week well "
        "workflow world "
    )
)
"""On more than a fifth of the pages."""

FAMILIAR = frozenset(
    listed(
        "abil abl absolut accept accur accuraci actual ad adjust administr adopt advantag advic advisor affect "
        "afford against agenc agent agil ahead almost along alreadi amount analysi anyon api appropri approv "
        "architectur around assess asset assign associ assur attend attent attract attribut audienc audit authent "
        "auto automat averag avoid aw award balanc basic beauti becom begin behavior believ below beyond big bill "
        "block board book box brief browser budget buy ca campaign captur card career center central ceo certain "
        "certif certifi channel chat choic citi claim clariti class clean co collect com combin come commerc "
        "commerci commit common communic compar competitor compon compromis comput concept condit conduct consid "
        "consist consolid constant consum context contract contractor convert coordin corpor countri cours "
        "coverag craft creation creativ credit critic crm cross crucial current cut daili date deal deep defin "
        "definit deliveri demand demo depart deploy depth descript detect determin devic director discount discov "
        "discuss distribut document domain done download due dynam earn easili econom ecosystem edg educ effort "
        "element elig elimin embrac employ employe enrol entir environ equip especi establish estim evalu event "
        "ever everyon evolv exact exampl exclus expand expect expens experienc extend extens extern extra face "
        "factor fall famili faq far favorit fee feedback feel field file final financ financi fit fix flow "
        "forecast format forward found foundat founder framework fulli fund fundament game gap gather general "
        "googl govern grade greater group guarante guidanc hand handl happen happi har head health healthcar "
        "hidden higher highest hire histori hold host hous howev human hundr idea ideal ident imag immedi "
        "independ indic individu info instal instant instruct insur interact interest interfac internal internat "
        "internet introduct intuit involv io job join keyword knowledg land landscap languag larg latest launch "
        "law leader leadership leav led legal less leverag licens life like limit line link littl load log longer "
        "loss lot love low machin made main maintain mainten major manual map master match materi matter matur "
        "maxim mean meaning media member mental messag method methodolog metric might migrat mind minim minut "
        "miss mitig ml money monitor multi must name nation nativ navig near necessari never note notic number "
        "often ongo order other outcom overal overview owner pace paid parti particular partnership past path pay "
        "payment peak perfect period perspect phase phone pictur play pleas plus popular portfolio posit possibl "
        "post potenti precis predict prefer prepar present previous priorit prioriti privaci privat proactiv "
        "problem profil profit progress promot prompt proven public purchas purpos put qualifi rang rank rapid "
        "realli reason recogn record refin reflect region regist regul regular regulatori relationship relev "
        "reliabl remain remov repair replac resid resili respond retain retent return revenu roadmap robust roi "
        "role rout rule saa safe safeti sale satisfact satisfi say school score search second seek segment self "
        "sell senior seo server setup sever shape shift ship short side signific similar simplifi sinc site smart "
        "smarter smooth social solid solv someon someth sophist space speak specialist speed spend stack staff "
        "stage stand star state status still storag store stori strateg stream strong structur struggl student "
        "style subject suggest sure sustain switch sync talent talk tap target tax teach tech technic techniqu "
        "tell templat text thank third thousand threat three tip total touch toward tradit traffic transit "
        "transpar trial typic ui ultim uncov unifi unit universiti unlock upgrad uptim util valid valuabl vari "
        "varieti various vendor video virtual visibl visit visual welcom whole wide win worldwid write yourself "
        "zero "
    )
)
"""On more than a twelfth of the pages."""

KNOWN = COMMON | FREQUENT | FAMILIAR
