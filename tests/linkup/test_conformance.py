"""Every row of the reference, on a server over the simulated LinkedIn and on one that is chained to it."""

from datetime import timedelta
from typing import Any

import pytest

from overture.api.linkup.endpoint import Endpoint, Wrapper
from overture.api.linkup.index import ENDPOINTS
from tests.linkup.conftest import Gateway, Simulation

LISTS = {
    "/v1/profile/search": "profiles",
    "/v1/companies/search": "companies",
    "/v1/network/connections": "connections",
    "/v1/network/invitations": "invitations",
    "/v1/network/sent-invitations": "invitations",
    "/v1/network/recommendations": "recommendations",
    "/v1/posts/reactions": "reactions",
    "/v1/posts/extract-comments": "comments",
    "/v1/posts/search": "posts",
    "/v1/recruiter/candidates": "candidates",
    "/v1/recruiter/job-posts": "job_posts",
    "/v1/data/search/companies": "results",
    "/v1/data/search/profiles": "results",
    "/v1/data/employees/extract": "results",
    "/v1/data/signals/posts/reactions": "reactions",
    "/v1/data/signals/posts/comments": "comments",
    "/v1/data/signals/profile/reactions": "reactions",
    "/v1/data/signals/profile/comments": "comments",
    "/v1/data/signals/profile/posts": "posts",
    "/v1/data/signals/company/posts": "posts",
}
WITH_BODY = [endpoint for endpoint in ENDPOINTS if endpoint.body]
SESSIONS = [endpoint for endpoint in ENDPOINTS if endpoint.session]


def name(value: object) -> str:
    return value.path if isinstance(value, Endpoint) else str(value)


