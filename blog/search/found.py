"""What everybody may find: posts, the people who are seen, and organisations. Each says its words in one place, for the
index and for the passages that are shown of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType

from blog.models import Byline, Post, Version
from blog.seen import public_organisations, public_people
from members import seeing
from members.models import Affiliation, EarlierName, Organisation, Person
from ukis import markup, search
from ukis.personal import Leaving
from ukis.tags.models import Tag, TaggedItem


def words_of(version: Version) -> str:
    """All that stands below a title and its standfirst."""
    picture = '\n\n'.join(filter(None, (version.lead_alt, version.lead_caption, version.lead_credit)))
    texts = (markup.to_text(version.body), picture, markup.to_text(version.references))
    return '\n\n'.join(filter(None, texts))


def _of_posts(rows: Collection[int]) -> Iterable[search.Text]:
    posts = list(
        Post.objects.live()
        .filter(pk__in=rows)
        .order_by('pk')
        .select_for_update(of=('self',))
        .select_related('version')
    )
    tags, bylines = topics_of(Post, rows), defaultdict(list)
    for byline in Byline.objects.filter(post__in=rows).select_related('organisation').order_by('order', 'pk'):
        bylines[byline.post_id].append(byline)
    for post in posts:
        names, version = bylines[post.pk], post.version
        assert version is not None, 'what is out has words'
        yield search.Text(
            post.pk,
            version.title,
            at=post.published_at,
            language=version.language,
            lead=version.standfirst,
            tags=[name for _, name in tags[post.pk]],
            names=[text for name in names for text in names_in(name)],
            body=words_of(version),
            facets=[
                f'y{post.published_on.year}',
                *(f't{key}' for key, _ in tags[post.pk]),
                *{f'o{name.organisation_id}': None for name in names if name.organisation_id},
            ],
        )


def names_in(byline: Byline) -> list[str]:
    here = byline.organisation
    known = (here.name, here.short_name) if here else ()
    return list(dict.fromkeys(filter(None, (byline.name, byline.affiliation, *known))))


def topics_of(model: type, rows: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """Of each row the tags that it carries, by name: their key and name."""
    items = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=list(rows), tag__waiting=False
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row, key, name in items.order_by('tag__name').values_list('object_id', 'tag', 'tag__name'):
        found[int(row)].append((key, name))
    return found


def _of_people(rows: Collection[int]) -> Iterable[search.Text]:
    people = list(
        Person.objects.filter(pk__in=public_people().filter(pk__in=rows).values('pk'))
        .order_by('pk')
        .select_for_update()
    )
    topics, work = topics_of(Person, rows), defaultdict(list)
    for row in Affiliation.objects.current().filter(person__in=rows).select_related('organisation'):
        work[row.person_id].append(row)
    for person in people:
        seen = person.as_seen(seeing.PUBLIC)
        here = work[person.pk] if seen.shows('work') else []
        carried = topics[person.pk] if seen.shows('topics') else []
        names = [(row.organisation.name, row.organisation.short_name, row.job_title) for row in here]
        yield search.Text(
            person.pk,
            person.printed_name,
            tags=[name for _, name in carried],
            names=[text for some in names for text in some if text],
            body=seen.biography,
            facets=[
                *(f't{key}' for key, _ in carried),
                *{f'o{row.organisation_id}': None for row in here},
            ],
        )


def _of_organisations(rows: Collection[int]) -> Iterable[search.Text]:
    seen = public_organisations().filter(pk__in=rows).values('pk')
    found = list(Organisation.objects.filter(pk__in=seen).order_by('pk').select_for_update())
    topics, earlier = topics_of(Organisation, rows), earlier_names(rows)
    for one in found:
        yield search.Text(
            one.pk,
            one.name,
            tags=[name for _, name in topics[one.pk]],
            names=[*filter(None, [one.short_name]), *earlier[one.pk]],
            body=one.description,
            facets=[f'o{one.pk}', *(f't{key}' for key, _ in topics[one.pk])],
        )


def earlier_names(rows: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in EarlierName.objects.filter(organisation__in=rows).order_by('pk'):
        found[row.organisation_id].append(row.name)
    return found


POSTS = search.KindOfDocument(
    1, 'blog.post', 'posts', _of_posts, lambda: Post.objects.live().order_by().values_list('pk', flat=True)
)
PEOPLE = search.KindOfDocument(
    2,
    'members.person',
    'people',
    _of_people,
    lambda: public_people().order_by().values_list('pk', flat=True),
    visible=lambda rows: public_people().filter(pk__in=rows).order_by().values_list('pk', flat=True),
    dated=False,
    at_once=False,
    columns=frozenset(
        {
            *('title', 'name', 'given_names', 'family_name', 'biography', 'is_active', 'erased_at'),
            *('merged_into', 'page_for', 'biography_for', 'work_for', 'topics_for'),
        }
    ),
)
ORGANISATIONS = search.KindOfDocument(
    3,
    'members.organisation',
    'organisations',
    _of_organisations,
    lambda: public_organisations().order_by().values_list('pk', flat=True),
    visible=lambda rows: public_organisations().filter(pk__in=rows).order_by().values_list('pk', flat=True),
    dated=False,
    at_once=False,
)


def tag_renamed(was: str, now: str) -> None:
    """What carries it has the new name among its words before long."""
    for tag in Tag.objects.filter(folded=now):
        search.follow(f't{tag.pk}')


def forget(leaving: Leaving) -> None:
    """In the transaction that erases, before any row is blanked: nothing of the person is found any more."""
    PEOPLE.drop([leaving.person.pk])
    search.purge()
