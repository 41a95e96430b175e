"""What a form began from: a signed note of what stood when it was shown, compared when it is sent.

The row must be locked, and read after that, before such a form is made of it: then of two that began from the same
only the first is taken.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Model
from django.forms.models import construct_instance

from ukis.refusals import SAVED_SINCE


class Began(forms.CharField):
    """The hidden field `began`. It refuses what began from something else than stands now, and what does not say.

    A form that comes back names what stands now: sent once more it goes knowingly over that.
    """

    widget = forms.HiddenInput

    def __init__(self, about: str, state: Mapping[str, str]) -> None:
        super().__init__(required=False)
        self.salt = f'what a form about {about} began from'
        self.state = dict(state)
        self.is_stale = False
        self._seal()

    def _seal(self) -> None:
        self.initial = signing.dumps(self.state, salt=self.salt, compress=True)

    def hang(self, rows: Mapping[str, str]) -> None:
        """What is changed on the same page."""
        self.state |= rows
        self._seal()

    def clean(self, value: str | None) -> str:
        if not self.is_from_here(value):
            self.is_stale = True
            raise forms.ValidationError(SAVED_SINCE, code='stale')
        return str(value)

    def is_from_here(self, value: str | None) -> bool:
        """Whether a form began from what stands."""
        try:
            return signing.loads(value or '', salt=self.salt) == self.state
        except signing.BadSignature:
            return False

    def bound_data(self, data: Any, initial: Any) -> Any:
        return self.initial

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def began_from(form: forms.BaseModelForm) -> Began:
    """The field for a form about a row that there is: `self.fields['began'] = began_from(self)` at its making."""
    return Began(f'{form.instance._meta.label_lower} {form.instance.pk}', state_of(form))


def take(form: forms.BaseModelForm, row: Model) -> bool:
    """Puts the answers of a valid form onto its row as it was read again under the lock, to be saved.

    False where somebody saved meanwhile: the form is refused then, as one that was sent later. For forms that
    must not be checked under the lock, because that takes long.
    """
    now = type(form)(instance=row)
    began, fresh = form.fields['began'], now.fields['began']
    assert isinstance(began, Began) and isinstance(fresh, Began)  # noqa: PT018
    if not fresh.is_from_here(form['began'].data):
        form.initial, form.fields['began'] = now.initial, fresh
        fresh.is_stale = True
        form.add_error('began', SAVED_SINCE)
        return False
    construct_instance(form, row, form._meta.fields, form._meta.exclude)
    form.instance = row
    return True


def is_stale(form: forms.BaseForm) -> bool:
    """Whether a form that was sent began from something else than stands now."""
    began = form.fields.get('began')
    return form.is_bound and not form.is_valid() and isinstance(began, Began) and began.is_stale


def state_of(form: forms.BaseForm) -> dict[str, str]:
    """A short fingerprint of what each field shows of its row, sent or not."""
    return {name: _fingerprint(standing(form, name)) for name in form.fields if name != 'began'}


def state_of_rows(formsets: Iterable[forms.BaseModelFormSet]) -> dict[str, str]:
    """The same of each row in formsets that were not sent."""
    return {
        f'{formset.prefix} {form.instance.pk}': _fingerprint('\0'.join(standing(form, name) for name in form.fields))
        for formset in formsets
        for form in formset.initial_forms
    }  # fmt: skip


def standing(form: forms.BaseForm, name: str) -> str:
    """What a field shows of its row, as text."""
    field = form.fields[name]
    return _text(field.prepare_value(form.get_initial_for_field(field, name)))


def _text(value: Any) -> str:
    if value is None:
        return ''
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, list | tuple | set):
        return '\0'.join(sorted(_text(one) for one in value))
    return str(value)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
