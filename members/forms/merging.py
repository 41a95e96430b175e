"""Which other entry is the same, and what staff decide before two become one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin

from members.models import Organisation
from ukis import days
from ukis.keys import Autocomplete, KeyField
from ukis.merging import MergeChoice


class SameAsForm(forms.Form):
    """`row`: the one from whose page they come, which is kept."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model: Any = type(row)
        noun = str(model._meta.verbose_name)
        other = KeyField(
            model.objects.standing().exclude(pk=row.pk),
            widget=Autocomplete(model._meta.get_field('merged_into'), admin.site),
            label=f'The other {noun}',
            help_text='Nothing is done yet: the next page shows what would move, and asks what is to be decided.',
            error_messages={'required': f'Choose the {noun} that is here a second time.'},
        )
        other.names = admin.site.get_model_admin(model).search_fields  # type: ignore[assignment]
        self.fields['other'] = other


class FollowedForm(forms.Form):
    """What followed an organisation, and from which day: one, or several where it was split."""

    since = days.DayField(label='From which day?', initial=days.today)

    def __init__(self, *args: Any, row: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, label in enumerate(('What followed', 'And', 'And also')):
            field = KeyField(
                Organisation.objects.standing().exclude(pk=row.pk),
                widget=Autocomplete(Organisation._meta.get_field('part_of'), admin.site),
                label=label,
                required=number == 0,
                error_messages={'required': 'Choose the organisation that it is part of now.'},
            )
            field.names = admin.site.get_model_admin(Organisation).search_fields  # type: ignore[assignment]
            self.fields[f'successor{number}'] = field

    @property
    def successors(self) -> list[Organisation]:
        found = (value for name, value in self.cleaned_data.items() if name.startswith('successor') and value)
        return list(dict.fromkeys(found))


class MergeForm(forms.Form):
    """`state` is what the page showed; the rest is what has to be decided."""

    state = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, state: str, choices: Sequence[MergeChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields['state'].initial = state
        for choice in choices:
            self.fields[choice.name] = forms.ChoiceField(
                label=choice.question,
                choices=choice.options,
                initial=choice.initial,
                help_text=choice.help,
                widget=forms.RadioSelect,
                error_messages={'required': 'Choose one.'},
            )

    def show_again(self, state: str) -> None:
        """With what stands now: what was chosen stays chosen."""
        self.data = {**{name: self.data.get(name) for name in self.data}, 'state': state}

    def answers(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != 'state'}
