"""Pictures that nothing shows are found, told, and gone thirty days later; none that anything shows."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse
from django.utils import timezone

from blog.models import Version
from members.models import Organisation, Person
from tests.conftest import make_post
from tests.ukis.test_pictures import accepted, drawn
from ukis import keeping, pictures
from ukis.pictures import clearing, forgetting, sizing
from ukis.pictures.models import Picture
from ukis.society.models import Page
from ukis.unsaved.models import Buffer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def kept(number: int = 0) -> Picture:
    return accepted(drawn(size=(60 + number, 50)))


def clear_for(days: int, begun: int = 2) -> None:
    """As the clock does, each day from the second on."""
    for day in range(begun, days + 1):
        pictures.clear(timezone.now() + day * DAY)


def test_what_nothing_shows_is_marked_and_goes_with_its_files_thirty_days_later():
    picture = kept()
    pictures.make_sizes(picture)
    names = forgetting.files_of(picture)

    clear_for(days=31)
    there = Picture.objects.filter(pk=picture.pk).exclude(unused_since=None).exists()
    clear_for(days=33, begun=32)

    assert there
    assert not Picture.objects.filter(pk=picture.pk).exists()
    assert [name for name in names if default_storage.exists(name)] == []


def test_what_anything_shows_stays(author, organisation, society):
    photo, logo, lead, in_words, named, on_page, typed, typed_lead, of_home = (kept(one) for one in range(9))
    Person.objects.filter(pk=author.pk).update(photo=photo)
    Organisation.objects.filter(pk=organisation.pk).update(logo=logo)
    version = Version.objects.get(pk=make_post('A post').version_id)
    old = {'submission': version.submission, 'why': 'save', 'hash': 'x'}
    Version.objects.create(number=90, lead_picture=lead, **old)
    Version.objects.create(number=91, body=f'<img src="{pictures.address(in_words)}" alt="x">', **old)
    Version.objects.create(number=92, byline=[{'name': 'Ada', 'picture': named.pk}], **old)
    Page.objects.create(address='with-a-picture', title='P', body=f'<img src="{pictures.address(on_page)}">')
    type(society).objects.update(mission=f'<img src="{pictures.address(of_home)}" alt="x">')
    fields = {'body': [f'<img src="{pictures.address(typed)}">'], 'lead_kept': [f'{typed_lead.pk}:signed']}
    about = {'form': 'Words', 'page': '/write/', 'tab': 'a', 'typed_at': 1, 'fields': fields}
    kind = apps.get_model('contenttypes.contenttype').objects.get_for_model(Page)
    Buffer.objects.create(writer=author, content_type=kind, **about)

    clear_for(days=40)

    shown = {photo, logo, lead, in_words, named, on_page, typed, typed_lead, of_home}
    assert set(Picture.objects.filter(unused_since=None)) >= shown


@pytest.mark.parametrize('again', ['shown', 'sent'])
def test_what_is_wanted_again_before_it_goes_stays(author, again):
    picture = kept()
    clear_for(days=20)

    if again == 'shown':
        Person.objects.filter(pk=author.pk).update(photo=picture)
    else:
        assert kept() == picture
    clear_for(days=34, begun=21)

    assert Picture.objects.filter(pk=picture.pk).exists()
    assert default_storage.exists(picture.file.name)


def test_what_came_into_words_after_they_were_looked_through_stays(monkeypatch):
    picture = kept()
    version = Version.objects.get(pk=make_post('A post').version_id)
    Picture.objects.update(unused_since=timezone.now() - 40 * DAY)
    mark = clearing._mark

    def mark_late(*args):
        mark(*args)
        body = f'<img src="{pictures.address(picture)}" alt="x">'
        Version.objects.create(submission=version.submission, number=90, why='save', hash='x', body=body)

    monkeypatch.setattr(clearing, '_mark', mark_late)
    pictures.clear(timezone.now() + 2 * DAY)

    assert Picture.objects.get(pk=picture.pk).unused_since is None


def test_files_of_an_earlier_recipe_go_once_nobody_can_ask_for_them(author, monkeypatch):
    picture = kept()
    Person.objects.filter(pk=author.pk).update(photo=picture)
    pictures.make_sizes(picture)
    before = {size['name'] for size in picture.sizes}
    monkeypatch.setattr(sizing, 'RECIPE', 99)
    pictures.make_sizes(picture)
    now = {size['name'] for size in picture.sizes}

    pictures.clear(timezone.now() + 29 * DAY)
    early = [default_storage.exists(name) for name in before | now]
    pictures.clear(timezone.now() + 31 * DAY)

    assert before.isdisjoint(now)
    assert all(early)
    assert [name for name in before if default_storage.exists(name)] == []
    assert all(default_storage.exists(name) for name in now)
    assert Picture.objects.get(pk=picture.pk).outdated == []


def test_a_store_that_is_away_loses_neither_row_nor_turn(monkeypatch):
    picture = kept()
    Picture.objects.update(unused_since=timezone.now() - 40 * DAY)

    def away(name):
        raise pictures.StoreAway

    monkeypatch.setattr(clearing.store, 'forget', away)
    with pytest.raises(pictures.StoreAway):
        pictures.clear(timezone.now() + 2 * DAY)

    assert Picture.objects.filter(pk=picture.pk).exists()


def test_staff_read_what_goes_next_and_find_what_is_shown_nowhere(administrator, signed_in):
    picture, other = kept(1), kept(2)
    Picture.objects.filter(pk=picture.pk).update(unused_since=timezone.now() - 31 * DAY)

    (goes,) = [one.next for one in keeping.shown(timezone.now()) if one.period.words == 'Pictures']
    listed = signed_in(administrator).get(
        reverse('admin:ukis_picture_changelist') + '?unused_since__isempty=0'
    )

    assert (goes.count, goes.first) == (1, [str(picture)])
    assert f'>{picture}</a>' in listed.text
    assert f'>{other}</a>' not in listed.text


# Texts of people that are no HTML, or letters, which show no picture of ours.
PLAIN = {
    'ukis.letter',
    'ukis.lettertext',
    'blog.message',
    'ukis.privatelink',
    'ukis.document',
    'blog.incomingletter',
}


def test_every_column_of_words_is_looked_through():
    names = {'body', 'references', 'first_words', 'mission'}
    columns = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField) and field.name in names
        if model._meta.label_lower not in PLAIN
    }

    assert columns <= set(forgetting.words)
