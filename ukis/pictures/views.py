"""Pictures: sent in from the editor, and served where no object store does it."""

import re

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.views.decorators.http import require_POST, require_safe

from ukis import pictures
from ukis.limits import HOUR, Limit
from ukis.pictures import store

# Nothing else of the store is public, and no other name can be asked for.
_PUBLIC = re.compile(
    r'pictures/[0-9a-f]{2}/[0-9a-f]{64}(?:-\d{1,4})?(?:_[A-Za-z0-9]{1,10})?\.(?:jpg|png|webp|avif)'
)
_TYPES = {'jpg': 'image/jpeg', 'png': 'image/png', 'webp': 'image/webp', 'avif': 'image/avif'}
_HEADERS = {
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'cross-origin',  # feed readers show them
    'X-Content-Type-Options': 'nosniff',
}
_UPLOADS = Limit('upload_picture', 120, HOUR)  # a person


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture, for ever: its name is that of its content."""
    if not _PUBLIC.fullmatch(path):
        raise Http404
    if not store.is_a_folder():
        return HttpResponseRedirect(default_storage.url(path))
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=_TYPES[path.rpartition('.')[2]], headers=_HEADERS)


@require_POST
def upload_picture(request: HttpRequest) -> JsonResponse:
    """{id, url, width, height} for the editor; {error: a sentence for the person} with 4xx."""
    if not request.user.is_authenticated:
        return _refused(
            'You are no longer signed in. Sign in in another tab, then choose the picture again.', 401
        )
    if not _UPLOADS.take(request.user.pk):
        return _refused('There were many pictures within one hour. Wait a little, then go on.', 429)
    upload = request.FILES.get('picture')
    if upload is None:
        return _refused('No picture arrived. Choose it again.', 400)
    try:
        picture = pictures.accept(upload, request.user)
    except (pictures.Busy, pictures.StoreAway) as refusal:
        return _refused(str(refusal), 503)
    except pictures.RefusedPicture as refusal:
        return _refused(str(refusal), 400)
    return JsonResponse(
        {'id': picture.pk, 'url': pictures.address(picture), 'width': picture.width, 'height': picture.height}
    )


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({'error': sentence}, status=status)
