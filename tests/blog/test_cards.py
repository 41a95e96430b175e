"""The card that is shown where somebody shares a post."""

import io
import unicodedata

import pytest
from django.urls import reverse
from PIL import Image, ImageColor

from blog import cards, post_page
from blog.models import Post
from tests.conftest import make_post
from ukis.prepared import asked

pytestmark = pytest.mark.django_db


def test_the_card_is_a_picture_that_may_be_kept_for_ever(client, society):
    post = make_post('A card')
    shown = post_page.post_at(post.slug, society)
    address = reverse('post_card', args=['a-card', cards.name(shown)])

    answer = client.get(address)

    assert answer['Content-Type'] == 'image/png'
    assert 'immutable' in answer['Cache-Control']
    assert answer.content == cards.draw(shown)
    assert len(answer.content) < 200_000


def test_a_card_with_former_words_leads_to_the_one_of_today(client, society):
    post = make_post('A card')
    shown = post_page.post_at(post.slug, society)

    answer = client.get('/blog/a-card/card.0123456789abcdef.png')

    assert (answer.status_code, answer['Location']) == (
        302,
        reverse('post_card', args=['a-card', cards.name(shown)]),
    )
    assert client.get('/blog/none/card.0123456789abcdef.png').status_code == 404


def card_of(society, title: str, **line) -> Image.Image:
    """Of a post by one author, as it is seen."""
    posts, _ = post_page.with_all(asked(Post.objects.for_reading().filter(pk=make_post('A card').pk)))
    posts[0].version.title = title
    for name, value in line.items():
        setattr(posts[0].bylines.all()[0], name, value)
    drawn = cards.draw(post_page.of_post(posts[0], society, ()))
    return Image.open(io.BytesIO(drawn)).convert('RGB')


@pytest.mark.parametrize(
    'title',
    [
        'Ŵyth tŷ',
        'Żółć, ąę and Łódź',
        'Ó Briain’s ‘test’ – naïve',
        '日本語',
        'w' * 200,
        'word ' * 40,
        '',
        '🎉',
    ],
)
def test_a_card_is_drawn_for_any_title(society, title):
    assert card_of(society, title).size == (1200, 630)


@pytest.mark.parametrize(
    'words',
    [
        'Dŵr, tŷ a gŵyl: gweithredu’n Ŵyth',
        'Fàilte: cothrom na Fèinne, Òrain',
        'Cúpla focal: Ó Briain, Áine agus Éamonn',
        'Żółć, gęś, źdźbło i Łódź',
        'Příliš žluťoučký kůň, ťava a Ľubomír',
        'Åse, Øyvind, Þór, Ægir, ß, œuvre, ğ, ı, ş',
        'Η εφαρμογή δεν είναι γεγονός· Αθήνα, Ϊ ΰ',
        'Впровадження — це не подія: ґрунт, їжа, Ёлкин',
        '“Half” of 50 % is ¼ × 2 → ½, said ‘she’ – 2027…',
    ],
)
def test_latin_greek_and_cyrillic_are_drawn_whole(words):
    composed = unicodedata.normalize('NFC', words)

    assert cards.drawable(words) == composed
    assert cards.drawable(unicodedata.normalize('NFD', words)) == composed


@pytest.mark.parametrize('words', ['التنفيذ', 'What 実装 means', 'ความสำเร็จ', 'עברית', 'हिन्दी 2027'])
def test_what_cannot_be_drawn_is_left_out_whole(society, words):
    assert cards.drawable(words) == ''
    assert card_of(society, words).tobytes() == card_of(society, '中').tobytes()
    without = card_of(society, 'A title', name='', affiliation='')
    assert card_of(society, 'A title', name=words, affiliation='').tobytes() == without.tobytes()


def test_a_sign_that_cannot_be_drawn_leaves_the_words():
    assert cards.drawable('Good 🎉 news\u200b today') == 'Good news today'


def test_an_accent_is_seen():
    font = cards._font(40, cards.REGULAR)

    assert len({bytes(font.getmask(letter)) for letter in 'wŵyŷzźżlłаґгιΐ'}) == len('wŵyŷzźżlłаґгιΐ')


@pytest.mark.parametrize(
    'title', ['w' * 200, 'A very long title, ' * 11, 'https://example.org/' + 'a' * 180, 'x']
)
def test_nothing_runs_out_of_the_card(society, title):
    card = card_of(society, title, name='Name of an author, ' * 20)

    paper = card.crop((cards.RIGHT + 1, 0, cards.WIDTH, cards.HEIGHT - cards.BAND))
    above_the_band = card.crop((0, cards.HEIGHT - cards.BAND - 20, cards.WIDTH, cards.HEIGHT - cards.BAND))
    assert paper.getcolors() == [(paper.width * paper.height, ImageColor.getrgb(cards.PAPER))]
    assert len(above_the_band.getcolors()) == 1
