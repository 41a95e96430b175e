"""Pictures that people send in: checked, stripped to the picture itself, kept once."""

import hashlib
import io
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Model

from ukis.pictures import store, turns
from ukis.pictures.models import Picture
from ukis.pictures.refused import RefusedPicture

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 15_000_000

EXTENSIONS = {'JPEG': 'jpg', 'PNG': 'png', 'WEBP': 'webp', 'AVIF': 'avif'}
_SAVING: dict[str, dict[str, Any]] = {
    'JPEG': {'quality': 88, 'optimize': True, 'progressive': True},
    'PNG': {'compress_level': 6},
    'WEBP': {'quality': 88, 'method': 4},
}


class Upload(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def accept(upload: Upload, by: Model | None) -> Picture:
    """The picture, re-encoded, upright, in sRGB and without metadata; an equal one kept already is returned.

    The one way in, for everybody's pictures. `upload`: anything that reads bytes, from its present place.
    `by`: the person. Raises RefusedPicture, of which Busy and StoreAway say that it may be tried again.
    """
    from ukis.pictures import opening  # Pillow, which visitors' pages have no use for

    with turns.uploading():
        source = upload.read(MAX_BYTES + 1)
        if len(source) > MAX_BYTES:
            raise RefusedPicture(
                f'The picture is larger than {MAX_BYTES // 1_000_000} MB. Make it smaller and try again.'
            )
        if not source:
            raise RefusedPicture('The file is empty. Choose the picture again.')
        with turns.decoding():
            image, kind = opening.opened(source)
            content = encoded(image, kind, **_SAVING[kind])
        facts = {'format': kind, 'width': image.width, 'height': image.height, 'uploaded_by': by}
        del image, source  # while the store takes its time
        return _kept(content, facts)


def _kept(content: bytes, facts: dict[str, Any]) -> Picture:
    digest = hashlib.sha256(content).hexdigest()
    # Wanted again: said with a write, so that the clock, which clears away what nothing shows, has it or leaves it.
    known, name = (
        Picture.objects.filter(hash=digest),
        f'pictures/{digest[:2]}/{digest}.{EXTENSIONS[facts["format"]]}',
    )
    wanted_again = {'unused_since': None, 'sized_at': None, 'try_again_at': None}
    if known.exclude(unused_since=None).update(**wanted_again):
        store.keep(name, content)  # whoever began to clear it away may have been killed
        return known.get()
    if kept := known.first():
        return kept
    name = store.keep(name, content)
    facts |= {'file': name, 'size': len(content)}
    picture, made = Picture.objects.get_or_create(hash=digest, defaults=facts)
    if not made and picture.file.name != name:  # somebody sent the same at the same moment
        store.forget(name)
    return picture


def encoded(image: 'Image', kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def address(picture: Picture) -> str:
    """As it stands in the words of a post, wherever the store may be: /media/…"""
    return f'/media/{picture.file.name}'
