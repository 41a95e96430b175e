"""A form as it was shown to somebody. The page holds it sealed, and sends it along with all that is typed there."""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Model
from django.http import HttpRequest

from ukis.unsaved.models import Buffer, BufferQuerySet

SALT = 'a form that somebody types in'


@dataclass(frozen=True)
class Sheet:
    writer: int
    form: str
    content_type: int
    object_id: int
    page: str
    started_from: str
    known: tuple[str, ...]  # the marks of what was kept already, and told

    @classmethod
    def shown(
        cls,
        request: HttpRequest,
        form: str,
        about: Model | type[Model],
        *,
        page: str,
        started_from: object = '',
        known: tuple[str, ...] = (),
    ) -> 'Sheet':
        """`about` is the row, or its model where there is none yet."""
        content_type = ContentType.objects.get_for_model(about)
        key = (about.pk or 0) if isinstance(about, Model) else 0
        return cls(int(request.user.pk or 0), form, content_type.pk, key, page, str(started_from), known)

    def sealed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def opened(cls, token: str) -> 'Sheet | None':
        """None where the page did not get it from here."""
        try:
            held: dict[str, Any] = signing.loads(token, salt=SALT)
            return cls(**{**held, 'known': tuple(held['known'])})
        except (signing.BadSignature, TypeError, KeyError):
            return None

    def buffers(self) -> BufferQuerySet:
        """What its writer typed into this form, on whatever page."""
        return Buffer.objects.of(self.writer).in_form(self.form, self.content_type, self.object_id)
