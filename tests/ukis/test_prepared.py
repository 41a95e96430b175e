"""Questions that are put into SQL once: they find what Django would find, on any day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from blog.models import Byline, Post, Series, Shelf, ShelfCount, Submission
from blog.subscribing import contents
from members.models import Affiliation, Organisation
from tests.conftest import make_membership, make_organisation, make_person, make_post
from ukis.prepared import PREPARED, Prepared, hang, prepared
from ukis.society.models import Society
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_those_of_the_site():
    """What a test prepares is no question of the site's."""
    yield
    PREPARED[:] = [one for one in PREPARED if not one.__module__.startswith('tests')]


def test_it_finds_what_was_asked_each_time(society, django_assert_num_queries):
    @prepared()
    def called(*, name: str) -> QuerySet[Organisation]:
        return Organisation.objects.filter(name=name)

    one, other = make_organisation('Care'), make_organisation('Cure')

    with django_assert_num_queries(3):
        assert [called(name=name) for name in ('Care', 'Cure', "'; --")] == [[one], [other], []]


def test_moments_days_numbers_and_several_of_them_stand_as_the_database_wants_them(society, author):
    @prepared('count')
    def posts(*, keys: tuple[int, ...], at: datetime, count: int) -> QuerySet[Post]:
        return Post.objects.live(at).filter(pk__in=keys).newest_first()[:count]

    @prepared()
    def there(*, on: date) -> QuerySet[Affiliation]:
        return Affiliation.objects.current(on)

    now = timezone.now()
    old, new = make_post('Old', published_at=now - timedelta(days=9)), make_post('New')
    author.affiliations.update(since=date(2026, 1, 1))

    assert posts(keys=(old.pk, new.pk), at=now, count=2) == [new, old]
    assert posts(keys=(old.pk, new.pk), at=now - timedelta(days=5), count=2) == [old]
    assert posts(keys=(old.pk, new.pk), at=now, count=1) == [new]
    assert posts(keys=(new.pk,), at=now, count=2) == [new]
    assert posts(keys=(), at=now, count=2) == []
    assert [len(there(on=day)) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [0, 1]


def test_one_of_a_few_and_nothing_have_statements_of_their_own(society):
    @prepared()
    def counts(*, shelf: Shelf, key: int | None) -> QuerySet[ShelfCount]:
        rows = ShelfCount.objects.filter(shelf=shelf, month=0)
        return rows if key is None else rows.filter(key=key)

    make_post('One', tags=('a', 'b'))

    assert len(counts(shelf=Shelf.ALL, key=None)) == 1
    assert len(counts(shelf=Shelf.TAG, key=None)) == 2
    assert len(counts(shelf=Shelf.TAG, key=10**9)) == 0


def test_it_counts_which_of_them_is_nothing(society):
    @prepared()
    def named(*, name: str | None, short: str | None) -> QuerySet[Organisation]:
        return Organisation.objects.filter(**({'name': name} if short is None else {'short_name': short}))

    care = make_organisation('Care', short_name='CR')

    assert named(name='Care', short=None) == [care]
    assert named(name=None, short='CR') == [care]
    assert named(name=None, short='Care') == []


def test_annotations_and_joined_rows_come_along(society, django_assert_num_queries):
    @prepared()
    def lines(*, post: int) -> QuerySet[Byline]:
        return Byline.objects.filter(post=post).select_related('person').annotate(small=Lower('name'))

    post = make_post(people=(make_person('Ann Lee'),))
    for _ in range(2):
        with django_assert_num_queries(1):
            [line] = lines(post=post.pk)
            assert (line.small, line.person.name) == ('ann lee', 'Ann Lee')


@pytest.mark.parametrize(
    ('ask', 'given', 'why'),
    [
        (lambda count: Post.objects.all()[:count], {'count': 3}, 'depends on count'),
        (lambda name: Society.objects.filter(name__startswith=name), {'name': 'UK'}, 'does not stand'),
        (lambda name: Society.objects.all(), {'name': 'UK'}, 'asked for nowhere'),
        (lambda name: Society.objects.filter(name=name), {'name': 1.5}, 'not asked by a float'),
    ],
)
def test_what_cannot_be_prepared_says_so(ask, given, why):
    with pytest.raises(ValueError, match=why):
        Prepared(ask, ())(**given)


def test_rows_are_hung_where_they_belong(society, django_assert_num_queries):
    one, other = make_post('One'), make_post('Other')
    rows = list(Byline.objects.filter(post=one))
    hang([one, other], 'bylines', rows, of=Byline, by='post_id')

    with django_assert_num_queries(0):
        assert (list(one.bylines.all()), list(other.bylines.all())) == (rows, [])


@pytest.mark.parametrize(
    'ask',
    [
        lambda found: found.filter(order=0),
        lambda found: found.values_list('name'),
        lambda found: found.order_by('name'),
        lambda found: found.all().iterator(),
    ],
)
def test_of_rows_that_were_hung_nothing_else_is_asked(society, ask):
    """It would be asked of everybody's rows, and not of this post's."""
    one, _ = make_post('One'), make_post('Other')
    hang([one], 'bylines', Byline.objects.filter(post=one), of=Byline, by='post_id')

    with pytest.raises(RuntimeError, match='nothing else is asked'):
        list(ask(one.bylines))


def test_no_question_of_the_site_knows_what_day_it_is(
    society, author, organisation, client, secretary, signed_in, monkeypatch
):
    """Each is put anew more than a year later, about the same: not a letter of it may be another."""
    words = f'<p>Words.</p><figure><img src="/media/pictures/{"a" * 64}.png" alt="A door"></figure>'
    for number in range(21):
        make_post(
            f'In print {number}', people=(author,), organisation=organisation, tags=('One',), body=words
        )
    series = Series.objects.create(title='Ten years on')
    for one in Post.objects.all():
        Submission.objects.filter(pk=one.submission_id).update(series=series)
        one.shelve()
    Post.objects.update(revised_at=timezone.now())
    post = Post.objects.all()[0]
    put = []
    write = Prepared.write

    def noting(self, given):
        put.append((self, given))
        return write(self, given)

    for one in PREPARED:
        one._written.clear()
    monkeypatch.setattr(Prepared, 'write', noting)
    for address in (
        reverse('home'),
        reverse('blog'),
        f'{reverse("blog")}?page=2',
        post.get_absolute_url(),
        Tag.objects.get().get_absolute_url(),
        series.get_absolute_url(),
        reverse('archive'),
        reverse('archive_year', args=[post.published_at.year]),
        reverse('feed'),
        reverse('organisations'),
        f'{reverse("organisations")}?nation=wales',
        organisation.get_absolute_url(),
        author.get_absolute_url(),
    ):
        assert client.get(address).status_code == 200, address
    assert contents.of_posts([post.pk])
    make_membership(make_organisation('Due Institute'), status='due')
    assert signed_in(secretary).get(reverse('admin:index')).status_code == 200

    assert {one for one, _ in put} == set(PREPARED)
    for one, given in put:
        first = write(one, given)
        with time_machine.travel(datetime(2028, 2, 29, tzinfo=UTC)):
            later = write(one, given)
        filled = {slot.place for slot in first.slots}
        fixed = [
            [value for place, value in enumerate(each.params) if place not in filled]
            for each in (first, later)
        ]
        assert first.sql == later.sql, one.name
        assert fixed[0] == fixed[1], one.name
        assert first.slots == later.slots, one.name
