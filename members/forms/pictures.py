"""A form about somebody or something of which there is one picture."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from ukis.pictures.fields import PictureField


class PicturedForm(forms.ModelForm):
    """Its fields `<pictured>_file` and `remove_<pictured>` change the row's picture when it is saved."""

    pictured: ClassVar[str]
    sent_by: Model | None = None  # whose upload it is; the row itself where nobody else is named

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get(f'{self.pictured}_file')
        if isinstance(field, PictureField):
            field.by = self.sent_by or self.instance

    def save(self, commit: bool = True) -> Any:
        if picture := self.cleaned_data.get(f'{self.pictured}_file'):
            setattr(self.instance, self.pictured, picture)
        elif self.cleaned_data.get(f'remove_{self.pictured}'):
            setattr(self.instance, self.pictured, None)
        return super().save(commit)

    def will_have_picture(self) -> bool:
        """Once this is saved; for what depends on it, in `clean`."""
        data = self.cleaned_data
        stays = getattr(self.instance, f'{self.pictured}_id') and not data.get(f'remove_{self.pictured}')
        return bool(data.get(f'{self.pictured}_file') or stays)
