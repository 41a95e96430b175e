"""What is held of somebody is said once for each kind of row, and given out whole, and nobody else's with it."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import State
from tests.conftest import letters_leave, make_membership, make_post, make_submission
from ukis import letters, personal
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def taken_by(client) -> zipfile.ZipFile:
    answer = client.post(reverse('my_data'))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b''.join(answer.streaming_content)))


def test_every_row_that_leads_to_a_person_is_answered_for():
    assert personal.not_answered_for() == set()


def test_what_is_not_given_out_says_why():
    assert [one.model for one in personal.holdings() if not one.columns and not one.why] == []


def test_somebody_takes_away_all_of_theirs_and_nothing_of_others(author, coauthor, signed_in):
    make_submission(author, words={'title': 'My unsent words'})
    make_membership(coauthor)
    make_submission(coauthor, words={'title': 'Somebody else’s words'})
    post = make_post('In print', people=(author,), body='<p>Łódź &amp; care.</p>')

    packed = taken_by(signed_in(author))
    data = json.loads(packed.read('data.json'))

    assert data['Your account and profile'][0]['email'] == author.email
    assert [row['organisation__name'] for row in data['Where you work']] == ['Institute for Careful Change']
    assert 'My unsent words' in {row['title'] for row in data['Words you wrote']}
    assert 'Somebody else’s words' not in json.dumps(data, ensure_ascii=False)
    assert coauthor.email not in json.dumps(data)
    assert 'password' not in data['Your account and profile'][0]
    assert 'Łódź &amp; care.' in packed.read(f'posts/{post.slug}.html').decode()
    assert packed.read('words-you-wrote.csv').startswith(b'\xef\xbb\xbf')


@pytest.mark.parametrize('recalled', [False, True])
def test_a_letter_is_given_out_once_it_has_left(author, editor, signed_in, recalled):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.decline(submission, by=editor, note='It does not fit.')
    if recalled:
        letters.recall(Letter.objects.get(kind='declined'), by=editor)

    before = taken_by(signed_in(author)).read('data.json').decode()
    letters_leave()
    after = taken_by(signed_in(author)).read('data.json').decode()

    assert 'It does not fit.' not in before
    assert ('It does not fit.' in after) is not recalled


def test_the_page_says_how_much_there_is(author, signed_in):
    make_membership(author)
    page = signed_in(author).get(reverse('my_data'))

    held = {one.words: one.count for one in page.context['held']}
    assert (held['Your account and profile'], held['Memberships'], held['Places in memberships']) == (1, 1, 1)


def test_all_of_it_is_counted_in_one_question(author, signed_in, django_assert_max_num_queries):
    make_membership(author)
    make_submission(author, words={'title': 'My unsent words'})
    client = signed_in(author)
    client.get(reverse('my_data'))

    with django_assert_max_num_queries(12):
        client.get(reverse('my_data'))


def test_it_is_given_out_five_times_an_hour(author, signed_in):
    client = signed_in(author)

    codes = [client.post(reverse('my_data')).status_code for _ in range(6)]

    assert codes == [200] * 5 + [429]
