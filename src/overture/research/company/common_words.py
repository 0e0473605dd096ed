"""Words that very many companies are called by: a site of such a name is seldom the one that is meant."""

_TEXT = """
aa abc ace acme active adapt advance advanced advantage agency agile alliance alpha amber american anchor apex apollo
apple aqua arc arch argo aria ascend ascent aspen aspire asset associates astra atlas atom aura aurora avalon axiom
axis azure beacon bee beta beyond blue bold bolt boost bridge bright british build business capital cardinal care
cascade catalyst central century choice circle city clarity classic clear click cloud coast code compass concept
concord connect consult consulting core cornerstone crown crystal custom cyber data dawn delta design diamond digital
direct discovery dragon dream drive dynamic eagle earth echo eclipse edge element elevate elite ember emerald empire
energy engage enterprise epic equinox essential euro european evergreen evolution evolve excel express falcon finance
first fit flex flow focus forge forward foundation fox frontier fusion future galaxy gate gateway gem genesis global
gold golden grand granite gravity green group growth guardian harbor harbour harmony haven health helix help heritage
high hive home horizon house hub icon idea ideal ignite image impact imperial indigo infinite infinity innovation
innovations insight inspire integral integrated international iris island ivy jade journey jupiter key keystone
kinetic king lab labs landmark lark legacy legal level liberty life light lighthouse link lion liquid live logic
logistics loop lotus lumen luna lux management maple mark marketing matrix media medical meridian metro metropolitan
midas mind mint mission modern momentum monarch moon mosaic motion mountain national native nature navigator neo
network networks new nexus noble north northern nova oak oasis ocean office olympus omega one onyx open optimal
optimum option orbit origin orion oxygen pacific palm panorama paragon partners path pathway peak pearl penta people
phoenix pilot pine pinnacle pioneer pivot pixel planet platform plus point polaris power precision premier premium
prestige primary prime prism pro progress project property pulse pure quality quantum quest quick rainbow rapid raven
ray reach red reef regal relay reliable renew resource response rise river rock rocket root rose royal safe sage
sapphire scale science sea select sense service services shield shift sierra sigma signal silver simple sky smart
software solar solid solution solutions sonic source south southern spark spectrum sphere spirit spring sprint square
standard star stellar sterling stone storm strategy stream studio studios style summit sun sunrise support supreme
sure swift switch synergy system systems target team tech technologies technology tempo terra theory thrive tide tiger
titan together top torch total touch tower trade training transform transport travel tree trend tribe trident trinity
true trust turbo ultra union unique united unity universal urban value vanguard vantage vector vega venture ventures
verse vertex vertical victory view vision vista vital vivid voice volt wave way wealth web well west western white
wild willow wind wing wise wolf wonder wood work works world yellow zen zenith zero zone
"""
COMMON = frozenset(_TEXT.split())
