"""The one form of a category: what everybody is asked, and what its own questions are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html

from members import likeness, registers
from members.applying import Said, SentFile, principles
from members.forms.answers import answer_field
from members.forms.invitations import NO_NOTES
from members.models import Application, Category, Organisation, Person
from members.models.people import Nation
from members.registers import Register
from ukis.lines import one_line

SEND, SAVE, SEAT = 'send', 'save', 'seat'
NEWS = 'Send me news of the Society, a few times a year.'
WITHOUT_NEWS = (
    'We write to you about this application in any case, and about your membership if you join. Members can ask to be '
    'introduced to you; you can refuse their notes.'
)
ADDRESS_ROWS = {'rows': 4}


class ApplicationForm(forms.Form):
    """`person`: who is signed in; `application`: the one that is gone on with. What is only saved may be incomplete,
    but not wrong."""

    name = forms.CharField(
        max_length=200, label='Your name', widget=forms.TextInput(attrs={'autocomplete': 'name'})
    )
    email = forms.EmailField(
        max_length=254,
        label='Your email address',
        help_text='We send a letter there, with a link by which you confirm it or come back.',
        widget=forms.EmailInput(attrs={'autocomplete': 'email'}),
    )
    job_title = forms.CharField(
        max_length=200,
        required=False,
        label='Your job title',
        widget=forms.TextInput(attrs={'autocomplete': 'organization-title'}),
    )
    organisation_name = forms.CharField(
        max_length=200,
        label='Name of the organisation',
        help_text='In full, as it is to stand in the directory and on invoices.',
        widget=forms.TextInput(attrs={'autocomplete': 'organization'}),
    )
    another = forms.BooleanField(
        required=False,
        label='Mine is another organisation',
    )
    organisation_kind = forms.ChoiceField(
        label='What it is', choices=[('', 'Choose one'), *Organisation.Kind.choices]
    )
    nations = forms.MultipleChoiceField(
        label='Nations in which it works', choices=Nation.choices, widget=forms.CheckboxSelectMultiple
    )
    nation = forms.ChoiceField(
        label='Where you live', choices=[('', 'Choose one'), *Nation.choices], required=False
    )
    website = forms.URLField(
        required=False, max_length=200, label='Website', assume_scheme='https',
        help_text='For example, https://www.institute.example',
        widget=forms.TextInput(attrs={'inputmode': 'url', 'autocomplete': 'url'}),
    )  # fmt: skip
    ccew = forms.CharField(
        max_length=20, required=False, label='Charity number, England and Wales',
        help_text='Only where it has one.',
    )  # fmt: skip
    oscr = forms.CharField(max_length=20, required=False, label='Charity number, Scotland')
    ccni = forms.CharField(max_length=20, required=False, label='Charity number, Northern Ireland')
    companies = forms.CharField(max_length=20, required=False, label='Company number')
    address = forms.CharField(max_length=1000, widget=forms.Textarea(attrs=ADDRESS_ROWS))
    po_number = forms.CharField(
        max_length=60, required=False, label='Purchase-order number',
        help_text='If your finance office wants one on the invoice. It can be added later, too.',
    )  # fmt: skip
    news = forms.BooleanField(required=False, label=NEWS, help_text=WITHOUT_NEWS)
    no_notes = forms.BooleanField(required=False, label=NO_NOTES)
    agreed = forms.BooleanField(
        label='I agree to the principles of membership',
        error_messages={'required': 'Tick that you agree: nobody can join without.'},
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    OF_ORGANISATIONS = (
        'job_title', 'organisation_name', 'another', 'organisation_kind', 'nations', 'website', *Register.values,
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        category: Category,
        person: Person | None = None,
        application: Application | None = None,
    ) -> None:
        self.category, self.person, self.application = category, person, application
        self.member: Organisation | None = None  # of which they may be a part already
        super().__init__(data, files, initial=self._shown())
        for name in ['nation'] if self.is_of_organisation else self.OF_ORGANISATIONS:
            del self.fields[name]
        if category.is_free:
            del self.fields['po_number']
        if person is not None or application is not None:
            del self.fields['email']
        if not self.asks_of_notes:
            del self.fields['no_notes']
        address = self.fields['address']
        address.required = not category.is_free
        address.label = 'Address for invoices' if self.is_of_organisation else 'Your postal address'
        address.help_text = 'With the postcode. It is shown to nobody but our staff.'
        self._show_principles()
        self._put_questions()

    @property
    def is_of_organisation(self) -> bool:
        return not self.category.is_for_people

    @property
    def asks_of_notes(self) -> bool:
        """Of those whose address is first ours to use; whoever has an account has the page of its letters."""
        row = self.application
        return self.person is None and (row is None or row.person_id is None or bool(row.notes_wording))

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """Whether theirs is another organisation is asked where there is one like it."""
        return [field for field in self.visible_fields() if field.name != 'another' or self.member]

    @property
    def mode(self) -> str:
        """What the button that was pressed asks for."""
        asked = self.data.get('do')
        return asked if asked in (SAVE, SEAT) else SEND

    def _show_principles(self) -> None:
        """The box says by its value which text was shown: what changed meanwhile is not agreed to unseen."""
        agreed, page, row = self.fields['agreed'], principles.page(), self.application
        agreed.widget.attrs['value'] = principles.mark(principles.today())
        if page is None:
            return
        anew = 'They have changed since you agreed to them. ' if row and principles.changed_since(row) else ''
        words = '{}Read <a href="{}">{}</a>. We keep the text to which you agree.'
        agreed.help_text = format_html(words, anew, page.get_absolute_url(), page.title)

    def clean_agreed(self) -> bool:
        typed = self.data.get('agreed', '')
        if len(typed) == len(principles.mark('')) and typed != principles.mark(principles.today()):
            raise forms.ValidationError(
                'The principles changed while you wrote. Read them again, and send this form once more if you agree.'
            )
        return bool(self.cleaned_data.get('agreed'))

    def _put_questions(self) -> None:
        kept = {}
        if self.application is not None:
            kept = {answer.question_id: answer for answer in self.application.said.all()}
        after = list(self.fields)
        for question in self.category.questions.all():
            name = f'question_{question.pk}'
            self.fields[name] = answer_field(question, kept.get(question.pk))
            after.insert(after.index('news'), name)
        self.order_fields(after)

    def _shown(self) -> dict[str, Any]:
        row = self.application
        if row is None:
            person = self.person
            affiliation = person.main_affiliation() if person else None
            return {
                'name': person.printed_name if person else '',
                'nation': person.nation if person else '',
                'address': person.postal_address if person and self.category.is_for_people else '',
                'organisation_name': affiliation.organisation.name if affiliation else '',
                'job_title': affiliation.job_title if affiliation else '',
            }
        return {
            **{name: getattr(row, name) for name in ('name', 'job_title', 'organisation_name', 'nations')},
            **{name: getattr(row, name) for name in ('website', 'nation', 'address', 'po_number')},
            'news': row.news,
            'no_notes': row.no_notes,
            'organisation_kind': row.organisation_kind,
            'agreed': row.agreed_at is not None and not principles.changed_since(row),
            'seen': row.saved_at.isoformat(),
            **row.numbers,
        }

    @contextmanager
    def _without_what_is_missing(self) -> Iterator[None]:
        """What is only saved may lack anything but a name and an address to write to."""
        needed = [
            field
            for name, field in self.fields.items()
            if field.required and name not in ('name', 'email') and self.mode != SEND
        ]
        for field in needed:
            field.required = False
        yield
        for field in needed:
            field.required = True

    def _clean_fields(self) -> None:
        with self._without_what_is_missing():
            super()._clean_fields()  # type: ignore[misc]

    def clean_email(self) -> str:
        return self.cleaned_data['email'].strip().lower()

    def clean_name(self) -> str:
        return one_line(self.cleaned_data['name'])

    def clean_organisation_name(self) -> str:
        return one_line(self.cleaned_data['organisation_name'])

    def _clean_number(self, register: str) -> str:
        typed = self.cleaned_data[register].strip()
        if not typed:
            return ''
        try:
            return registers.normalised(register, typed)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def clean_ccew(self) -> str:
        return self._clean_number(Register.ENGLAND_AND_WALES)

    def clean_oscr(self) -> str:
        return self._clean_number(Register.SCOTLAND)

    def clean_ccni(self) -> str:
        return self._clean_number(Register.NORTHERN_IRELAND)

    def clean_companies(self) -> str:
        return self._clean_number(Register.COMPANIES)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        row = self.application
        if row is not None and data.get('seen') != row.saved_at.isoformat():
            self.data = data_again = self.data.copy()  # type: ignore[attr-defined]
            data_again['seen'] = row.saved_at.isoformat()
            self.add_error(
                None,
                'This application was saved in another window since you opened it here. Nothing you typed is '
                'lost: look at what stands there, then save or send this once more to put it in its place.',
            )
        if self.is_of_organisation and self.mode != SAVE and data.get('organisation_name'):
            self._look_for_member(data)
        return data

    def _look_for_member(self, data: dict[str, Any]) -> None:
        """Only what everybody can read in the directory is told."""
        alike = likeness.organisations_like(
            Organisation.objects.listed(),
            name=data['organisation_name'],
            website=data.get('website') or '',
            numbers=self._numbers(data),
        )
        self.member = alike[0].organisation if alike else None
        if self.member is None and self.mode == SEAT:
            self.add_error(
                'organisation_name', 'No member of ours has this name. Send the application itself.'
            )
        elif self.member is not None and self.mode == SEND and not data.get('another'):
            self.add_error(
                'another',
                f'{self.member} is a member already. Ask for a place in its membership instead, by the button '
                'below; or tick this, if yours is another organisation.',
            )

    @staticmethod
    def _numbers(data: dict[str, Any]) -> dict[str, str]:
        return {key: data[key] for key in Register.values if data.get(key)}

    def said(self) -> Said:
        data = self.cleaned_data
        facts: dict[str, Any] = {
            name: data.get(name) or ''
            for name in (
                'name',
                'job_title',
                'organisation_name',
                'website',
                'nation',
                'address',
                'po_number',
            )
            if name in self.fields
        }
        if self.is_of_organisation:
            facts |= {
                'organisation_kind': data.get('organisation_kind') or Organisation.Kind.OTHER,
                'nations': data.get('nations') or [],
                'numbers': self._numbers(data),
            }
        answers: dict[int, str | SentFile] = {}
        for question in self.category.questions.all():
            value = data.get(f'question_{question.pk}')
            if isinstance(value, UploadedFile):
                value = self.fields[f'question_{question.pk}'].upload(value)  # type: ignore[attr-defined]
            elif question.kind == question.Kind.FILE:
                continue  # none was chosen: one that is kept stays
            answers[question.pk] = (
                value if isinstance(value, SentFile) else str(value if value is not None else '')
            )
        return Said(
            facts={**facts, 'news': bool(data.get('news')), 'no_notes': bool(data.get('no_notes'))},
            answers=answers,
            agreed=bool(data.get('agreed')),
            complete=self.mode in (SEND, SEAT),
            seat_at=self.member if self.mode == SEAT else None,
            news_wording=NEWS,
            notes_wording=NO_NOTES if self.asks_of_notes else '',
        )
