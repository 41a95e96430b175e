"""From the bytes that somebody sent to a picture that can be shown: upright, in sRGB, no larger than needed.

A few kilobytes can ask for gigabytes. What a picture will take is reckoned from its header, before anything of it
is decoded: the decoder's own buffers, the picture, and the copies that making it smaller needs.
"""

import ctypes
import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from ukis.pictures import colour
from ukis.pictures.refused import RefusedPicture

FORMATS = ('JPEG', 'PNG', 'WEBP')
MAX_SIDE = 3200  # a picture is kept no larger: twice the widest that is shown
MIN_SIDE = 16
MOST_HELD = 200_000_000  # bytes, at any moment until it is no larger than MAX_SIDE
MOST_PIXELS = 100_000_000
# A progressive JPEG goes over all its pixels in each of its scans, of which a small file may have thousands.
MOST_VISITED = 2_000_000_000

Image.MAX_IMAGE_PIXELS = MOST_PIXELS

# glibc learns to keep large blocks for the next time: a web server would stand for days at what its largest picture
# took, and the next one come on top. From a megabyte on each block goes back when it is free.
_M_MMAP_THRESHOLD = -3
if hasattr(_libc := ctypes.CDLL(None), 'mallopt'):
    _libc.mallopt(_M_MMAP_THRESHOLD, 1_000_000)

# Bytes a pixel of each of Pillow's modes: the picture, and what making it smaller adds (for what is partly clear
# a copy more; what has a palette or no greys is turned into one of the others first).
_HELD = {'1': 3, 'L': 2, 'I;16': 4, 'RGB': 8, 'CMYK': 8, 'I': 8, 'LA': 12, 'RGBA': 12}
_HELD_AT_MOST = 13
_PICTURE = {'L': 1, 'RGB': 4, 'CMYK': 4}  # the picture alone
_WEBP = 16  # two canvases of its decoder's, and two copies of the picture
_WEBP_CLEAR = 20
# What damaged files make of Pillow; the last two are what damaged EXIF does.
BROKEN = (
    *(UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError),
    *(TypeError, struct.error),
)


@dataclass(frozen=True)
class Plan:
    """How a picture can be opened: a JPEG at a `scale`th of its width, which its decoder does for less."""

    scale: int
    held: int  # bytes
    visited: int  # pixels, each as often as the decoder comes to it

    @property
    def is_affordable(self) -> bool:
        return self.held <= MOST_HELD and self.visited <= MOST_VISITED


