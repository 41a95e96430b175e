"""Whatever profile a picture comes with, it is shown as it was meant."""

import io
import os
import struct
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tests.ukis.test_pictures import accepted, drawn
from ukis.pictures import colour, opening

# Debian's libgs-common.
PRESS = Path('/usr/share/color/icc/ghostscript/default_cmyk.icc')

INKS = [(255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (255, 178, 0, 0)]
ON_PAPER = [(0, 159, 225), (225, 13, 126), (255, 238, 0), (15, 84, 158)]


def bars(colours: list, mode: str, kind: str, **how) -> bytes:
    picture = Image.new(mode, (100 * len(colours), 60))
    for left, one in enumerate(colours):
        picture.paste(one, (left * 100, 0, left * 100 + 100, 60))
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def shown(image: Image.Image) -> list:
    return [image.getpixel((left + 50, 30)) for left in range(0, image.width, 100)]


def near(found: list, wanted: list, by: int = 4) -> bool:
    return all(
        abs(one - other) <= by
        for pair in zip(found, wanted, strict=True)
        for one, other in zip(*pair, strict=True)
    )


def odd_screen(red: tuple, green: tuple, blue: tuple) -> bytes:
    """A profile of a screen with these colours (XYZ) for its primaries, of sRGB's brightness."""
    curve = b'curv' + bytes(4) + struct.pack('>IH', 1, round(2.2 * 256)) + bytes(2)
    tags = {
        b'desc': colour._description('Odd'), b'cprt': b'text' + bytes(4) + b'Free\0', b'wtpt': b'XYZ ' + bytes(4) + colour._xyz(),
        b'rTRC': curve, b'gTRC': curve, b'bTRC': curve,
    }  # fmt: skip
    for name, xyz in ((b'rXYZ', red), (b'gXYZ', green), (b'bXYZ', blue)):
        tags[name] = b'XYZ ' + bytes(4) + struct.pack('>3i', *(round(value * 65_536) for value in xyz))
    return colour._profile(tags).replace(b'prtrCMYKLab ', b'mntrRGB XYZ ', 1)


RED, GREEN, BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7139)
BLUE_IS_RED = odd_screen(BLUE, GREEN, RED)


def darker_grey() -> bytes:
    """A profile of grey that a screen shows much darker."""
    curve = b'curv' + bytes(4) + struct.pack('>IH', 1, 5 * 256) + bytes(2)
    tags = {
        b'desc': colour._description('Dark'), b'cprt': b'text' + bytes(4) + b'Free\0', b'wtpt': b'XYZ ' + bytes(4) + colour._xyz(), b'kTRC': curve,
    }  # fmt: skip
    return colour._profile(tags).replace(b'prtrCMYKLab ', b'mntrGRAYXYZ ', 1)


def test_inks_with_their_profile_keep_their_colours():
    image, _ = opening.opened(bars(INKS, 'CMYK', 'JPEG', quality=95, icc_profile=colour.ordinary_press()))

    assert image.mode == 'RGB'
    assert near(shown(image), ON_PAPER)


def test_inks_without_a_profile_are_those_of_an_ordinary_press():
    image, _ = opening.opened(bars(INKS, 'CMYK', 'JPEG', quality=95))

    assert near(shown(image), ON_PAPER)


@pytest.mark.parametrize(
    'profile', [b'no profile', colour.ordinary_press()[:900], BLUE_IS_RED, bytes(5_000_000)]
)
def test_a_profile_that_is_none_counts_for_nothing(profile):
    image, _ = opening.opened(bars(INKS, 'CMYK', 'JPEG', quality=95, icc_profile=profile))

    assert near(shown(image), ON_PAPER)


def test_paper_is_white_and_ink_is_dark():
    """As Adobe's programs and nearly all others write a CMYK JPEG: turned round."""
    inks = [(0, 0, 0, 0), (0, 0, 0, 255), (0, 0, 0, 128), (255, 255, 255, 255)]
    source = bars(inks, 'CMYK', 'JPEG', quality=95)
    assert b'Adobe' in source

    white, black, grey, all_four = shown(opening.opened(source)[0])

    assert white == (255, 255, 255)
    assert max(black) < 45
    assert near([grey], [(139, 139, 139)])
    assert max(all_four) < max(black)


@pytest.mark.skipif(
    not PRESS.exists() and not os.environ.get('CI'), reason=f'needs {PRESS} (Debian: libgs-common)'
)
def test_a_print_shop_s_jpeg_keeps_its_colours():
    source = bars(INKS, 'CMYK', 'JPEG', quality=95, icc_profile=PRESS.read_bytes())

    image, _ = opening.opened(source)

    assert near(shown(image), ON_PAPER, by=45)


@pytest.mark.parametrize(('kind', 'mode'), [('JPEG', 'RGB'), ('PNG', 'RGB'), ('PNG', 'P'), ('WEBP', 'RGB')])
def test_a_screen_s_own_colours_are_turned_into_everybody_s(kind, mode):
    how = {'lossless': True} if kind == 'WEBP' else {'quality': 95} if kind == 'JPEG' else {}
    picture = Image.open(io.BytesIO(bars([(255, 0, 0), (0, 0, 255), (255, 255, 255)], 'RGB', 'PNG'))).convert(
        mode
    )
    out = io.BytesIO()
    picture.save(out, kind, icc_profile=BLUE_IS_RED, **how)

    image, _ = opening.opened(out.getvalue())

    assert near(shown(image), [(0, 0, 255), (255, 0, 0), (255, 255, 255)], by=6)


def test_what_is_clear_stays_clear():
    image, _ = opening.opened(
        bars([(255, 0, 0, 255), (0, 0, 255, 100), (255, 255, 255, 0)], 'RGBA', 'PNG', icc_profile=BLUE_IS_RED)
    )

    assert near(shown(image), [(0, 0, 255, 255), (255, 0, 0, 100), (255, 255, 255, 0)])


def test_greys_have_profiles_too():
    image, _ = opening.opened(bars([0, 128, 255], 'L', 'PNG', icc_profile=darker_grey()))

    assert image.mode == 'L'
    black, grey, white = shown(image)
    assert (black, white) == (0, 255)
    assert 40 < grey < 60


@pytest.mark.django_db
@pytest.mark.parametrize('kind', ['JPEG', 'PNG', 'WEBP'])
def test_what_is_kept_has_no_profile_any_more(kind):
    picture = accepted(drawn(kind, icc_profile=BLUE_IS_RED))

    assert 'icc_profile' not in Image.open(default_storage.open(picture.file.name)).info
