"""The simplest mail merge: one template a type, with the caller's own fields. What most tools send."""

from benchmarks.quality.campaign import Campaign, evaluate
from overture.composition.evaluation.report import Report
from overture.composition.evaluation.samples import Sample
from overture.domain.messages import MessageType

TEMPLATES = {
    MessageType.CONNECTION_REQUEST: (
        "Hi {first}, I came across {company} and was impressed by what you are building. I work with leaders like you "
        "at {p} and would love to connect.\n{me}"
    ),
    MessageType.FIRST_FOLLOW_UP: (
        "Hi {first},\n\nThanks for connecting. Companies like {company} often struggle to keep up as they grow. {p} "
        "helps {title}s like you save time and money. Would you be open to a quick call this week?\n\n{me}"
    ),
    MessageType.STAGE_AMBITION: (
        "Hi {first},\n\nAs {title} at {company} you are surely looking to take things to the next level this year. "
        "{p} can help you get there faster.\n\n{me}"
    ),
    MessageType.SHARE_MATERIAL: (
        "Hi {first},\n\nI thought you might find this useful for your work at {company}: {link}\n\n{me}"
    ),
    MessageType.HIRING_ACTIVITY: (
        "Hi {first},\n\nI noticed that {company} is hiring. Growing teams like yours use {p} to scale with ease. Worth "
        "a chat?\n\n{me}"
    ),
}


def merged(campaign: Campaign) -> Report:
    """Return the evaluator's report on the templates, for the leads and types that the campaign wrote."""
    samples: list[Sample] = []
    for item in campaign.items:
        sample = item.sample
        if sample.text is not None:
            person = item.lead.person
            text = TEMPLATES[sample.type].format(
                first=person.first_name,
                company=person.company,
                title=person.job_title,
                p=item.brief.proposition_name,
                link=item.brief.material_link,
                me=item.brief.signoff_name,
            )
            samples.append(Sample(sample.id, sample.type, text, item.brief, item.lead))
    return evaluate(samples)
