"""What a customer is told of its campaigns."""

from enum import StrEnum


class CampaignEvent(StrEnum):
    """The kinds of events of a campaign."""

    LEAD_ACCEPTED = "campaign.lead.accepted"
    LEAD_SENT = "campaign.lead.sent"
    LEAD_REPLIED = "campaign.lead.replied"
    LEAD_STOPPED = "campaign.lead.stopped"
    LEAD_HELD = "campaign.lead.held"
    LEAD_FINISHED = "campaign.lead.finished"
    FINISHED = "campaign.finished"
    PAUSED = "campaign.paused"
    ALERT = "campaign.alert"


class AlertCode(StrEnum):
    """What an alert is about; each is told at most once a day (in UTC) and campaign."""

    REPLY = "reply"
    """Somebody replied, an automatic answer apart."""
    DISCONNECTED = "disconnected"
    """A sender's session has ended: sign in again."""
    RESTRICTED = "restricted"
    """LinkedIn limits a sender."""
    CREDITS_LOW = "credits_low"
    """The balance will not cover what is to be written next."""
