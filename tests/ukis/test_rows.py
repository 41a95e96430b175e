"""Rows on the page of another: as many are read as were sent, whatever the page says there are."""

import pytest
from django.contrib.admin import site
from django.contrib.admin.options import InlineModelAdmin
from django.forms.formsets import BaseFormSet
from django.urls import reverse

from members.models import Affiliation
from tests.conftest import make_organisation, make_person
from tests.page_forms import form_at
from ukis.rows import SentFormSet
from ukis.unsaved import both

pytestmark = pytest.mark.usefixtures('society')
MANY = '999999999'


def every_inline() -> list[type[InlineModelAdmin]]:
    found = [inline for admin in site._registry.values() for inline in admin.inlines]
    return list(dict.fromkeys(found))


@pytest.fixture
def made(monkeypatch) -> list[int]:
    """The number of every row that is made a form for."""
    rows: list[int] = []
    construct = BaseFormSet._construct_form

    def counted(self, number, **kwargs):
        rows.append(number)
        return construct(self, number, **kwargs)

    monkeypatch.setattr(BaseFormSet, '_construct_form', counted)
    return rows


@pytest.fixture
def page(secretary, signed_in):
    """A person's page with one affiliation, and one more typed: (client, address, what is sent)."""
    person = make_person('Ann Author')
    here, there = make_organisation('Here'), make_organisation('There')
    Affiliation.objects.create(person=person, organisation=here, job_title='Reader', main=True)
    client, address = signed_in(secretary), reverse('admin:members_person_change', args=[person.pk])
    sent = form_at(client, address)
    typed = {
        'affiliations-1-organisation': [str(there.pk)],
        'affiliations-1-job_title': ['Keeper of the typed'],
    }
    return client, address, sent | typed


def test_every_inline_reads_no_more_rows_than_were_sent():
    formsets = {inline.__name__: inline.formset for inline in every_inline()}

    assert {name for name, formset in formsets.items() if not issubclass(formset, SentFormSet)} == set()
    assert len(formsets) >= 5


@pytest.mark.parametrize('initial', ['1', MANY])
def test_very_many_rows_that_were_not_sent_are_not_made_and_it_is_said(page, made, initial):
    client, address, sent = page
    counts = {'affiliations-TOTAL_FORMS': [MANY], 'affiliations-INITIAL_FORMS': [initial]}
    made.clear()

    answer = client.post(address, sent | counts)

    assert answer.status_code == 200
    assert 'The page said that it had 999,999,999 rows here, and 2 were sent.' in answer.text
    assert 'Keeper of the typed' in answer.text
    assert len(made) <= 4  # the two, as they were sent and as one stands; and the empty one to copy


def test_what_comes_back_then_is_taken(page):
    client, address, sent = page
    refused = client.post(address, sent | {'affiliations-TOTAL_FORMS': [MANY]})

    fields = refused.context['inline_admin_formsets'][0].formset.management_form
    again = sent | {'affiliations-TOTAL_FORMS': [str(fields['TOTAL_FORMS'].value())]}

    assert client.post(address, again).status_code == 302
    assert sorted(Affiliation.objects.values_list('job_title', flat=True)) == [
        'Keeper of the typed',
        'Reader',
    ]


def test_a_row_that_is_far_from_all_others_was_typed_on_no_page(page, made):
    client, address, sent = page
    far = {'affiliations-1999-job_title': ['Far away'], 'affiliations-TOTAL_FORMS': ['2000']}
    made.clear()

    answer = client.post(address, sent | far)

    assert answer.status_code == 200
    assert len(made) <= 4


def test_a_few_more_than_were_sent_are_taken_as_empty_ones(page):
    client, address, sent = page

    assert client.post(address, sent | {'affiliations-TOTAL_FORMS': ['5']}).status_code == 302
    assert Affiliation.objects.count() == 2


def test_of_what_was_kept_no_more_rows_are_looked_for_than_there_are():
    class Counting(dict):
        asked = 0

        def __getitem__(self, name):
            self.asked += 1
            return super().__getitem__(name)

    class Formset:
        model, prefix, forms = Affiliation, 'affiliations', ()

    data = Counting({'affiliations-TOTAL_FORMS': MANY, 'affiliations-0-job_title': 'Keeper', 'name': 'Ann'})

    [kept] = both.kept_rows_of(Formset(), data)

    assert kept.typed == 'Keeper'
    assert data.asked == 2
