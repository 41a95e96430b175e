"""What a picture may cost: reckoned before anything of it is decoded, and true."""

import io
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from tests.conftest import fill_in, make_person
from ukis import pictures
from ukis.pictures import opening, turns
from ukis.pictures.models import Picture

MILLION = 1_000_000


def plain(kind: str, size: tuple[int, int], mode: str = 'RGB', **how) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


@pytest.fixture
def decoded(monkeypatch) -> list[int]:
    """Bytes of every picture that Pillow decodes."""
    seen: list[int] = []
    load = ImageFile.ImageFile.load

    def noted(image):
        if image.tile or image._im is None:
            seen.append(image.width * image.height * (1 if image.mode in ('1', 'L', 'P') else 4))
        return load(image)

    monkeypatch.setattr(ImageFile.ImageFile, 'load', noted)
    return seen


def planned(source: bytes) -> opening.Plan:
    image = Image.open(io.BytesIO(source))
    return opening.planned(image, image.format, source)


# --- Refused before it is opened -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('kind', 'size', 'how', 'sentence'),
    [
        ('WEBP', (7070, 7070), {}, '7070 × 7070 pixels; saved as WebP it may have at most 12 million'),
        ('PNG', (6000, 5000), {}, 'saved as PNG it may have at most 25 million'),
        ('PNG', (5000, 4000), {'mode': 'RGBA'}, 'saved as PNG it may have at most 16 million'),
        ('JPEG', (8000, 8000), {'progressive': True, 'subsampling': 0}, 'Save it as an ordinary one'),
        ('JPEG', (15_000, 14_000), {'mode': 'L'}, 'more than 100 million pixels'),
        ('PNG', (20_000, 20_000), {'mode': '1'}, 'more than 100 million pixels'),
    ],
    ids=['webp', 'png', 'clear png', 'progressive', 'very large jpeg', 'bomb'],
)
def test_what_would_take_too_much_is_refused_before_a_byte_is_decoded(decoded, kind, size, how, sentence):
    with pytest.raises(pictures.RefusedPicture, match=sentence):
        opening.opened(plain(kind, size, **how))

    assert decoded == []


def test_a_jpeg_that_goes_over_its_pixels_a_thousand_times_is_refused(decoded):
    source = plain('JPEG', (2000, 2000), progressive=True)
    last = source.rindex(b'\xff\xda')
    scan = source[last:-2]

    with pytest.raises(pictures.RefusedPicture, match='Save it as an ordinary one'):
        opening.opened(source[:-2] + scan * 1000 + source[-2:])

    assert decoded == []


# --- Decoded at a size that is paid for ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('size', 'how', 'as_decoded'),
    [
        ((3200, 2400), {}, (3200, 2400)),
        ((6000, 4000), {}, (6000, 4000)),
        ((6500, 4500), {}, (3250, 2250)),
        ((6300, 6300), {}, (3150, 3150)),
        ((6000, 4000), {'progressive': True}, (3000, 2000)),
        ((9000, 9000), {}, (4500, 4500)),
        ((65_000, 1500), {}, (8125, 188)),
    ],
)
def test_a_jpeg_is_decoded_no_larger_than_it_is_kept_and_paid_for(decoded, size, how, as_decoded):
    image, kind = opening.opened(plain('JPEG', size, **how))

    assert decoded[0] == as_decoded[0] * as_decoded[1] * 4
    assert (kind, image.mode, max(image.size) <= opening.MAX_SIDE) == ('JPEG', 'RGB', True)
    assert max(image.size) >= opening.MAX_SIDE / 2


@pytest.mark.parametrize('side', [1000, 3000, 4000, 5000, 6000, 6399, 6400, 8000, 9999])
@pytest.mark.parametrize('how', [{}, {'progressive': True}, {'progressive': True, 'subsampling': 0}])
def test_no_plan_costs_more_than_is_allowed(side, how):
    plan = planned(plain('JPEG', (side, side), **how))

    assert plan.is_affordable == (plan.held <= 200 * MILLION)
    # Only what was saved for slow lines must be made smaller by the person, and that from fifty million pixels on.
    assert plan.is_affordable or (how and side > (5500 if 'subsampling' in how else 7000))


