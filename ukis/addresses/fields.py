"""The column and the form's field for an address."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact

from ukis.addresses.spelling import PATTERN, REFUSED, SIGNS, TAKEN, WIDTH, is_spelt

_CHECK = RegexValidator(rf'^{PATTERN}\Z', REFUSED)


class AddressFormField(forms.CharField):
    """Typed by hand: capitals and outer spaces are forgiven, anything else has to be an address."""

    default_validators = [_CHECK]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault('max_length', WIDTH)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or '').lower()


class AddressField(models.CharField):
    """An address of its own for every row. `views`: the pages that stand at it, the row's own first; `made_from`:
    what it is proposed from where it is empty (see `Addressed`).

    Validating a row also asks whether the address leads, or once led, to something else.
    """

    default_validators = [_CHECK]

    def __init__(self, *args: Any, views: tuple[str, ...] = (), made_from: str = '', **kwargs: Any) -> None:
        self.views, self.made_from = views, made_from
        own = {'max_length': WIDTH, 'unique': True, 'error_messages': {'unique': TAKEN}}
        super().__init__(*args, **{**own, **kwargs})

    def deconstruct(self) -> tuple:
        """The views and the sentence are no matter of the database."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop('error_messages', None)
        return name, 'ukis.addresses.fields.AddressField', args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{'form_class': AddressFormField, **kwargs})

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        from ukis.addresses.choosing import refuse_taken

        super().validate(value, model_instance)
        if model_instance is not None and is_spelt(value):
            refuse_taken(value, model_instance, self)


class _WellFormed(models.CheckConstraint):
    """For the database alone: forms have the field's own validator, and an empty address is filled at saving."""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        pass

    def deconstruct(self) -> tuple:
        _, args, kwargs = super().deconstruct()
        return 'django.db.models.CheckConstraint', args, kwargs


def well_formed(name: str, field: str = 'slug') -> models.CheckConstraint:
    """The database's own word for the pattern: what it held otherwise would bring down each page that links there.

    Said with what both databases know: with a regular expression SQLite could be copied and checked only by
    whoever brings one along.
    """
    without = Func(F(field), Value(SIGNS), function='LTRIM', output_field=models.CharField())
    edges = Q(**{field: ''}) | Q(**{f'{field}__startswith': '-'}) | Q(**{f'{field}__endswith': '-'})
    return _WellFormed(
        condition=Exact(without, Value('')) & ~edges & ~Q(**{f'{field}__contains': '--'}),
        name=name,
        violation_error_message=REFUSED,
    )
