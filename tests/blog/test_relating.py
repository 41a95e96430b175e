"""Which posts lead on from a post, and what is said of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog import post_page, workflow
from blog.models import Post, RelatedPosts
from blog.shelves import relating
from tests.conftest import make_person, make_post
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db


def related(slug: str, society) -> list[tuple[str, str]]:
    return [(one.title, one.why) for one in post_page.post_at(slug, society).related]


def catch_up() -> None:
    relating.keep_up(timezone.now())


def test_posts_are_related_by_authors_and_tags_and_say_why(society):
    ann, bo = make_person('Ann Lee'), make_person('Bo Rhys')
    make_post('Alpha', people=(ann,), tags=('coaching', 'equity'))
    make_post('Same author and tag', people=(ann,), tags=('coaching', 'other'))
    make_post('Same tags', people=(bo,), tags=('coaching', 'equity'))
    make_post('Same author', people=(ann,), tags=('x', 'y'))
    make_post('Neither', people=(bo,), tags=('p', 'q'))

    catch_up()

    assert related('alpha', society) == [
        ('Same tags', 'Also about equity and coaching'),
        ('Same author and tag', 'By the same author, also about coaching'),
        ('Same author', 'By the same author'),
    ]


def test_rarer_words_in_common_relate_where_nothing_else_does(society):
    for number in range(12):
        make_post(f'Filler {number}', people=(make_person(),), tags=(f'a{number}', f'b{number}'))
    make_post('Gardens after supervision', people=(make_person(),), tags=('c', 'd'))
    make_post('Supervision in gardens', people=(make_person(),), tags=('e', 'f'))

    catch_up()

    assert related('supervision-in-gardens', society) == [
        ('Gardens after supervision', 'Also says “supervision” and “gardens”')
    ]


def test_what_is_no_longer_public_is_not_named_from_that_moment_on(society):
    ann = make_person('Ann Lee')
    make_post('Alpha', people=(ann,))
    beta = make_post('Beta', people=(ann,))
    catch_up()
    assert [title for title, _ in related('alpha', society)] == ['Beta']

    Post.objects.filter(pk=beta.pk).update(archived_at=timezone.now())

    assert related('alpha', society) == []


def test_what_is_to_come_is_named_only_when_its_time_has_come(society):
    ann = make_person('Ann Lee')
    alpha = make_post('Alpha', people=(ann,))
    soon = make_post('Soon', people=(ann,), published_at=timezone.now() + timedelta(hours=1))
    catch_up()

    assert related('alpha', society) == []
    assert RelatedPosts.objects.get(post=soon).first == alpha


def test_a_tag_is_named_as_it_is_called_today(society):
    make_post('Alpha', people=(make_person(),), tags=('coaching', 'x'))
    make_post('Beta', people=(make_person(),), tags=('coaching', 'y'))
    catch_up()

    Tag.objects.filter(name='coaching').update(name='Guiding')

    assert related('alpha', society) == [('Beta', 'Also about Guiding')]


def test_a_new_post_is_named_by_those_around_it_and_one_that_changes_is_looked_at_again(society, chief):
    ann = make_person('Ann Lee')
    alpha = make_post('Alpha', people=(ann,))
    catch_up()
    assert not Post.objects.due_to_be_related().exists()
    assert related('alpha', society) == []

    beta = make_post('Beta', people=(ann,))
    catch_up()
    assert [title for title, _ in related('alpha', society)] == ['Beta']

    workflow.readdress(beta, by=chief, slug='beta-two')
    assert list(Post.objects.due_to_be_related()) == [beta]
    assert post_page.post_at('alpha', society).related[0].address == '/blog/beta-two/'
    assert alpha.touched_at == Post.objects.get(pk=alpha.pk).touched_at


def test_looking_again_writes_nothing_where_nothing_is_other(django_assert_max_num_queries, society):
    ann = make_person('Ann Lee')
    make_post('Alpha', people=(ann,))
    make_post('Beta', people=(ann,))
    catch_up()

    with django_assert_max_num_queries(1):
        catch_up()


@pytest.mark.parametrize('count', [2, 30])
def test_looking_for_them_asks_the_same_however_many_there_are(count, django_assert_max_num_queries, society):
    ann = make_person('Ann Lee')
    for number in range(count):
        make_post(f'Post {number}', people=(ann,))

    with django_assert_max_num_queries(12):
        relating.best(Post.objects.first())


def test_before_and_after_follow_the_dates_also_at_one_moment(society):
    at = timezone.now() - timedelta(days=3)
    for title in ('First', 'Second', 'Third'):
        make_post(title, published_at=at)
    make_post('Soon', published_at=timezone.now() + timedelta(hours=1))
    catch_up()

    walked = []
    slug = 'first'
    while slug:
        shown = post_page.post_at(slug, society)
        walked.append((shown.earlier and shown.earlier.title, shown.title))
        slug = shown.later and shown.later.slug

    assert walked == [(None, 'First'), ('First', 'Second'), ('Second', 'Third')]


def test_a_page_shows_what_leads_on(client):
    ann = make_person('Ann Lee')
    make_post('Alpha', people=(ann,), published_at=timezone.now() - timedelta(days=2))
    make_post('Beta', people=(ann,))
    catch_up()

    page = client.get('/blog/alpha/').content.decode()

    assert '<a href="/blog/beta/" rel="next">Beta</a>' in page
    assert '<a href="/blog/beta/">Beta</a> <span class="small soft">By the same author, also about ' in page