@pytest.mark.parametrize(
    ('how', 'kept', 'scans'),
    [
        ({}, 0, 1),
        ({'mode': 'L'}, 0, 1),
        ({'progressive': True}, 3, 10),
        ({'progressive': True, 'subsampling': 0}, 6, 10),
        ({'progressive': True, 'subsampling': 1}, 4, 10),
        ({'progressive': True, 'mode': 'L'}, 2, 6),
        ({'progressive': True, 'mode': 'CMYK'}, 8, 18),
        ({'comment': b'\xff\xda' * 50, 'exif': b'Exif\0\0\xff\xda'}, 0, 1),
    ],
)
def test_what_a_jpeg_needs_is_read_from_its_header(how, kept, scans):
    assert opening._jpeg(plain('JPEG', (64, 64), **how)) == (kept, scans)


@pytest.mark.parametrize('cut', [0, 2, 3, 5, 20, 160, 170, 180, 400])
def test_half_a_header_is_read_as_far_as_it_goes(cut):
    opening._jpeg(plain('JPEG', (64, 64), progressive=True)[:cut])


def samples() -> list[bytes]:
    kinds = [('JPEG', 'RGB'), ('JPEG', 'CMYK'), ('PNG', 'RGBA'), ('PNG', 'P'), ('WEBP', 'RGBA')]
    progressive = {'JPEG': {'progressive': True}}
    return [plain(kind, (60, 50), mode, **progressive.get(kind, {})) for kind, mode in kinds]


@given(
    st.sampled_from(samples()),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), min_size=1, max_size=8),
)
@settings(max_examples=400, deadline=None)
def test_whatever_stands_in_a_file_it_is_a_picture_or_refused(sample: bytes, changes: list) -> None:
    damaged = bytearray(sample)
    for at, byte in changes:
        damaged[at % len(damaged)] = byte

    try:
        image, _ = opening.opened(bytes(damaged))
    except pictures.RefusedPicture:
        return
    assert image.mode in ('RGB', 'RGBA', 'L')
    assert max(image.size) <= opening.MAX_SIDE


HELD = """
import gc, io, sys
from PIL import Image, WebPImagePlugin, PngImagePlugin, JpegImagePlugin
from ukis.pictures import opening

def held(which):
    return 1024 * int(next(line for line in open('/proc/self/status') if line.startswith(which)).split()[1])

source = sys.stdin.buffer.read()
opening.opened(open(sys.argv[1], 'rb').read())  # everything is loaded
before = held('VmHWM')
for _ in range(2):
    try:
        opening.opened(source)
    except opening.RefusedPicture:
        print('refused', end=' ')
gc.collect()
print(held('VmHWM') - before, held('VmRSS') - before)
"""


@pytest.mark.skipif(not Path('/proc/self/status').exists(), reason='memory is read from /proc')
@pytest.mark.parametrize(
    ('kind', 'size', 'how'),
    [
        ('WEBP', (7070, 7070), {}),
        ('WEBP', (4000, 3000), {}),
        ('WEBP', (3600, 2700), {'mode': 'RGBA'}),
        ('PNG', (6000, 4000), {}),
        ('PNG', (4000, 4000), {'mode': 'RGBA'}),
        ('PNG', (4000, 3800), {'mode': 'P', 'transparency': 0}),
        ('PNG', (6900, 6900), {'mode': 'I;16'}),
        ('JPEG', (4900, 4900), {}),
        ('JPEG', (9000, 9000), {'mode': 'CMYK'}),
        ('JPEG', (6000, 4000), {'progressive': True, 'subsampling': 0}),
    ],
)
def test_it_takes_no_more_memory_than_was_reckoned_and_gives_it_back(tmp_path, kind, size, how):
    small = tmp_path / 'small'
    small.write_bytes(plain(kind, (32, 32), **how))

    ran = subprocess.run(
        [sys.executable, '-c', f'import django; django.setup()\n{HELD}', small],
        input=plain(kind, size, **how),
        capture_output=True,
        check=True,
    )

    *refused, most, left = ran.stdout.split()
    assert bool(refused) == (size == (7070, 7070))
    # Beside the picture that is opened stands the one that it becomes, of 41 MB at most, turned and converted.
    assert int(most) < (MILLION if refused else opening.MOST_HELD + 60 * MILLION)
    assert int(left) < 12 * MILLION


