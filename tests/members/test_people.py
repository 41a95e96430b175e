"""One's own profile, affiliations and page."""

import html
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members import moving
from members.forms.people import ProfileForm
from members.models import Affiliation, Office, Person
from members.views import people
from tests.conftest import fill_in, form_of, make_membership, make_organisation, make_person, make_submission
from ukis import days
from ukis.demonstration.pictures import draw
from ukis.site import account

pytestmark = pytest.mark.django_db


def test_a_profile_takes_biography_and_photo(author, signed_in, society):
    photo = SimpleUploadedFile('me.jpg', draw('me', 300, 300), 'image/jpeg')

    answer = fill_in(
        signed_in(author),
        reverse('profile'),
        biography='Ada writes & listens.',
        orcid='0000-0002-1825-0097',
        photo_file=photo,
    )

    assert answer.status_code == 302
    author.refresh_from_db()
    assert (author.biography, author.orcid, author.photo.width) == (
        'Ada writes & listens.',
        '0000-0002-1825-0097',
        300,
    )


def test_what_is_no_picture_is_refused_beside_its_field_and_the_rest_is_kept(author, signed_in, society):
    answer = fill_in(
        signed_in(author),
        reverse('profile'),
        biography='Typed just now.',
        photo_file=SimpleUploadedFile('me.jpg', b'not a picture'),
    )

    assert answer.status_code == 422
    assert 'Typed just now.' in answer.text
    assert 'id_photo_file' in answer.text
    author.refresh_from_db()
    assert author.photo is None


def test_a_slip_in_an_orcid_is_noticed(author, signed_in, society):
    answer = fill_in(signed_in(author), reverse('profile'), orcid='0000-0002-1825-0098')

    assert 'has a slip in it' in answer.text


def test_of_two_tabs_on_a_profile_the_later_is_refused_with_both(author, signed_in, society):
    client, address = signed_in(author), reverse('profile')
    typed = form_of(client.get(address)) | {'biography': 'Mine'}
    fill_in(client, address, biography='Theirs')

    refused = client.post(address, typed)
    stood = Person.objects.get(pk=author.pk).biography
    again = client.post(address, form_of(refused))

    assert (refused.status_code, stood) == (409, 'Theirs')
    assert [(one.now, one.typed) for one in refused.context['both']] == [('Theirs', 'Mine')]
    assert again.status_code == 302
    author.refresh_from_db()
    assert author.biography == 'Mine'


def test_what_staff_did_while_a_profile_was_saved_is_not_undone(author, signed_in, society):
    client, address = signed_in(author), reverse('profile')
    typed = form_of(client.get(address)) | {'biography': 'Mine'}
    form = ProfileForm(typed, instance=Person.objects.get(pk=author.pk))
    assert form.is_valid()
    Person.objects.filter(pk=author.pk).update(is_active=False)

    saved = people._saved(form, author)

    author.refresh_from_db()
    assert (saved, author.biography, author.is_active) == (True, 'Mine', False)


def test_of_two_tabs_on_an_affiliation_the_later_is_refused_with_both(author, signed_in, society):
    row = author.affiliations.get()
    client, address = signed_in(author), reverse('affiliation', args=[row.pk])
    typed = form_of(client.get(address)) | {'job_title': 'Mine'}
    fill_in(client, address, job_title='Theirs')

    refused = client.post(address, typed)

    row.refresh_from_db()
    assert (refused.status_code, row.job_title) == (409, 'Theirs')
    assert [(one.now, one.typed) for one in refused.context['both']] == [('Theirs', 'Mine')]


def test_another_main_affiliation_takes_the_place_of_the_first(author, signed_in, society):
    organisation = make_organisation('Another Place')

    signed_in(author).post(
        reverse('affiliation_add'), {'organisation': organisation.pk, 'job_title': 'Director', 'main': 'on'}
    )

    assert [(row.job_title, row.main) for row in author.affiliations.order_by('pk')] == [
        ('Professor of Practice', False),
        ('Director', True),
    ]


def test_whoever_adds_where_they_work_says_what_they_left_and_is_reminded_of_the_place_there(
    author, signed_in, society
):
    old, client = author.affiliations.get(), signed_in(author)
    moving.work_at(Affiliation(person=author, organisation=make_organisation('Second Post')), by=author)
    add, new = reverse('affiliation_add'), make_organisation('New Place')
    typed = {'organisation': new.pk, 'since': '1 March 2026', 'main': 'on'}

    shown = client.get(add).text
    unsaid = client.post(add, typed | {'left_on': '3 March 2026'})
    no_key = client.post(add, typed | {'left': ['9' * 30]})
    saved = client.post(add, typed | {'left': [old.pk]}, follow=True)

    assert ('Did you leave one of these?' in shown, 'Second Post' in shown) == (True, True)
    assert ('Tick which one you left' in unsaid.text, no_key.status_code) == (True, 422)
    assert [(row.main, row.until) for row in author.affiliations.order_by('pk')] == [
        (False, date(2026, 2, 28)),
        (False, None),
        (True, None),
    ]
    assert f'{reverse("seat_leave", args=[old.organisation_id])}">give it up' in saved.text


