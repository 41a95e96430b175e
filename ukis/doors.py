"""Which of staff may open some pages, and what everybody else is told."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class Door:
    """Of some pages of the admin. It opens to whoever has all `permissions`; `refusal` is what others read."""

    def __init__(self, refusal: str, *permissions: str) -> None:
        self.refusal, self.permissions = refusal, permissions

    def opens_for(self, person: Any) -> bool:
        return person.has_perms(self.permissions)

    def opened(self, request: HttpRequest) -> Any:
        """Who comes in by it."""
        if not self.opens_for(request.user):
            self.refuse(request)
        return request.user

    def refuse(self, request: HttpRequest, **address: object) -> NoReturn:
        raise PermissionDenied(self.refusal)
