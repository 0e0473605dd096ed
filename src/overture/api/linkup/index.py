"""Every endpoint of the dialect, in the order of the reference."""

from overture.api.linkup.endpoint import Endpoint
from overture.api.linkup.groups import auth, data, messages, misc, network, posts, profile, recruiter, signals, webhooks

ENDPOINTS: tuple[Endpoint, ...] = (
    *auth.ENDPOINTS,
    *profile.ENDPOINTS,
    *network.ENDPOINTS,
    *messages.ENDPOINTS,
    *posts.ENDPOINTS,
    *recruiter.ENDPOINTS,
    *data.ENDPOINTS,
    *signals.ENDPOINTS,
    *webhooks.ENDPOINTS,
    *misc.ENDPOINTS,
)
