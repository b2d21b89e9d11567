"""The fields of whom a record is of, as far as that was recorded."""

from __future__ import annotations

from collections.abc import Sequence

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN, AgeBand, Sex, band_in_set, label
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import OLDEST, Profile
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import ChoiceField, NumberField
from perpudesk.ui.forms import Form
from perpudesk.visits.form.inputs import band_options, entry_options

PROFILE_FIELDS = ("sex", "age_years", "age_band", "occupation", "education")


def add_sex_and_age(form: Form, bands: Sequence[AgeBand], own: Profile) -> None:
    """Sex, years, and the age group; a band that `own` has under another set is offered too."""
    sexes = [(str(each), label(each)) for each in Sex]
    form.add("sex", tr("Sex"), ChipGroup(tr("Sex"), sexes))
    form.add("age_years", tr("Age in years"), NumberField(high=OLDEST))
    options = band_options(bands, own.age_band)
    form.add("age_band", tr("or age group"), ChoiceField(options), beside=True)


def add_occupation_and_education(form: Form, branch: BranchService, own: Profile) -> None:
    """What is offered, and what `own` has though it is offered no more."""
    for name, title in (("occupation", tr("Occupation")), ("education", tr("Education"))):
        entries = branch.entries(f"{name}s", retired=True)
        options = entry_options(entries, getattr(own, name))
        form.add(name, title, ChoiceField(options), beside=name == "education")


def fill_profile(form: Form, profile: Profile) -> None:
    """Show a profile in its fields."""
    form.fill(
        sex=str(profile.sex),
        age_years=profile.age_years,
        age_band=profile.age_band or UNKNOWN,
        occupation=profile.occupation,
        education=profile.education,
    )


def profile_in(form: Form) -> Profile:
    """The profile as it stands in its fields; raises `InputError` where one cannot be read."""
    years, band = form.value("age_years"), form.value("age_band")
    return Profile(
        sex=Sex(form.value("sex")),
        age_years=years,
        age_band=None if years is not None or band == UNKNOWN else band,
        occupation=form.value("occupation") or UNKNOWN,
        education=form.value("education") or UNKNOWN,
    )


def show_band_of_years(form: Form, bands: tuple[AgeBand, ...]) -> None:
    """Let the years say the age group, which then cannot be chosen."""
    try:
        years = form.value("age_years")
    except InputError:  # told when it is stored
        return
    form.field("age_band").widget.setEnabled(years is None)
    if years is not None:
        form.fill(age_band=band_in_set(years, None, bands))
