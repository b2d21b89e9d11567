"""The code lists of the field: slugs that are stored and exported, labels that are read.

Slugs are English and never change; labels come from the catalogue (domain.md, Code lists).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from perpudesk.core.i18n import N_, tr, trc

UNKNOWN = "unknown"


class Sex(StrEnum):
    """As recorded, or not recorded."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What somebody is at the desk (petugas, kepala, admin)."""

    OFFICER = "officer"
    HEAD = "head"
    ADMIN = "admin"


class Disability(StrEnum):
    """Only ever a count, never beside a name."""

    NONE = "none"
    PHYSICAL = "physical"
    INTELLECTUAL = "intellectual"
    MENTAL = "mental"
    SENSORY = "sensory"
    MULTIPLE = "multiple"
    UNKNOWN = "unknown"


class VisitorType(StrEnum):
    """Member (had a member number then), not a member, or a group."""

    MEMBER = "member"
    NON_MEMBER = "non_member"
    GROUP = "group"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """How a number came about."""

    COUNTED = "counted"
    ESTIMATED = "estimated"


class Precision(StrEnum):
    """How exactly a visit's moment is known."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"


class DayState(StrEnum):
    """What a day was for the branch."""

    OPEN_COUNTED = "open_counted"
    OPEN_NOT_COUNTED = "open_not_counted"
    ESTIMATED = "estimated"
    CLOSED = "closed"
    NOT_SET = "not_set"


class ClosedReason(StrEnum):
    """Why a day was closed."""

    HOLIDAY = "holiday"
    POWER = "power"
    NO_STAFF = "no_staff"
    OTHER = "other"


class Basis(StrEnum):
    """How a figure was counted, from its records' method only."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    MIXED = "mixed"
    NOT_COUNTED = "not_counted"


class Condition(StrEnum):
    """In which condition a workstation or another piece of equipment is."""

    GOOD = "good"
    MINOR_DAMAGE = "minor_damage"
    MAJOR_DAMAGE = "major_damage"
    RETIRED = "retired"


class EndReason(StrEnum):
    """Why a computer session ended."""

    DONE = "done"
    TIME_UP = "time_up"
    INTERRUPTED = "interrupted"
    FORGOTTEN = "forgotten"
    CLASS = "class"


class Strategy(StrEnum):
    """Under which strategy of the program an activity counts."""

    INFORMATION_SERVICE = "information_service"
    COMMUNITY_ENGAGEMENT = "community_engagement"
    ADVOCACY = "advocacy"
    PUBLICITY = "publicity"


class Domain(StrEnum):
    """In which part of life an activity is to have its impact."""

    EDUCATION = "education"
    HEALTH = "health"
    ECONOMY = "economy"
    SOCIAL_CULTURE = "social_culture"
    GOVERNANCE = "governance"
    DIGITAL_INCLUSION = "digital_inclusion"


class Funding(StrEnum):
    """Whose money it was."""

    APBN = "apbn"
    APBD = "apbd"
    VILLAGE = "village"
    CSR = "csr"
    SELF = "self"


class Audience(StrEnum):
    """For whom a training is."""

    COMMUNITY = "community"
    STAFF = "staff"


class Mode(StrEnum):
    """Where people meet."""

    ON_SITE = "on_site"
    OFF_SITE = "off_site"
    ONLINE = "online"


class MeetingState(StrEnum):
    """What became of a meeting."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class MeetingKind(StrEnum):
    """What a community's meeting is."""

    COMMUNITY_ACTIVITY = "community_activity"
    STAKEHOLDER_MEETING = "stakeholder_meeting"
    PEER_LEARNING = "peer_learning"


class MeetingRole(StrEnum):
    """What the library did for a community's meeting; lending a room is no program."""

    ORGANISED = "organised"
    CO_ORGANISED = "co_organised"
    ROOM_ONLY = "room_only"


