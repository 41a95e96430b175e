"""For whom it was published, and who has been waiting longest."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from blog.figures.placed import counted, rows
from blog.models import Authorship, Byline, Holder, Submission
from blog.models.submissions import SubmissionQuerySet
from members.models import Organisation, Person
from members.models.people import Nation


@dataclass(frozen=True)
class Spread:
    organisations: Sequence[tuple[Organisation, int]]  # those with most
    others: int  # how many more organisations
    nations: Sequence[tuple[Nation, int]]
    nowhere: int  # posts without an organisation
    posts: int


def spread(published: Collection[int], most: int = 15) -> Spread:
    """Posts by the organisations of their bylines; a post counts once for each."""
    named = Byline.objects.filter(post__in=published).order_by().values_list('post', 'organisation')
    posts: dict[int, set[int]] = {post: set() for post in published}
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
    """The rows behind one number of the spread."""
    named = Byline.objects.order_by()
    if nowhere:
        return rows('published', person).exclude(post__in=named.exclude(organisation=None).values('post'))
    if organisation is not None:
        return rows('published', person).filter(
            post__in=named.filter(organisation=organisation).values('post')
        )
    there = Organisation.objects.working_in(nation).order_by().values('pk')
    return rows('published', person).filter(post__in=named.filter(organisation__in=there).values('post'))


def waiting_longest(person: Person) -> SubmissionQuerySet:
    """What waits for an editor, or for any of them."""
    return counted(person).filter(holder__in=[Holder.EDITORS, Holder.EDITOR]).oldest_wait_first()


def leaves_out(person: Person) -> bool:
    return Authorship.objects.filter(person=person, submission__first_submitted_at__isnull=False).exists()