# --- One at a time ---------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(turns, 'PATIENCE', 0.05)


@pytest.mark.django_db
def test_while_one_is_decoded_another_waits_and_is_then_told(impatient):
    with turns.decoding(), pytest.raises(pictures.Busy, match='choose the picture again'):
        pictures.accept(io.BytesIO(plain('PNG', (40, 40))), None)

    assert pictures.accept(io.BytesIO(plain('PNG', (40, 40))), None).width == 40


@pytest.mark.django_db
def test_a_picture_that_is_refused_gives_its_turn_back():
    for _ in range(5):
        with pytest.raises(pictures.RefusedPicture, match='not a picture'):
            pictures.accept(io.BytesIO(b'no picture'), None)

    assert pictures.accept(io.BytesIO(plain('PNG', (40, 40))), None).width == 40


class Hangs(io.BytesIO):
    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Event(), threading.Event()

    def read(self, *args) -> bytes:
        self.begun.set()
        self.go_on.wait(20)
        return b'no picture'


@pytest.fixture
def hanging():
    """As many uploads as are taken at a time, none of which comes to an end."""
    uploads = [Hangs() for _ in range(turns.AT_ONCE)]

    def send(upload):
        with pytest.raises(pictures.RefusedPicture):
            pictures.accept(upload, None)

    threads = [threading.Thread(target=send, args=[upload]) for upload in uploads]
    for thread, upload in zip(threads, uploads, strict=True):
        thread.start()
        assert upload.begun.wait(10)
    yield
    for thread, upload in zip(threads, uploads, strict=True):
        upload.go_on.set()
        thread.join()


@pytest.mark.django_db
def test_while_many_hang_the_editor_is_told_to_wait(client, hanging):
    client.force_login(make_person())

    answer = client.post(
        reverse('upload_picture'), {'picture': SimpleUploadedFile('a.png', plain('PNG', (40, 40)))}
    )

    assert answer.status_code == 503
    assert 'yours had no turn. Nothing you typed is lost' in answer.json()['error']


@pytest.mark.django_db
def test_while_many_hang_a_form_comes_back_with_its_words(society, author, signed_in, hanging):
    photo = SimpleUploadedFile('me.png', plain('PNG', (40, 40)))
    address = reverse('profile')
    answer = fill_in(signed_in(author), address, biography='Typed just now.', photo_file=photo)

    assert answer.status_code == 422
    assert 'Typed just now.' in answer.text
    assert 'yours had no turn. Nothing you typed is lost' in answer.text


# --- Bodies ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_body_beyond_every_form_is_not_read(client, society, monkeypatch):
    class Unread(io.BytesIO):
        def read(self, *args):
            raise AssertionError('it was read')

    answer = client.generic(
        'POST', reverse('upload_picture'), b'', 'multipart/form-data; boundary=x',
        CONTENT_LENGTH=str(65 * 1024 * 1024), **{'wsgi.input': Unread()},
    )  # fmt: skip

    assert answer.status_code == 413
    assert 'Go back: what you typed is still there.' in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize('size', [pictures.MAX_BYTES + 1, 40 * MILLION])
def test_of_a_file_that_is_too_large_only_so_much_is_kept_as_tells(client, monkeypatch, size):
    client.force_login(make_person())
    kept = []
    monkeypatch.setattr(pictures, 'accept', lambda upload, by: kept.append(upload.size) or accept(upload, by))
    accept = pictures.intake.accept

    answer = client.post(reverse('upload_picture'), {'picture': SimpleUploadedFile('a.png', bytes(size))})

    assert (answer.status_code, 'larger than 15 MB' in answer.json()['error']) == (400, True)
    assert pictures.MAX_BYTES < kept[0] < pictures.MAX_BYTES + 200_000
    assert not Picture.objects.exists()