class ListStatus(StrEnum):
    """How somebody stands on the list of an activity."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class EquipmentKind(StrEnum):
    """What a piece of equipment is."""

    COMPUTER = "computer"
    LAPTOP = "laptop"
    SERVER = "server"
    PRINTER = "printer"
    SCANNER = "scanner"
    PROJECTOR = "projector"
    TELEVISION = "television"
    MODEM = "modem"
    ROUTER = "router"
    UPS = "ups"
    GENERATOR = "generator"
    CAMERA = "camera"
    FURNITURE = "furniture"
    OTHER = "other"


class PartnerKind(StrEnum):
    """What a partner is."""

    GOVERNMENT = "government"
    VILLAGE = "village"
    SCHOOL = "school"
    COMPANY = "company"
    ORGANISATION = "organisation"
    MEDIA = "media"
    OTHER = "other"


class AdvocacyKind(StrEnum):
    """How the library spoke up for itself."""

    AUDIENCE = "audience"
    STAKEHOLDER_MEETING = "stakeholder_meeting"
    PROPOSAL = "proposal"
    REGULATION = "regulation"
    MOU = "mou"
    BUDGET = "budget"


class Channel(StrEnum):
    """Where something about the library was to be read, heard or seen."""

    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    RADIO = "radio"
    TELEVISION = "television"
    PORTAL = "portal"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    YOUTUBE = "youtube"
    TIKTOK = "tiktok"
    WHATSAPP = "whatsapp"
    BANNER = "banner"
    LEAFLET = "leaflet"
    OTHER = "other"


class BranchKind(StrEnum):
    """What kind of library the branch is."""

    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    VILLAGE = "village"
    COMMUNITY = "community"


class Theme(StrEnum):
    """The palettes of the window."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Paper(StrEnum):
    """Paper sizes of Indonesian offices; F4 is 215 × 330 mm."""

    A4 = "a4"
    F4 = "f4"


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Years from `lower` to `upper`, both included; no `upper` means "and over"."""

    lower: int
    upper: int | None

    @classmethod
    @cache
    def parse(cls, slug: str) -> AgeBand:
        """The band stored as `17-25` or `46+`."""
        if slug.endswith("+"):
            return cls(int(slug[:-1]), None)
        low, _, high = slug.partition("-")
        return cls(int(low), int(high))

    @property
    def slug(self) -> str:
        """How the band is stored."""
        return f"{self.lower}+" if self.upper is None else f"{self.lower}-{self.upper}"

    @property
    def label(self) -> str:
        """How the band is printed: `17–25`."""
        return self.slug.replace("-", "–")

    def holds(self, years: int) -> bool:
        """Whether someone of `years` belongs here."""
        return self.lower <= years and (self.upper is None or years <= self.upper)

    def nests_in(self, other: AgeBand) -> bool:
        """Whether everyone of this band belongs to `other`."""
        if other.upper is None:
            return self.lower >= other.lower
        return self.upper is not None and self.lower >= other.lower and self.upper <= other.upper


def _bands(slugs: str) -> tuple[AgeBand, ...]:
    return tuple(AgeBand.parse(slug) for slug in slugs.split())


FULL_AGE_SET = _bands("0-5 6-11 12-16 17-25 26-35 36-45 46-55 56-65 66+")
"""Depkes 2009 with its overlaps at 5 and 65 mended."""
DESK_AGE_SET = _bands("0-11 12-16 17-25 26-45 46+")
AGE_SETS = {"desk": DESK_AGE_SET, "full": FULL_AGE_SET}
AGE_SLUGS = frozenset(band.slug for bands in AGE_SETS.values() for band in bands)
"""Every band that a record may have, whichever set the branch uses now."""


def band_in_set(years: int | None, band: str | None, bands: tuple[AgeBand, ...]) -> str:
    """Where a visitor stands in the set `bands`: a slug of the set, the stored band, or `unknown`.

    Known years go into the set; a stored band that nests in one of the set goes there, any other
    is its own row (domain.md, age).
    """
    if years is not None:
        return next((each.slug for each in bands if each.holds(years)), UNKNOWN)
    if band is None:
        return UNKNOWN
    stored = AgeBand.parse(band)
    return next((each.slug for each in bands if stored.nests_in(each)), band)


PURPOSES = {
    "reading": N_("Reading"),
    "loan": N_("Borrow/return"),
    "computer": N_("Computer & internet"),
    "study": N_("Study/homework"),
    "training": N_("Training"),
    "meeting": N_("Meeting"),
    "other": N_("Other"),
    "unknown": N_("Not recorded"),
}
OCCUPATIONS = {
    "civil_servant": N_("Civil servant"),
    "military_police": N_("Military/police"),
    "private_employee": N_("Private employee"),
    "entrepreneur": N_("Entrepreneur"),
    "teacher": N_("Teacher"),
    "lecturer": N_("Lecturer"),
    "researcher": N_("Researcher"),
    "pupil": N_("Pupil"),
    "student": N_("University student"),
    "farmer": N_("Farmer"),
    "fisher": N_("Fisher"),
    "herder": N_("Herder"),
    "labourer": N_("Labourer"),
    "trader": N_("Trader"),
    "homemaker": N_("Homemaker"),
    "retired": N_("Retired"),
    "unemployed": N_("Not working (yet)"),
    "other": N_("Other"),
    "unknown": N_("Not recorded"),
}
EDUCATIONS = {
    "none": N_("No schooling (yet)"),
    "sd": N_("Primary school (SD)"),
    "smp": N_("Lower secondary (SMP)"),
    "sma": N_("Upper secondary (SMA)"),
    "d1": N_("Diploma 1"),
    "d2": N_("Diploma 2"),
    "d3": N_("Diploma 3"),
    "d4": N_("Diploma 4"),
    "s1": N_("Bachelor (S1)"),
    "s2": N_("Master (S2)"),
    "s3": N_("Doctorate (S3)"),
    "unknown": N_("Not recorded"),
}
COMPUTER_PURPOSES = {
    "study": N_("Study/homework"),
    "business": N_("Business"),
    "job_search": N_("Looking for work"),
    "government": N_("Government services"),
    "health": N_("Health"),
    "communication": N_("Communication"),
    "leisure": N_("Leisure"),
    "other": N_("Other"),
    "unknown": N_("Not recorded"),
}
TRAINING_TOPICS = {
    "ict_information_literacy": N_("ICT & information literacy"),
    "marketing_service": N_("Marketing & excellent service"),
    "advocacy_mobilisation": N_("Advocacy & social mobilisation"),
    "business": N_("Business"),
    "craft": N_("Crafts"),
    "agriculture": N_("Agriculture"),
    "health": N_("Health"),
    "other": N_("Other"),
    "unknown": N_("Not recorded"),
}
"""The first three are PerpuSeru's series for staff."""
COMMUNITY_FIELDS = {
    "it": N_("IT"),
    "business": N_("Small business (UMKM)"),
    "craft": N_("Crafts"),
    "arts": N_("Theatre and arts"),
    "women": N_("Women (PKK)"),
    "youth": N_("Youth (Karang Taruna)"),
    "farming": N_("Farming"),
    "children": N_("Children"),
    "other": N_("Other"),
    "unknown": N_("Not recorded"),
}
GROWING_LISTS = {
    "purposes": PURPOSES,
    "occupations": OCCUPATIONS,
    "educations": EDUCATIONS,
    "computer_purposes": COMPUTER_PURPOSES,
    "training_topics": TRAINING_TOPICS,
    "community_fields": COMMUNITY_FIELDS,
}
"""Tables of codes that a branch may extend, with the standard slugs and their labels."""

