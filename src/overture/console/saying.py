"""What the console says after something was done, and when something cannot be done."""

SENTENCES = {
    "saved": "Saved.",
    "done": "Done.",
    "password": "Your password is set. Sign in with it from now on.",
    "signed_out": "You are signed out.",
    "ended": "The session was ended.",
    "invited": "The link is below. It works once, for 24 hours.",
    "approved": "Approved.",
    "rejected": "Rejected.",
    "edited": "Your text is stored. It passed the same checks.",
    "replayed": "It will be sent again.",
    "sent": "The test event is on its way.",
    "suppressed": "This person will be left alone, for good.",
    "erased": "The person was erased.",
    "started": "The campaign runs.",
    "paused": "The campaign is paused.",
    "resumed": "The campaign runs again.",
    "stopped": "The campaign is stopped.",
    "archived": "The campaign is archived.",
    "resumed_account": "The account may act again.",
    "revoked": "The key is refused from now on.",
    "added": "Added.",
    "cancelled": "Cancelled.",
}
"""Addresses carry the key, never the sentence."""
