"""The pages of staff and of members, where they are largest: by name, for a society of any size."""

from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse

from bench.corpus.staff import address_of
from bench.most import most
from blog.admin.desk.queue import ROWS
from blog.desk import commission_queues, figures, queues, topic_map
from blog.models import (
    Authorship,
    Byline,
    Commission,
    Post,
    Reading,
    SavedQueue,
    State,
    Step,
    Submission,
)
from members.models import Affiliation, Membership, Organisation, Person, Seat
from ukis.demonstration.staging import add_authenticator
from ukis.letters.models import Letter
from ukis.tags.models import Tag, TaggedItem

NOTHING = 'xyzzy'
# A word that finds much, in each list that can be searched.
MUCH = {
    'submission': 'evidence',
    'post': 'evidence',
    'person': 'hughes',
    'organisation': 'institute',
    'membership': 'institute',
    'seat': 'hughes',
    'letter': 'password',
    'tag': 'evidence',
    'picture': '0000',
    'oldaddress': 'was',
    'bounce': 'people',
    'synonyms': 'needs',
    'consent': 'people',
    'suppressedaddress': 'people',
    'page': 'privacy',
    'notice': 'meeting',
    'authenticator': 'staff',
    'category': 'band',
    'application': 'institute',
    'changeproposal': 'institute',
    'creditnote': 'institute',
    'datarequest': 'institute',
    'giftaiddeclaration': 'ada',
    'domain': 'example',
    'invoice': 'institute',
    'payment': 'institute',
    'reminded': 'institute',
    'group': 'editor',
    'series': 'evidence',
    'subscriber': 'people',
}
KEYS = (
    ('members', 'membership', 'organisation', 'institute'),
    ('members', 'membership', 'person', 'hughes'),
    ('members', 'seat', 'membership', 'institute'),
    ('ukis', 'tag', 'merged_into', 'evidence'),
)


def session_of(person: Person) -> str:
    """Signed in, with a second factor where they are staff."""
    if person.is_staff and not Authenticator.objects.filter(user=person).exists():
        add_authenticator(person)
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def staff(role: str) -> Person:
    return Person.objects.get(email=address_of(role))


def busiest() -> Person:
    """Who wrote most."""
    return Person.objects.get(pk=most(Authorship, 'person'))


