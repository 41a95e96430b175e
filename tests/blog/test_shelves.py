"""Where posts stand in the lists, and how many: exact after every verb, at every moment, on every page."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone

from bench import corpus
from blog import workflow
from blog.models import Post, Shelf, ShelfCount, Shelved, State
from blog.models.shelves import EVER
from blog.shelves import listing, shelving
from members.models import Organisation, Person
from tests.conftest import make_organisation, make_person, make_post, make_submission
from ukis import days
from ukis.tags import merging
from ukis.tags.models import Tag


def count_of(shelf, key=0, at=None):
    return listing.OnShelf(shelf, key, at=at or timezone.now()).page(1)[1]


def titles_of(shelf, key=0, at=None):
    posts, _ = listing.OnShelf(shelf, key, at=at or timezone.now()).page(1)
    return [post.version.title for post in posts]


@pytest.mark.django_db
def test_a_post_stands_on_the_shelves_of_its_tags_people_and_organisations():
    person, organisation = make_person('Ada Author'), make_organisation()
    post = make_post('One', people=(person,), organisation=organisation, tags=('coaching', 'equity'))

    keys = {(row.shelf, row.key) for row in post.shelved.all()}

    assert keys == {
        (Shelf.ALL, 0),
        *((Shelf.TAG, tag.pk) for tag in Tag.objects.all()),
        (Shelf.PERSON, person.pk),
        (Shelf.ORGANISATION, organisation.pk),
    }


@pytest.mark.django_db
def test_every_verb_of_print_keeps_the_shelves(author, editor, chief):
    """`slips` is asked after every single one; it reads posts, bylines and tags and believes no count."""
    submission = make_submission(author, State.READY, editor=editor)

    def then(counted, act):
        act()
        assert shelving.slips() == []
        assert count_of(Shelf.ALL) == count_of(Shelf.PERSON, author.pk) == counted

    tomorrow = timezone.now() + timedelta(days=1)
    then(0, lambda: workflow.release(submission, by=editor, at=tomorrow))
    assert count_of(Shelf.ALL, at=tomorrow) == 1
    then(0, lambda: workflow.reschedule(submission, by=editor, at=tomorrow + timedelta(days=40)))
    assert count_of(Shelf.ALL, at=tomorrow) == 0
    then(0, lambda: workflow.unschedule(submission, by=editor))
    assert not Shelved.objects.exists()
    then(1, lambda: workflow.release(submission, by=editor))
    then(0, lambda: workflow.archive(submission, by=chief, reason='Old.'))
    then(1, lambda: workflow.restore(submission, by=chief, reason='Not so old.'))
    then(0, lambda: workflow.take_down(submission, by=chief, reason='A slip.'))
    then(1, lambda: workflow.put_back(submission, by=chief, reason='None.'))
    then(1, lambda: workflow.retag(submission.post, by=editor, tags=['coaching', 'equity']))
    then(
        1,
        lambda: workflow.correct_typo(
            submission,
            by=editor,
            base=submission.current.number,
            words=submission.current.words().but(title='Careful change takes tyme'),
            reason='A letter.',
        ),
    )
    then(1, lambda: workflow.revise(submission, by=editor, note='A figure.'))
    then(1, lambda: workflow.drop_revision(submission, by=editor))


@pytest.mark.django_db
def test_a_scheduled_post_comes_out_by_itself_and_is_counted_from_that_second(time_machine):
    time_machine.move_to('2026-03-31 10:00:00+00:00', tick=False)
    due = datetime(2026, 4, 1, 9, tzinfo=UTC)
    make_post('Out', tags=('coaching',), published_at=datetime(2026, 3, 1, tzinfo=UTC))
    make_post('To come', tags=('coaching', 'later'), published_at=due)
    tag = Tag.objects.get(name='coaching')

    for moment, titles in ((due - timedelta(microseconds=1), ['Out']), (due, ['To come', 'Out'])):
        assert titles_of(Shelf.ALL, at=moment) == titles_of(Shelf.TAG, tag.pk, at=moment) == titles
        assert count_of(Shelf.ALL, at=moment) == count_of(Shelf.TAG, tag.pk, at=moment) == len(titles)
        in_use = {tag.name: tag.count for tag in listing.tags_in_use(moment)}
        assert in_use == ({'coaching': 1} if len(titles) == 1 else {'coaching': 2, 'later': 1})


@pytest.mark.django_db
def test_merged_tags_bring_their_posts_along():
    make_post('One', tags=('coaching', 'mentoring'))
    make_post('Two', tags=('mentoring', 'equity'))
    old, into = Tag.objects.get(name='mentoring'), Tag.objects.get(name='coaching')

    merging.merge(old, into)

    assert (count_of(Shelf.TAG, old.pk), count_of(Shelf.TAG, into.pk)) == (0, 2)
    assert shelving.slips() == []


@pytest.mark.django_db
def test_rows_written_in_bulk_are_put_right_after_the_next_migrate(django_assert_num_queries):
    make_post('One')
    make_post('Two', tags=('coaching', 'equity'))
    Shelved.objects.all().delete()
    ShelfCount.objects.all().delete()
    assert shelving.slips()

    shelving.put_right()
    assert shelving.slips() == []
    with django_assert_num_queries(4):
        shelving.put_right()


@pytest.fixture
def society_of_posts(db, society):
    """Big enough for several pages of everything; four are scheduled, some are archived or taken down."""
    corpus.make(posts=170, organisations=6, people=24, tags=9)
    for number in (3, 40, 41, 90):
        Post.objects.filter(slug=f'post-{number}').update(
            published_at=timezone.now() + timedelta(days=number)
        )
    assert shelving.slips() == []


def by_counting(posts, number):
    """The page as a database finds it that counts through everything."""
    found = posts.order_by('-published_at', '-pk')
    return list(found.values_list('pk', flat=True)[(number - 1) * 20 : number * 20]), found.count()


def by_shelf(listed, number):
    posts, count = listed.page(number)
    return [post.pk for post in posts], count


@pytest.mark.usefixtures('society_of_posts')
def test_every_page_of_every_shelf_is_what_counting_through_would_find():
    shelves = [
        ({}, Shelf.ALL, 0),
        *(({'tags': tag}, Shelf.TAG, tag.pk) for tag in Tag.objects.all()),
        *(({'bylines__person': row}, Shelf.PERSON, row.pk) for row in Person.objects.all()),
        *(({'bylines__organisation': row}, Shelf.ORGANISATION, row.pk) for row in Organisation.objects.all()),
    ]
    for condition, shelf, key in shelves:
        for at in (timezone.now(), timezone.now() + timedelta(days=60), timezone.now() - timedelta(days=700)):
            if at < timezone.now() and shelf == Shelf.ALL:
                continue  # what was live then is not what stands now
            posts = Post.objects.live(at).filter(**condition).distinct()
            for number in range(1, posts.count() // 20 + 3):
                expected, count = by_counting(posts, number)
                if number == 1 or expected:
                    assert by_shelf(listing.OnShelf(shelf, key, at=at), number) == (
                        expected,
                        count if expected else 0,
                    )
                else:
                    assert by_shelf(listing.OnShelf(shelf, key, at=at), number)[0] == []


@pytest.mark.usefixtures('society_of_posts')
def test_every_page_of_every_month_and_year_too():
    years = {post.published_at.year for post in Post.objects.live()}
    spans = [((year, 1), (year + 1, 1)) for year in years]
    spans += [((year, month), (year, month + 1)) for year in years for month in (3, 10)]
    for first, end in spans:
        start, stop = (datetime(*one, 1, tzinfo=days.LONDON) for one in (first, end))
        posts = Post.objects.live().filter(published_at__gte=start, published_at__lt=stop)
        for number in range(1, posts.count() // 20 + 2):
            expected, count = by_counting(posts, number)
            if expected:
                assert by_shelf(listing.OnShelf(Shelf.ALL, first=first, end=end), number) == (expected, count)


@pytest.mark.usefixtures('society_of_posts')
def test_posts_that_carry_several_tags_are_found_by_page_as_well():
    tags = sorted(listing.tags_in_use(), key=lambda tag: -tag.count)
    for chosen in (tags[:2], tags[:3], [tags[0], tags[-1]]):
        posts = Post.objects.live()
        for tag in chosen:
            posts = posts.filter(tags=tag)
        for number in (1, 2):
            expected, count = by_counting(posts, number)
            if expected:
                assert by_shelf(listing.CarryingAll(chosen), number) == (expected, count)


@pytest.mark.usefixtures('society_of_posts')
def test_the_tags_in_use_are_counted_exactly():
    counted = {
        tag.pk: count for tag in Tag.objects.all() if (count := Post.objects.live().filter(tags=tag).count())
    }

    assert {tag.pk: tag.count for tag in listing.tags_in_use()} == counted
    most = [tag.count for tag in listing.tags_most_used(3)]
    assert sorted(most) == sorted(counted.values())[-3:]


@pytest.fixture
def at_once(database_url):
    """Runs functions at the same time, each in a thread with a connection of its own, and says what they returned."""
    main = connections['default']

    def run(*functions):
        start = threading.Barrier(len(functions))

        def alone(function):
            if connection.vendor == 'sqlite':
                file = {'NAME': database_url.removeprefix('sqlite:///')}
                connections['default'] = DatabaseWrapper(main.settings_dict | file, alias='default')
            start.wait()
            try:
                return function()
            finally:
                connections['default'].close()

        with ThreadPoolExecutor() as pool:
            return list(pool.map(alone, functions))

    return run


@pytest.mark.django_db(transaction=True)
def test_who_tags_while_another_archives_waits_and_sees_it(at_once, chief):
    post = make_post('One', tags=('coaching', 'equity'))
    archived = threading.Event()

    def archive():
        with transaction.atomic():
            Post.objects.filter(pk=post.pk).update(archived_at=timezone.now())
            archived.set()
            time.sleep(0.5)

    def tag():
        archived.wait()
        workflow.retag(Post.objects.get(pk=post.pk), by=chief, tags=['scaling', 'coaching'])

    at_once(archive, tag)

    assert shelving.slips() == []
    assert count_of(Shelf.ALL) == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_archive_and_tag_at_once_leave_the_shelves_right(at_once, chief):
    posts = [make_post(f'Post {number}', people=(make_person(),)) for number in range(4)]
    names = ['coaching', 'equity', 'scaling', 'leadership']
    for name in names:
        Tag.objects.get_or_create(name=name, defaults={'slug': name})

    def work(seed):
        chance = random.Random(seed)
        for _ in range(12):
            post = Post.objects.filter(pk=chance.choice(posts).pk)
            match chance.randrange(3):
                case 0:
                    workflow.retag(post.get(), by=chief, tags=chance.sample(names, 2))
                case 1:
                    post.update(published_at=timezone.now() - timedelta(days=chance.randrange(90)))
                case 2:
                    post.update(archived_at=chance.choice([None, timezone.now()]))

    at_once(lambda: work(1), lambda: work(2))

    assert shelving.slips() == []
    standing = Post.objects.filter(archived_at=None).count()
    assert ShelfCount.objects.get(shelf=Shelf.ALL, month=EVER).posts == standing
