"""An organisation's listing as its own contacts would have it."""

from typing import Any

from django import forms

from members.forms.organisations import OrganisationForm
from members.models import ChangeProposal, Organisation, Person
from members.organisations import proposals
from ukis.unsaved.standing import began_from

Field = ChangeProposal.Field


class ListingForm(OrganisationForm):
    """Begins from what waits, where something does; it is never saved itself."""

    slip = None  # type: ignore[assignment]  # as Django takes a field away

    class Meta(OrganisationForm.Meta):
        fields = ['short_name', 'description', 'website', 'links', 'nations', 'topics', 'logo_alt']
        widgets = {
            'description': forms.Textarea(attrs={'rows': 6}),
            'links': forms.Textarea(attrs={'rows': 4}),
        }
        labels = {**OrganisationForm.Meta.labels, 'description': 'What it is and does'}
        help_texts = {
            **OrganisationForm.Meta.help_texts,
            'short_name': 'As people say it, where there is little room.',
            'description': 'A few sentences for everybody.',
        }

    field_order = [
        'short_name',
        'description',
        'website',
        'links',
        'nations',
        'topics',
        'logo_file',
        'remove_logo',
        'logo_alt',
    ]

    def __init__(self, *args: Any, by: Person | None = None, **kwargs: Any) -> None:
        self.sent_by = by
        instance: Organisation = kwargs['instance']
        waiting = instance.proposals.filter(decision=ChangeProposal.Decision.WAITING) if instance.pk else []
        self.waiting = {proposal.field: proposal for proposal in waiting if proposal.is_of_listing}
        given = {name: row.wanted for name, row in self.waiting.items() if name != Field.LOGO}
        if proposed := self.waiting.get(Field.LOGO):
            given['logo_alt'] = proposed.wanted['words']
        super().__init__(*args, **{**kwargs, 'initial': given})
        if not instance.logo_id:
            del self.fields['remove_logo']
        self.fields['began'] = began_from(self)

    def wanted(self) -> dict[str, Any]:
        """Each field as it is to be, for `proposals.propose`."""
        data = self.cleaned_data
        found: dict[str, Any] = {
            'short_name': data['short_name'],
            'description': data['description'],
            'website': data['website'],
            'links': data['links'],
            'nations': sorted(data['nations']),
            'topics': sorted(data['topics']),
        }
        if 'logo_file' in self.changed_data or data.get('remove_logo') or 'logo_alt' in self.changed_data:
            found['logo'] = self._logo()
        return found

    @property
    def picture(self) -> Any:
        """The picture that is to be the logo."""
        if self.cleaned_data.get('remove_logo'):
            return None
        proposed = self.waiting.get(Field.LOGO)
        stands = proposed.picture if proposed else self.instance.logo
        return self.cleaned_data.get('logo_file') or stands

    def _logo(self) -> dict[str, Any]:
        picture = self.picture
        words = self.cleaned_data['logo_alt'] if picture else ''
        return {'picture': picture.pk if picture else None, 'words': words}


class DecideForm(forms.ModelForm):
    """What staff say to a proposal, having seen what the listing says now."""

    decide = forms.ChoiceField(
        label='What becomes of it?',
        choices=[('accept', 'Accept it: it shows at once'), ('decline', 'Decline it')],
        widget=forms.RadioSelect,
        error_messages={'required': 'Choose one of the two.'},
    )
    reason = forms.CharField(
        label='Why not',
        required=False,
        max_length=300,
        help_text='Where you decline it. Whoever proposed it reads it.',
    )
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ChangeProposal
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and 'seen' in self.fields:
            now = proposals.standing(self.instance.organisation, self.instance.field)
            self.fields['seen'].initial = self.initial['seen'] = now

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (
            data.get('decide') == 'decline'
            and not data.get('reason', '').strip()
            and 'reason' not in self.errors
        ):
            self.add_error('reason', 'Say why, so that they know what to do.')
        return data
