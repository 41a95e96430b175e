"""Cards are drawn by the worker before anybody shares the post, and go when what is on them goes."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from blog import cards, post_page, workflow
from blog.cards import made_cards
from blog.checklist import stumbling
from blog.models import Card, Post, State, Version
from tests.conftest import make_post, make_submission
from tests.ukis.test_pictures import accepted
from ukis import pictures
from ukis.pictures import focus, store

pytestmark = pytest.mark.django_db


def halves(kind: str = 'JPEG') -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new('RGB', (1000, 400), '#ff0000')
    image.paste('#0000ff', (500, 0, 1000, 400))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def with_picture(post: Post) -> Post:
    Version.objects.filter(pk=post.version_id).update(lead_picture=accepted(halves()), lead_alt='Two halves.')
    return Post.objects.get(pk=post.pk)


def drawn(answer) -> Image.Image:
    return Image.open(io.BytesIO(answer.content)).convert('RGB')


def card_at(client, society, post: Post):
    shown = post_page.post_at(post.slug, society)
    return client.get(reverse('post_card', args=[post.slug, cards.name(shown)]))


def test_the_card_of_a_post_to_come_is_there_and_seen_by_nobody_before(client, society):
    post = make_post('To come', published_at=timezone.now() + timedelta(days=1))

    made_cards.draw_missing(timezone.now())

    card = Card.objects.get(version=post.version)
    assert default_storage.exists(card.file)
    assert client.get(reverse('post_card', args=[post.slug, f'{card.mark}.png'])).status_code == 404
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - timedelta(minutes=1))
    assert card_at(client, society, post).content == default_storage.open(card.file).read()


def test_what_is_drawn_is_drawn_once(monkeypatch):
    make_post('A post')
    made_cards.draw_missing(timezone.now())
    monkeypatch.setattr(cards, 'draw', lambda *args: pytest.fail('drawn once more'))

    made_cards.draw_missing(timezone.now())
    Post.objects.update(featured=True)
    made_cards.draw_missing(timezone.now())

    assert Card.objects.count() == 1


def test_another_title_has_another_card_and_the_file_of_the_former_goes():
    post = make_post('A post')
    made_cards.draw_missing(timezone.now())
    before = Card.objects.get()
    Version.objects.filter(pk=post.version_id).update(title='Another title')
    Post.objects.filter(pk=post.pk).update(featured=True)

    made_cards.draw_missing(timezone.now())

    after = Card.objects.get()
    assert after.mark != before.mark
    assert (default_storage.exists(before.file), default_storage.exists(after.file)) == (False, True)


def test_the_card_goes_with_a_post_that_is_taken_down():
    post = make_post('A post')
    made_cards.draw_missing(timezone.now())
    name = Card.objects.get().file
    Post.objects.filter(pk=post.pk).update(taken_down_at=timezone.now(), taken_down_why='A reason.')

    made_cards.draw_missing(timezone.now())

    assert not Card.objects.exists()
    assert not default_storage.exists(name)


def test_what_is_approved_has_its_card_before_it_has_a_date(author, editor):
    ready = make_submission(author, State.READY, editor=editor)
    made_cards.draw_missing(timezone.now())
    card = Card.objects.get(version=ready.current)

    workflow.release(ready, by=editor, at=timezone.now() + timedelta(days=1))
    made_cards.draw_missing(timezone.now())
    scheduled = Card.objects.get().printed
    Post.objects.update(taken_down_at=timezone.now(), taken_down_why='A reason.')
    made_cards.draw_missing(timezone.now())

    assert (card.printed, scheduled) == (False, True)
    assert not Card.objects.exists()
    assert not default_storage.exists(card.file)


def test_the_card_of_what_is_approved_goes_where_it_is_approved_no_more(author, editor):
    ready = make_submission(author, State.READY, editor=editor)
    made_cards.draw_missing(timezone.now())
    name = Card.objects.get().file
    type(ready).objects.filter(pk=ready.pk).update(state=State.EDITING)

    made_cards.draw_missing(timezone.now())

    assert not Card.objects.exists()
    assert not default_storage.exists(name)


@pytest.mark.parametrize(('place', 'colour'), [((0, 50), (254, 0, 0)), ((100, 50), (0, 0, 254))])
def test_the_card_is_cut_around_what_must_stay_in_sight(client, society, place, colour):
    post = with_picture(make_post('A post'))
    made_cards.draw_missing(timezone.now())
    focus.keep_in_sight(post.version.lead_picture, focus.Sight(*place))
    made_cards.draw_missing(timezone.now())

    answer = card_at(client, society, post)

    seen = drawn(answer).getpixel((1000, 200))
    assert answer['Content-Type'] == 'image/jpeg'
    assert len(answer.content) < cards.MOST
    assert all(abs(one - other) < 4 for one, other in zip(seen, colour, strict=True))
    assert Card.objects.get().mark in cards.name(post_page.post_at(post.slug, society))


def test_a_card_without_its_picture_is_not_kept_for_ever(client, society, monkeypatch):
    post = with_picture(make_post('A post'))

    def away(name):
        raise pictures.StoreAway

    monkeypatch.setattr(store, 'read', away)
    answer = card_at(client, society, post)

    assert answer.status_code == 200
    assert 'immutable' not in answer['Cache-Control']


def test_the_card_says_in_words_what_is_on_it(client):
    post = with_picture(make_post('A post'))

    page = client.get(post.get_absolute_url()).text

    assert 'by Pat Poster. Beside it: Two halves.">' in page
    assert '<meta property="og:image:type" content="image/jpeg">' in page


@pytest.mark.parametrize(
    ('title', 'is_off'),
    [
        ('Half of it: ½, Żółć, Αθήνα, їжа 2027 🎉', False),
        ('実装', True),
        ('What التنفيذ means', True),
        ('', False),
    ],
)
def test_editors_are_told_of_a_title_that_the_card_cannot_bear(title, is_off):
    version = Version(title=title)

    assert stumbling.is_title_off_the_card(version) == is_off
    assert (cards.drawable(title) == '') == (is_off or not title)


@pytest.mark.parametrize(
    'name', ['cite.bib', 'cite.ris', 'card.0123456789abcdef.png', 'card.0123456789abcdef.jpg']
)
def test_what_stands_below_a_post_moves_with_it(client, editor, name):
    post = make_post('A post')
    was = post.slug
    workflow.readdress(post, by=editor, slug='another')

    answer = client.get(f'/blog/{was}/{name}')

    assert (answer.status_code, answer['Location']) == (301, f'/blog/another/{name}')
