"""Pictures: what is refused, what is stripped, what is kept once, how it is shown and served."""

# ruff: noqa: E501

import io
import re
import struct

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.urls import reverse
from PIL import Image

from tests.conftest import make_person
from ukis import markup, pictures
from ukis.limits import HOUR, Limit
from ukis.pictures import sizing
from ukis.pictures.models import Picture

pytestmark = pytest.mark.django_db


def drawn(kind: str = 'JPEG', size: tuple[int, int] = (700, 500), mode: str = 'RGB', **how) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient('L').resize(size).convert(mode).save(out, kind, **how)
    return out.getvalue()


def flat() -> bytes:
    out = io.BytesIO()
    Image.new('RGB', (700, 500), '#0a3f3c').save(out, 'PNG')
    return out.getvalue()


def accepted(content: bytes, by=None) -> Picture:
    return pictures.accept(io.BytesIO(content), by)


@pytest.mark.parametrize(
    ('kind', 'mode', 'ending'),
    [('JPEG', 'RGB', 'jpg'), ('JPEG', 'CMYK', 'jpg'), ('JPEG', 'L', 'jpg'), ('PNG', 'RGBA', 'png'), ('PNG', 'P', 'png'),
     ('PNG', 'I;16', 'png'), ('PNG', '1', 'png'), ('PNG', 'LA', 'png'), ('WEBP', 'RGBA', 'webp')],
)  # fmt: skip
def test_a_picture_is_kept_under_the_hash_of_its_content(kind, mode, ending):
    person = make_person()

    picture = accepted(drawn(kind, mode=mode), person)

    assert picture.file.name == f'pictures/{picture.hash[:2]}/{picture.hash}.{ending}'
    assert (picture.format, picture.width, picture.height, picture.uploaded_by) == (kind, 700, 500, person)
    assert picture.size == default_storage.size(picture.file.name)


def test_the_same_picture_is_kept_once():
    first = accepted(drawn())
    second = accepted(drawn())

    assert first == second
    assert len(default_storage.listdir(f'pictures/{first.hash[:2]}')[1]) == 1


def test_what_a_killed_process_left_half_written_gives_way():
    picture = accepted(drawn())
    name = picture.file.name
    whole = default_storage.open(name).read()
    picture.delete()
    with default_storage.open(name, 'wb') as file:
        file.write(whole[:100])

    again = accepted(drawn())

    assert again.file.name == name
    assert default_storage.open(name).read() == whole


def test_metadata_goes_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = 'Secret maker'
    exif.get_ifd(0x8825)[1] = 'N'

    picture = accepted(drawn(exif=exif, comment=b'Secret comment'))

    kept = default_storage.open(picture.file.name).read()
    assert (picture.width, picture.height) == (500, 700)
    assert b'Secret' not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_very_large_picture_is_made_smaller():
    picture = accepted(drawn(size=(5000, 2500)))

    assert (picture.width, picture.height) == (3200, 1600)


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new('1', (20_000, 20_000)).save(out, 'PNG')
    return out.getvalue()


@pytest.mark.parametrize(
    ('content', 'sentence'),
    [
        (b'', 'The file is empty.'),
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'JPEG, PNG or WebP'),
        (b'GIF89a' + bytes(100), 'JPEG, PNG or WebP'),
        (drawn('GIF', mode='P'), 'JPEG, PNG or WebP'),
        (drawn()[:2000], 'damaged'),
        (drawn('PNG')[:2000], 'damaged'),
        (drawn(size=(10, 400)), 'too small'),
        (b'x' * (pictures.MAX_BYTES + 1), 'larger than 15 MB'),
        (bomb(), 'million pixels'),
    ],
    ids=['empty', 'svg', 'gif header', 'gif', 'cut jpeg', 'cut png', 'tiny', 'bytes', 'bomb'],
)
def test_what_is_no_picture_for_us_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(pictures.RefusedPicture, match=sentence):
        accepted(content)

    assert not Picture.objects.exists()


def test_sizes_are_made_up_to_its_own_width():
    picture = accepted(drawn(size=(1000, 500)))

    assert pictures.make_missing_sizes(limit=5) == 1

    picture.refresh_from_db()
    webp = [(size['width'], size['height']) for size in picture.sizes if size['format'] == 'webp']
    assert webp == [(320, 160), (640, 320), (960, 480), (1000, 500)]
    assert picture.sized_at
    for size in picture.sizes:
        assert default_storage.size(size['name']) == size['bytes']
    assert pictures.make_missing_sizes(limit=5) == 0


