"""Two processes at the same moment: they make one tag, and nothing carries a tag that was merged meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.urls import reverse

from blog.models import Post, State
from tests.conftest import make_person, make_submission
from tests.processes import cookie_of
from ukis import days, tags
from ukis.tags.models import Tag, TaggedItem

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def at_once(*asks):
    """The status of each answer; all are asked in the same instant."""
    barrier = threading.Barrier(len(asks))

    def run(ask):
        web, path, cookie, form = ask
        barrier.wait()
        return web.ask('POST', path, cookie=cookie, form=form)[0]

    with ThreadPoolExecutor() as pool:
        return list(pool.map(run, asks))


def release(submission) -> str:
    return reverse('admin:desk_move', args=[submission.pk, 'release'])


def sent(names: str) -> dict[str, str]:
    return {'tags': 'leadership', 'more_tags': names, 'views': 'own', 'when': 'now'}


@pytest.fixture
def two(site, society, author, signed_in):
    """Two web servers, and an editor signed in at each."""
    editors = [make_person(group='Editor') for _ in range(2)]
    return [site.web(), site.web()], editors, [cookie_of(signed_in(editor)) for editor in editors]


def test_two_editors_release_with_the_same_new_tags(two, author):
    webs, editors, cookies = two
    for number in range(ROUNDS):
        submissions = [make_submission(author, State.READY, editor=editor) for editor in editors]
        # In either order and spelling, two of them with one spelling of an address.
        names = [f'Dŵr {number}, Plan {number}, C# {number}', f'c+ {number}, PLAN {number}, DŴR {number}']

        codes = at_once(
            *[
                (web, release(submission), cookie, sent(typed))
                for web, submission, cookie, typed in zip(webs, submissions, cookies, names, strict=True)
            ]
        )
        # A post on the same day is pointed out once: the same answer again is meant.
        for web, submission, cookie, typed, code in zip(
            webs, submissions, cookies, names, codes, strict=True
        ):
            assert code in (200, 302)
            if code == 200:
                day = Post.objects.exclude(published_at=None).latest('published_at').published_at.date()
                again = {**sent(typed), 'clash': day.isoformat()}
                assert web.ask('POST', release(submission), cookie=cookie, form=again)[0] == 302

        carried = [sorted(tag.pk for tag in submission.post.tags.all()) for submission in submissions]
        assert [len(set(pks)) for pks in carried] == [4, 4]
        assert len(set(carried[0]) & set(carried[1])) == 3
        assert Tag.objects.filter(folded__endswith=f' {number}').count() == 4
    slugs = list(Tag.objects.values_list('slug', flat=True))
    assert len(slugs) == len(set(slugs)) == 1 + 4 * ROUNDS


def test_two_of_staff_add_the_same_tag(two, signed_in):
    webs, _, _ = two
    cookies = [cookie_of(signed_in(make_person(group='Administrator'))) for _ in range(2)]
    add = reverse('admin:ukis_tag_add')
    for number in range(ROUNDS):
        forms = [
            {'name': f'{word} {number}', 'slug': '', 'description': ''} for word in ('Coaching', 'COACHING')
        ]

        codes = at_once(
            *[(web, add, cookie, form) for web, cookie, form in zip(webs, cookies, forms, strict=True)]
        )

        assert sorted(codes) == [200, 302]
    assert Tag.objects.count() == ROUNDS


def test_a_merge_and_a_release_meet(two, author, signed_in):
    webs, editors, cookies = two
    administrator = cookie_of(signed_in(make_person(group='Administrator')))
    [into] = tags.find_or_make(['Coaching'])
    for number in range(ROUNDS):
        [tag] = tags.find_or_make([f'Mentoring {number}'])
        submission = make_submission(author, State.READY, editor=editors[0])
        merging = (webs[1], reverse('admin:ukis_tag_delete', args=[tag.pk]), administrator, {'into': into.pk})
        typed = {
            **sent(tag.name),
            'when': 'later',
            'day': days.today() + timedelta(days=30 + number),
            'time': '09:00',
        }

        # Something carries it, so that deleting offers the merge.
        make_person().topics.add(tag)
        codes = at_once((webs[0], release(submission), cookies[0], typed), merging)

        assert codes == [302, 302]
        assert 'Coaching' in submission.post.tags.names()
    assert not TaggedItem.objects.filter(tag__merged_into__isnull=False).exists()
