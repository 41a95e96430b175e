"""The home page as staff compose it: which posts are featured, in which order and until when."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import featuring, workflow
from blog.models import Post
from blog.models.posts import UNPLACED
from members.roles import COMMISSIONING_EDITOR
from tests.conftest import make_person, make_post
from ukis import days
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

HOME = 'admin:home_page'


@pytest.fixture
def posts():
    """The newest first."""
    return [
        make_post(f'Post {number}', published_at=timezone.now() - timedelta(days=number + 1))
        for number in range(6)
    ]


@pytest.fixture
def staff(chief, signed_in):
    return signed_in(chief)


def featured(client):
    page = client.get('/').text
    return found_in(page.partition('id="featured"')[2].partition('id="latest"')[0])


def latest(client):
    return found_in(client.get('/').text.partition('id="latest"')[2])


def found_in(part):
    there = [(part.find(f'>Post {number}<'), f'Post {number}') for number in range(6)]
    return [name for at, name in sorted(there) if at >= 0]


def press(staff, post, **buttons):
    return staff.post(reverse('admin:home_post', args=[post.pk]), buttons, follow=True)


def test_staff_choose_what_is_featured_and_in_which_order(client, staff, posts):
    for one in (posts[4], posts[2], posts[5]):
        staff.post(reverse(HOME), {'post': one.pk})
    at_first = featured(client)
    press(staff, posts[5], up='yes')
    page = press(staff, posts[5], up='yes').text

    assert at_first == ['Post 4', 'Post 2', 'Post 5']
    assert '“Post 5” is number 1 of 3 now.' in page
    assert featured(client) == ['Post 5', 'Post 4', 'Post 2']
    assert latest(client) == ['Post 0', 'Post 1', 'Post 3']
    press(staff, posts[4], off='yes')
    assert (featured(client), latest(client)) == (
        ['Post 5', 'Post 2'],
        ['Post 0', 'Post 1', 'Post 3', 'Post 4'],
    )


def test_an_older_one_is_found_by_its_address(client, staff, posts):
    address = f'https://example.org{posts[3].get_absolute_url()}'

    assert staff.post(reverse(HOME), {'address': address}).status_code == 302
    assert featured(client) == ['Post 3']
    assert (
        'There is no post on the site at this address.' in staff.post(reverse(HOME), {'address': 'none'}).text
    )
    assert staff.post(reverse(HOME), {}).status_code == 422


def test_it_ends_with_its_last_day_and_the_next_comes_up(client, staff, posts, time_machine):
    for one in posts[:4]:
        staff.post(reverse(HOME), {'post': one.pk})
    last = days.today() + timedelta(days=2)
    press(staff, posts[0], **{f'post-{posts[0].pk}-last_day': days.in_words(last)})
    before = featured(client)

    over = days.next_midnight(timezone.now() + timedelta(days=2))
    time_machine.move_to(over - timedelta(seconds=1), tick=False)
    on_the_day = featured(client)
    time_machine.move_to(over, tick=False)

    assert before == on_the_day == ['Post 0', 'Post 1', 'Post 2']
    assert featured(client) == ['Post 1', 'Post 2', 'Post 3']
    assert latest(client)[0] == 'Post 0'


def test_one_that_is_taken_down_or_archived_stands_there_no_more(client, staff, posts, chief):
    for one in posts[:3]:
        staff.post(reverse(HOME), {'post': one.pk})

    Post.objects.filter(pk=posts[0].pk).update(taken_down_at=timezone.now(), taken_down_why='Wrong.')
    Post.objects.filter(pk=posts[1].pk).update(archived_at=timezone.now())

    assert featured(client) == ['Post 2']
    with pytest.raises(NotNow, match='is not among the posts on the site'):
        featuring.feature(posts[0], by=chief, last_day=None)


def test_nobody_decides_on_what_they_wrote(posts, chief, staff, signed_in):
    mine = make_post('Mine', people=(chief,))
    other = make_person('Nia Next', group=COMMISSIONING_EDITOR)
    featuring.feature(mine, by=other, last_day=None)

    page = staff.get(reverse(HOME)).text

    assert 'You are among its authors: others say whether and where it is featured.' in page
    assert reverse('admin:home_post', args=[mine.pk]) not in page
    for verb in (featuring.unfeature, lambda post, by: featuring.move(post, by=by, up=True)):
        with pytest.raises(NotAllowed, match='You are among its authors'):
            verb(mine, by=chief)
    assert press(staff, mine, off='yes').status_code == 403


def test_editors_who_do_not_keep_the_home_page_are_refused(posts, editor):
    with pytest.raises(NotAllowed, match='kept by the Commissioning Editor'):
        featuring.feature(posts[0], by=editor, last_day=None)


def test_what_cannot_be_done_any_more_is_said(staff, posts, chief):
    featuring.feature(posts[0], by=chief, last_day=None)

    with pytest.raises(NotNow, match='is featured already'):
        featuring.feature(posts[0], by=chief, last_day=None)
    for refused, said in (
        (press(staff, posts[0], up='yes'), 'stands first already'),
        (press(staff, posts[0], down='yes'), 'stands last already'),
        (press(staff, posts[1], up='yes'), 'is not featured any more'),
        (press(staff, posts[1], off='yes'), 'is not featured any more'),
        (press(staff, posts[0], **{f'post-{posts[0].pk}-last_day': 'soon'}), 'Nothing was changed.'),
        (
            press(staff, posts[0], **{f'post-{posts[0].pk}-last_day': '1 May 2020'}),
            'The last day is over already.',
        ),
    ):
        assert said in refused.text


def test_that_it_is_featured_stands_in_its_history(posts, chief):
    featuring.feature(posts[0], by=chief, last_day=days.today())

    post = Post.objects.get(pk=posts[0].pk)
    step = post.submission.steps.latest('pk')
    assert (post.featured, post.featured_place) == (True, 1)
    assert (step.move, step.by, step.note) == (
        'set_details',
        chief,
        f'featured: until {days.in_words(days.today())}',
    )


def test_one_ticked_on_the_desk_comes_after_those_put_in_order(client, posts, chief, editor):
    featuring.feature(posts[3], by=chief, last_day=None)
    posts[0].submission.editor = editor
    posts[0].submission.save(update_fields=['editor'])

    workflow.set_details(posts[0], by=editor, featured=True)

    assert featured(client) == ['Post 3', 'Post 0']
    workflow.set_details(Post.objects.get(pk=posts[0].pk), by=editor, featured=False)
    assert Post.objects.get(pk=posts[0].pk).featured_place == UNPLACED
