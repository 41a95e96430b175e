"""Moving out: what is public comes out as an export, and in again into an empty site as it was."""

import re
from datetime import UTC, date, datetime, timedelta
from difflib import ndiff
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from blog import exporting, importing
from blog.models import (
    Authorship,
    Byline,
    Correction,
    Post,
    Series,
    ShelfCount,
    Shelved,
    Step,
    Submission,
    TopicWord,
    Version,
)
from members.models import EarlierName, Organisation, Person
from tests.conftest import make_organisation, make_person, make_post
from ukis.addresses.models import OldAddress
from ukis.tags.models import Tag, TaggedItem

pytestmark = pytest.mark.django_db
SITE = 'https://new.example'
SITE_OF_COPY = 'http://localhost:8000'


def written(tmp_path, name: str = 'export.xml'):
    path = tmp_path / name
    path.write_text(''.join(exporting.write(SITE)), encoding='utf-8')
    return path


def emptied() -> None:
    """As if nothing had ever been here, but for organisations."""
    words = (Correction, Byline, Shelved, ShelfCount, TaggedItem, Post, Step, TopicWord, Authorship)
    for model in (OldAddress, *words, Version, Submission, Series, Tag):
        model.objects.all()._raw_delete('default')
    Person.objects.filter(email=None).delete()


def bare(export) -> list[str]:
    """Its lines, without the numbers of rows, which are the new site's own."""
    numbers = re.compile(r'(<wp:(?:post_id|term_id|meta_value)>)\d+<')
    return numbers.sub(r'\1n<', export.read_text(encoding='utf-8')).splitlines()


def apart(one: list[str], other: list[str]) -> list[str]:
    return [line for line in ndiff(one, other) if line.startswith(('- ', '+ '))]


def facts() -> list[tuple]:
    posts = Post.objects.order_by('published_at', 'slug').select_related('version', 'submission__series')
    return [
        (
            post.slug,
            post.published_at,
            post.revised_at,
            post.views,
            post.licence,
            post.featured,
            post.elsewhere_url,
            *(
                getattr(post.version, name)
                for name in ('title', 'standfirst', 'body', 'references', 'language')
            ),
            sorted(post.tags.names()),
            [
                (one.name, one.role, one.affiliation, one.biography, str(one.person), str(one.organisation))
                for one in post.bylines.order_by('order')
            ],
            list(post.corrections.values_list('at', 'note')),
            str(post.submission.series),
            sorted(OldAddress.objects.of(post).values_list('path', flat=True)),
        )
        for post in posts
    ]


def ids(client) -> list[str]:
    return [one.partition('</id>')[0] for one in client.get('/blog/feed/').content.decode().split('<id>')[2:]]


def test_what_goes_out_comes_in_again_as_it_was(tmp_path, client):
    place = make_organisation('Institute of Tides')
    ann = make_person('Dr Ann Author', email=None, biography='Writes of tides.')
    post = make_post(
        'Tides & “ferries” <or> ]]> not',
        people=(ann,),
        organisation=place,
        published_at=datetime(2020, 5, 1, 8, 30, 1, 250, tzinfo=UTC),
        body='<h2>One</h2><p>A note.<a href="#fn-1" id="fnref-1">1</a> [gallery] stays.</p><p>&amp;eacute; ]]&gt;</p>',
        corrections=[(datetime(2021, 1, 1, tzinfo=UTC), 'A number was put right.')],
        licence='CC BY 4.0',
        featured=True,
        views='organisation',
        elsewhere_url='https://first.example/tides',
    )
    post.submission.series = Series.objects.create(title='Of the sea')
    post.submission.save()
    Tag.objects.filter(name='leadership').update(description='Who goes first.')
    make_post('Llanw', published_at=datetime(2020, 6, 1, tzinfo=UTC), tags=('leadership', 'môr'))
    make_post('Not yet', published_at=datetime(2199, 1, 1, tzinfo=UTC))
    before, known = facts()[:2], ids(client)
    export = written(tmp_path)
    emptied()

    report = importing.run([export], by=None)

    assert dict(report.outcomes) == {'new': 2}, report.text()
    assert facts() == before
    assert ids(client) == known
    assert Tag.objects.get(name='leadership').description == 'Who goes first.'
    assert 'Not yet' not in export.read_text()
    assert report.lists['Told of each text'] == []
    assert dict(importing.run([export], by=None).outcomes) == {'here': 2}


