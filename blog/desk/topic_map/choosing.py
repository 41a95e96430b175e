"""Which topics the map shows, and which columns."""

from collections.abc import Mapping

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from blog.desk.topic_map.found import NATIONS, MapColumn, asked_for, begin, column_of
from blog.models import Authorship, Shelf, ShelfCount, Shelved, Submission, TopicWord
from blog.models.shelves import EVER
from members.models import Organisation, Person
from ukis import tags
from ukis.tags import fold
from ukis.tags.models import Tag


def topics(words: str, person: Person, *, gaps: bool) -> QuerySet[Tag]:
    """The tags that stand, the most used first; those whose name, or that of one merged into them, has these words."""
    used = ShelfCount.objects.filter(shelf=Shelf.TAG, key=OuterRef('pk'), month=EVER).values('posts')
    posts = Coalesce(Subquery(used, output_field=IntegerField()), 0)
    found = Tag.objects.filter(merged_into=None)
    for word in fold(words).split()[:8]:
        named = Tag.objects.filter(folded__contains=word)
        found = found.filter(
            Q(folded__contains=word) | Q(pk__in=named.exclude(merged_into=None).values('merged_into'))
        )
    return (_with_gaps(found, person) if gaps else found).order_by(posts.desc(), 'name', 'pk')


def _with_gaps(found: QuerySet[Tag], person: Person) -> QuerySet[Tag]:
    out = Shelved.objects.filter(shelf=Shelf.TAG, key=OuterRef('pk'), published_at__gte=begin())
    own = Authorship.objects.filter(person=person).values('submission__post')
    called = Tag.objects.filter(Q(pk=OuterRef(OuterRef('pk'))) | Q(merged_into=OuterRef(OuterRef('pk'))))
    coming = TopicWord.objects.filter(
        folded__in=called.values('folded'),
        submission__in=Submission.objects.on_the_desk_of(person).order_by().values('pk'),
    )
    sent = {tag.pk for tag in tags.known(asked_for(person)).values()}
    return found.filter(~Exists(out.exclude(post__in=own)), ~Exists(coming)).exclude(pk__in=sent)


def organisations(words: str) -> QuerySet[Organisation]:
    """Those that have published, the most first; or those of a name."""
    used = ShelfCount.objects.filter(shelf=Shelf.ORGANISATION, month=EVER)
    standing = Organisation.objects.standing()
    if words:
        named = Q(name__icontains=words) | Q(short_name__icontains=words)
        return standing.filter(named).order_by('name', 'pk')
    posts = Subquery(used.filter(key=OuterRef('pk')).values('posts'), output_field=IntegerField())
    return standing.filter(pk__in=used.filter(posts__gt=0).values('key')).order_by(posts.desc(), 'name', 'pk')


def column_at(params: Mapping[str, str]) -> MapColumn | None:
    """What an address names: None for everywhere. LookupError where there is no such."""
    if nation := params.get('nation', ''):
        there = [column for column in NATIONS if column.value == nation]
        if not there:
            raise LookupError(nation)
        return there[0]
    if slug := params.get('organisation', ''):
        found = Organisation.objects.standing().filter(slug=slug).first()
        if found is None:
            raise LookupError(slug)
        return column_of(found)
    return None
