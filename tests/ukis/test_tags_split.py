"""One tag becomes two: asked row by row, decided by whoever may, and nothing moves unasked."""

import pytest
from django.urls import reverse

from blog.models import Byline
from tests.conftest import make_organisation, make_person, make_seat, make_submission
from ukis import tags
from ukis.refusals import NotNow
from ukis.tags.models import Tag, TaggedItem
from ukis.tags.splitting import Carries

pytestmark = pytest.mark.django_db


@pytest.fixture
def coaching(author, editor, society):
    """Carried by two posts, by somebody who offers it and by an organisation."""
    for title in ('One', 'Two'):
        submission = make_submission(author, 'live', editor=editor, words={'title': title})
        submission.post.tags.set(['coaching', 'equity'])
    make_person('Offering Coaching').topics.set(['coaching'])
    make_organisation('Aldercombe Trust').topics.set(['coaching'])
    return Tag.objects.get(name='coaching')


def items(tag):
    return {str(item.content_object): item.pk for item in TaggedItem.objects.filter(tag=tag)}


def carriers(name):
    return sorted(str(item.content_object) for item in TaggedItem.objects.filter(tag__name=name))


def page_of(tag):
    return reverse('admin:ukis_tag_split', args=[tag.pk])


def test_each_row_keeps_the_tag_changes_it_or_carries_both(coaching, chief):
    keys = items(coaching)

    done = tags.split(
        coaching,
        'Team coaching',
        by=chief,
        answers={
            keys['One']: Carries.CHANGES,
            keys['Two']: Carries.BOTH,
            keys['Aldercombe Trust']: 'changes',
        },
    )

    assert (done.changed, done.left) == (3, [])
    assert carriers('coaching') == ['Offering Coaching', 'Two']
    assert carriers('Team coaching') == ['Aldercombe Trust', 'One', 'Two']


def test_a_post_moves_between_the_lists_at_once_and_its_history_says_who_decided(coaching, chief, client):
    assert '/blog/one/' in client.get('/blog/tags/coaching/').text
    one = items(coaching)['One']

    tags.split(coaching, 'Team coaching', by=chief, answers={one: 'changes'})

    assert '/blog/one/' not in client.get('/blog/tags/coaching/').text
    assert '/blog/one/' in client.get('/blog/tags/team-coaching/').text
    post = Byline.objects.filter(post__slug='one').get().post
    step = post.submission.steps.filter(move='retagged').get()
    assert (step.by, step.note) == (chief, 'coaching, equity → Team coaching, equity')


def test_ones_own_writing_is_left_to_another_editor_and_told(
    coaching, chief, editor, organisation, signed_in
):
    make_seat(chief, organisation, 'Director')
    own = make_submission(chief, 'live', editor=editor, words={'title': 'Of my own'})
    own.post.tags.set(['coaching', 'equity'])
    keys = items(coaching)

    answer = signed_in(chief).post(
        page_of(coaching),
        {'name': 'Team coaching', f'row-{keys["Of my own"]}': 'changes', f'row-{keys["One"]}': 'changes'},
        follow=True,
    )

    assert carriers('Team coaching') == ['One']
    assert 'Left as it is: “Of my own”. The tags are the editor’s to choose.' in answer.text
    assert '1 of what was shown now carries “Team coaching”.' in answer.text


@pytest.mark.parametrize('name', ['coaching', 'COACHING', 'Mentoring'])
def test_a_tag_is_not_split_into_itself_or_what_leads_to_it(name, coaching, chief):
    tags.merge(tags.find_or_make(['Mentoring'])[0], coaching)

    with pytest.raises(NotNow, match='this very tag'):
        tags.split(coaching, name, by=chief, answers=dict.fromkeys(items(coaching).values(), 'changes'))


def test_a_tag_that_was_merged_meanwhile_says_so_and_keeps_what_was_typed(coaching, administrator, signed_in):
    client, keys = signed_in(administrator), items(coaching)
    tags.merge(coaching, tags.find_or_make(['Support'])[0])

    answer = client.post(page_of(coaching), {'name': 'Team coaching', f'row-{keys["One"]}': 'changes'})

    assert answer.status_code == 409
    assert 'was merged meanwhile' in answer.text
    assert 'value="Team coaching"' in answer.text


def test_what_came_to_carry_it_meanwhile_changes_no_answer(coaching, administrator, signed_in, monkeypatch):
    monkeypatch.setattr('ukis.tags.splitting.A_PAGE', 2)
    client, keys = signed_in(administrator), items(coaching)
    shown = client.get(page_of(coaching)).text
    assert [f'row-{key}' in shown for key in sorted(keys.values(), reverse=True)] == [
        True,
        True,
        False,
        False,
    ]
    oldest = min(keys.values())
    assert f'row-{oldest}"' in client.get(page_of(coaching), {'below': sorted(keys.values())[2]}).text
    make_organisation('Newly there').topics.set(['coaching'])

    client.post(
        page_of(coaching), {'name': 'Team coaching', f'row-{max(keys.values())}': 'both', 'row-x': 'both'}
    )

    assert carriers('Team coaching') == ['Aldercombe Trust']


@pytest.mark.parametrize('name', ['', 'a, b', 'x' * 101])
def test_a_name_that_no_tag_can_have_is_refused_in_words(name, coaching, administrator, signed_in):
    answer = signed_in(administrator).post(page_of(coaching), {'name': name})

    assert answer.status_code == 422
    assert 'The other tag: ' in answer.text


def test_the_page_asks_the_same_with_one_row_and_with_five(
    coaching, administrator, signed_in, django_assert_num_queries
):
    client = signed_in(administrator)
    client.get(page_of(coaching))
    with django_assert_num_queries(12) as few:
        client.get(page_of(coaching))
    for number in range(4):
        make_organisation(f'Organisation {number}').topics.set(['coaching'])
        make_person(f'Person {number}').topics.set(['coaching'])
    with django_assert_num_queries(len(few)):
        client.get(page_of(coaching))
