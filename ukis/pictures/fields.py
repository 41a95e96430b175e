"""The one field by which a form takes a picture."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ukis.pictures.intake import MAX_BYTES, accept
from ukis.pictures.models import Picture
from ukis.pictures.refused import RefusedPicture

ACCEPT = {'accept': 'image/jpeg,image/png,image/webp'}


def taken(upload: Any, by: Model | None) -> Picture | RefusedPicture:
    """Taken once, however often and wherever in a request it is asked for."""
    if not hasattr(upload, 'taken'):
        try:
            upload.taken = accept(upload, by)
        except RefusedPicture as refusal:
            upload.taken = refusal
    return upload.taken


class PictureInput(forms.FileInput):
    """A browser forgets the file when a form comes back for another reason; this names the one taken before."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """A new file, else the name of one that was taken before."""
        return super().value_from_datadict(data, files, name) or data.get(f'{name}-kept') or None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = super().render(name, None, attrs, renderer)
        kept = value if isinstance(value, str) else getattr(value, 'kept', '')
        if not kept:
            return shown
        return format_html(
            '<p class="hint">The picture you chose is here. Choose another only to replace it.</p>'
            '<input type="hidden" name="{}-kept" value="{}">{}',
            name,
            kept,
            shown,
        )


class PictureField(forms.FileField):
    """`cleaned_data` holds the kept Picture, or None where nothing was chosen; what is wrong stands at the field.

    The form says whose it is before it is validated: `self.fields['photo_file'].by = person`. It is no field of
    the model's: the form puts the Picture where it belongs.
    """

    widget = PictureInput
    by: Model | None = None

    def __init__(self, *, shows: str = '', **kwargs: Any) -> None:
        """`shows`: a sentence before the one that all of these say."""
        kinds = f'JPEG, PNG or WebP, up to {MAX_BYTES // 1_000_000} MB.'
        super().__init__(
            allow_empty_file=True,  # refused as a picture, in its words
            **{'required': False, 'help_text': f'{shows} {kinds}'.strip(), **kwargs},
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | ACCEPT

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was sent is shown again, for its widget to say that it is kept."""
        return data

    def clean(self, data: Any, initial: Any = None) -> Picture | None:
        if isinstance(data, str):
            return self._kept(data)
        upload = super().clean(data)
        if not isinstance(upload, UploadedFile):
            return None
        picture = taken(upload, self.by)
        if isinstance(picture, RefusedPicture):
            raise forms.ValidationError(str(picture), code='refused') from picture
        upload.kept = self._signer().sign(str(picture.pk))  # type: ignore[attr-defined]
        return picture

    def _kept(self, token: str) -> Picture | None:
        try:
            return Picture.objects.filter(pk=self._signer().unsign(token)).first()
        except BadSignature:
            return None

    def _signer(self) -> Signer:
        """Nobody can name a picture that they did not send in themselves."""
        return Signer(salt=f'picture of {self.by.pk if self.by else None}')
