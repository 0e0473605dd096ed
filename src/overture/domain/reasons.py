"""Why a message was not written: the sentences that callers see in ``failed_messages_reason``.

The first two are the wording of the contract's examples; the rest follow their pattern.
"""

RESEARCH_NOT_FOUND = "Relevant research information not found"
NO_HIRING_ACTIVITY = "No hiring activity found"
JOBS_NOT_READABLE = "Job posts could not be read"
HIRING_UNKNOWN = "Hiring activity could not be determined"
PROPOSITION_NOT_READABLE = "Proposition information could not be read"
MATERIAL_NOT_READABLE = "Material could not be read"
NOT_SUPPORTED = "No claim could be supported by evidence"
DOES_NOT_FIT = "No message within the length limit could be written"
NOT_GENERATED = "Message could not be generated"
CANCELLED = "Message generation was cancelled"
NOTHING_NEW = "No different message could be written"
SUPPRESSED = "Lead is to be left alone"

ALL = (
    RESEARCH_NOT_FOUND,
    NO_HIRING_ACTIVITY,
    JOBS_NOT_READABLE,
    HIRING_UNKNOWN,
    PROPOSITION_NOT_READABLE,
    MATERIAL_NOT_READABLE,
    NOT_SUPPORTED,
    DOES_NOT_FIT,
    NOT_GENERATED,
    CANCELLED,
    NOTHING_NEW,
    SUPPRESSED,
)
