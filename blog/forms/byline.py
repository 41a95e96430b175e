"""The names under a submission: how each is to be printed, and somebody else to be named."""

import re
from collections.abc import Mapping
from typing import Any, cast

from allauth.account.models import EmailAddress
from django import forms

from blog.models import Authorship, Submission, Version
from members.models import Organisation, Person
from ukis.lines import one_line
from ukis.unsaved.both import NOTHING, Both

NO_PLACE, TYPED_PLACE = 'none', 'typed'
KNOWN = {'name': 'name', 'role': 'organization-title', 'affiliation': 'organization'}


class BylineNameForm(forms.Form):
    """One name under the submission, as it is to be printed."""

    name = forms.CharField(label='Name to print', required=False, max_length=200)
    role = forms.CharField(label='Job title to print', required=False, max_length=200)
    place = forms.ChoiceField(label='Organisation to print', required=False)
    affiliation = forms.CharField(
        label='Organisation, as it is to be printed', required=False, max_length=200
    )
    biography = forms.CharField(
        required=False,
        max_length=3_000,
        help_text='About 80 words, in the third person. It is printed under the text.',
        widget=forms.Textarea(attrs={'rows': 5}),
    )
    can_edit = forms.BooleanField(label='May change the text', required=False)
    printed = forms.ChoiceField(
        label='Whose text it is',
        required=False,
        choices=[
            ('yes', 'Their own: the name is printed'),
            ('no', 'Somebody else’s, for whom they handle it: the name is not printed'),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Mapping | None = None,
        *,
        row: Authorship,
        by: Person,
        prefix: str,
        typed: Mapping[str, str] | None = None,
        whole: bool = False,
        began: Version | None = None,
    ) -> None:
        """`whole`: with what only the byline's own page asks, the right to change the text. `began`: the version
        that the page was made from, so that only what was changed on it is written."""
        self.row, self.own = row, row.person_id == by.pk
        self.began = line_of(row, began)
        self.places = _places(row, by)
        initial = {
            name: getattr(row, name) for name in ('name', 'role', 'affiliation', 'biography', 'can_edit')
        }
        initial['printed'] = 'yes' if row.printed else 'no'
        initial['place'] = self._place()
        if initial['place'].isdigit():
            initial['affiliation'] = ''
        if typed is not None:
            initial |= {
                name: typed[f'{prefix}-{name}'] for name in self.base_fields if f'{prefix}-{name}' in typed
            }
        super().__init__(data, initial=initial, prefix=prefix)
        self._only_what_fits(whole)
        for name, known in KNOWN.items():
            # What a browser knows of whoever sits before it is right for one's own line and for no other.
            if name in self.fields:
                self.fields[name].widget.attrs['autocomplete'] = known if self.own else 'off'

    def _place(self) -> str:
        organisation = self.row.organisation
        if organisation and self.row.affiliation in ('', organisation.name, organisation.short_name):
            return str(organisation.pk)
        return TYPED_PLACE if self.row.affiliation else NO_PLACE

    def _only_what_fits(self, whole: bool) -> None:
        if not whole or self.row.person_id is None or self.row.corresponding:
            del self.fields['can_edit']
        if not whole or not self.row.corresponding:
            del self.fields['printed']
        if not self.row.printed:
            # Of a name that is not printed there is nothing to say but whether it is to be.
            self.fields = {name: field for name, field in self.fields.items() if name == 'printed'}
            return
        if not self.places:
            del self.fields['place']
            return
        place = cast(forms.ChoiceField, self.fields['place'])
        place.choices = [
            *((str(pk), organisation.name) for pk, organisation in self.places.items()),
            (TYPED_PLACE, 'As I write it here'),
            (NO_PLACE, 'None'),
        ]
        self.fields['affiliation'].help_text = 'Only if you chose to write it here.'

    def fields_to_print(self) -> dict[str, Any]:
        """Fields of an Authorship, for `workflow.change_byline`."""
        given = self.cleaned_data
        rights: dict[str, Any] = {'can_edit': given['can_edit']} if 'can_edit' in self.fields else {}
        if given.get('printed'):
            rights['printed'] = given['printed'] == 'yes'
        if 'name' not in self.fields:
            return rights
        place = given.get('place') or TYPED_PLACE
        organisation = self.places.get(int(place)) if place.isdigit() else None
        typed = one_line(given['affiliation']) if place == TYPED_PLACE else ''
        # Words of one's own beside an organisation that is known stay tied to it.
        if typed:
            same = typed == self.row.affiliation
            organisation = (self.row.organisation if same else None) or Organisation.objects.called(typed)
        return rights | {
            'name': one_line(given['name']),
            'role': one_line(given['role']),
            'organisation': organisation,
            'affiliation': typed or self._printed(organisation),
            'biography': given['biography'].strip(),
        }

    def _printed(self, organisation: Organisation | None) -> str:
        """Its full name; beside an organisation that stays, what stands there stays."""
        if organisation and organisation.pk == self.row.organisation_id and self.row.affiliation:
            return self.row.affiliation if self._place() == str(organisation.pk) else organisation.name
        return organisation.name if organisation else ''

    def changes(self) -> dict[str, Any]:
        """What was changed on the page: what somebody else changed meanwhile is left as they made it."""
        given = self.fields_to_print()
        if self.began is None:
            return given
        return {
            name: value
            for name, value in given.items()
            if name not in self.began or _key(value) != self.began[name]
        }

    def overtaken(self, standing: Authorship | None = None) -> list[Both]:
        """What was changed on the page, and meanwhile by somebody else to something other; `standing`: the row as it
        was read again under the lock."""
        found: list[Both] = []
        row = standing or self.row
        if self.began is None:
            return found  # the page began from nothing that could be compared
        for name, value in self.changes().items():
            now = getattr(row, name)
            if now == value or name not in self.began or _key(now) == self.began[name]:
                continue
            label = 'Organisation to print' if name == 'organisation' else self[name].label
            found.append(Both(f'{row.name}: {label}', str(now or NOTHING), str(value or NOTHING)))
        return found

    def differs(self) -> bool:
        """Whether something else is to be printed than stands there."""
        return any(getattr(self.row, name) != value for name, value in self.changes().items())


def _key(value: Any) -> Any:
    """As a version's byline holds it."""
    return value.pk if isinstance(value, Organisation) else value


def line_of(row: Authorship, version: Version | None) -> dict[str, Any] | None:
    """The row's line in the byline of that version."""
    lines = version.byline if version else []
    known = next((line for line in lines if row.person_id and line['person'] == row.person_id), None)
    # By their name too: one that is not the person's own is printed without them.
    guests = [line for line in lines if line['person'] is None]
    known = known or next((line for line in guests if line['name'] == row.name), None)
    if known or row.person_id:
        return known
    # Somebody gave them another name meanwhile: theirs is the one line that nobody bears now.
    names = {other.name for other in row.submission.authorships.all()}
    left = [line for line in guests if line['name'] not in names]
    return left[0] if len(left) == 1 else None


def _places(row: Authorship, by: Person) -> dict[int, Organisation]:
    """The organisations that may stand beside a name: the one that does, and for oneself one's own."""
    places = {row.organisation.pk: row.organisation} if row.organisation else {}
    if row.person_id == by.pk:
        affiliations = by.affiliations.current().select_related('organisation')
        places |= {one.organisation_id: one.organisation for one in affiliations}
    return places


class CoauthorForm(forms.Form):
    """Somebody else to be named, by a name and an address. Nobody is looked up: an address tells nothing of whose it
    is, and whoever has it hears of it by letter and is asked."""

    email = forms.EmailField(
        max_length=254,
        label='Their email address',
        help_text='It is never printed. A letter there asks whether they agree.',
        widget=forms.EmailInput(attrs={'autocomplete': 'off'}),
    )
    name = forms.CharField(
        label='Their name, as it is to be printed',
        max_length=200,
        widget=forms.TextInput(attrs={'autocomplete': 'off'}),
    )

    def __init__(
        self,
        data: Mapping | None = None,
        *,
        submission: Submission,
        by: Person,
        initial: dict[str, str] | None = None,
    ) -> None:
        self.submission, self.by = submission, by
        super().__init__(data, prefix='new', initial=initial)

    def clean_email(self) -> str:
        email = self.cleaned_data['email'].strip().lower()
        names = [row for row in self.submission.authorships.all() if not row.came_off_at]
        if any(row.email.lower() == email for row in names):
            raise forms.ValidationError('You have named somebody by this address already.')
        if EmailAddress.objects.filter(user=self.by, email__iexact=email).exists():
            raise forms.ValidationError('This is your own address, and you are named already.')
        return email


def moved(do: str, names: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The names in the order that a button asks for: 'up-7', 'down-7'; any other leaves it."""
    found = re.fullmatch('(up|down)-([0-9]{1,12})', do)
    at = next((n for n, name in enumerate(names) if found and name.get('pk') == int(found[2])), None)
    if found is None or at is None:
        return names
    others = [*names[:at], *names[at + 1 :]]
    others.insert(max(0, at + (1 if found[1] == 'down' else -1)), names[at])
    return others