def test_a_site_knows_its_own_export(tmp_path):
    make_post('A tide')

    report = importing.run([written(tmp_path)], by=None)

    assert dict(report.outcomes) == {'here': 1}


def test_what_moved_in_keeps_its_old_addresses_when_it_moves_out(tmp_path, client):
    from tests import exports

    first = tmp_path / 'first.xml'
    first.write_text(exports.AWKWARD, encoding='utf-8')
    importing.run([first], by=None)
    before, known = facts(), ids(client)
    export = written(tmp_path)
    emptied()

    report = importing.run([export], by=None)

    assert dict(report.outcomes) == {'new': 9}, report.text()
    assert facts() == before
    assert ids(client) == known


def test_an_organisation_that_is_not_here_is_made_for_its_byline(tmp_path):
    make_post('A tide', organisation=make_organisation('Institute of Tides'))
    export = written(tmp_path)
    emptied()
    Organisation.objects.all().delete()

    importing.run([export], by=None)

    assert Byline.objects.get().organisation.name == 'Institute of Tides'


def picture_of(colour: str):
    from PIL import Image

    from ukis import pictures

    content = BytesIO()
    Image.new('RGB', (800, 600), colour).save(content, 'PNG')
    return pictures.accept(BytesIO(content.getvalue()), None)


def main_of(answer) -> str:
    return answer.text.partition('<main')[2].partition('</main>')[0]