class Samples:
    """Values that exist on the LinkedIn behind a server; what an action uses up is fetched anew."""

    def __init__(self, gateway: Gateway, simulation: Simulation) -> None:
        self.gateway = gateway
        self.simulation = simulation

    def stranger(self) -> str:
        found = self.gateway.data(
            "/v1/profile/search", network="S,O", fetch_invitation_state=True, start_page=1, end_page=4
        )
        known = self.gateway.sample.setdefault("used", set())
        for item in found["profiles"]:
            url = item["profile_url"]
            if item["invitation_state"] == "CAN_INVITE" and url not in known:
                known.add(url)
                return url
        raise AssertionError("nobody is left")

    def friend(self) -> str:
        return self.gateway.data("/v1/network/connections", total_results=3)["connections"][0]["profile_url"]

    def company(self) -> str:
        return self.gateway.data("/v1/companies/search", total_results=1)["companies"][0]["company_url"]

    def post(self) -> str:
        return self.gateway.data("/v1/posts/search", total_results=1)["posts"][0]["post_url"]

    def author(self) -> str:
        return self.gateway.data("/v1/posts/search", total_results=1)["posts"][0]["actor"]["profile_url"]

    def comment(self) -> dict[str, Any]:
        post = self.post()
        self.gateway.data("/v1/posts/comment", post_url=post, message=f"On {len(self.gateway.sample)} points.")
        found = self.gateway.data("/v1/posts/extract-comments", post_url=post)["comments"][0]
        return {
            "tracking_id": found["tracking_id"],
            "profile_urn": found["commenter"]["profile_urn"],
            "comment_urn": found["comment_urn"],
        }

    def sent(self) -> int:
        self.gateway.data("/v1/network/connect", linkedin_url=self.stranger())
        return self.gateway.data("/v1/network/sent-invitations")["invitations"][0]["invitation_id"]

    def received(self) -> dict[str, Any]:
        for _ in range(6):
            found = self.gateway.data("/v1/network/invitations")["invitations"]
            if found:
                return {"shared_secret": found[0]["shared_secret"], "entity_urn": found[0]["entity_urn"]}
            self.simulation.do(lambda world: world.advance(timedelta(days=4)))
        raise AssertionError("nobody has invited the account")

    def draft(self) -> str:
        made = self.gateway.data(
            "/v1/recruiter/create-job",
            company_url=self.company(),
            title="Data Engineer",
            place="Lyon",
            html_description="<p>Pipelines.</p>",
        )
        return made["job_id"]

    def open_job(self) -> str:
        job = self.draft()
        self.gateway.data("/v1/recruiter/publish-job", job_id=job)
        return job

    def job(self) -> str:
        for _ in range(4):
            for item in self.gateway.data("/v1/recruiter/job-posts", total_results=20)["job_posts"]:
                if item["applicants_count"]:
                    return item["job_id"]
            self.simulation.do(lambda world: world.advance(timedelta(days=3)))
        raise AssertionError("nobody has applied")

    def application(self) -> str:
        return self.gateway.data("/v1/recruiter/candidates", job_id=self.job())["candidates"][0]["application_id"]

    def monitor(self) -> str:
        body = {"login_token": self.gateway.token, "webhook_url": "https://app.example.com/hooks"}
        return self.gateway.call("POST", "/v1/webhooks/accounts", body)[1]["id"]

    def required(self, endpoint: Endpoint) -> dict[str, Any]:
        body = dict(self._required(endpoint))
        if endpoint.session:
            body["login_token"] = self.gateway.token
        return body

    def _required(self, endpoint: Endpoint) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912
        person = self.simulation.people[0]
        match endpoint.path:
            case "/v1/auth/login":
                return {"email": person.email, "password": person.password}
            case "/v1/profile/info" | "/v1/profile/contact" | "/v1/network/invitation-status":
                return {"linkedin_url": self.friend()}
            case "/v1/companies/info" | "/v1/data/company/info" | "/v1/data/signals/company/posts":
                return {"company_url": self.company()}
            case "/v1/data/company/info-by-domain":
                page = self.gateway.data("/v1/companies/info", company_url=self.company())
                return {"domain": page["websiteUrl"].split("//")[1].strip("/")}
            case "/v1/network/connect":
                return {"linkedin_url": self.stranger()}
            case "/v1/network/accept-invitation":
                return self.received()
            case "/v1/network/withdraw-invitation":
                return {"invitation_id": self.sent()}
            case "/v1/messages/send-message":
                self.gateway.sample["n"] = self.gateway.sample.get("n", 0) + 1
                return {"linkedin_url": self.friend(), "message_text": f"Message {self.gateway.sample['n']}"}
            case "/v1/messages/conversation":
                return {"linkedin_url": self.friend()}
            case "/v1/posts/comment":
                return {"post_url": self.post(), "message": "Well put."}
            case "/v1/posts/answer-comment":
                return {**self.comment(), "comment_text": "Thank you."}
            case "/v1/posts/create":
                return {"message": "We opened a second workshop."}
            case "/v1/posts/time-spent":
                return {"post_url": self.post(), "duration": 4000}
            case "/v1/recruiter/candidates":
                return {"job_id": self.job()}
            case "/v1/recruiter/cv":
                return {"application_id": self.application()}
            case "/v1/recruiter/publish-job":
                return {"job_id": self.draft()}
            case "/v1/recruiter/close-job":
                return {"job_id": self.open_job()}
            case "/v1/recruiter/create-job":
                job = {"title": "Data Engineer", "place": "Lyon", "html_description": "<p>Pipelines.</p>"}
                return {"company_url": self.company(), **job}
            case "/v1/data/profil/info":
                return {"profile_url": self.friend()}
            case "/v1/data/profil/enrich":
                return self.person()
            case "/v1/data/employees/extract":
                return {"company_name": self.gateway.data("/v1/companies/info", company_url=self.company())["name"]}
            case "/v1/data/signals/profile/reactions" | "/v1/data/signals/profile/comments":
                return {"profile_url": self.friend()}
            case "/v1/data/signals/profile/posts":
                return {"profile_url": self.author()}
            case "/v1/data/mail/finder":
                return {"linkedin_url": self.friend()}
            case "/v1/data/mail/reverse" | "/v1/data/mail/validate":
                found = self.gateway.data("/v1/data/mail/finder", linkedin_url=self.friend())
                return {"email": found["email"]}
            case "/v1/webhooks/accounts" if endpoint.method == "POST":
                return {"login_token": self.gateway.token, "webhook_url": "https://app.example.com/hooks"}
        return {spec.name: self.post() for spec in endpoint.all_fields if spec.required and spec.name == "post_url"}

    def person(self) -> dict[str, Any]:
        profile = self.gateway.data("/v1/profile/info", linkedin_url=self.friend())
        company = profile["experience"][0]["company"]
        return {"first_name": profile["first_name"], "last_name": profile["last_name"], "company_name": company}

    def path(self, endpoint: Endpoint) -> str:
        return endpoint.path.replace("{id}", self.monitor()) if "{id}" in endpoint.path else endpoint.path


