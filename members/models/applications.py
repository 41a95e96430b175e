"""What somebody says who wishes to join, and what became of it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from members import registers
from members.application_states import STATES, ApplicationRow, ApplicationState, row_of, where
from members.models.categories import Category
from members.models.memberships import Membership
from members.models.organisations import Organisation
from members.models.people import Nation, Person
from members.registers import Register
from ukis import days


class Question(models.Model):
    """What staff ask of those who apply for a category, beside what everybody is asked."""

    class Kind(models.TextChoices):
        TEXT = 'text', 'words'
        CHOICE = 'choice', 'one of these'
        NUMBER = 'number', 'a number'
        FILE = 'file', 'a file'

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name='questions')
    text = models.CharField('question', max_length=300)
    kind = models.CharField('answered by', max_length=6, choices=Kind, default=Kind.TEXT)
    choices = models.TextField(
        blank=True, max_length=2000, help_text='One a line, where one is to be chosen.'
    )
    help = models.CharField('hint', max_length=300, blank=True)
    required = models.BooleanField('must be answered', default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ['position', 'pk']
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind='choice') & ~Q(choices='')) | (~Q(kind='choice') & Q(choices='')),
                name='question_with_choices_where_one_is_chosen',
                violation_error_message='Write the choices, one a line, where one is to be chosen, and only there.',
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def lines(self) -> list[str]:
        return list(dict.fromkeys(line.strip() for line in self.choices.splitlines() if line.strip()))


class ApplicationQuerySet(models.QuerySet['Application']):
    def with_name(self) -> 'ApplicationQuerySet':
        """With what it is called by."""
        return self.select_related('category')

    def waiting(self) -> 'ApplicationQuerySet':
        """For staff, the oldest first: also where an applicant who was asked for more has not answered by their day."""
        unanswered = Q(state__in=where(lambda row: row.waits_once_late), due_on__lt=days.today())
        waiting = Q(state__in=where(lambda row: row.waits_for_staff))
        return self.filter(waiting | unanswered).order_by('due_on', 'pk')

    def whole(self) -> 'ApplicationQuerySet':
        """With what its sentences name."""
        return self.select_related('category', 'person', 'organisation', 'membership', 'decided_by')


class Application(models.Model):
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name='applications')
    name = models.CharField(max_length=200)
    email = models.EmailField('email address')
    # Once the address is confirmed, or where they are signed in.
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name='applications'
    )
    job_title = models.CharField(max_length=200, blank=True)
    # One that we know: as staff chose, or as the applicant asked for a place there.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name='applications'
    )
    organisation_name = models.CharField('organisation', max_length=200, blank=True)
    organisation_kind = models.CharField(
        'what it is', max_length=20, choices=Organisation.Kind, default=Organisation.Kind.OTHER
    )
    nations = models.JSONField('nations in which it works', default=list, blank=True)
    website = models.URLField(blank=True)
    # By the key of the register, as it writes them.
    numbers = models.JSONField('numbers in registers', default=dict, blank=True)
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    # The organisation's for invoices, or the person's own.
    address = models.TextField(max_length=1000, blank=True)
    po_number = models.CharField('purchase-order number', max_length=60, blank=True)
    # The words that they agreed to, and when.
    principles = models.TextField(blank=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    # What they were told of letters, and what they said to it.
    news = models.BooleanField('wants news of the Society', default=False)
    news_wording = models.CharField(max_length=300, blank=True, editable=False)
    no_notes = models.BooleanField('wants no notes of members', default=False)
    # Empty where they were not asked.
    notes_wording = models.CharField(max_length=300, blank=True, editable=False)

    state = models.CharField(
        max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT, editable=False
    )
    place = models.PositiveSmallIntegerField(default=STATES[ApplicationState.DRAFT].place, editable=False)
    complete = models.BooleanField(default=False, editable=False)  # sent, and not only saved
    wants_seat = models.BooleanField(default=False, editable=False)
    held_since = models.DateTimeField('since', default=timezone.now, editable=False)
    due_on = models.DateField('due', null=True, editable=False)
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField('last saved', default=timezone.now, editable=False)
    warned_on = models.DateField(null=True, editable=False)
    submitted_at = models.DateTimeField('submitted', null=True, editable=False)
    asked = models.TextField('what was asked for', blank=True, editable=False)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    decided_at = models.DateTimeField('decided', null=True, editable=False)
    decided_why = models.TextField('why', blank=True, editable=False)
    membership = models.OneToOneField(
        Membership, on_delete=models.PROTECT, null=True, related_name='application', editable=False
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ['place', 'due_on', 'pk']
        indexes = [
            models.Index(fields=['place', 'due_on', 'id'], name='application_by_place'),
            models.Index(fields=['state', 'due_on', 'id'], name='application_by_state'),
            models.Index(fields=['email'], name='application_by_email'),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower('email')),
                name='application_email_in_lower_case',
                violation_error_message='Write the email address in small letters.',
            ),
            models.CheckConstraint(
                condition=Q(state='approved', membership__isnull=False)
                | (~Q(state='approved') & Q(membership=None)),
                name='application_approved_with_a_membership',
                violation_error_message='An approved application has its membership, and no other has one.',
            ),
            models.CheckConstraint(
                condition=Q(state='draft') | Q(person__isnull=False),
                name='application_sent_by_somebody',
                violation_error_message='An application that was sent has somebody who sent it.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.organisation_name or self.name} ({self.category})'

    @property
    def row(self) -> ApplicationRow:
        return row_of(self.state)

    @property
    def is_draft(self) -> bool:
        return self.state == ApplicationState.DRAFT

    @property
    def is_approved(self) -> bool:
        return self.state == ApplicationState.APPROVED

    @property
    def is_of_organisation(self) -> bool:
        return not self.category.is_for_people

    @property
    def sentence(self) -> str:
        """How it stands, as the applicant reads it."""
        if self.is_draft and self.complete:
            kept = days.in_words(self.due_on) if self.due_on else ''
            return f'It is filled in, and not sent yet: confirm your address. It is kept until {kept}.'
        return self._said((self.late and self.row.applicant_late) or self.row.applicant)

    @property
    def staff_sentence(self) -> str:
        return self._said((self.late and self.row.staff_late) or self.row.staff)

    def _said(self, words: str) -> str:
        return words.format(
            due=days.in_words(self.due_on) if self.due_on else '',
            since=days.in_words(days.london_day(self.held_since)),
            number=self.membership.number if self.membership else '',
            organisation=self.organisation or self.organisation_name,
        )

    @property
    def nation_names(self) -> list[str]:
        return [Nation(nation).label for nation in self.nations if nation in Nation.values]

    @property
    def numbers_in_words(self) -> list[str]:
        return [f'{Register(key).label}: {number}' for key, number in self.numbers.items()]

    @property
    def late(self) -> str:
        """Who was to act by then, the staff or the applicant, and has not: '3 days late'."""
        expected = self.row.waits_for_staff or self.row.waits_once_late
        return days.late_by(self.due_on) if expected and self.due_on else ''


class ApplicationAnswer(models.Model):
    """To a question, in the words in which it was asked. A file lies in `AnsweredFile`."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name='said')
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, related_name='+')
    asked = models.CharField(max_length=300)
    value = models.TextField(blank=True)  # of a file its name
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ['position', 'pk']
        constraints = [
            models.UniqueConstraint(
                fields=['application', 'question'],
                name='one_answer_to_a_question',
                violation_error_message='This question is answered already.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.asked}: {self.value}'


class AnsweredFile(models.Model):
    """A file that answers a question. It lies in the database: under no address, the same for every machine that
    serves the site, in every backup, and gone in the transaction in which its application goes."""

    answer = models.OneToOneField(ApplicationAnswer, on_delete=models.CASCADE, related_name='file')
    content = models.BinaryField()
    kind = models.CharField(max_length=100)  # its type, as the content says

    def __str__(self) -> str:
        return self.answer.value


class ApplicationStep(models.Model):
    """One move of an application: its history, written by the verbs alone."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name='steps')
    move = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, choices=ApplicationState, blank=True)
    to_state = models.CharField(max_length=10, choices=ApplicationState)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+')
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ['at', 'pk']

    def __str__(self) -> str:
        return f'{self.move} of {self.application_id}'


class Registration(models.Model):
    """A number under which an organisation stands in a public register. Branches share theirs."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name='registrations')
    register = models.CharField(max_length=10, choices=Register)
    number = models.CharField(max_length=20)

    class Meta:
        ordering = ['register', 'number']
        indexes = [models.Index(fields=['register', 'number'], name='registration_by_number')]
        constraints = [
            models.UniqueConstraint(
                fields=['organisation', 'register', 'number'],
                name='one_registration_of_a_number',
                violation_error_message='This number is here already. Leave it out, or write another.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.get_register_display()}: {self.number}'

    def clean(self) -> None:
        try:
            self.number = registers.normalised(self.register, self.number)
        except ValueError as wrong:
            raise ValidationError({'number': str(wrong)}) from None
