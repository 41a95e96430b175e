"""Changes of a listing wait for staff field by field, or show at once where the category is trusted."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.models import Category, ChangeProposal, Office
from members.organisations import offices, proposals
from tests.conftest import form_of, make_membership, make_organisation, make_person
from tests.members.test_joining import said_of
from ukis.demonstration.pictures import draw
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(society):
    organisation = make_organisation('Institute of Care', description='We care.', nations=['wales'])
    make_membership(organisation)
    return organisation


@pytest.fixture
def contact(organisation):
    person = make_person('Fiona Contact')
    offices.appoint(organisation, by=None, person=person, role=Office.Role.COMMUNICATIONS)
    return person


def now(organisation):
    organisation.refresh_from_db()
    return organisation


def test_a_change_waits_until_staff_take_it_over_and_the_history_says_whose_it_was(
    organisation, contact, secretary
):
    [change] = proposals.propose(
        organisation,
        by=contact,
        wanted={'short_name': 'IoC', 'description': 'We care.', 'nations': ['wales']},
    )
    before = now(organisation).short_name
    proposals.accept(change, by=secretary, seen='')

    assert (before, now(organisation).short_name) == ('', 'IoC')
    assert list(proposals.waiting()) == []
    assert said_of(organisation)[-2:] == [
        'Changes proposed: short name.',
        'Short name: was “empty”, is “IoC”, as Fiona Contact proposed.',
    ]
    assert Letter.objects.get(kind='listing_accepted').to == contact
    with pytest.raises(NotNow, match='decided meanwhile: accepted'):
        proposals.decline(change, by=secretary, why='Twice.')


def test_staff_are_told_where_the_field_changed_since(organisation, contact, secretary):
    [change] = proposals.propose(organisation, by=contact, wanted={'description': 'We care more.'})
    organisation.description = 'We care, say staff.'
    organisation.save()

    with pytest.raises(NotNow, match=r'it is We care, say staff\. now'):
        proposals.accept(change, by=secretary, seen='We care.')
    proposals.accept(change, by=secretary, seen='We care, say staff.')

    assert now(organisation).description == 'We care more.'


def test_a_later_proposal_takes_the_place_of_one_that_waits_and_wanting_what_stands_takes_it_back(
    organisation, contact
):
    proposals.propose(
        organisation, by=contact, wanted={'topics': ['Care'], 'website': 'https://one.example/'}
    )
    proposals.propose(organisation, by=contact, wanted={'topics': ['Care', 'Schools'], 'website': ''})

    states = {row.field: (row.decision, row.wanted) for row in ChangeProposal.objects.all()}
    assert states == {
        'topics': ('waiting', ['Care', 'Schools']),
        'website': ('withdrawn', 'https://one.example/'),
    }


def test_where_the_category_is_trusted_it_shows_at_once(organisation, contact):
    Category.objects.update(trusts_listing=True)

    proposals.propose(organisation, by=contact, wanted={'topics': ['Care'], 'nations': ['scotland', 'wales']})

    assert sorted(now(organisation).topics.names()) == ['Care']
    assert organisation.nations == ['scotland', 'wales']
    assert not proposals.waiting().exists()
    assert said_of(organisation)[-1] == 'Nations: was “wales”, is “scotland, wales”.'


def test_strangers_and_other_offices_propose_nothing(organisation, contact, stranger):
    voting = make_person()
    offices.appoint(organisation, by=None, person=voting, role=Office.Role.VOTING)

    for person in (stranger, voting):
        with pytest.raises(NotAllowed):
            proposals.propose(organisation, by=person, wanted={'short_name': 'X'})
    with pytest.raises(NotNow, match='Say why'):
        [change] = proposals.propose(organisation, by=contact, wanted={'short_name': 'X'})
        proposals.decline(change, by=contact, why=' ')


def test_other_words_for_a_proposed_logo_keep_its_picture(organisation, contact, signed_in):
    path, client = reverse('listing', args=[organisation.pk]), signed_in(contact)
    logo = SimpleUploadedFile('logo.png', draw('a seed', 400, 300), 'image/png')
    client.post(
        path, form_of(client.get(path)) | {'nations': ['wales'], 'logo_file': logo, 'logo_alt': 'A hand'}
    )
    [first] = proposals.waiting()
    again = form_of(client.get(path))

    client.post(path, again | {'nations': ['wales'], 'logo_alt': 'An open hand'})

    [row] = proposals.waiting()
    assert again['logo_alt'] == 'A hand'
    assert (row.picture, row.wanted['words']) == (first.picture, 'An open hand')


def test_a_contact_changes_the_listing_and_staff_decide_on_their_page(
    organisation, contact, secretary, signed_in
):
    path, client = reverse('listing', args=[organisation.pk]), signed_in(contact)
    logo = SimpleUploadedFile('logo.png', draw('a seed', 400, 300), 'image/png')
    first = client.get(path)
    form = form_of(first) | {'nations': ['wales'], 'short_name': 'IoC', 'logo_file': logo}

    without_words = client.post(path, form)
    logo.seek(0)
    sent = client.post(path, form | {'logo_alt': 'A hand'}, follow=True)
    stale = client.post(path, form_of(first) | {'nations': ['wales'], 'short_name': 'Other'})
    rows = {row.field: row for row in proposals.waiting()}
    staff = signed_in(secretary)
    for field, row in rows.items():
        page = reverse('admin:members_changeproposal_change', args=[row.pk])
        shown = form_of(staff.get(page))
        refused = staff.post(page, shown | {'decide': 'decline', 'seen': json.dumps('')})
        decide = {'decide': 'accept'} if field == 'logo' else {'decide': 'decline', 'reason': 'Too short.'}
        standing = json.dumps(proposals.standing(organisation, field))
        done = staff.post(page, shown | decide | {'seen': standing})
        assert (refused.status_code, done.status_code) == (200, 302)
        assert 'Say why, so that they know what to do' in refused.content.decode()

    assert 'Say in a few words what the logo shows' in without_words.content.decode()
    assert 'wait for the Society’s staff' in sent.content.decode()
    assert stale.status_code == 409  # begun before the first was proposed
    assert set(rows) == {'short_name', 'logo'}
    assert (now(organisation).logo_alt, organisation.short_name) == ('A hand', '')
    assert organisation.logo is not None
    letter = Letter.objects.get(kind='listing_declined')
    assert (letter.to, 'Too short.' in letter.body) == (contact, True)