_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Role: {
        Role.OFFICER: N_("Officer"),
        Role.HEAD: N_("Head"),
        Role.ADMIN: N_("Admin"),
    },
    Sex: {
        Sex.FEMALE: N_("Female"),
        Sex.MALE: N_("Male"),
        Sex.UNKNOWN: N_("Not recorded"),
    },
    Disability: {
        Disability.NONE: N_("None"),
        Disability.PHYSICAL: N_("Physical"),
        Disability.INTELLECTUAL: N_("Intellectual"),
        Disability.MENTAL: N_("Mental"),
        Disability.SENSORY: N_("Sensory"),
        Disability.MULTIPLE: N_("Multiple"),
        Disability.UNKNOWN: N_("Not recorded"),
    },
    VisitorType: {
        VisitorType.MEMBER: N_("Member"),
        VisitorType.NON_MEMBER: N_("Not a member"),
        VisitorType.GROUP: N_("Group"),
        VisitorType.UNKNOWN: N_("Not recorded"),
    },
    Method: {
        Method.COUNTED: N_("Counted"),
        Method.ESTIMATED: N_("Estimated"),
    },
    Precision: {
        Precision.TIME: N_("Exact time"),
        Precision.DAY: N_("Only the day"),
        Precision.MONTH: N_("Only the month"),
    },
    DayState: {
        DayState.OPEN_COUNTED: N_("Open · counted"),
        DayState.OPEN_NOT_COUNTED: N_("Open · not counted"),
        DayState.ESTIMATED: N_("Open · estimated"),
        DayState.CLOSED: N_("Closed"),
        DayState.NOT_SET: N_("Not set"),
    },
    ClosedReason: {
        ClosedReason.HOLIDAY: N_("Holiday"),
        ClosedReason.POWER: N_("Power cut"),
        ClosedReason.NO_STAFF: N_("No staff"),
        ClosedReason.OTHER: N_("Other"),
    },
    Basis: {
        Basis.COUNTED: N_("Counted"),
        Basis.ESTIMATED: N_("Estimated"),
        Basis.MIXED: N_("Partly estimated"),
        Basis.NOT_COUNTED: N_("Not counted"),
    },
    Condition: {
        Condition.GOOD: N_("In good order"),
        Condition.MINOR_DAMAGE: N_("Slightly damaged"),
        Condition.MAJOR_DAMAGE: N_("Badly damaged"),
        Condition.RETIRED: N_("No longer used"),
    },
    EndReason: {
        EndReason.DONE: N_("Done"),
        EndReason.TIME_UP: N_("Time was up"),
        EndReason.INTERRUPTED: N_("Interrupted"),
        EndReason.FORGOTTEN: N_("Forgotten"),
        EndReason.CLASS: N_("A class began"),
    },
    Strategy: {
        Strategy.INFORMATION_SERVICE: N_("Information and ICT service"),
        Strategy.COMMUNITY_ENGAGEMENT: N_("Community engagement"),
        Strategy.ADVOCACY: N_("Advocacy"),
        Strategy.PUBLICITY: N_("Publicity"),
    },
    Domain: {
        Domain.EDUCATION: N_("Education"),
        Domain.HEALTH: N_("Health"),
        Domain.ECONOMY: N_("Economy and small business"),
        Domain.SOCIAL_CULTURE: N_("Social and cultural life"),
        Domain.GOVERNANCE: N_("Governance"),
        Domain.DIGITAL_INCLUSION: N_("Digital inclusion"),
    },
    Funding: {
        Funding.APBN: N_("State budget (APBN)"),
        Funding.APBD: N_("Regional budget (APBD)"),
        Funding.VILLAGE: N_("Village funds (APBDes)"),
        Funding.CSR: N_("Companies and donors (CSR)"),
        Funding.SELF: N_("Own means"),
    },
    Audience: {
        Audience.COMMUNITY: N_("The community"),
        Audience.STAFF: N_("Library staff"),
    },
    Mode: {
        Mode.ON_SITE: N_("At the library"),
        Mode.OFF_SITE: N_("Elsewhere"),
        Mode.ONLINE: N_("Online"),
    },
    MeetingState: {
        MeetingState.PLANNED: N_("Planned"),
        MeetingState.HELD: N_("Held"),
        MeetingState.CANCELLED: N_("Cancelled"),
    },
    MeetingKind: {
        MeetingKind.COMMUNITY_ACTIVITY: N_("Community activity"),
        MeetingKind.STAKEHOLDER_MEETING: N_("Stakeholder meeting"),
        MeetingKind.PEER_LEARNING: N_("Peer learning"),
    },
    MeetingRole: {
        MeetingRole.ORGANISED: N_("Organised by us"),
        MeetingRole.CO_ORGANISED: N_("Organised together"),
        MeetingRole.ROOM_ONLY: N_("Only our room"),
    },
    ListStatus: {
        ListStatus.ENROLLED: N_("On the list"),
        ListStatus.WAITING: N_("On the waiting list"),
        ListStatus.WITHDRAWN: N_("Withdrawn"),
    },
    EquipmentKind: {
        EquipmentKind.COMPUTER: N_("Computer"),
        EquipmentKind.LAPTOP: N_("Laptop"),
        EquipmentKind.SERVER: N_("Server"),
        EquipmentKind.PRINTER: N_("Printer"),
        EquipmentKind.SCANNER: N_("Scanner"),
        EquipmentKind.PROJECTOR: N_("Projector"),
        EquipmentKind.TELEVISION: N_("Television"),
        EquipmentKind.MODEM: N_("Modem"),
        EquipmentKind.ROUTER: N_("Router"),
        EquipmentKind.UPS: N_("UPS"),
        EquipmentKind.GENERATOR: N_("Generator"),
        EquipmentKind.CAMERA: N_("Camera"),
        EquipmentKind.FURNITURE: N_("Furniture"),
        EquipmentKind.OTHER: N_("Other"),
    },
    PartnerKind: {
        PartnerKind.GOVERNMENT: N_("Government office"),
        PartnerKind.VILLAGE: N_("Village"),
        PartnerKind.SCHOOL: N_("School or university"),
        PartnerKind.COMPANY: N_("Company"),
        PartnerKind.ORGANISATION: N_("Organisation or community"),
        PartnerKind.MEDIA: N_("Media"),
        PartnerKind.OTHER: N_("Other"),
    },
    AdvocacyKind: {
        AdvocacyKind.AUDIENCE: N_("Audience"),
        AdvocacyKind.STAKEHOLDER_MEETING: N_("Stakeholder meeting"),
        AdvocacyKind.PROPOSAL: N_("Proposal"),
        AdvocacyKind.REGULATION: N_("Regulation"),
        AdvocacyKind.MOU: N_("MoU"),
        AdvocacyKind.BUDGET: N_("Budget"),
    },
    Channel: {
        Channel.NEWSPAPER: N_("Newspaper"),
        Channel.MAGAZINE: N_("Magazine or bulletin"),
        Channel.RADIO: N_("Radio"),
        Channel.TELEVISION: N_("Television"),
        Channel.PORTAL: N_("News portal"),
        Channel.FACEBOOK: N_("Facebook"),
        Channel.INSTAGRAM: N_("Instagram"),
        Channel.YOUTUBE: N_("YouTube"),
        Channel.TIKTOK: N_("TikTok"),
        Channel.WHATSAPP: N_("WhatsApp"),
        Channel.BANNER: N_("Banner"),
        Channel.LEAFLET: N_("Leaflet"),
        Channel.OTHER: N_("Other"),
    },
    BranchKind: {
        BranchKind.DISTRICT: N_("District or city library"),
        BranchKind.SUBDISTRICT: N_("Subdistrict library"),
        BranchKind.VILLAGE: N_("Village library"),
        BranchKind.COMMUNITY: N_("Community reading garden (TBM)"),
    },
    Theme: {
        Theme.LIGHT: N_("Light"),
        Theme.DARK: N_("Dark"),
        Theme.CONTRAST: N_("High contrast"),
    },
    Paper: {
        Paper.A4: N_("A4"),
        Paper.F4: N_("F4"),
    },
}
"""By list first: members of two lists with the same slug are equal to a dictionary."""
_BAND_NAMES = {
    "0-11": N_("children"),
    "12-16": N_("teenagers"),
    "17-25": N_("young adults"),
    "26-45": N_("adults"),
    "46+": N_("46 and over"),
}


def label(code: StrEnum) -> str:
    """What a librarian calls an entry of a closed list."""
    return tr(_LABELS[type(code)][code])


def age_label(slug: str) -> str:
    """How an age band, or `unknown`, is printed."""
    return trc("age", "Not recorded") if slug == UNKNOWN else AgeBand.parse(slug).label


def age_name(slug: str) -> str:
    """The word under a band of the desk set, empty for any other band."""
    if slug == UNKNOWN:
        return trc("age", "not recorded")
    return tr(_BAND_NAMES[slug]) if slug in _BAND_NAMES else ""


def age_words(slug: str) -> str:
    """The label of a band and the word for it, where there is one: `17–25 · muda`."""
    return " · ".join(filter(None, (age_label(slug), age_name(slug))))