@pytest.fixture
def samples(gateway: Gateway, simulation: Simulation) -> Samples:
    return Samples(gateway, simulation)


def check_success(endpoint: Endpoint, status: int, answer: Any) -> None:
    assert status == 200, (endpoint.path, answer)
    if endpoint.wrapper is Wrapper.BARE:
        assert "status" not in answer
        return
    assert answer["status"] == "success"
    assert "data" in answer or isinstance(answer["message"], str)


def check_error(status: int, answer: Any, wanted: int) -> None:
    assert status == wanted, answer
    assert answer["status"] == "error"
    assert isinstance(answer["message"], str)
    assert answer["message"]


# Signing in has a test of its own below; its second step needs the first.
CALLED = [endpoint for endpoint in ENDPOINTS if endpoint.path != "/v1/auth/verify"]


@pytest.mark.parametrize("endpoint", CALLED, ids=name)
def test_required_parameters_alone(samples: Samples, endpoint: Endpoint) -> None:
    """Each endpoint answers with what it needs and no more; aliases do the same."""
    for path in (samples.path(endpoint), *endpoint.aliases):
        status, answer = samples.gateway.call(endpoint.method, path, samples.required(endpoint))
        check_success(endpoint, status, answer)
        if endpoint.path in LISTS:
            data = answer["data"]
            assert len(data[LISTS[endpoint.path]]) == data["total_results"] <= 10


@pytest.mark.parametrize("endpoint", [e for e in CALLED if e.body], ids=name)
def test_all_parameters(samples: Samples, endpoint: Endpoint) -> None:
    """Every documented parameter at once, and unknown ones beside them."""
    body: dict[str, Any] = {spec.name: spec.example for spec in endpoint.all_fields}
    for exact in (
        "linkedin_url",
        "connection_of",
        "follower_of",
        "company_url",
        "school_url",
        "conversation_id",
        "job_id",
        "next_cursor",
        "cursor",
        "location",
        "keyword",
        "industry",
        "sector",
        "past_company",
        "first_name",
        "last_name",
        "title",
        "email",
        "media_link",
        "media_file",
        "job_title",
        "current_company",
        "school",
        "company_domain",
        "company_name",
        "post_date",
        "plateforme",
        "login_token",
    ):
        body.pop(exact, None)
    body |= samples.required(endpoint) | {"unknown": [1], "proxy_country": "US"}
    status, answer = samples.gateway.call(endpoint.method, samples.path(endpoint), body)
    check_success(endpoint, status, answer)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=name)
def test_a_bad_key(first: Gateway, endpoint: Endpoint) -> None:
    """No key, a wrong one, and one for the other API."""
    path = endpoint.path.replace("{id}", "0" * 24)
    for key, wanted in (("", 401), ("nonsense", 401), (first.generation_key, 403)):
        check_error(*first.call(endpoint.method, path, {}, key=key), wanted)