@pytest.mark.parametrize(('quality', 'kinds'), [(5, {'jpeg', 'webp', 'avif'}), (95, {'jpeg', 'webp'})])
def test_avif_is_kept_only_where_it_is_smaller_altogether(monkeypatch, quality, kinds):
    monkeypatch.setitem(sizing.AVIF, 'quality', quality)
    picture = accepted(drawn())

    pictures.make_sizes(picture)

    assert {size['format'] for size in picture.sizes} == kinds


def test_before_it_has_sizes_the_picture_itself_is_shown():
    picture = accepted(drawn())

    shown = Template("{% load pictures %}{% picture pic alt=words class='lead' eager=True %}").render(
        Context({'pic': picture, 'words': 'A "bridge"'})
    )

    assert shown == (
        f'<img src="/media/{picture.file.name}" alt="A &quot;bridge&quot;" width="700" height="500" class="lead" '
        'fetchpriority="high">'
    )


def test_the_browser_chooses_among_the_sizes(monkeypatch):
    monkeypatch.setitem(sizing.AVIF, 'quality', 5)
    picture = accepted(drawn())
    pictures.make_sizes(picture)

    shown = Template("{% load pictures %}{% picture pic alt='' sizes='50vw' %}").render(
        Context({'pic': picture})
    )

    assert shown.startswith('<picture><source type="image/avif" srcset="/media/pictures/')
    assert f'{picture.hash}-320_2.webp 320w, ' in shown
    assert shown.count('sizes="50vw"') == 2
    # A browser that knows neither of the others gets one: there are hardly any, and each width weighs on the page.
    assert f'<img src="/media/pictures/{picture.hash[:2]}/{picture.hash}-640_2.jpg" alt=""' in shown
    assert 'loading="lazy"' in shown


def test_what_is_shown_small_names_no_size_that_no_screen_takes(monkeypatch):
    monkeypatch.setitem(sizing.AVIF, 'quality', 5)
    picture = accepted(drawn())
    pictures.make_sizes(picture)
    beside = f'/media/pictures/{picture.hash[:2]}/{picture.hash}'

    shown = Template("{% load pictures %}{% picture pic alt='' sizes='80px' %}").render(
        Context({'pic': picture})
    )

    assert shown == (
        f'<picture><source type="image/avif" srcset="{beside}-320_2.avif">'
        f'<source type="image/webp" srcset="{beside}-320_2.webp">'
        f'<img src="{beside}-320_2.jpg" alt="" width="700" height="500" loading="lazy" decoding="async"></picture>'
    )


def test_what_is_as_wide_as_a_telephone_names_what_telephones_take_and_for_old_browsers_the_ends(monkeypatch):
    monkeypatch.setitem(sizing.AVIF, 'quality', 5)
    picture = accepted(drawn(size=(1600, 900)))
    pictures.make_sizes(picture)

    shown = Template(
        "{% load pictures %}{% picture pic alt='' sizes='(min-width:76rem) 70rem,100vw' %}"
    ).render(Context({'pic': picture}))

    named = {
        kind: re.findall(r' (\d+)w', source) for kind, source in re.findall(r'image/(\w+)"([^>]*)', shown)
    }
    assert named == {'avif': ['640', '960', '1600'], 'webp': ['640', '1600']}


@pytest.mark.parametrize(
    ('source', 'kind'),
    [
        (drawn(), 'jpeg'),
        (flat(), 'png'),
        (drawn('PNG', mode='RGBA'), 'png'),
        (drawn('WEBP'), 'jpeg'),
    ],
    ids=['jpeg', 'flat png', 'clear png', 'webp'],
)
def test_what_every_browser_knows_comes_in_widths_too(source, kind):
    picture = accepted(source)

    pictures.make_sizes(picture)

    made = [size for size in picture.sizes if size['format'] in ('jpeg', 'png')]
    assert {size['format'] for size in made} == {kind}
    assert [size['width'] for size in made] == [320, 640, 700]


