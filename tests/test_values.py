"""Values that are odd, foreign or as long as forms take: kept or refused with a sentence, never a 500."""

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import Authorship
from members.models import Person
from members.orcid import plain
from tests.conftest import make_submission

pytestmark = pytest.mark.django_db

LONG = 'W' * 130


@pytest.mark.parametrize(
    ('typed', 'kept'),
    [
        ('0000-0002-1825-0097', '0000-0002-1825-0097'),
        ('https://orcid.org/0000-0002-1825-0097', '0000-0002-1825-0097'),
        (' orcid.org/0000-0002-1694-233x/ ', '0000-0002-1694-233X'),
        ('0000000218250097', '0000-0002-1825-0097'),
        ('n/a', 'n/a'),
        ('', ''),
    ],
)
def test_an_orcid_is_taken_as_orcid_org_shows_it(typed, kept):
    assert plain(typed) == kept


@pytest.mark.parametrize('typed', ['n/a', '٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧', '0000-0002-1825-0098', '1'])
def test_what_is_no_orcid_is_refused_with_a_sentence(author, signed_in, typed):
    client = signed_in(author)
    answer = client.post(reverse('profile'), {'name': 'Ada Author', 'orcid': typed})

    assert answer.status_code < 500
    assert 'ORCID' in answer.content.decode()
    assert Person.objects.get(pk=author.pk).orcid == ''


@pytest.mark.parametrize('width', [254, 255, 300])
def test_an_address_that_is_too_long_for_whom_one_writes_is_refused_with_a_sentence(author, signed_in, width):
    labels = '.'.join(['d' * 60] * 3)
    address = f'{"a" * (width - len(labels) - 5)}@{labels}.org'[-width:]

    answer = signed_in(author).post(
        reverse('write_start'), {'for-name': 'Dora Director', 'for-email': address, 'on_behalf': 'yes'}
    )

    assert answer.status_code < 500
    assert Authorship.objects.filter(email=address).exists() is (answer.status_code == 302)


@pytest.mark.parametrize('chosen', ['9' * 22, '-1', '٣', 'x', ''])
def test_an_action_on_rows_that_there_cannot_be_does_nothing(administrator, signed_in, chosen):
    names = ('members_category', 'mfa_authenticator', 'ukis_page', 'ukis_tag')
    typed = {'action': 'delete_selected', '_selected_action': chosen, 'index': '0'}
    client = signed_in(administrator)

    answers = {name: client.post(reverse(f'admin:{name}_changelist'), typed).status_code for name in names}

    assert {name: status for name, status in answers.items() if status not in (200, 302)} == {}


def test_a_name_typed_for_a_search_may_be_longer_than_any_name(secretary, signed_in):
    typed = {'membership-typed': 'o' * 70_000, 'person-typed': 'o' * 70_000}

    answer = signed_in(secretary).post(reverse('admin:members_seat_add'), typed)

    assert answer.status_code == 200
    assert f'Nothing here is called “{"o" * 79}…”' in answer.text


def test_a_name_of_one_long_word_is_kept_whole_through_a_title_and_its_steps(author, editor, society):
    author.title, author.name, author.given_names, author.family_name = 'P' * 40, LONG + 'X' * 70, '', ''
    author.part_name()
    author.save()

    submission = make_submission(author, 'live', editor=editor)

    author.refresh_from_db()
    assert author.family_name == LONG + 'X' * 70
    assert submission.steps.filter(by=author).first().by_name == author.printed_name
    assert submission.post.bylines.get().name == author.printed_name


def test_a_name_of_many_parts_is_cited_whole(author, editor, society):
    author.given_names, author.family_name = 'A ' * 99 + 'A', 'B' * 200
    author.save()

    submission = make_submission(author, 'live', editor=editor)

    assert submission.post.bylines.get().citation_name == author.citation_name


def test_a_coauthors_address_as_long_as_addresses_get_is_written_to(author, society):
    address = f'{"a" * 60}@{"b" * 60}.{"c" * 60}.{"d" * 55}.example'
    submission = make_submission(author, coauthors=(('Long Address', address),))

    from tests.conftest import DECLARED

    workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)

    from ukis.letters.models import Letter

    assert Letter.objects.filter(to_address=address, kind='named').exists()


@pytest.mark.parametrize('key', ['9' * 22, '-1', 'three', ''])
def test_a_role_that_there_cannot_be_is_refused_with_a_sentence(administrator, society, signed_in, key):
    answer = signed_in(administrator).post(
        reverse('admin:members_person_add'), {'name': 'Nia New', 'groups': [key]}
    )

    assert answer.status_code < 500
    assert not Person.objects.filter(name='Nia New').exists()
