"""What the Society says of its site’s accessibility, as facts, from which the page is made in GOV.UK’s model form."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ukis import days

# The page that shows it, which staff name, write into and put in order as any other.
ADDRESS = 'accessibility'
STANDARD = 'Web Content Accessibility Guidelines version 2.2 AA standard'
REVIEWED_EACH = 1  # year


class AccessibilityStatement(models.Model):
    """One row. Lists are a line each."""

    class Conformance(models.TextChoices):
        FULL = 'full', 'Fully compliant'
        PARTIAL = 'partial', 'Partially compliant: some parts do not meet the standard'
        NONE = (
            'none',
            'Not compliant: most parts do not meet the standard, or it was not tested enough to say',
        )

    class Enforcement(models.TextChoices):
        ALL = 'all', 'A public sector body, in all four nations'
        GREAT_BRITAIN = 'gb', 'A public sector body, in England, Scotland and Wales'
        NORTHERN_IRELAND = 'ni', 'A public sector body, in Northern Ireland'
        VOLUNTARY = 'voluntary', 'No public sector body: the statement is made of its own accord'

    site = models.CharField(
        'which site it is about', max_length=200, blank=True, help_text='Empty: the Society’s name.'
    )
    conformance = models.CharField(max_length=10, choices=Conformance.choices, default=Conformance.PARTIAL)
    can_do = models.TextField(
        'what everybody should be able to do',
        blank=True,
        default='change colours, contrast levels and fonts using browser or device settings\n'
        'zoom in up to 400% without the text spilling off the screen\n'
        'navigate the website using a keyboard or speech recognition software\n'
        'listen to the website using a screen reader',
        help_text='A line each, going on from “you should be able to”.',
    )
    email = models.EmailField('email for problems', blank=True, help_text='Empty: the office’s.')
    phone = models.CharField('telephone', max_length=40, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        'answered within how many working days',
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    enforcement = models.CharField(
        'what the Society is in law', max_length=10, choices=Enforcement.choices, default=Enforcement.ALL
    )
    improving = models.TextField('what is being done to improve it', blank=True, help_text='A line each.')
    prepared_on = models.DateField('first prepared on', default=days.today)
    reviewed_on = models.DateField(
        'last reviewed on',
        default=days.today,
        help_text='Administrators are written to a year after this day.',
    )
    tested_on = models.DateField('last tested on', null=True, blank=True)
    tested_by = models.CharField(
        'tested by', max_length=200, blank=True, help_text='As in: the Society itself; Example Access Ltd.'
    )
    how_tested = models.TextField(
        'how it was tested', blank=True, help_text='Which pages, with what, by whom. A line is a paragraph.'
    )

    class Meta:
        verbose_name = 'accessibility statement'
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name='one_accessibility_statement'),
            models.CheckConstraint(
                condition=Q(reviewed_on__gte=models.F('prepared_on')),
                name='statement_prepared_before_reviewed',
                violation_error_message='It was last reviewed before it was prepared. Change one of the two days.',
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1),
                name='statement_answers_in_a_day_or_more',
                violation_error_message='An answer takes a day at least.',
            ),
        ]

    def __str__(self) -> str:
        return 'Accessibility statement'

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @property
    def review_due(self) -> date:
        return days.years_after(self.reviewed_on, REVIEWED_EACH)

    @property
    def is_overdue(self) -> bool:
        return self.review_due < days.today()

    @property
    def is_full(self) -> bool:
        return self.conformance == self.Conformance.FULL

    @property
    def is_none(self) -> bool:
        return self.conformance == self.Conformance.NONE

    @property
    def by_law(self) -> bool:
        return self.enforcement != self.Enforcement.VOLUNTARY

    @property
    def in_great_britain(self) -> bool:
        return self.enforcement != self.Enforcement.NORTHERN_IRELAND

    @property
    def in_northern_ireland(self) -> bool:
        return self.enforcement in (self.Enforcement.ALL, self.Enforcement.NORTHERN_IRELAND)

    def get_absolute_url(self) -> str:
        return reverse('page', args=[ADDRESS])


class KnownProblemQuerySet(models.QuerySet['KnownProblem']):
    def standing(self) -> 'KnownProblemQuerySet':
        """Those that are not mended yet."""
        return self.filter(mended_on=None)


class KnownProblem(models.Model):
    """Something that not everybody can use, why, and when it will be mended."""

    class Kind(models.TextChoices):
        FAULT = 'fault', 'Does not meet the standard, and is to be mended'
        BURDEN = 'burden', 'Would be a disproportionate burden to mend'
        OUTSIDE = 'outside', 'Not within the scope of the regulations'

    statement = models.ForeignKey(AccessibilityStatement, on_delete=models.CASCADE, related_name='problems')
    what = models.CharField('what is not accessible', max_length=300)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FAULT)
    clause = models.CharField(
        'which criterion of WCAG it fails',
        max_length=120,
        blank=True,
        help_text='As in: 1.1.1 (non-text content).',
    )
    why = models.TextField(
        'whom it keeps from what, or why it is not mended',
        help_text='As in: people who listen to the page cannot tell what the chart shows.',
    )
    mend_by = models.DateField('to be mended by', null=True, blank=True)
    mended_on = models.DateField(
        'mended on', null=True, blank=True, help_text='From then on the page does not name it.'
    )
    position = models.PositiveSmallIntegerField('place in the list', default=0)

    objects = KnownProblemQuerySet.as_manager()

    class Meta:
        verbose_name = 'known problem'
        ordering = ['position', 'pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(kind='outside') | ~Q(clause=''),
                name='known_problem_names_its_clause',
                violation_error_message='Say which criterion of WCAG it fails, as in 1.1.1 (non-text content).',
            ),
            models.CheckConstraint(
                condition=~Q(kind='fault') | Q(mend_by__isnull=False) | Q(mended_on__isnull=False),
                name='known_problem_is_to_be_mended_by_a_day',
                violation_error_message='Say by which day it is to be mended.',
            ),
        ]

    def __str__(self) -> str:
        return self.what


class StatementReview(models.Model):
    """That somebody went through the statement, and on which day: a year after the last one staff are asked again."""

    statement = models.ForeignKey(AccessibilityStatement, on_delete=models.CASCADE, related_name='reviews')
    reviewed_on = models.DateField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    at = models.DateTimeField('when', default=timezone.now, editable=False)

    class Meta:
        verbose_name = 'review of the accessibility statement'
        verbose_name_plural = 'reviews of the accessibility statement'
        ordering = ['-reviewed_on']
        constraints = [
            models.UniqueConstraint(
                fields=['statement', 'reviewed_on'], name='a_review_of_the_statement_once'
            )
        ]

    def __str__(self) -> str:
        return f'review of {days.in_words(self.reviewed_on)}'


def said_of(statement: AccessibilityStatement) -> list[tuple[str, list[KnownProblem]]]:
    """The problems that stand, by their kind and under the headings of the model form; no kind without any."""
    headings = {
        KnownProblem.Kind.FAULT: 'Non-compliance with the accessibility regulations',
        KnownProblem.Kind.BURDEN: 'Disproportionate burden',
        KnownProblem.Kind.OUTSIDE: 'Content that’s not within the scope of the accessibility regulations',
    }
    standing = list(statement.problems.standing())  # type: ignore[attr-defined]
    found = [(heading, [one for one in standing if one.kind == kind]) for kind, heading in headings.items()]
    return [(heading, some) for heading, some in found if some]


def in_words(statement: AccessibilityStatement) -> str:
    """What search finds it by, beside the page's own words."""
    standing = statement.problems.standing()  # type: ignore[attr-defined]
    lines = [statement.can_do, statement.improving, statement.how_tested]
    return '\n'.join([*lines, *(f'{one.what} {one.clause} {one.why}' for one in standing)])
