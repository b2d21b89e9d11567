from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.core.codes import Audience, MeetingKind, MeetingRole, Method
from perpudesk.core.times import Period
from perpudesk.paper.document import Block
from perpudesk.reports.acted import Acted, PersonRow
from perpudesk.reports.counting import figures_of
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.activities import meetings, trainings
from perpudesk.reports.periodic.summary import summary
from tests.reports.makes import BRANCH, meeting, month, present_at, records, when

ALWAYS = dict.fromkeys(("trainings", "staff", "meetings"), date(2025, 1, 1))
CLASS = meeting("2026-10-06", 3, of="a")
STAFF = meeting("2026-10-07", 2, of="s", audience=Audience.STAFF)
MET = meeting("2026-10-12", title="Rembuk", headcount=12, parts=(("female", None, 7),))


def of(*rows: object, known: bool = True, **other: object) -> Reported:
    acted = Acted(known=ALWAYS if known else {}, meetings=rows, **other)  # type: ignore[arg-type]
    return month([when("2026-10-05", 20)], acted=acted)


def lines(blocks: tuple[Block, ...]) -> list[str]:
    return [line for block in blocks for line in block.outline()]


def test_a_library_that_never_had_any_has_no_sections() -> None:
    assert trainings(of(known=False)) == ()
    assert meetings(of(known=False)) == ()


def test_where_some_are_expected_none_is_one_line_and_zeros() -> None:
    text = lines(trainings(of()))
    assert text[0] == "In October 2026 there was no training for the community."
    assert "  Trainings | 0 | – | – | – | –" in text
    text = lines(meetings(of()))
    assert text[0] == "In October 2026 there was no meeting of the community."
    assert "  Community meetings | 0 | – | – | – | –" in text


def test_trainings_are_said_in_sentences_and_listed() -> None:
    people = present_at(CLASS, "female", "female", "unknown")
    text = lines(trainings(of(CLASS, people=people)))
    assert text[0] == (
        "In October 2026 the library held 1 training in 1 meeting. 3 attendances were counted. "
        "Of those on a list they were 3 people."
    )
    assert "  6 Oct | Kelas | Business | 3" in text
    assert "  Person-hours of training | 5 | – | – | – | –" in text  # 3 × 90 minutes are 4.5
    assert "  ~ Not recorded | 1 | –" in text
    assert any("Not recorded in this period: age, occupation." in line for line in text)


def test_a_meeting_nobody_counted_is_not_0() -> None:
    text = lines(trainings(of(replace(CLASS, marks=0, present=0))))
    assert "How many came was not counted." in text[0]
    assert "  6 Oct | Kelas | Business | –" in text
    assert "(“–” was not counted, which is not 0.)" in text
    assert any("Of 1 meeting nobody counted who came: 6 Oct." in line for line in text)
    assert not [line for line in text if line.startswith("  Training attendances")]


def test_hours_of_which_nobody_knows_the_length_do_not_count() -> None:
    untimed = replace(CLASS, id="u", minutes=None)
    people = (*present_at(CLASS, "female"), *present_at(untimed, "female"))
    both = (replace(CLASS, marks=1, present=1), replace(untimed, marks=1, present=1))
    text = lines(trainings(of(*both, people=people)))
    assert "  Person-hours of training | 2 | – | – | – | –" in text  # 90 minutes are 1.5
    said = "Of 1 meeting it is not recorded how long it was; its hours do not count."
    assert any(said in line for line in text)
    text = lines(trainings(of(both[1], people=people)))
    assert not [line for line in text if line.startswith("  Person-hours")]


def test_staff_count_apart() -> None:
    people = present_at(STAFF, "female", "male")
    text = lines(trainings(of(STAFF, people=people)))
    assert text[0] == (
        "In October 2026 there was no training for the community. "
        "2 members of the staff were trained."
    )
    assert "  7 Oct | Kelas | Business · staff | 2" in text


def test_staff_alone_of_a_library_without_other_trainings_is_said_without_them() -> None:
    people = present_at(STAFF, "female")
    text = lines(trainings(of(replace(STAFF, marks=1, present=1), people=people, known=False)))
    assert text[0] == "1 member of the staff was trained."
    nobody = of(known=False)
    wanted = Acted(known={"staff": date(2025, 1, 1)})
    silent = month([when("2026-10-05", 20)], acted=wanted)
    assert trainings(nobody) == ()
    assert lines(trainings(silent))[0].startswith("[")  # the table, and no empty paragraph