def test_what_must_stay_in_sight_is_said_where_a_picture_is_cut_and_nowhere_else():
    picture = accepted(drawn())
    picture.focal_x, picture.focal_y = 0.5, 0.2

    shown = Template('{% load pictures %}{% picture pic %}|{% picture pic cut=True class="a" %}').render(
        Context({'pic': picture})
    )

    whole, cut = shown.split('|')
    assert 'class' not in whole
    assert 'class="a y25"' in cut


@pytest.mark.parametrize('count', [1, 5])
def test_all_pictures_of_a_text_come_in_one_query(count, django_assert_num_queries):
    kept = [accepted(drawn(size=(100 + number, 80))) for number in range(count)]
    stored = markup.clean(''.join(f'<img src="{pictures.address(picture)}" alt="x">' for picture in kept))

    with django_assert_num_queries(1):
        shown = markup.render(stored)

    assert shown.count('width="10') == count


def test_a_text_without_pictures_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        markup.render('<p>Words.</p>')


def test_a_picture_that_is_gone_is_shown_by_its_address():
    stored = markup.clean(f'<img src="/media/pictures/aa/{"a" * 64}.jpg" alt="x" data-decorative>')

    assert f'src="/media/pictures/aa/{"a" * 64}.jpg"' in markup.render(stored)


# --- Sent in --------------------------------------------------------------------------------------------------


def sent(client, content: bytes, name: str = 'picture'):
    return client.post(reverse('upload_picture'), {name: SimpleUploadedFile('a.jpg', content)})


def test_the_editor_sends_a_picture_and_learns_where_it_is(client):
    person = make_person()
    client.force_login(person)

    answer = sent(client, drawn())

    picture = Picture.objects.get()
    assert answer.json() == {
        'id': picture.pk,
        'url': f'/media/{picture.file.name}',
        'width': 700,
        'height': 500,
    }
    assert picture.uploaded_by == person


def test_a_stranger_sends_nothing(client):
    answer = sent(client, drawn())

    assert answer.status_code == 401
    assert 'no longer signed in' in answer.json()['error']
    assert not Picture.objects.exists()


@pytest.mark.parametrize(('content', 'name'), [(b'no picture', 'picture'), (drawn(), 'other')])
def test_what_is_refused_says_why(client, content, name):
    client.force_login(make_person())

    answer = sent(client, content, name)

    assert answer.status_code == 400
    assert answer.json()['error'].endswith('again.')


def test_a_flood_of_pictures_is_stopped(client, monkeypatch):
    from ukis.pictures import views as files

    monkeypatch.setattr(files, '_UPLOADS', Limit('upload_picture', 1, HOUR))
    client.force_login(make_person())

    assert sent(client, drawn()).status_code == 200
    assert sent(client, drawn()).status_code == 429


def test_only_posting_sends(client):
    assert client.get(reverse('upload_picture')).status_code == 405


# --- Served ---------------------------------------------------------------------------------------------------


def test_a_picture_is_served_for_ever_and_may_do_nothing(client):
    content = drawn()
    picture = accepted(content)

    answer = client.get(f'/media/{picture.file.name}')

    assert b''.join(answer.streaming_content) == default_storage.open(picture.file.name).read()
    assert answer['Content-Type'] == 'image/jpeg'
    assert answer['Cache-Control'] == 'public, max-age=31536000, immutable'
    assert answer['X-Content-Type-Options'] == 'nosniff'
    assert answer['Content-Security-Policy'] == "default-src 'none'; sandbox"
    assert answer['Cross-Origin-Resource-Policy'] == 'cross-origin'


@pytest.mark.parametrize(
    'path',
    [
        f'pictures/aa/{"a" * 64}.jpg',
        'secret.key',
        '../secret.key',
        'pictures/../../secret.key',
        '%2e%2e/secret.key',
        'pictures/aa/a.svg',
        'pictures/',
    ],
)
def test_nothing_else_of_the_store_can_be_asked_for(client, path):
    assert client.get(f'/media/{path}').status_code == 404


@pytest.mark.parametrize('error', [TypeError, struct.error])
def test_what_damaged_exif_makes_of_the_library_is_a_refusal(monkeypatch, error):
    def fail(image):
        raise error('damaged')

    monkeypatch.setattr('ukis.pictures.opening.ImageOps.exif_transpose', fail)
    out = io.BytesIO()
    Image.new('RGB', (40, 40)).save(out, 'JPEG')
    out.seek(0)

    with pytest.raises(pictures.RefusedPicture, match='damaged'):
        pictures.accept(out, None)