@pytest.mark.parametrize("endpoint", SESSIONS, ids=name)
def test_a_dead_session_is_403(samples: Samples, endpoint: Endpoint) -> None:
    """Clients sign in again on 403 and on nothing else."""
    body = {spec.name: spec.example for spec in endpoint.all_fields} | {"login_token": "AQEDgone"}
    check_error(*samples.gateway.call(endpoint.method, endpoint.path, body), 403)


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=name)
def test_what_is_missing_is_named(first: Gateway, endpoint: Endpoint) -> None:
    """Each required field, one at a time."""
    for missing in (spec for spec in endpoint.all_fields if spec.required):
        body = {spec.name: spec.example for spec in endpoint.all_fields if spec is not missing}
        path = endpoint.path.replace("{id}", "0" * 24)
        status, answer = first.call(endpoint.method, path, body)
        check_error(status, answer, 400)
        assert missing.name in answer["message"]


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.path in LISTS], ids=name)
def test_pages(samples: Samples, endpoint: Endpoint) -> None:
    """Totals, pages and the end of a list agree."""
    key = LISTS[endpoint.path]
    base = samples.required(endpoint)
    whole = samples.gateway.call("POST", endpoint.path, base | {"total_results": 25})[1]["data"]
    assert len(whole[key]) == whole["total_results"] <= 25
    paged = samples.gateway.call("POST", endpoint.path, base | {"start_page": 1, "end_page": 2})[1]["data"]
    size = 50 if endpoint.path == "/v1/profile/search" else 10
    assert paged["pagination"]["results_per_page"] == size
    assert (paged["pagination"]["start_page"], paged["pagination"]["end_page"]) == (1, 2)
    assert len(paged[key]) <= 2 * size
    count = min(len(whole[key]), len(paged[key]))
    assert paged[key][:count] == whole[key][:count]
    beyond = samples.gateway.call("POST", endpoint.path, base | {"start_page": 5_000})[1]["data"]
    assert beyond[key] == []
    assert beyond["total_results"] == 0


def test_cursors(samples: Samples) -> None:
    """The inbox goes on where the last answer stopped, and ends."""
    gateway = samples.gateway
    for friend in gateway.data("/v1/network/connections", total_results=4)["connections"]:
        gateway.data("/v1/messages/send-message", linkedin_url=friend["profile_url"], message_text="Hello there")
    seen: list[str] = []
    cursor = None
    for _ in range(200):
        page = gateway.data("/v1/messages/inbox", total_results=3, **({"next_cursor": cursor} if cursor else {}))
        seen += [item["conversation_id"] for item in page["conversations"]]
        assert page["total_results"] == len(page["conversations"]) <= 3
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert cursor is None
    assert len(seen) == len(set(seen)) >= 4


def test_signing_in_with_a_challenge(samples: Samples) -> None:
    """No token before the code; a wrong code is refused, the right one is taken, and signing in again is at once."""
    gateway, person = samples.gateway, samples.simulation.people[1]
    credentials = {"email": person.email, "password": person.password}
    if not gateway.sample.get("challenged"):
        status, answer = gateway.call("POST", "/v1/auth/login", credentials)
        assert status == 200
        if "login_token" not in answer:  # the server that is chained signs in after the first one, whose session lives
            assert answer["email"] == person.email
            assert answer["message"]
            check_error(*gateway.call("POST", "/v1/auth/verify", {"email": person.email, "code": "000000"}), 400)
            code = samples.simulation.code(person.email)
            status, answer = gateway.call("POST", "/v1/auth/verify", {"email": person.email, "code": code})
            assert status == 200, answer
    token = answer["login_token"]
    assert gateway.call("POST", "/v1/auth/login", credentials)[1]["login_token"] == token
    assert gateway.call("POST", "/v1/profile/me", {"login_token": token})[0] == 200


def test_a_code_that_nobody_waits_for(first: Gateway) -> None:
    """There is nothing to verify."""
    check_error(*first.call("POST", "/v1/auth/verify", {"email": "x@example.com", "code": "1"}), 404)


def test_a_wrong_password(first: Gateway, simulation: Simulation) -> None:
    """400, not 403: nothing has expired, and signing in again does not help."""
    body = {"email": simulation.people[2].email, "password": "wrong"}
    status, answer = first.call("POST", "/v1/auth/login", body)
    check_error(status, answer, 400)
    assert "wrong" not in answer["message"].replace("wrong e-mail", "").replace("password is wrong", "")


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{", b'"x"', b"\xff\xfe", b"null", b"[" * 50_000, b'{"a":' * 50 + b"1" + b"}" * 50]
)
def test_bodies_that_are_no_objects(first: Gateway, raw: bytes) -> None:
    """Whatever comes, the dialect's own shape answers, below 500."""
    status, answer = first.call("POST", "/v1/profile/info", raw=raw)
    check_error(status, answer, 400)


def test_unknown_paths_answer_in_the_dialect(first: Gateway) -> None:
    """Below /v1 also what no handler sees."""
    check_error(*first.call("POST", "/v1/nothing", {}), 404)
    check_error(*first.call("GET", "/v1/profile/info"), 405)