def test_i_left_shows_today_as_the_last_day_and_refuses_one_before_the_first(author, signed_in, society):
    old, client = author.affiliations.get(), signed_in(author)
    Affiliation.objects.filter(pk=old.pk).update(since=date(2026, 3, 4))
    address = f'{reverse("affiliation", args=[old.pk])}?left'

    page = client.get(reverse('profile')).text
    form = form_of(client.get(address))
    too_early = client.post(
        reverse('affiliation_add'),
        {'organisation': make_organisation().pk, 'left': [old.pk], 'left_on': '3 March 2026'},
    )
    client.post(address, form)

    old.refresh_from_db()
    assert address in page
    assert 'You began there on 4 March 2026' in too_early.text
    assert old.until == days.today()


def test_removing_an_affiliation_asks_once_and_can_be_undone(author, signed_in, society):
    row, client = author.affiliations.get(), signed_in(author)
    row.job_title, row.since = 'Nurse & more', date(2024, 3, 4)
    moving.work_at(row, by=author)
    address = reverse('affiliation_remove', args=[row.pk])

    asked = client.get(address)
    still = author.affiliations.count()
    gone = client.post(address, follow=True)
    back = html.unescape(re.search('<a href="([^"]*)">Put it back</a>', gone.text)[1])
    fill_in(client, back)

    assert f'Remove {row.organisation.shown_name}?' in asked.text
    assert (still, [(one.job_title, one.since, one.main) for one in author.affiliations.all()]) == (
        1,
        [('Nurse & more', date(2024, 3, 4), True)],
    )


def test_an_affiliation_gives_no_right_to_write(stranger, organisation, signed_in, society):
    from tests.conftest import make_membership

    make_membership(organisation)
    signed_in(stranger).post(
        reverse('affiliation_add'), {'organisation': organisation.pk, 'job_title': 'Director'}
    )

    assert stranger.affiliations.count() == 1
    assert not stranger.may_submit()


def test_two_of_one_name_have_pages_of_their_own(db):
    assert [make_person('Jane Smith').slug for _ in range(2)] == ['jane-smith', 'jane-smith-2']


def test_names_in_many_alphabets_make_plain_addresses(db):
    names = ['Łukasz Wiśniewski', 'Siân Ŵyn', 'Søren Ærø', '李']

    assert [make_person(name).slug for name in names] == [
        'lukasz-wisniewski',
        'sian-wyn',
        'soren-aero',
        'li',
    ]


def test_a_name_is_split_for_citing(db):
    person = Person.objects.create_user(None, name='Mary Ann Evans')

    assert (person.given_names, person.family_name, person.citation_name) == (
        'Mary Ann',
        'Evans',
        'Evans, M. A.',
    )


def test_my_page_says_what_waits_and_where_my_place_comes_from(author, signed_in, society):
    make_submission(author)

    said = signed_in(author).get(reverse('account')).text

    assert 'Your place comes from ICC until' in said
    assert 'Careful change takes time' in said
    assert 'Write, save, and submit it when you are ready.' in said


def test_my_page_says_that_more_organisations_ask_or_are_looked_after_than_it_names(
    author, signed_in, society, monkeypatch
):
    for name in ('One', 'Two'):
        organisation = make_organisation(f'Institute {name}')
        Office.objects.create(organisation=organisation, person=author, role='main', since=days.today())
        make_membership(organisation).seats.create(
            person=make_person(f'Asker {name}'), state='asked', since=days.today()
        )
    whole = signed_in(author).get('/account/').text
    monkeypatch.setattr(account, 'SHOWN', 1)

    page = signed_in(author).get('/account/')

    assert 'they follow when these are answered' not in whole
    assert 'There are more than are named here' not in whole
    assert [len(page.context[name]) for name in ('asked_of', 'looked_after')] == [1, 1]
    assert 'they follow when these are answered' in page.text
    assert 'There are more than are named here' in page.text


@pytest.mark.parametrize(
    ('typed', 'parts'),
    [
        ('Dr Maud Ellery', ('Dr', 'Maud Ellery', 'Maud', 'Ellery')),
        ('Prof. Ann  van Dam', ('Prof.', 'Ann  van Dam', 'Ann  van', 'Dam')),
        ('Maud Ellery', ('', 'Maud Ellery', 'Maud', 'Ellery')),
        ('Dr', ('', 'Dr', '', 'Dr')),
        ('Missy Elliot', ('', 'Missy Elliot', 'Missy', 'Elliot')),
    ],
)
def test_a_title_typed_with_the_name_stands_apart_from_it(typed, parts):
    person = Person(name=typed)

    person.part_name()

    assert (person.title, person.name, person.given_names, person.family_name) == parts


def test_my_page_asks_the_same_with_one_submission_and_with_five(
    author, signed_in, society, django_assert_num_queries
):
    client = signed_in(author)
    make_submission(author)
    client.get(reverse('account'))
    with django_assert_num_queries(20):
        client.get(reverse('account'))
    for _ in range(4):
        make_submission(author)

    with django_assert_num_queries(20):
        client.get(reverse('account'))
