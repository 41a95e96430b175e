"""One name of the byline as an editor puts it right on the desk, with its portrait."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms

from blog.forms.byline import BylineNameForm, line_of
from blog.models import Authorship, Version
from members.models import Person
from ukis.pictures.fields import PictureField
from ukis.pictures.models import Picture
from ukis.unsaved.both import NOTHING, Both


class PortraitForm(forms.Form):
    """The portrait beside a name: the one that stands, the one of the person's profile, another, or none."""

    choice = forms.ChoiceField(label='Portrait', widget=forms.RadioSelect, initial='keep', required=False)
    file = PictureField(label='A portrait')

    def __init__(
        self,
        data: Mapping | None = None,
        files: Any = None,
        *,
        row: Authorship,
        by: Person,
        prefix: str,
        began: Version | None = None,
    ) -> None:
        super().__init__(data, files, prefix=f'{prefix}-portrait')
        cast(PictureField, self.fields['file']).by = by
        self.row, self.profile, self.began = row, _public_photo(row.person), line_of(row, began)
        choices = [('keep', 'As it is' if row.picture_id else 'None')]
        if self.profile and self.profile.pk != row.picture_id:
            choices.append(('profile', 'The one on their page'))
        if row.picture_id:
            choices.append(('none', 'None'))
        cast(forms.ChoiceField, self.fields['choice']).choices = choices
        if len(choices) == 1:
            del self.fields['choice']

    def changes(self) -> dict[str, Any]:
        """What `workflow.change_byline` is to write."""
        given = self.cleaned_data
        if given.get('file'):
            return {'picture': given['file']}
        match given.get('choice'):
            case 'profile':
                return {'picture': self.profile}
            case 'none':
                return {'picture': None}
        return {}

    def overtaken(self, standing: Authorship) -> list[Both]:
        """Another portrait chosen here, and meanwhile by somebody else."""
        changes = self.changes()
        if not changes or self.began is None or self.began['picture'] == standing.picture_id:
            return []
        mine = changes['picture']
        if (mine.pk if mine else None) == standing.picture_id:
            return []
        theirs = 'the portrait that somebody put in' if standing.picture_id else NOTHING
        return [
            Both(f'{standing.name}: Portrait', theirs, 'the portrait that you chose' if mine else NOTHING)
        ]


def _public_photo(person: Person | None) -> Picture | None:
    return person.public_photo if person is not None else None


class LineForm:
    """One name of the byline as the editor puts it right, with its portrait; `apart`: what the profile says."""

    apart: Sequence[Any] = ()

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        row: Authorship,
        by: Person,
        began: Version | None = None,
    ) -> None:
        self.row, prefix = row, f'name-{row.pk}'
        # One added meanwhile was not on the page that was sent: it stays as it is.
        sent = data if data is not None and f'{prefix}-name' in data else None
        self.name = BylineNameForm(sent, row=row, by=row.person or by, prefix=prefix, began=began)
        self.portrait = PortraitForm(
            sent, files if sent else None, row=row, by=by, prefix=prefix, began=began
        )
        self.name.fields['name'].required = True

    @property
    def errors(self) -> dict[str, Any]:
        return {**self.name.errors, **self.portrait.errors}

    def non_field_errors(self) -> list[str]:
        return [*self.name.non_field_errors(), *self.portrait.non_field_errors()]

    def visible_fields(self) -> list[forms.BoundField]:
        return [*self.name.visible_fields(), *self.portrait.visible_fields()]

    def changes(self) -> dict[str, Any]:
        if not self.name.is_bound:
            return {'pk': self.row.pk}
        return {'pk': self.row.pk, **self.name.changes(), **self.portrait.changes()}

    def overtaken(self, standing: Authorship | None) -> list[Both]:
        """What somebody else changed meanwhile to something other; nothing of a name that is not there any more."""
        if standing is None or not self.name.is_bound:
            return []
        return [*self.name.overtaken(standing), *self.portrait.overtaken(standing)]
