"""One's own profile, affiliations and page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.models import Person
from tests.conftest import make_organisation, make_person, make_submission
from ukis.demonstration.pictures import draw

pytestmark = pytest.mark.django_db


def profile(**changes) -> dict:
    return {
        'name': 'Ada Author',
        'page_for': 'members',
        'biography_for': 'public',
        'photo_for': 'public',
        **changes,
    }


def test_a_profile_takes_biography_and_photo(author, signed_in, society):
    photo = SimpleUploadedFile('me.jpg', draw('me', 300, 300), 'image/jpeg')

    answer = signed_in(author).post(
        reverse('profile'),
        profile(biography='Ada writes & listens.', orcid='0000-0002-1825-0097', photo_file=photo),
    )

    assert answer.status_code == 302
    author.refresh_from_db()
    assert (author.biography, author.orcid, author.photo.width) == (
        'Ada writes & listens.',
        '0000-0002-1825-0097',
        300,
    )


def test_what_is_no_picture_is_refused_beside_its_field_and_the_rest_is_kept(author, signed_in, society):
    answer = signed_in(author).post(
        reverse('profile'),
        profile(biography='Typed just now.', photo_file=SimpleUploadedFile('me.jpg', b'not a picture')),
    )

    assert answer.status_code == 422
    assert 'Typed just now.' in answer.text
    assert 'id_photo_file' in answer.text
    author.refresh_from_db()
    assert author.photo is None


def test_a_slip_in_an_orcid_is_noticed(author, signed_in, society):
    answer = signed_in(author).post(reverse('profile'), profile(orcid='0000-0002-1825-0098'))

    assert 'has a slip in it' in answer.text


def test_another_main_affiliation_takes_the_place_of_the_first(author, signed_in, society):
    organisation = make_organisation('Another Place')

    signed_in(author).post(
        reverse('affiliation_add'), {'organisation': organisation.pk, 'job_title': 'Director', 'main': 'on'}
    )

    assert [(row.job_title, row.main) for row in author.affiliations.order_by('pk')] == [
        ('Professor of Practice', False),
        ('Director', True),
    ]


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
    person = Person(name='Mary Ann Evans')
    person.save()

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


def test_my_page_asks_the_same_with_one_submission_and_with_five(
    author, signed_in, society, django_assert_num_queries
):
    client = signed_in(author)
    make_submission(author)
    client.get(reverse('account'))
    with django_assert_num_queries(15):
        client.get(reverse('account'))
    for _ in range(4):
        make_submission(author)

    with django_assert_num_queries(15):
        client.get(reverse('account'))
