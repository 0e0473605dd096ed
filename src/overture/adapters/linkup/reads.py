"""Each question as a call of the dialect, and the answer as a record."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, cast

from overture.adapters.linkup import people as shapes
from overture.adapters.linkup import reads_content as more
from overture.adapters.linkup.asking import Ask, Body, cut, filled, paged
from overture.adapters.linkup.given import Given
from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin import queries
from overture.domain.linkedin.objects import Degree, Profile, Thread
from overture.domain.linkedin.queries import Query

_NETWORK = {Degree.FIRST.value: "F", Degree.SECOND.value: "S", Degree.THIRD.value: "O"}


async def _me(ask: Ask, _query: queries.Me) -> Profile:
    found = shapes.profile(await ask.data("/v1/profile/me", {}))
    return replace(found, member=replace(found.member, degree=Degree.SELF))


async def _profile(ask: Ask, query: queries.ReadProfile) -> Profile:
    if ask.alone:
        found = await ask.data("/v1/data/profil/info", {"profile_url": query.profile})
        return shapes.profile(found.child("profile_data"))
    return shapes.profile(await ask.data("/v1/profile/info", {"linkedin_url": query.profile}))


async def _contact(ask: Ask, query: queries.ReadContact) -> object:
    return shapes.contact(await ask.data("/v1/profile/contact", {"linkedin_url": query.profile}))


async def _search(ask: Ask, query: queries.SearchProfiles) -> object:
    if ask.alone:
        body = filled(
            keyword=query.keyword,
            job_title=query.title,
            current_company=";".join(query.companies),
            school=";".join(query.schools),
            location=";".join(query.locations),
            industry=";".join(query.industries),
        )
        found = await ask.data("/v1/data/search/profiles", body | paged(query.window))
        return cut(shapes.slice_of(found, _data_member, "results"), query.window)
    body = filled(
        keyword=query.keyword,
        first_name=query.first_name,
        last_name=query.last_name,
        title=query.title,
        company_url=";".join(query.companies),
        past_company=";".join(query.past_companies),
        school_url=";".join(query.schools),
        location=";".join(query.locations),
        industry=";".join(query.industries),
        network=",".join(_NETWORK[degree] for degree in query.degrees),
        connection_of=query.connection_of,
        follower_of=query.follower_of,
        fetch_invitation_state=query.with_state,
    )
    found = await ask.data("/v1/profile/search", body | paged(query.window, 50))
    return cut(shapes.slice_of(found, shapes.member, "profiles", "results"), query.window, 50)


def _data_member(given: Given) -> object:
    person = shapes.member(given)
    url = given.child("social_profiles").text("linkedin")
    return shapes.with_url(person, url) if url else person


async def _company(ask: Ask, query: queries.ReadCompany) -> object:
    path = "/v1/data/company/info" if ask.alone else "/v1/companies/info"
    return shapes.company(await ask.data(path, {"company_url": query.company}))


async def _company_by_domain(ask: Ask, query: queries.ReadCompanyByDomain) -> object:
    return shapes.company(await ask.data("/v1/data/company/info-by-domain", {"domain": query.domain}))


async def _companies(ask: Ask, query: queries.SearchCompanies) -> object:
    path = "/v1/data/search/companies" if ask.alone else "/v1/companies/search"
    body = filled(
        keyword=query.keyword,
        location=";".join(query.locations),
        industry=";".join(query.industries),
        company_size=";".join(query.sizes),
        founding_company=query.founding,
    )
    found = await ask.data(path, body | paged(query.window))
    return cut(shapes.slice_of(found, shapes.company, "companies", "results"), query.window)


async def _employees(ask: Ask, query: queries.Employees) -> object:
    body = {"company_name": query.company, "decision_makers_only": query.decision_makers_only}
    found = await ask.data("/v1/data/employees/extract", body | paged(query.window))
    return cut(shapes.slice_of(found, shapes.member, "results", "employees"), query.window)


async def _industries(ask: Ask, _query: queries.Industries) -> object:
    answer = Given(await ask.wire.read("/v1/tool/industries", {}, method="GET"))
    return answer.texts("data")


async def _connections(ask: Ask, query: queries.Connections) -> object:
    found = await ask.data("/v1/network/connections", paged(query.window))
    return cut(shapes.slice_of(found, shapes.connection, "connections"), query.window)


async def _invitations(ask: Ask, query: queries.Invitations) -> object:
    path = "/v1/network/sent-invitations" if query.sent else "/v1/network/invitations"
    found = await ask.data(path, {"invitation_type": query.kind.value} | paged(query.window))
    return cut(shapes.slice_of(found, lambda item: shapes.invitation(item, ask.now), "invitations"), query.window)


async def _standing(ask: Ask, query: queries.StandingWith) -> object:
    return shapes.standing(await ask.data("/v1/network/invitation-status", {"linkedin_url": query.profile}))


async def _recommendations(ask: Ask, query: queries.Recommendations) -> object:
    found = await ask.data("/v1/network/recommendations", paged(query.window))
    return cut(shapes.slice_of(found, shapes.member, "recommendations"), query.window)


async def _inbox(ask: Ask, query: queries.Inbox) -> object:
    body: Body = {"category": query.category, "total_results": query.window.count}
    if query.window.cursor:
        body["next_cursor"] = query.window.cursor
    found = await ask.data("/v1/messages/inbox", body)
    return shapes.slice_of(found, lambda item: shapes.conversation(item, ask.me), "conversations")


async def _conversation(ask: Ask, query: queries.ReadConversation) -> Thread:
    body = filled(conversation_id=query.conversation_id, linkedin_url=query.profile, cursor=query.window.cursor)
    found = await ask.data("/v1/messages/conversation", body | paged(query.window))
    part = shapes.slice_of(found, lambda item: shapes.message(item, ask.me), "messages")
    others = (item.sender for item in part.items if item.sender.degree is not Degree.SELF)
    with_whom = shapes.with_url(next(others, shapes.nobody()), found.text("profile_url"))
    return Thread(
        found.text("conversation_id"),
        with_whom,
        cut(part, query.window),
        found.number("total_other_member_message_count"),
        found.number("unread_count"),
        found.time("last_seen_at"),
    )


READS: dict[type[Query[Any]], Callable[[Ask, Any], Awaitable[Any]]] = {
    queries.Me: _me,
    queries.ReadProfile: _profile,
    queries.ReadContact: _contact,
    queries.SearchProfiles: _search,
    queries.ReadCompany: _company,
    queries.ReadCompanyByDomain: _company_by_domain,
    queries.SearchCompanies: _companies,
    queries.Employees: _employees,
    queries.Industries: _industries,
    queries.Connections: _connections,
    queries.Invitations: _invitations,
    queries.StandingWith: _standing,
    queries.Recommendations: _recommendations,
    queries.Inbox: _inbox,
    queries.ReadConversation: _conversation,
    queries.PostReactions: more.post_reactions,
    queries.PostComments: more.post_comments,
    queries.SearchPosts: more.posts,
    queries.Feed: more.feed,
    queries.MemberReactions: more.member_reactions,
    queries.MemberComments: more.member_comments,
    queries.Candidates: more.candidates,
    queries.CandidateFile: more.cv,
    queries.Jobs: more.jobs,
    queries.FindPerson: more.person,
    queries.FindAddress: more.address,
    queries.AddressOwner: more.owner,
    queries.JudgeAddress: more.judged,
}
"""How each question is asked."""


async def ask_for(ask: Ask, query: Query[Any]) -> Any:
    """Answer a question; an empty answer where something was named is NotFoundOnRail."""
    found = await READS[type(query)](ask, query)
    if isinstance(found, Profile) and not found.member.name:
        raise NotFoundOnRail("no such member")
    return cast("object", found)