def opened(source: bytes) -> tuple[Image.Image, str]:
    """The picture, in one of the modes RGB, RGBA and L, and its format. Raises RefusedPicture."""
    image, kind = _identified(source)
    if min(image.size) < MIN_SIDE:
        raise RefusedPicture('The picture is too small to be shown. Choose a larger one.')
    plan = planned(image, kind, source)
    if image.width * image.height > MOST_PIXELS or not plan.is_affordable:
        raise RefusedPicture(_too_large(image, kind))
    profile = image.info.get('icc_profile') or b''
    try:
        if plan.scale > 1:
            image.draft(None, (image.width // plan.scale, image.height // plan.scale))
        image.load()
        image = _smoothed(image, kind)
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        image = colour.to_srgb(_eight_bits(ImageOps.exif_transpose(image)), profile)
    except BROKEN:
        raise RefusedPicture(
            'The picture is damaged and cannot be read to its end. Save it anew and choose it again.'
        ) from None
    image.info = {}
    return image, kind


def _identified(source: bytes) -> tuple[Image.Image, str]:
    try:
        image = Image.open(io.BytesIO(source), formats=FORMATS)
    except Image.DecompressionBombError:
        raise RefusedPicture(_more_than(MOST_PIXELS)) from None
    except BROKEN:
        raise RefusedPicture(
            'This is not a picture that we can read. Save it as JPEG, PNG or WebP and choose it again.'
        ) from None
    # MPO: what some telephones call JPEG.
    return image, 'JPEG' if image.format == 'MPO' else image.format or ''


def planned(image: Image.Image, kind: str, source: bytes) -> Plan:
    """Nothing of the picture is decoded yet."""
    pixels = image.width * image.height
    held = _HELD_AT_MOST if 'transparency' in image.info else _HELD.get(image.mode, _HELD_AT_MOST)
    if kind == 'WEBP':
        held = _WEBP_CLEAR if image.mode == 'RGBA' else _WEBP
    if kind != 'JPEG':
        return Plan(1, pixels * held, pixels)
    kept, scans = _jpeg(source)
    longest = max(image.size)
    # As small as loses nothing; smaller still, to half of what is kept, where memory would not do.
    scales = [scale for scale in (1, 2, 4, 8) if scale == 1 or longest / scale >= MAX_SIDE / 2]
    least = max(scale for scale in scales if scale == 1 or longest / scale >= MAX_SIDE)
    plans = [
        Plan(scale, round(pixels * (kept + _shrunk(image, scale, held) / scale**2)), pixels * scans)
        for scale in scales
        if scale >= least
    ]
    return next((plan for plan in plans if plan.is_affordable), plans[-1])


def _shrunk(image: Image.Image, scale: int, held: int) -> int:
    """Nothing is added where the decoder leaves nothing to be done."""
    return held if max(image.size) / scale > MAX_SIDE else _PICTURE.get(image.mode, held)


def _jpeg(source: bytes) -> tuple[float, int]:
    """What the decoder keeps for itself, in bytes a pixel, and how often it goes over the picture.

    A JPEG that comes in one go is decoded line by line; of any other the whole is kept, two bytes a sample.
    """
    at, samples, parts, progressive = 2, 0.0, 0, False
    while at + 4 <= len(source):
        marker, length = source[at + 1], int.from_bytes(source[at + 2 : at + 4])
        body = source[at + 4 : at + 2 + length]
        if source[at] != 0xFF or marker == 0xFF:
            at += 1  # filling
        elif marker == 0xDA:
            several = progressive or (body[:1] or b'\0')[0] < parts
            # Within what is coded 0xFF is never followed by a marker's number.
            return (2 * samples if several else 0), source.count(b'\xff\xda', at)
        elif marker in range(0xC0, 0xD0) and marker not in (0xC4, 0xC8, 0xCC) and len(body) > 5:
            progressive = marker in (0xC2, 0xC6, 0xCA, 0xCE)
            parts = body[5]
            factors = [(byte >> 4, byte & 15) for byte in body[7 : 6 + 3 * parts : 3]]
            across, down = (max(each) for each in zip((1, 1), *factors, strict=True))
            samples = sum(one * other for one, other in factors) / (across * down)
            at += 2 + length
        else:
            at += 2 if marker == 0x01 or 0xD0 <= marker <= 0xD8 else 2 + max(2, length)
    return 0, 1


def _smoothed(image: Image.Image, kind: str) -> Image.Image:
    """A palette and bare black and white can only be made smaller as colours and greys."""
    if image.mode == '1':
        return image.convert('L')
    if image.mode not in ('P', 'PA', 'LA', 'RGBa', 'La') and 'transparency' not in image.info:
        return image
    clear = kind != 'JPEG' and (image.mode != 'P' or 'transparency' in image.info)
    return image.convert('RGBA' if clear else 'RGB')


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith('I'):  # sixteen bits of grey
        return image.convert('I').point(lambda value: value / 256).convert('L')
    return image if image.mode in ('RGB', 'RGBA', 'L', 'CMYK') else image.convert('RGB')


def _too_large(image: Image.Image, kind: str) -> str:
    if image.width * image.height > MOST_PIXELS:
        return _more_than(MOST_PIXELS)
    size = f'The picture has {image.width} × {image.height} pixels'
    if kind == 'JPEG':
        return (
            f'{size} and is saved as a “progressive” JPEG, which takes much to open. '
            'Save it as an ordinary one, or make it smaller, and choose it again.'
        )
    name = {'WEBP': 'WebP'}.get(kind, kind)
    most = MOST_HELD * image.width * image.height // (planned(image, kind, b'').held * 1_000_000)
    return (
        f'{size}; saved as {name} it may have at most {most} million in all. '
        'Make it smaller, or save it as JPEG, and choose it again.'
    )


def _more_than(pixels: int) -> str:
    return f'The picture has more than {pixels // 1_000_000} million pixels. Make it smaller and choose it again.'
