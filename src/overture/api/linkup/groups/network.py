"""Invitations and connections (linkup.md, 2.5)."""

from overture.api.linkup import shapes
from overture.api.linkup.endpoint import Call, Endpoint, Reply, Run, data, does, lists, message, pages, reads
from overture.api.linkup.fields import Field, Kind, Params
from overture.api.linkup.groups.profile import PROFILE_URL
from overture.api.linkup.paging import listed, paging
from overture.domain.errors import Invalid
from overture.domain.linkedin import queries
from overture.domain.linkedin.actions import Accept, ActionState, Invite, Withdraw
from overture.domain.linkedin.objects import InvitationKind

NOTE = Field("message", Kind.TEXT, "The note that goes with the invitation.", "Hi Ada, ...")
EMAIL = Field("email", Kind.TEXT, "The member's address, where LinkedIn asks for it. Ours.", "ada@example.com")
KIND = Field(
    "invitation_type",
    Kind.TEXT,
    "People, pages or newsletters.",
    "CONNECTION",
    default="CONNECTION",
    choices=tuple(InvitationKind),
)
_SENTENCES = {
    ActionState.SENT: "The invitation was sent.",
    ActionState.ACCEPTED_BY_PROVIDER: "The invitation was handed on, and will be sent.",
    ActionState.CONFIRMED: "The invitation was sent.",
    ActionState.DOWNGRADED_NO_NOTE: "The invitation was sent without its note.",
    ActionState.EMAIL_REQUIRED: "LinkedIn asks for this member's e-mail address; no invitation was sent.",
    ActionState.REFUSED: "No invitation was sent.",
}


async def _connect(call: Call) -> Reply:
    params = call.params
    action = Invite(params.text("linkedin_url"), params.raw("message") or None, params.text("email") or None)
    done = await call.act(action)
    shape = {
        "state": done.state.value,
        "invitation_urn": done.result.get("invitation_urn"),
        "invitation_id": done.result.get("invitation_id"),
    }
    if done.state in {ActionState.EMAIL_REQUIRED, ActionState.REFUSED}:
        raise Invalid([done.detail or _SENTENCES[done.state]])
    return message(_SENTENCES[done.state], data=shape)


def _invitations(*, sent: bool) -> Run:
    async def run(call: Call) -> Reply:
        asked = paging(call.params)
        kind = InvitationKind(call.params.text("invitation_type"))
        found = await call.read(queries.Invitations(sent, kind, asked.window))
        now = max([call.now, *(item.sent_at for item in found.items)])
        items = [shapes.invitation(item, now, sent=sent) for item in found.items]
        return data(listed("invitations", items, asked, found), asked.credits(found))

    return run


def _withdrawal(params: Params) -> Withdraw:
    given = params.text("invitation_id").rpartition(":")[2]
    if not given.isascii() or not given.isdigit() or len(given) > 19:
        raise Invalid(["Parameter invitation_id must be the id of an invitation"])
    return Withdraw(int(given))


ENDPOINTS = (
    Endpoint(
        "9",
        "POST",
        "/v1/network/connect",
        "network",
        "Invite a member",
        "C",
        _connect,
        (PROFILE_URL, NOTE, EMAIL),
        acts=True,
        answer="`message`, and `data.state`: how far the invitation got.",
        example={"message": "The invitation was sent."},
    ),
    Endpoint(
        "10",
        "POST",
        "/v1/network/connections",
        "network",
        "The account's connections",
        "D",
        lists("connections", lambda _, asked: queries.Connections(asked.window), shapes.listed_member),
        most=pages(),
        paged=10,
        answer="`data.connections`, empty past the end.",
        example={"total_results": 1, "total_available_results": 1, "connections": [{"name": "Ada Example"}]},
    ),
    Endpoint(
        "11",
        "POST",
        "/v1/network/invitations",
        "network",
        "Received invitations",
        "D",
        _invitations(sent=False),
        (KIND,),
        most=pages(),
        paged=10,
        answer="`data.invitations`; accepting one needs its `entity_urn` and `shared_secret`.",
        example={"total_results": 0, "invitations": []},
    ),
    Endpoint(
        "12",
        "POST",
        "/v1/network/accept-invitation",
        "network",
        "Accept an invitation",
        "D",
        does(lambda p: Accept(p.text("entity_urn"), p.text("shared_secret")), "The invitation was accepted."),
        (
            Field("shared_secret", Kind.TEXT, "As network/invitations returned it.", "aBcDeF", required=True),
            Field(
                "entity_urn", Kind.TEXT, "As network/invitations returned it.", "urn:li:fsd_invitation:7", required=True
            ),
        ),
        aliases=("/v1/network/accept-invitations",),
        acts=True,
        answer="`message`.",
        example={"message": "The invitation was accepted."},
    ),
    Endpoint(
        "13",
        "POST",
        "/v1/network/sent-invitations",
        "network",
        "Sent invitations",
        "D",
        _invitations(sent=True),
        (KIND,),
        most=pages(),
        paged=10,
        answer="`data.invitations`.",
        example={"total_results": 0, "invitations": []},
    ),
    Endpoint(
        "14",
        "POST",
        "/v1/network/withdraw-invitation",
        "network",
        "Withdraw an invitation",
        "D",
        does(_withdrawal, "The invitation was withdrawn."),
        (
            Field(
                "invitation_id", Kind.ID, "As network/sent-invitations returned it; text or number.", "7", required=True
            ),
        ),
        acts=True,
        answer="`message`.",
        example={"message": "The invitation was withdrawn."},
    ),
    Endpoint(
        "15",
        "POST",
        "/v1/network/invitation-status",
        "network",
        "What stands between the account and a member",
        "D",
        reads(lambda p: queries.StandingWith(p.text("linkedin_url")), shapes.standing),
        (PROFILE_URL,),
        answer="`data.invitation_state` and `data.member_distance`.",
        example={
            "invitation_state": "ACCEPTED",
            "invitation_type": "CONNECTED",
            "invitation_id": None,
            "member_distance": 1,
            "message": "You are connected with this member.",
        },
    ),
    Endpoint(
        "16",
        "POST",
        "/v1/network/recommendations",
        "network",
        "People LinkedIn suggests",
        "C",
        lists("recommendations", lambda _, asked: queries.Recommendations(asked.window), shapes.listed_member),
        most=pages(),
        paged=10,
        answer="`data.recommendations`.",
        example={"total_results": 1, "recommendations": [{"name": "Ada Example"}]},
    ),
)