def test_a_whole_site_goes_out_comes_into_an_empty_one_and_goes_out_the_same(tmp_path, client):
    from ukis import addresses, days, markup, pictures
    from ukis.pictures.focus import Sight, keep_in_sight
    from ukis.pictures.models import Picture
    from ukis.society import writing
    from ukis.society.accessibility import AccessibilityStatement
    from ukis.society.models import Page, Society
    from ukis.society.notices import Notice

    shown = picture_of('teal')
    first, second = (make_person('Jane Smith', email=None) for _ in range(2))
    Person.objects.filter(pk=second.pk).update(
        title='Dr', biography='Sails.', orcid='0000-0002-1825-0097', website='https://jane.example/',
        photo=picture_of('navy'), nation='wales', nation_for='nobody',
    )  # fmt: skip
    second.refresh_from_db()
    addresses.change(second, 'jane-of-the-sea', remember=True)
    emblem = picture_of('olive')
    place = make_organisation(
        'Institute of Tides', short_name='Tides', description='It measures the sea.', kind='research',
        nations=['scotland', 'england'], website='https://tides.example/', links='Data https://data.tides.example/',
        logo=emblem, logo_alt='A wave.',
    )  # fmt: skip
    place.topics.set(['tides', 'nets'])
    addresses.change(place, 'tides', remember=True)
    for name, since, until in (
        ('Tide Office', None, date(1999, 3, 31)),
        ('Tide House', date(1980, 1, 1), date(1990, 5, 6)),
    ):
        EarlierName.objects.create(organisation=place, name=name, since=since, until=until)
    second.topics.set(['nets', 'sails'], waiting=False)
    first.topics.set(['secrets'], waiting=False)
    Person.objects.filter(pk=second.pk).update(topics_for='public')
    second.refresh_from_db()
    keep_in_sight(emblem, Sight(25, 75))
    keep_in_sight(shown, Sight(75, 0))
    image = f'<figure><img src="{pictures.address(shown)}" alt="A harbour at dawn"><figcaption>Dawn</figcaption></figure>'
    one = make_post('Of boats', people=(second,), organisation=place, body=f'<p>Boats.</p>{image}')
    two = make_post('Of nets', people=(first, second), tags=('leadership', 'nets'))
    down = make_post('Am y llanw', people=(first,), body='<p>Withdrawn words.</p>', feed_id='urn:old:7')
    addresses.change(down, 'y-llanw', remember=True)
    Version.objects.filter(pk=down.version_id).update(language='cy')
    Post.objects.filter(pk=down.pk).update(
        taken_down_at=datetime(2026, 11, 1, 12, tzinfo=UTC), taken_down_why='At its author’s wish.'
    )
    gone = client.get('/blog/y-llanw/')
    assert gone.status_code == 410
    Post.objects.filter(pk=one.pk).update(
        featured=True,
        featured_place=2,
        featured_until=date(2199, 1, 1),
        elsewhere_url='https://first.example/boats',
    )
    one.bylines.update(picture=second.photo)
    # What a page shows in smaller sizes is in the copy as it is, too.
    pictures.make_sizes(shown)
    series = Series.objects.create(title='Of the sea', slug='sea', description='What the sea is to us.')
    addresses.change(series, 'the-sea', remember=True)
    for post in (one, two):
        post.submission.series = series
        post.submission.save()
        post.shelve()
    tag = Tag.objects.get(name='leadership')
    Tag.objects.filter(pk=tag.pk).update(description='Who goes <first> & last.')
    addresses.change(tag, 'who-leads', remember=True)
    assert addresses.came_from(tag, '/category/leaders/')
    for number, name in enumerate(('About', 'Our principles')):
        page = Page.objects.create(
            title=name,
            address=addresses.spell(name),
            position=number,
            body=markup.clean(f'<p>{name}.</p>{image}'),
        )
        writing.publish(page, by=None, number=writing.begin(page, by=None).number)
    Page.objects.create(title='Not yet', body='<p>Hidden.</p>')
    AccessibilityStatement.objects.create(tested_by='Example Access Ltd')
    Page.objects.create(title='Accessibility', address='accessibility', published=True, in_footer=False)
    today = days.today()
    Notice.objects.create(
        words='We meet on Friday.', link='/join/', link_words='Join us', last_day=today + timedelta(3)
    )
    Society.objects.update_or_create(
        pk=1,
        defaults={
            'charity_number': 'SC000000', 'licence': 'CC BY 4.0', 'strapline': 'Of tides',
            'mission': '<p>We look at <em>tides</em>.</p>', 'postal_address': '1 Quay\nTown', 'pay_to': 'Sort code 00',
        },
    )  # fmt: skip
    folder = tmp_path / 'copy'
    call_command('export_site', folder, '--notices', stdout=StringIO(), stderr=StringIO())
    before = bare(folder / 'export.xml')
    assert (folder / 'media' / shown.file.name).exists()
    emptied()
    for model in (Organisation, AccessibilityStatement, Notice, Society):
        model.objects.all().delete()
    Page.objects.all().delete()
    Picture.objects.update(focal_x=0.5, focal_y=0.5)

    report = importing.run([folder / 'export.xml'], by=None, pictures=folder / 'media')

    assert dict(report.outcomes) == {'new': 2}, report.text()
    again = tmp_path / 'again.xml'
    again.write_text(''.join(exporting.write(SITE_OF_COPY, notices=True)), encoding='utf-8')
    assert apart(before, bare(again)) == []
    again_gone = client.get('/blog/y-llanw/')
    assert (again_gone.status_code, main_of(again_gone)) == (410, main_of(gone))
    assert client.get('/blog/am-y-llanw/').headers['Location'] == '/blog/y-llanw/'
    assert 'At its author’s wish.' in (folder / 'blog' / 'y-llanw' / 'index.html').read_text()
    assert Society.get().postal_address == '1 Quay\nTown'
    place = Organisation.objects.get()
    assert (place.logo.hash, place.logo_alt, place.nations) == (
        emblem.hash,
        'A wave.',
        ['scotland', 'england'],
    )
    assert {one.hash: (one.focal_x, one.focal_y) for one in Picture.objects.exclude(focal_x=0.5)} == {
        emblem.hash: (0.25, 0.75), shown.hash: (0.75, 0),
    }  # fmt: skip
    text = '\n'.join(before)
    kept = ('jane-of-the-sea', '/category/leaders/', 'Sails', 'sails', 'Tide Office', 'y-llanw')
    assert [
        name for name in (*kept, 'Hidden', 'wales', 'secrets', 'Withdrawn', 'Sort code') if name in text
    ] == [*kept]
    report = importing.run([folder / 'export.xml'], by=None, pictures=folder / 'media')
    assert dict(report.outcomes) == {'here': 2}
    again.write_text(''.join(exporting.write(SITE_OF_COPY, notices=True)), encoding='utf-8')
    assert apart(before, bare(again)) == []
