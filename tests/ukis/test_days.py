"""A day is typed as people write one, in every form of the site and of the admin, and shown in words."""

from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.forms import modelform_factory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from blog.admin.submissions import ReadOnly
from tests.conftest import make_membership, make_organisation
from ukis import days


@pytest.mark.parametrize(
    'typed',
    [
        '12 November 2026', '12 november 2026', ' 12  November  2026 ', '12 Nov 2026', '12th November 2026',
        '12 November, 2026', '12/11/2026', '12/11/26', '12.11.2026', '12-11-2026', '2026-11-12',
    ],
)  # fmt: skip
def test_a_day_is_taken_as_people_write_it(typed):
    assert days.DayField().clean(typed) == date(2026, 11, 12)


@pytest.mark.parametrize('typed', ['1 Sept 2026', '1 September 2026', '01/09/2026'])
def test_september_has_two_short_forms(typed):
    assert days.DayField().clean(typed) == date(2026, 9, 1)


@pytest.mark.parametrize('typed', ['31 June 2026', 'soon', '11/30/2026', '\x00', '٣١', '12 November'])
def test_what_is_no_day_is_answered_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match='Write the day like this'):
        days.DayField().clean(typed)


@pytest.mark.parametrize('typed', ['31 December 1899', '1 January 3000', '9999-12-31', '0001-01-01'])
def test_a_day_out_of_reach_is_refused(typed):
    with pytest.raises(forms.ValidationError, match='between 1900 and 2999'):
        days.DayField().clean(typed)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_what_a_form_shows_it_takes_back(day):
    assert days.DayField().clean(days.in_words(day)) == day
    assert not days.DayField().has_changed(day, days.in_words(day))


def every_form_with_a_day():
    from blog.forms import beside, submissions
    from members.forms import people

    yield people.AffiliationForm, ('since', 'until')
    yield submissions.ExtendForm, ('due_on',)
    yield beside.PrintForm, ('elsewhere_on',)


def test_no_form_asks_for_a_day_in_a_way_of_its_own():
    loose = [
        (form.__name__, name)
        for form, names in every_form_with_a_day()
        for name in names
        if not isinstance(form.base_fields[name], days.DayField)
    ]
    for model, model_admin in admin.site._registry.items():
        for shown in (model_admin, *[inline(model, admin.site) for inline in model_admin.inlines]):
            ours = shown.model._meta.app_label in ('ukis', 'members', 'blog')
            if isinstance(shown, ReadOnly) or not ours:
                continue
            names = [
                f.name for f in shown.model._meta.fields if type(f).__name__ == 'DateField' and f.editable
            ]
            form = modelform_factory(
                shown.model,
                fields=names,
                formfield_callback=lambda f, shown=shown: shown.formfield_for_dbfield(f, None),
            )
            loose += [
                (type(shown).__name__, name)
                for name, field in form.base_fields.items()
                if not isinstance(field, days.DayField)
            ]

    assert loose == []


def test_the_admin_shows_a_day_in_words_and_takes_it_back(secretary, signed_in, society):
    membership = make_membership(make_organisation(), joined_on=date(2026, 3, 4))

    page = signed_in(secretary).get(reverse('admin:members_membership_change', args=[membership.pk]))

    assert 'value="4 March 2026"' in page.text
