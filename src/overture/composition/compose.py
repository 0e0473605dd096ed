"""The embedded composer: evidence to messages, without a language model."""

from overture.composition.ambition import SLOTS as AMBITION_SLOTS
from overture.composition.ambition import write_ambition
from overture.composition.follow_up import SLOTS as FOLLOW_UP_SLOTS
from overture.composition.follow_up import write_follow_up
from overture.composition.frames import Slot, frames_used
from overture.composition.hiring import SLOTS as HIRING_SLOTS
from overture.composition.hiring import write_hiring
from overture.composition.material import SLOTS as MATERIAL_SLOTS
from overture.composition.material import write_material
from overture.composition.note import SLOTS as NOTE_SLOTS
from overture.composition.note import write_note
from overture.composition.parts import desk
from overture.composition.pitch import pitch_of
from overture.domain import reasons
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType, Refused

SLOTS: dict[MessageType, tuple[Slot, ...]] = {
    MessageType.CONNECTION_REQUEST: NOTE_SLOTS,
    MessageType.FIRST_FOLLOW_UP: FOLLOW_UP_SLOTS,
    MessageType.STAGE_AMBITION: AMBITION_SLOTS,
    MessageType.SHARE_MATERIAL: MATERIAL_SLOTS,
    MessageType.HIRING_ACTIVITY: HIRING_SLOTS,
}
"""The slots of each type, in the order in which they are drawn."""


def frame_ids(brief: Brief, index: int, message_type: MessageType) -> tuple[str, ...]:
    """Return the frames that the lead at ``index`` gets for a type, as 'slot.number'."""
    slots = SLOTS[message_type]
    used = frames_used(brief.key, message_type, index, slots)
    return tuple(f"{slot.name}.{place}" for slot, place in zip(slots, used, strict=True))


class EmbeddedComposer:
    """Writes by rules: typed facts of pages, hedged guesses from the role, and frames that no two leads share."""

    def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
        """Return one draft a type, in the order given. Pure: the same input gives the same text."""
        return [self._one(brief, lead, message_type) for message_type in types]

    def _one(self, brief: Brief, lead: LeadDossier, message_type: MessageType) -> Draft:
        work = desk(brief, lead, message_type)
        if isinstance(work, str):
            return Refused(message_type, reasons.NOT_GENERATED, work)
        pitch = pitch_of(brief.proposition, work.proposition) if brief.proposition else None
        writers = {
            MessageType.CONNECTION_REQUEST: write_note,
            MessageType.FIRST_FOLLOW_UP: write_follow_up,
            MessageType.STAGE_AMBITION: write_ambition,
            MessageType.SHARE_MATERIAL: write_material,
            MessageType.HIRING_ACTIVITY: write_hiring,
        }
        return writers[message_type](work, pitch)
