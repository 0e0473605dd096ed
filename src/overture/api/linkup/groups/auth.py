"""Signing in (linkup.md, 2.2): answers are top-level fields, exactly those that strict clients parse."""

from overture.api.linkup.endpoint import COUNTRY, Call, Endpoint, Reply
from overture.api.linkup.fields import Field, Kind
from overture.domain.linkedin.accounts import COUNTRIES, Password
from overture.usecases.linkedin import signin
from overture.usecases.linkedin.signin import Challenged

EMAIL = Field("email", Kind.TEXT, "The member's e-mail address on LinkedIn.", "ada@example.com", required=True)
PASSWORD = Field(
    "password", Kind.TEXT, "The member's password: used for this call, never kept.", "correct horse", required=True
)
CODE = Field("code", Kind.TEXT, "The code that LinkedIn sent.", "482913", required=True)


def country_of(text: str) -> str:
    """Return a country of the list in its spelling there; any other is FR."""
    upper = text.strip().upper()
    upper = "UK" if upper == "GB" else upper
    return upper if upper in COUNTRIES else "FR"


async def _login(call: Call) -> Reply:
    params = call.params
    credentials = Password(params.text("email"), params.raw("password"), country_of(params.text("country")))
    answer = await signin.sign_in(call.services, call.caller, credentials)
    if isinstance(answer, Challenged):
        sentence = "LinkedIn has sent a code to this address: send it to auth/verify."
        return Reply({"message": sentence, "email": answer.email})
    return Reply({"message": "Signed in.", "login_token": answer.token})


async def _verify(call: Call) -> Reply:
    answer = await signin.verify(call.services, call.caller, call.params.text("email"), call.params.text("code"))
    return Reply({"message": "Signed in.", "login_token": answer.token})


ENDPOINTS = (
    Endpoint(
        "1",
        "POST",
        "/v1/auth/login",
        "auth",
        "Sign a member in",
        "D path, C body and answer",
        _login,
        (EMAIL, PASSWORD, COUNTRY),
        session=False,
        answer="With `login_token`; or with `email` and no token, when LinkedIn has sent a code.",
        example={"message": "Signed in.", "login_token": "AQEDexample"},
    ),
    Endpoint(
        "2",
        "POST",
        "/v1/auth/verify",
        "auth",
        "Answer a challenge with its code",
        "D path, C body and answer",
        _verify,
        (EMAIL, CODE, COUNTRY),
        session=False,
        answer="With `login_token`. A code lasts 10 minutes, and 5 may be tried.",
        example={"message": "Signed in.", "login_token": "AQEDexample"},
    ),
)
