"""The fields in which tags are typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ukis.tags import finding
from ukis.tags.naming import parted


class TagNamesField(forms.CharField):
    """Names between commas, each once, as the tags are called that stand for them today.

    What it answers is read by anybody who may type there: tags that are not public yet are no tags.
    """

    most: int | None = None

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> list[str]:
        names = finding.as_they_stand(parted(super().clean(value)), waiting=False)
        if self.most is not None and len(names) > self.most:
            raise ValidationError(f'Choose at most {self.most} tags.')
        return names


class TagsField(TagNamesField):
    """The same for what a row carries."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs['help_text'] = 'Separated by commas.'
        super().__init__(**{'max_length': 2_000, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return ', '.join(sorted(_names([value] if hasattr(value, 'name') else value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return sorted(self.clean(data)) != sorted(_names(initial or ()))
        except ValidationError:
            return True


def _names(tags: Iterable[Any]) -> list[str]:
    return [getattr(tag, 'name', tag) for tag in tags]
