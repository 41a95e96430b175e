"""Files that applicants sent: to be kept by whoever may read them, never to be shown as a page of ours."""

from urllib.parse import quote

from django.http import HttpResponse

from members.models import AnsweredFile


def given_out(file: AnsweredFile) -> HttpResponse:
    response = HttpResponse(bytes(file.content), content_type=file.kind)
    response.headers['Content-Disposition'] = f"attachment; filename*=UTF-8''{quote(file.answer.value)}"
    response.headers['Content-Security-Policy'] = "default-src 'none'; sandbox"
    response.headers['X-Content-Type-Options'] = 'nosniff'
    response.headers['Cache-Control'] = 'private, no-store'
    return response
