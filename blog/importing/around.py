"""What our own export says around its posts, into an empty site as it was there. What is here already stays."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, cast
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Field
from django.utils.dateparse import parse_date, parse_datetime

from blog import workflow
from blog.exporting.around import OF_ORGANISATIONS, OF_THE_SOCIETY
from blog.importing.records import Former
from blog.importing.taking import Taking
from blog.importing.words import safe
from blog.models import Post, Series, Words
from members import seeing
from members.models import EarlierName, Organisation, Person
from ukis import addresses
from ukis.markup.languages import LANGUAGES
from ukis.pictures import focus
from ukis.refusals import NotNow
from ukis.society import writing
from ukis.society.accessibility import AccessibilityStatement
from ukis.society.models import Page, Society
from ukis.society.notices import Notice
from ukis.tags import fold
from ukis.tags.models import Tag

PAGES = 'Staff’s pages'
OTHERS = 'Staff’s pages that are here already, left as they are'
TAKEN_DOWN = 'Taken down there, and their addresses say so here'
ABSENT = 'Not taken of what stands around the posts'


def put_around(former: Former, taking: Taking) -> None:
    """After the posts. Twice does no harm."""
    for kind, put in _PUT.items():
        for said in former.said.get(kind, {}).values():
            try:
                with transaction.atomic():
                    put(said, taking)
            except (ValidationError, NotNow, ValueError) as why:
                messages = why.messages if isinstance(why, ValidationError) else [str(why)]
                taking.report.note(ABSENT, f'{said.get("title") or kind}: {" ".join(messages)}')
    if not taking.report.dry:
        for kind, rows in former.said.items():
            for said in rows.values():
                _lead(kind, said, taking)


def _put_page(said: Mapping[str, Any], taking: Taking) -> None:
    title, address = str(said.get('title', ''))[:200], str(said.get('address', ''))
    if Page.objects.filter(address=address).exists():
        taking.report.note(OTHERS, title)
        return
    if taking.report.dry:
        taking.report.note(PAGES, title)
        return
    page = Page(
        title=title,
        address=address,
        language=str(said.get('language', 'en-GB')),
        body=safe(str(said.get('body', '')), taking.folder)[0],
        in_footer=bool(said.get('in_footer')),
        position=int(said.get('position') or 0),
    )
    page.full_clean()
    page.save()
    version = writing.begin(page, by=taking.by)
    writing.publish(page, by=taking.by, number=version.number)
    if at := parse_datetime(str(said.get('changed_at') or '')):
        Page.objects.filter(pk=page.pk).update(changed_at=at)
    taking.report.note(PAGES, title)


def _put_statement(said: Mapping[str, Any], taking: Taking) -> None:
    """Before the page that shows it."""
    if taking.report.dry or AccessibilityStatement.objects.exists():
        return
    statement = AccessibilityStatement(**_columns(AccessibilityStatement, said))
    statement.full_clean()
    statement.save()


def _put_notice(said: Mapping[str, Any], taking: Taking) -> None:
    notice = Notice(**_columns(Notice, said))
    notice.full_clean()
    same = Notice.objects.filter(words=notice.words, first_day=notice.first_day, last_day=notice.last_day)
    if taking.report.dry or same.exists():
        return
    notice.save()


def _put_organisation(said: Mapping[str, Any], taking: Taking) -> None:
    """What nobody has said of it here. It was made for the byline that names it, if it was not here."""
    place = None if taking.report.dry else _FIND['organisation'](said)
    if not isinstance(place, Organisation):
        return
    for name in OF_ORGANISATIONS:
        column = cast(Field, place._meta.get_field(name))
        if getattr(place, name) in (*column.empty_values, column.get_default()) and said.get(name):
            with suppress(ValidationError):
                setattr(place, name, column.clean(said[name], place))
    if said.get('logo') and place.logo is None:
        place.logo = taking.folder.picture(str(said['logo']))
        place.logo_alt = str(said.get('logo_alt', ''))[:200] if place.logo else ''
    place.clean()
    place.save()
    _put_topics(place, said)
    if not place.earlier_names.exists():
        for name, since, until in said.get('earlier_names', []):
            earlier = EarlierName(organisation=place, name=str(name), since=_day(since), until=_day(until))
            earlier.full_clean()
            earlier.save()


def _put_person(said: Mapping[str, Any], taking: Taking) -> None:
    """What they showed everybody, of whoever has no account here to choose by."""
    person = None if taking.report.dry else _FIND['person'](said)
    if not isinstance(person, Person) or person.email or not said.get('topics') or person.topics.exists():
        return
    _put_topics(person, said)
    person.topics_for = seeing.Visibility.PUBLIC
    person.save(update_fields=['topics_for'])


def _put_society(said: Mapping[str, Any], taking: Taking) -> None:
    """All of it, where nobody has said anything of it here."""
    one = None if taking.report.dry else _FIND['society'](said)
    columns = [cast(Field, Society._meta.get_field(name)) for name in OF_THE_SOCIETY if said.get(name)]
    if one is None or any(getattr(one, column.name) != column.get_default() for column in columns):
        return
    for column in columns:
        written = str(said[column.name])
        words = safe(written, taking.folder)[0] if '<img' in written else written
        setattr(one, column.name, column.clean(words, one))
    one.save()


def _put_topics(row: Any, said: Mapping[str, Any]) -> None:
    if said.get('topics') and not row.topics.exists():
        row.topics.set([str(name) for name in said['topics']], waiting=False)


def _day(written: Any) -> date | None:
    return parse_date(str(written)) if written else None


def _put_taken_down(said: Mapping[str, Any], taking: Taking) -> None:
    """A post without its words: its address says here what it said there."""
    slug, title = str(said.get('slug', '')), str(said.get('title', ''))[:200]
    at, why = parse_datetime(str(said.get('taken_down_at') or '')), str(said.get('why', ''))[:300]
    language = str(said.get('language') or '')
    if not (slug and title and at and why):
        raise ValueError('it does not say what was taken down, when, or why')
    own_id = str(said.get('feed_id', ''))[:500]
    known = Post.objects.filter(slug=slug).first()
    if known is None and not addresses.is_free(Post(), slug):
        raise ValueError('its address means something else here')
    if known is not None and known.taken_down_at is None:
        raise ValueError('it is published here')
    if known is None and not taking.report.dry:
        workflow.import_submission(
            by=taking.by,
            source=f'taken down {own_id or slug}'[:300],
            words=Words(title=title, language=language if language in dict(LANGUAGES) else 'en-GB'),
            names=[],
            published_at=at,
            slug=slug,
            feed_id=own_id,
            taken_down_at=at,
            taken_down_why=why,
        )
    if known is None:
        taking.report.note(TAKEN_DOWN, title)


def _put_picture(said: Mapping[str, Any], taking: Taking) -> None:
    """What is kept in sight where it is cut, unless somebody has chosen here."""
    picture = None if taking.report.dry else taking.folder.picture(str(said.get('address', '')))
    place = next((one for one in focus.PLACES if (one.x, one.y) == (said.get('x'), said.get('y'))), None)
    if picture is not None and place is not None and focus.place_of(picture) == focus.MIDDLE:
        focus.keep_in_sight(picture, place)


# Pictures last: those of the others are there by then.
_PUT: Mapping[str, Callable[[Mapping[str, Any], Taking], None]] = {
    'organisation': _put_organisation,
    'person': _put_person,
    'taken down': _put_taken_down,
    'society': _put_society,
    'statement': _put_statement,
    'page': _put_page,
    'notice': _put_notice,
    'picture': _put_picture,
}


def _columns(model: type[models.Model], said: Mapping[str, Any]) -> dict[str, Any]:
    """Those that there are, as values of their kind."""
    columns = [one for one in model._meta.concrete_fields if not one.primary_key and one.name in said]
    return {one.name: one.to_python(said[one.name]) for one in columns}


_FIND: Mapping[str, Callable[[Mapping[str, Any]], models.Model | None]] = {
    'person': lambda said: Person.objects.standing().filter(slug=said.get('slug', '')).first(),
    'organisation': lambda said: Organisation.objects.standing().filter(name=said.get('name', '')).first(),
    'tag': lambda said: Tag.objects.filter(folded=fold(str(said.get('name', ''))), merged_into=None).first(),
    'series': lambda said: Series.objects.filter(title=said.get('title', '')).first(),
    'taken down': lambda said: Post.objects.taken_down().filter(slug=said.get('slug', '')).first(),
    'page': lambda said: Page.objects.filter(address=said.get('address', '')).first(),
    'society': lambda said: Society.objects.get_or_create(pk=1)[0],
}


def _lead(kind: str, said: Mapping[str, Any], taking: Taking) -> None:
    row = _FIND[kind](said) if kind in _FIND and said.get('former') else None
    if row is None:
        return
    for path, view in said['former']:
        parts = urlsplit(str(path))
        if addresses.came_from(row, parts.path, parts.query, view=str(view)):
            taking.report.redirects += 1
        else:
            taking.report.note('Old addresses that mean something else here', f'{path}: {row}')