def of_the_desk() -> dict[str, str]:
    desk, chief = reverse('admin:desk'), staff('chief')
    pages = {'desk': desk}
    for key in queues.QUEUES:
        last = max(1, -(-queues.rows(key, chief).count() // ROWS))
        pages |= {
            f'desk: {key}': f'{desk}?queue={key}',
            f'desk: {key}, last': f'{desk}?queue={key}&page={last}',
        }
    pages |= {f'desk: {said}': f'{desk}?q={word}' for said, word in _searches('submission').items()}
    pages |= {
        f'desk: {said}, two words': f'{desk}?q={word}+{word}s' for said, word in _searches('seat').items()
    }
    pages |= {f'desk: {name}': reverse(f'admin:desk_{name}') for name in ('board', 'calendar', 'meeting')}
    pages['desk: board, mine'] = pages['desk: board'] + '?editor=mine'
    pages['desk: calendar, due'] = pages['desk: calendar'] + '?by=deadline'
    pages |= of_the_map() | of_the_figures() | of_what_stands_beside()
    long = most(Step, 'submission')
    editing = Submission.objects.filter(state=State.EDITING, editor=chief).order_by('pk')[0].pk
    for name in ('submission', 'differences', 'preview', 'print', 'edit', 'byline'):
        pk = long if name in ('submission', 'differences', 'preview') else editing
        pages[f'desk: {name}, page'] = reverse(f'admin:desk_{name}', args=[pk])
    pages['desk: move, page'] = reverse('admin:desk_move', args=[long, 'request_changes'])
    return pages


def of_the_map() -> dict[str, str]:
    """Of the topic with most, and of the nation and the organisation with most."""
    at, [tag] = reverse('admin:desk_map'), Tag.objects.filter(pk=most(TaggedItem, 'tag'))
    place = Organisation.objects.get(pk=most(Byline, 'organisation')).slug
    rows = {
        f'map: {kind}, {said}': reverse('admin:desk_map_rows', args=[kind, tag.slug]) + query
        for kind in (topic_map.PUBLISHED, *topic_map.KINDS)
        for said, query in (('all', ''), ('nation', '?nation=wales'), ('one', f'?organisation={place}'))
    }
    return rows | {
        'map': at,
        'map: organisations': f'{at}?by=organisations',
        'map: organisations, search': f'{at}?by=organisations&named={MUCH["organisation"]}&q={MUCH["tag"]}',
        'map: gaps': f'{at}?gaps=1',
        'commission, new, from the map': f'{reverse("admin:commission_new")}?topic={tag.slug}',
    }


def of_what_stands_beside() -> dict[str, str]:
    """Commissions, readings, letters that came in, queues that are kept, many given to one editor."""
    desk, chief = reverse('admin:desk'), staff('chief')
    came_in, asked = reverse('admin:desk_incoming'), reverse('admin:commissions')
    found = {f'commissions: {key}': f'{asked}?queue={key}' for key in commission_queues.QUEUES}
    found |= {f'desk: saved {one}': f'{desk}?saved={one.pk}' for one in saving_of(chief)}
    ticked = queues.rows('editors', chief).values_list('pk', flat=True)[:ROWS]
    if commission := Commission.objects.filter(submissions__isnull=False).order_by('pk').first():
        found['commission, page'] = reverse('admin:commission', args=[commission.pk])
    if reading := Reading.objects.order_by('pk').first():
        found['reading, page'] = reverse('admin:desk_reading', args=[reading.submission_id, reading.pk])
    return found | {
        'commissions': asked,
        'letters that came in': came_in,
        'letters that came in: machines': f'{came_in}?of=machines',
        'letters that came in: last page': f'{came_in}?page=9999',
        'desk: away': reverse('admin:desk_away'),
        'home page, composed': reverse('admin:home_page'),
        'pages: order': reverse('admin:pages_order'),
        'desk: many to one editor': f'{reverse("admin:give_several")}?{urlencode([("row", pk) for pk in ticked])}',
        'desk: calendar address': reverse('admin:desk_calendar_address'),
    }


def saving_of(person: Person) -> list[SavedQueue]:
    return list(SavedQueue.objects.for_desk_of(person).filter(person=person)[:3])


def of_the_letters() -> dict[str, str]:
    """As an administrator has them, while mail goes out and while it is paused."""
    return {
        'pause': reverse('admin:mail_pause'),
        'letter texts': reverse('admin:letter_texts'),
        'letter text': reverse('admin:letter_text', args=['taken']),
        'mailings': reverse('admin:mailings'),
        # Offered once it is said what they are about.
        'letters: kind Receipt': reverse('admin:ukis_letter_changelist') + '?kind=received',
    }


def of_the_figures() -> dict[str, str]:
    place = Organisation.objects.get(pk=most(Byline, 'organisation')).slug
    rows = {f'figures: {what}': reverse('admin:desk_figure_rows', args=[what]) for what in figures.COUNTS}
    spread = reverse('admin:desk_figure_rows', args=['spread'])
    return rows | {
        'figures': reverse('admin:desk_figures'),
        'what is read': reverse('admin:desk_reads'),
        'figures: spread, one': f'{spread}?organisation={place}',
        'figures: spread, nation': f'{spread}?nation=wales',
        'figures: spread, nowhere': f'{spread}?nowhere=1',
    }


def of_the_admin() -> dict[str, str]:
    """Every list, as it opens and each way it can be narrowed, sorted, searched and leafed; and the largest forms."""
    pages = {'admin': reverse('admin:index')}
    for model, its in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        if model._meta.model_name not in ('society', 'accessibilitystatement'):  # one row each
            pages |= _list(model, its)
    return pages | of_the_letters() | _forms() | _keys()


def _searches(model: str) -> dict[str, str]:
    return {'search': MUCH[model], 'search, nothing': NOTHING}


def _list(model: type[models.Model], its: Any) -> dict[str, str]:
    name, address = (
        model._meta.model_name or '',
        reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_changelist'),
    )
    called = str(model._meta.verbose_name_plural)
    request = RequestFactory().get(address)
    request.user = staff('admin')
    shown = its.get_changelist_instance(request)
    pages = {f'{called}': address}
    for spec in shown.filter_specs:
        pages |= {
            f'{called}: {spec.title} {choice["display"]}': address + choice['query_string']
            for choice in list(spec.choices(shown))[1:]
        }
    if its.search_fields:
        pages |= {f'{called}: {said}': f'{address}?q={word}' for said, word in _searches(name).items()}
    for number, column in enumerate(shown.list_display):
        if shown.get_ordering_field(column):
            pages |= {f'{called}: by {column}': f'{address}?o={number}'}
            pages |= {f'{called}: by {column}, from the end': f'{address}?o=-{number}'}
    if (last := shown.paginator.num_pages) > 1:
        pages |= {f'{called}: page 2': f'{address}?p=2', f'{called}: last page': f'{address}?p={last}'}
    return pages


def _forms() -> dict[str, str]:
    """Those with most on them."""
    largest = {
        'organisation': Organisation.objects.get(pk=most(Affiliation, 'organisation')),
        'person': Person.objects.get(pk=most(Byline, 'person')),
        'tag': Tag.objects.get(pk=most(TaggedItem, 'tag')),
        'membership': Membership.objects.get(pk=most(Seat, 'membership')),
        'submission': Submission.objects.get(pk=most(Step, 'submission')),
        'post': Post.objects.newest_first()[0],
        'letter': Letter.objects.filter(state=Letter.State.WAITING)[0],
        'seat': Seat.objects.order_by('pk')[0],
    }
    pages = {}
    for name, row in largest.items():
        label = f'{row._meta.app_label}_{name}'
        pages[f'{name}, form'] = reverse(f'admin:{label}_change', args=[row.pk])
        pages[f'{name}, history'] = reverse(f'admin:{label}_history', args=[row.pk])
        if name in ('organisation', 'person', 'membership', 'seat', 'tag'):
            pages[f'{name}, new'] = reverse(f'admin:{label}_add')
    return pages | {'tag, delete': reverse('admin:ukis_tag_delete', args=[largest['tag'].pk])}


def _keys() -> dict[str, str]:
    """Rows chosen by search."""
    base = reverse('admin:autocomplete')
    return {
        f'choosing {field} of {model}{said}': (
            f'{base}?app_label={app}&model_name={model}&field_name={field}&term={term}{more}'
        )
        for app, model, field, much in KEYS
        for said, term, more in (
            ('', '', ''),
            (', search', much, ''),
            (', search, page 2', much, '&page=2'),
            (', search, nothing', NOTHING, ''),
        )
    }


def of_a_member() -> dict[str, str]:
    """Of the person who wrote most, and of what they are writing."""
    person = busiest()
    theirs = Submission.objects.written_by(person)
    writing = theirs.filter(state=State.DRAFTING).order_by('pk')[0].pk
    in_print = theirs.filter(state=State.RELEASED).order_by('pk')[0].pk
    return {
        'My page': reverse('account'),
        'My blogs': reverse('write'),
        'My blogs, page 2': f'{reverse("write")}?page=2',
        'start': reverse('write_start'),
        'writing': reverse('submission_edit', args=[writing]),
        'byline': reverse('submission_byline', args=[writing]),
        'preview': reverse('submission_preview', args=[writing]),
        'submit': reverse('submission_submit', args=[writing]),
        'submission': reverse('submission', args=[writing]),
        'submission in print': reverse('submission', args=[in_print]),
        'their own page': person.get_absolute_url(),
        'directory, signed in': reverse('organisations'),
    }


def everybody() -> list[tuple[str, dict[str, str]]]:
    """Sessions, and what each asks for."""
    return [
        (session_of(staff('chief')), of_the_desk()),
        (session_of(staff('admin')), of_the_admin()),
        (session_of(busiest()), of_a_member()),
    ]
