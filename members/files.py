"""Files that people sent: to be kept by whoever may read them, never to be shown as a page of ours."""

from urllib.parse import quote

from django.http import HttpResponse

from members.models import AnsweredFile


def given_out(file: AnsweredFile) -> HttpResponse:
    return to_keep(bytes(file.content), file.kind, file.answer.value)


def to_keep(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers['Content-Disposition'] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers['Content-Security-Policy'] = "default-src 'none'; sandbox"
    response.headers['X-Content-Type-Options'] = 'nosniff'
    response.headers['Cache-Control'] = 'private, no-store'
    return response
