"""Who there is to meet, and over what. Every list, count and suggestion begins at `Person.objects.visible_to` and
asks of each part of a person whether it is meant for who looks: what a page does not show, no filter tells."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from members import seeing
from members.found import PEOPLE, called
from members.models import Affiliation, Introduction, Organisation, Person, Sought
from members.seeing import Sees, shows
from ukis import tags
from ukis.tags.models import Tag, TaggedItem

BY_FAMILY_NAME = F('found_by')
SUGGESTED, LOOKED_AT, MOST_LOOKED_AT = 6, 200, 2000
MOST_TOPICS = 20


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """By what a list of people is narrowed; what is empty narrows nothing."""

    nation: str = ''
    offers: Tag | None = None
    seeks: Tag | None = None
    organisation: Organisation | None = None
    name: str = ''


@dataclass(frozen=True)
class Faced:
    """Somebody in a list or on their page: `seen` as the viewer sees them, with what hangs on them."""

    seen: seeing.Seen
    work: list[Affiliation] = field(default_factory=list)
    topics: list[Tag] = field(default_factory=list)
    sought: list[Tag] = field(default_factory=list)

    @property
    def person(self) -> Person:
        return self.seen.person


def people(to: Sees, wanted: Wanted | None = None) -> QuerySet[Person]:
    wanted = wanted or Wanted()
    rows = Person.objects.visible_to(to)
    if wanted.nation:
        rows = rows.filter(shows('nation', to), nation=wanted.nation)
    if wanted.offers:
        rows = rows.filter(shows('topics', to), pk__in=offering([wanted.offers.pk]).values('object_id'))
    if wanted.seeks:
        seekers = Sought.objects.filter(tag=wanted.seeks).order_by()
        rows = rows.filter(shows('sought', to), pk__in=seekers.values('person'))
    if wanted.organisation:
        there = Affiliation.objects.current().filter(organisation=wanted.organisation).order_by()
        rows = rows.filter(shows('work', to), pk__in=there.values('person'))
    return called(rows, wanted.name, PEOPLE)


def offering(topics: Any) -> QuerySet[TaggedItem]:
    kind = ContentType.objects.get_for_model(Person)
    return TaggedItem.objects.filter(content_type=kind, tag__in=topics).order_by()


def who_offer_what_is_sought_by(person: Person, to: Sees) -> list[Person]:
    """The first few who may be asked, those first who offer most of it; without those whom this person has asked
    before. Their photos come with them."""
    sought = Sought.objects.filter(person=person).order_by().values('tag')
    most = offering(sought).values('object_id').annotate(shared=Count('pk')).order_by('-shared', 'object_id')
    asked_before = Introduction.objects.filter(asker=person).order_by().values('asked')
    shared = (
        offering(sought)
        .filter(object_id=OuterRef('pk'))
        .values('object_id')
        .annotate(shared=Count('pk'))
        .values('shared')
    )
    rows = people(to).filter(shows('topics', to), may_be_asked=True).select_related('photo')
    rows = rows.exclude(pk=person.pk).exclude(pk__in=asked_before)
    rows = rows.annotate(shared=Coalesce(Subquery(shared), 0)).order_by('-shared', 'found_by', 'pk')
    # Who may see whom is found out for some at a time: those who offer most may all have left.
    found: list[Person] = []
    for some in batched(most.values_list('object_id', flat=True)[:MOST_LOOKED_AT], LOOKED_AT):
        found += rows.filter(pk__in=some)[: SUGGESTED - len(found)]
        if len(found) == SUGGESTED:
            break
    return found


def faced(
    rows: Iterable[Person], to: Sees, *, with_topics: bool = True, with_sought: bool = False
) -> list[Faced]:
    """With where they work and, if asked for, what they offer and seek: each only as far as it is meant for who
    looks."""
    known: dict[int, Faced] = {}
    # Who stands in the list twice, as among those suggested, is one there.
    found = [known.setdefault(row.pk, Faced(row.as_seen(to))) for row in rows]
    if not found:
        return found
    work = {one.person.pk: one.work for one in found if one.seen.shows('work')}
    topics = {one.person.pk: one.topics for one in found if one.seen.shows('topics')}
    sought = {one.person.pk: one.sought for one in found if one.seen.shows('sought')}
    if work:
        for row in Affiliation.objects.current().filter(person__in=work).select_related('organisation'):
            work[row.person_id].append(row)
    if topics and with_topics:
        kind = ContentType.objects.get_for_model(Person)
        items = TaggedItem.objects.filter(content_type=kind, object_id__in=topics).select_related('tag')
        for item in items.order_by('tag__name'):
            topics[int(item.object_id)].append(item.tag)
    if sought and with_sought:
        for one in Sought.objects.filter(person__in=sought).select_related('tag').order_by('tag__name'):
            sought[one.person_id].append(one.tag)
    return found


def topics_called(to: Sees, *typed: str) -> list[Tag | None]:
    """The topics that are called or addressed so today; None where there is none that they see."""
    wanted = [words.strip() for words in typed]
    if not any(wanted):
        return [None for _ in wanted]
    folds = {tags.fold(words) for words in wanted if words}
    rows = Tag.objects.filter(Q(folded__in=folds) | Q(slug__in=[words for words in wanted if words]))
    known: dict[str, Tag] = {}
    for tag in rows.filter(_seen_by(to)).select_related('merged_into'):
        known |= {tag.folded: tag.standing, tag.slug: tag.standing}
    return [known.get(tags.fold(words)) or known.get(words) for words in wanted]


def organisation_called(typed: str) -> Organisation | None:
    words = typed.strip()
    named = Q(name__iexact=words) | Q(short_name__iexact=words) | Q(slug=words)
    return Organisation.objects.filter(named, public=True).order_by('pk').first() if words else None


@transaction.atomic
def seek(person: Person, names: Iterable[str]) -> None:
    """What somebody seeks from now on, in place of what they sought."""
    wanted = {tag.pk for tag in _held(tags.find_or_make(names, waiting=True))}
    person.sought.exclude(tag__in=wanted).delete()
    standing = set(person.sought.values_list('tag', flat=True))
    Sought.objects.bulk_create(
        [Sought(person=person, tag_id=key) for key in sorted(wanted - standing)], ignore_conflicts=True
    )


def _held(found: Iterable[Tag]) -> list[Tag]:
    """The tags that stand for these, held: a merge waits, or is waited for."""
    rows = Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in found]).order_by('pk')
    keys = [merged or key for key, merged in rows.values_list('pk', 'merged_into')]
    return list(Tag.objects.filter(pk__in=keys))


def sought_names(person: Person) -> list[str]:
    return list(person.sought.order_by('tag__name').values_list('tag__name', flat=True))


def _seen_by(to: Sees) -> Q:
    """Of tags: a word that only people gave as theirs is one for those to whom one of them shows it."""
    shown = Person.objects.visible_to(to).order_by()
    of_it = Q(tag=OuterRef('pk')) | Q(tag=OuterRef('merged_into'))
    kind = ContentType.objects.get_for_model(Person)
    offered = TaggedItem.objects.filter(
        of_it, content_type=kind, object_id__in=shown.filter(shows('topics', to)).values('pk')
    )
    sought = Sought.objects.filter(of_it, person__in=shown.filter(shows('sought', to)))
    is_public = Q(merged_into=None, waiting=False) | Q(merged_into__waiting=False)
    return is_public | Exists(offered) | Exists(sought)


def topic_for(person: Person, slug: str, to: Sees) -> Any:
    """The topic at this address, with whether this person offers and seeks it; None where there is none that they
    see."""
    kind = ContentType.objects.get_for_model(Person)
    offered = TaggedItem.objects.filter(content_type=kind, object_id=person.pk, tag=OuterRef('pk'))
    sought = Sought.objects.filter(person=person, tag=OuterRef('pk'))
    rows = Tag.objects.filter(slug=slug).annotate(is_offered=Exists(offered), is_sought=Exists(sought))
    theirs = Q(is_offered=True) | Q(is_sought=True)
    return rows.filter(theirs | _seen_by(to)).select_related('merged_into').first()


@transaction.atomic
def say(person: Person, tag: Tag, what: str) -> None:
    """That somebody offers or seeks a topic, or no longer; anything else says nothing."""
    match what:
        case 'offer':
            person.topics.add(tag)
        case 'offer no more':
            person.topics.remove(tag)
        case 'seek':
            for held in _held([tag]):
                Sought.objects.get_or_create(person=person, tag=held)
        case 'seek no more':
            Sought.objects.filter(person=person, tag=tag).delete()
