"""Refusals in the words of the API: JSON with a sentence, which other sites may read as they read the rest."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

BEGINS = '/api/v1/'


class NotAnswered(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def is_asked(request: HttpRequest) -> bool:
    return request.path_info.startswith(BEGINS)


def refusal(status: int, sentence: str, **headers: str) -> HttpResponse:
    answer = HttpResponse(as_written({'status': status, 'error': sentence}), status=status)
    answer.headers['Content-Type'] = 'application/json'
    for name, value in headers.items():
        answer.headers[name.replace('_', '-')] = value
    return answer


def as_written(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
