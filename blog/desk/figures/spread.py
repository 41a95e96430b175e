"""For whom it was published, and who has been waiting longest."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from blog.desk.figures.numbers import published
from blog.desk.figures.placed import counted
from blog.models import Authorship, Byline, Holder, Submission
from blog.models.submissions_seen import SubmissionQuerySet
from members.models import Organisation, Person
from members.models.people import Nation


@dataclass(frozen=True)
class Spread:
    organisations: Sequence[tuple[Organisation, int]]  # those with most
    others: int  # how many more organisations
    nations: Sequence[tuple[Nation, int]]
    nowhere: int  # posts without an organisation
    posts: int


def spread(out: Collection[int], most: int = 15) -> Spread:
    """Posts by the organisations of their bylines; a post counts once for each."""
    named = Byline.objects.filter(post__in=out).order_by().values_list('post', 'organisation')
    posts: dict[int, set[int]] = {post: set() for post in out}
    for post, organisation in named:
        posts[post].update({organisation} - {None})
    count = Counter(organisation for places in posts.values() for organisation in places)
    nations = dict(Organisation.objects.filter(pk__in=count).order_by().values_list('pk', 'nations'))
    by_nation = Counter(
        nation for places in posts.values() for nation in {one for place in places for one in nations[place]}
    )
    first = Organisation.objects.in_bulk([key for key, _ in count.most_common(most)])
    return Spread(
        organisations=[(first[key], number) for key, number in count.most_common(most)],
        others=max(0, len(count) - most),
        nations=[(nation, by_nation[nation.value]) for nation in Nation],
        nowhere=sum(1 for places in posts.values() if not places),
        posts=len(posts),
    )


def spread_rows(
    person: Person, *, nation: str = '', organisation: Organisation | None = None, nowhere: bool = False
) -> QuerySet[Submission]:
    """The rows behind one number of the spread: of the posts of the twelve months, which are read first, so that the
    database does not begin with all that an organisation ever published."""
    posts = published(person)
    named = Byline.objects.filter(post__in=posts).exclude(organisation=None)
    if organisation is not None:
        named = named.filter(organisation=organisation)
    elif nation:
        named = named.filter(
            organisation__in=list(Organisation.objects.working_in(nation).values_list('pk', flat=True))
        )
    keys = set(named.order_by().values_list('post', flat=True))
    return Submission.objects.filter(post__in=set(posts) - keys if nowhere else keys)


def waiting_longest(person: Person) -> SubmissionQuerySet:
    """What waits for an editor, or for any of them."""
    return counted(person).filter(holder__in=[Holder.EDITORS, Holder.EDITOR]).oldest_wait_first()


def leaves_out(person: Person) -> bool:
    return Authorship.objects.filter(person=person, submission__first_submitted_at__isnull=False).exists()