def test_who_was_counted_by_head_is_nobody_on_a_list() -> None:
    text = lines(trainings(of(replace(CLASS, marks=0, present=0, headcount=15))))
    assert "15 attendances were counted." in text[0]
    assert "people" not in text[0]
    assert any("who was counted by head is not among them" in line for line in text)


def test_an_estimate_is_marked_wherever_it_stands() -> None:
    guessed = replace(CLASS, headcount=15, method=Method.ESTIMATED)
    text = lines(trainings(of(guessed, people=present_at(CLASS, "female", "male", "male"))))
    assert "  Training attendances | 18* | – | – | – | –" in text
    assert any("* partly or wholly estimated." in line for line in text)


def test_meetings_of_the_community_are_listed_and_a_lent_room_is_not() -> None:
    lent = replace(MET, id="r", role=MeetingRole.ROOM_ONLY)
    craft = replace(
        MET,
        id="c",
        day=date(2026, 10, 3),
        community_id="k",
        community="Kriya",
        kind=MeetingKind.PEER_LEARNING,
    )
    text = lines(meetings(of(MET, lent, craft)))
    assert text[0] == (
        "In October 2026 the library organised 2 meetings with the community. "
        "24 attendances were counted."
    )
    at = [text.index(line) for line in text if line.startswith(("  3 Oct", "  12 Oct"))]
    assert text[at[0]] == "  3 Oct | Rembuk | Kriya · Peer learning | 12"
    assert text[at[1]] == "  12 Oct | Rembuk | Community activity | 12"
    assert any("1 meeting to which the library only lent its room" in line for line in text)
    assert "  Active communities | 1 | – | – | – | –" in text


def test_a_community_meeting_nobody_counted_is_not_0() -> None:
    text = lines(meetings(of(replace(MET, headcount=None, parts=()))))
    assert "How many came was not counted." in text[0]
    assert "  12 Oct | Rembuk | Community activity | –" in text


def test_a_lent_room_alone_makes_no_table_of_nothing() -> None:
    text = lines(meetings(of(replace(MET, role=MeetingRole.ROOM_ONLY))))
    assert text[0] == "In October 2026 there was no meeting of the community."
    assert not [line for line in text if "12 Oct" in line]


def test_decisions_that_were_due_are_told_without_meetings_too() -> None:
    text = lines(meetings(of(known=False, due=3, done=2)))
    assert text[0] == "Of 3 decisions that were due in this period, 2 are carried out."
    assert "  Decisions carried out | 66.7% | – | – | – | –" in text


def test_many_meetings_stand_in_low_rows() -> None:
    rows = [meeting(f"2026-10-{day:02}", 1) for day in range(1, 18)]
    assert any(getattr(block, "dense", False) for block in meetings(of(*rows)))


def test_a_longer_period_is_told_month_by_month() -> None:
    quarter = Period.parse("2026-Q4")
    each = [
        figures_of(BRANCH, Period.of(2026, at), (), records(acted=Acted(known=ALWAYS)))
        for at in (10, 11, 12)
    ]
    acted = Acted(known=ALWAYS, meetings=(CLASS, MET))
    reported = month(acted=acted, period=quarter, months=tuple(each), on=())
    for section in (trainings, meetings):
        text = lines(section(reported))
        assert any(line.startswith("  October | ") for line in text)
        assert any(line.startswith("  December | ") for line in text)


@pytest.mark.parametrize(
    "meeting_, said",
    [
        (CLASS, "It held **1 training** with 3 attendances."),
        (
            replace(CLASS, marks=0, present=0),
            "It held **1 training**; who came was not counted.",
        ),
        (MET, "It held **1 community activity** with 12 attendances."),
    ],
)
def test_the_summary_says_what_was_held(meeting_: object, said: str) -> None:
    people = (PersonRow(meeting=CLASS.id, person="p"),)
    text = lines(summary(of(meeting_, people=people, visits=5)))[0]
    assert said in text
    assert "5 of them came for an activity." in text
    assert "It held" not in lines(summary(of()))[0]
