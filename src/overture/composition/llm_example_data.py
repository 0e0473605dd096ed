"""The examples' companies, facts and messages. All are invented."""

from dataclasses import dataclass, replace

from overture.domain.messages import MessageType, Tone

Sentences = tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One message with the facts that it was written from. ``material`` starts with the title."""

    type: MessageType
    company: str
    title: str
    offer_name: str
    site: tuple[str, ...]
    offer: tuple[str, ...]
    sentences: Sentences
    why: str
    tone: Tone = Tone.NORMAL
    material: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()


_DOCKWISE = (
    "Dockwise gives each incoming lorry a door and a time.",
    "Drivers see a changed time on their phone.",
    "Bookings are read from spreadsheets and from the warehouse system.",
)
_REPLYBIRD = (
    "Replybird drafts answers to customer questions from a company's own help pages.",
    "Replybird shows the page behind each draft.",
)
_ROSTERLY = (
    "Rosterly plans shifts from qualifications and rest times.",
    "Rosterly marks shifts that nobody with the right certificate can take.",
)
_FERNHILL = (
    "Our three stores in Kent hold 41,000 pallet places between minus 25 and plus 5 degrees.",
    "Carriers book their arrival up to ten days ahead.",
    "We blast-freeze fruit and vegetables for growers within 40 miles.",
)
_HALDEN = (
    "Halden makes stoneware tiles to order in batches of 200 square metres.",
    "Samples leave the works on the day they are ordered.",
    "Architects can change the glaze until firing begins.",
)
_MOORLAND = (
    "Moorland Ferries sails to eleven islands all year round.",
    "Our five ships carry cars, post and livestock.",
    "In winter, sailings are confirmed by six in the evening.",
)
_DISPATCH = (
    "What 40 dispatch desks learned from moving bookings out of the inbox",
    "Half of the late lorries had a booking that nobody had confirmed.",
    "Desks that published their free times had 31 percent fewer calls.",
)

_NOTE = Example(
    MessageType.CONNECTION_REQUEST,
    "Fernhill Cold Store",
    "Operations Director",
    "Dockwise",
    _FERNHILL,
    _DOCKWISE,
    (
        ("lead_claim", ("E2",), "Carriers book their arrival at Fernhill Cold Store up to ten days ahead."),
        ("inference", ("T",), "I would guess the order at the doors still changes in the morning."),
        ("sender_claim", ("P1",), "Dockwise gives each incoming lorry a door and a time."),
    ),
    "one fact that no other store has, a guess that the job explains, and the offer in one plain clause. No question.",
)
_FOLLOW_UP = replace(
    _NOTE,
    type=MessageType.FIRST_FOLLOW_UP,
    sentences=(
        ("thanks", (), "Thanks for connecting."),
        ("lead_claim", ("E1",), "Your three stores hold 41,000 pallet places between minus 25 and plus 5 degrees."),
        ("inference", ("T",), "Goods at such temperatures probably cannot wait long at a door."),
        ("sender_claim", ("P2",), "With Dockwise, drivers see a changed time on their phone."),
        ("ask", (), "Who decides which lorry goes first when two are late?"),
    ),
    why="the guess joins the two facts (cold goods, waiting), and the question can be answered at once.",
)
_AMBITION = replace(
    _NOTE,
    type=MessageType.STAGE_AMBITION,
    tone=Tone.FORMAL,
    sentences=(
        (
            "inference",
            ("T",),
            "As an operations director you may want the yard to run without calls about who is next.",
        ),
        ("lead_claim", ("E3",), "You blast-freeze fruit and vegetables for growers within 40 miles."),
        ("inference", (), "At harvest, I would guess, the growers would all like to come at the same time."),
        (
            "sender_claim",
            ("P1", "P3"),
            "Dockwise reads bookings from spreadsheets and gives each lorry a door and a time.",
        ),
    ),
    why="the aim is put as a guess from the job; the fact is another one than in the messages before.",
)
_MATERIAL = replace(
    _NOTE,
    type=MessageType.SHARE_MATERIAL,
    material=_DISPATCH,
    sentences=(
        ("material_claim", ("M1",), "Half of the late lorries had a booking that nobody had confirmed."),
        (
            "material_claim",
            ("M0",),
            'That is from "What 40 dispatch desks learned from moving bookings out of the inbox".',
        ),
        (
            "inference",
            ("T",),
            "It may or may not hold for a cold store, but the step between booking and door could be the same.",
        ),
        ("link", (), "The whole piece:"),
    ),
    why="the point stands as it does in the material, and the doubt about the fit is said.",
)
_HIRING = Example(
    MessageType.HIRING_ACTIVITY,
    "Moorland Ferries",
    "HR Director",
    "Rosterly",
    _MOORLAND,
    _ROSTERLY,
    (
        (
            "lead_claim",
            ("J1", "J2"),
            "Moorland Ferries has three open roles, among them Second Officer and Deck Rating.",
        ),
        ("inference", ("T",), "Until they are filled, some sailings could be hard to crew with the right papers."),
        ("sender_claim", ("P2",), "Rosterly marks shifts that nobody with the right certificate can take."),
        ("ask", (), "Is that something you check by hand today?"),
    ),
    "roles by the titles given, the number as given, and a guess about the work, not about the reasons.",
    jobs=("Second Officer", "Deck Rating", "Harbour Clerk"),
)
_CASUAL_NOTE = Example(
    MessageType.CONNECTION_REQUEST,
    "Halden Tiles",
    "Head of Customer Service",
    "Replybird",
    _HALDEN,
    _REPLYBIRD,
    (
        ("lead_claim", ("E3",), "Architects can change the glaze until firing begins."),
        ("inference", ("T",), "That might bring your team a few questions."),
        ("sender_claim", ("P1",), "Replybird drafts answers to customer questions from your own help pages."),
    ),
    "the detail is theirs alone, and the guess is small enough to be true.",
    Tone.CASUAL,
)
_NO_FIT = Example(
    MessageType.FIRST_FOLLOW_UP,
    "Halden Tiles",
    "Kiln Engineer",
    "Replybird",
    _HALDEN,
    _REPLYBIRD,
    (
        ("lead_claim", ("E2",), "Samples leave your works on the day they are ordered."),
        ("sender_claim", ("P1",), "Replybird drafts answers to customer questions from a company's help pages."),
        ("inference", ("T",), "That may well be far from your own desk."),
        ("ask", (), "Could you point me to whoever answers the questions about samples?"),
    ),
    "the offer is not for this job, so the message says so and asks for the right colleague.",
)
_AMBITION_2 = replace(
    _CASUAL_NOTE,
    type=MessageType.STAGE_AMBITION,
    sentences=(
        ("lead_claim", ("E1",), "You make stoneware tiles to order in batches of 200 square metres."),
        (
            "inference",
            ("T",),
            "With orders that size, I'd guess you'd like every customer to get the same answer.",
        ),
        ("sender_claim", ("P2",), "Replybird shows the page behind each draft."),
        ("ask", (), "Worth a look, or not a topic right now?"),
    ),
    why="fact, guess, offer and a way out; contractions because the tone is casual.",
)
_HIRING_2 = replace(
    _HIRING,
    tone=Tone.FORMAL,
    sentences=(
        ("lead_claim", ("E2",), "Your five ships carry cars, post and livestock."),
        ("lead_claim", ("J3",), "One of the open roles is Harbour Clerk."),
        ("inference", ("T",), "Perhaps new people on shore make the shifts of all others move as well."),
        ("sender_claim", ("P1",), "Rosterly plans shifts from qualifications and rest times."),
    ),
    why="a role and a fact of the site together, each with its own citation.",
)

GOOD: tuple[Example, ...] = (
    _NOTE,
    _FOLLOW_UP,
    _AMBITION,
    _MATERIAL,
    _HIRING,
    _CASUAL_NOTE,
    _NO_FIT,
    _AMBITION_2,
    _HIRING_2,
)

BAD: tuple[Example, ...] = (
    replace(
        _NOTE,
        sentences=(
            ("lead_claim", ("E1",), "Fernhill Cold Store is one of the leading and most modern stores in the South."),
            ("ask", (), "Do you have 15 minutes for a call this week?"),
        ),
        why="praise that no fact holds, a question and a meeting in an invitation.",
    ),
    replace(
        _FOLLOW_UP,
        sentences=(
            ("lead_claim", ("E2",), "Your 41,000 pallet places fill up in harvest time."),
            ("sender_claim", ("P1",), "Dockwise cuts waiting times by 30 percent."),
            ("ask", (), "Shall we talk? Or should I send you more?"),
        ),
        why="a number from another fact than the one cited, an event nobody told, a result made up, two questions.",
    ),
    replace(
        _AMBITION,
        sentences=(
            ("inference", ("T",), "You want to grow to five stores and you need Dockwise for that."),
            ("sender_claim", ("P1",), "Dockwise gives each incoming lorry a door and a time."),
        ),
        why="a plan is made up and said as if it were known.",
    ),
    replace(
        _MATERIAL,
        sentences=(
            ("material_claim", ("M2",), "Desks saved 31 percent of their costs and every caller was happier."),
            ("link", (), "Read it at dispatch.example/report now:"),
        ),
        why="the point was turned into another one, and an address was written.",
    ),
    replace(
        _HIRING,
        sentences=(
            ("lead_claim", ("J1",), "Congratulations on hiring twelve Second Officers for your new route to Norway."),
            ("sender_claim", ("P1",), "Rosterly plans shifts from qualifications and rest times."),
        ),
        why="a number and a route that no fact holds, and a familiarity that is not there.",
    ),
)
