"""Pictures that people send in: checked, stripped to the picture itself, kept once, made in several sizes."""

import hashlib
import io
import logging
import struct
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError

from ukis.pictures.models import Picture

log = logging.getLogger(__name__)

MAX_BYTES = 15_000_000
MAX_PIXELS = 50_000_000
MAX_SIDE = 3200  # the original is kept no larger: twice the widest that is shown
MIN_SIDE = 16
MAX_PROFILE = 65_536  # bytes of a colour profile

WIDTHS = (320, 640, 960, 1600)
WEBP: dict[str, Any] = {'quality': 80, 'method': 4}
AVIF: dict[str, Any] = {'quality': 55, 'speed': 8}
_EXTENSIONS = {'JPEG': 'jpg', 'PNG': 'png', 'WEBP': 'webp', 'AVIF': 'avif'}
_SAVING: dict[str, dict[str, Any]] = {
    'JPEG': {'quality': 88, 'optimize': True, 'progressive': True},
    'PNG': {'compress_level': 6},
    'WEBP': {'quality': 88, 'method': 4},
}
# The last two: what damaged EXIF makes of Pillow.
_BROKEN = (
    *(UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError),
    *(TypeError, struct.error),
)


class RefusedPicture(Exception):
    """Says to the person, in a sentence, what is wrong with the picture and what to do."""


class Upload(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def accept(upload: Upload, by: Model | None) -> Picture:
    """The picture, re-encoded, upright and without metadata; an equal one that is kept already is returned.

    `upload`: anything that reads bytes, from its present place. `by`: the person. Raises RefusedPicture.
    """
    source = upload.read(MAX_BYTES + 1)
    if len(source) > MAX_BYTES:
        raise RefusedPicture(
            f'The picture is larger than {MAX_BYTES // 1_000_000} MB. Make it smaller and try again.'
        )
    if not source:
        raise RefusedPicture('The file is empty. Choose the picture again.')
    image, kind = _opened(source)
    content = _encoded(image, kind, **_SAVING[kind])
    digest = hashlib.sha256(content).hexdigest()
    if kept := Picture.objects.filter(hash=digest).first():
        return kept
    name = _stored(f'pictures/{digest[:2]}/{digest}.{_EXTENSIONS[kind]}', content)
    facts = {
        'file': name,
        'format': kind,
        'width': image.width,
        'height': image.height,
        'size': len(content),
        'uploaded_by': by,
    }
    picture, made = Picture.objects.get_or_create(hash=digest, defaults=facts)
    if not made and picture.file.name != name:  # somebody sent the same at the same moment
        default_storage.delete(name)
    return picture


def make_sizes(picture: Picture) -> None:
    """Writes the widths in which it is shown, as WebP, and as AVIF where that is smaller altogether."""
    with picture.file.open('rb') as file, Image.open(file, formats=list(_SAVING)) as original:
        original.load()
        scaled = [_scaled(original, width) for width in _widths(picture.width)]
        sets = {
            kind: [_encoded(image, kind, **how) for image in scaled]
            for kind, how in (('WEBP', WEBP), ('AVIF', AVIF))
        }
    if sum(map(len, sets['AVIF'])) >= sum(map(len, sets['WEBP'])):
        del sets['AVIF']
    sizes = []
    for kind, contents in sets.items():
        for image, content in zip(scaled, contents, strict=True):
            name = f'pictures/{picture.hash[:2]}/{picture.hash}-{image.width}.{_EXTENSIONS[kind]}'
            sizes.append(
                {
                    'format': kind.lower(),
                    'width': image.width,
                    'height': image.height,
                    'name': _stored(name, content),
                    'bytes': len(content),
                }
            )
    picture.sizes = sorted(sizes, key=lambda size: (size['width'], size['format']))
    picture.sized_at = timezone.now()
    picture.save(update_fields=['sizes', 'sized_at'])


def make_missing_sizes(limit: int) -> int:
    """Of the newest pictures without sizes, at most `limit`; how many were done. A failure stops no other."""
    done = 0
    failed: Exception | None = None
    for picture in Picture.objects.filter(sized_at=None).order_by('-pk')[:limit]:
        try:
            make_sizes(picture)
            done += 1
        except Exception as error:
            log.warning('No sizes could be made of picture %s: %s', picture, error)
            failed = error
    if failed:
        raise failed
    return done


def _opened(source: bytes) -> tuple[Image.Image, str]:
    """The picture, upright, in a mode that its format can hold, and its format. Nothing huge is decoded."""
    try:
        image = Image.open(io.BytesIO(source), formats=list(_SAVING))
    except Image.DecompressionBombError:
        raise RefusedPicture(_too_many_pixels()) from None
    except _BROKEN:
        raise RefusedPicture(
            'This is not a picture that we can read. Save it as JPEG, PNG or WebP and choose it again.'
        ) from None
    if image.width * image.height > MAX_PIXELS:
        raise RefusedPicture(_too_many_pixels())
    if min(image.size) < MIN_SIDE:
        raise RefusedPicture('The picture is too small to be shown. Choose a larger one.')
    kind = 'JPEG' if image.format == 'MPO' else image.format or ''  # MPO: what some telephones call JPEG
    profile = image.info.get('icc_profile', b'')
    try:
        if kind == 'JPEG':
            image.draft(None, (MAX_SIDE, MAX_SIDE))
        image.load()
        mode = image.mode
        upright = _plain(ImageOps.exif_transpose(image), kind)
        upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    except _BROKEN:
        raise RefusedPicture(
            'The picture is damaged and cannot be read to its end. Save it anew and choose it again.'
        ) from None
    upright.info = {}
    if profile and len(profile) <= MAX_PROFILE and upright.mode.startswith(mode[:3]):
        upright.info = {'icc_profile': profile}
    return upright, kind


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """In one of the modes RGB, RGBA and L."""
    if image.mode.startswith('I'):  # sixteen bits of grey
        image = image.convert('I').point(lambda value: value / 256).convert('L')
    if image.mode in ('RGB', 'L'):
        return image
    clear = image.mode in ('RGBA', 'LA', 'PA', 'RGBa', 'La') or 'transparency' in image.info
    return image.convert('RGBA' if clear and kind != 'JPEG' else 'RGB')


def _too_many_pixels() -> str:
    return (
        f'The picture has more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller and try again.'
    )


def _widths(width: int) -> list[int]:
    widths = [wanted for wanted in WIDTHS if wanted < width]
    return [*widths, width] if width <= WIDTHS[-1] else [*WIDTHS]


def _scaled(image: Image.Image, width: int) -> Image.Image:
    scaled = image.copy()
    scaled.info = {key: value for key, value in image.info.items() if key == 'icc_profile'}
    if width == image.width:
        return scaled
    resized = scaled.resize(
        (width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS
    )
    resized.info = scaled.info
    return resized


def _encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    if profile := image.info.get('icc_profile'):
        how['icc_profile'] = profile
    image.save(out, kind, **how)
    return out.getvalue()


def _stored(name: str, content: bytes) -> str:
    """The name under which the store keeps it. What a killed process left half written gives way."""
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return name
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))


def address(picture: Picture) -> str:
    """As it stands in the words of a post, wherever the store may be: /media/…"""
    return f'/media/{picture.file.name}'
