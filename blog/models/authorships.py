"""Who is named on a submission."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import Q

from blog.models.words import Printed, PrintedName, by_words, in_small_letters
from members.likeness import is_own_name
from ukis import days, search


class AuthorshipQuerySet(models.QuerySet['Authorship']):
    def agreed(self) -> 'AuthorshipQuerySet':
        """Of those who said yes to being named, or were in print elsewhere before."""
        return self.filter(Q(agreed_at__isnull=False) | Q(submission__source__isnull=False))

    def standing(self) -> 'AuthorshipQuerySet':
        """But those that came off on silence, which their owners may still bring back."""
        return self.filter(came_off_at=None)

    def for_print(self) -> 'AuthorshipQuerySet':
        return self.select_related('person', 'organisation', 'picture').order_by('order', 'pk')


class Authorship(Printed):
    """One name under a submission, as it is to be printed: a person, a name and address, or an organisation.

    One that is not printed is that of somebody who handles the submission for its author, or one that came off on
    silence.
    """

    submission = models.ForeignKey('Submission', on_delete=models.CASCADE, related_name='authorships')
    email = models.EmailField(blank=True, help_text='For a co-author who has no sign-in.')
    order = models.PositiveSmallIntegerField(default=0)
    corresponding = models.BooleanField(default=False)
    can_edit = models.BooleanField(default=False)
    printed = models.BooleanField(default=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField('told that they are named', null=True, blank=True, editable=False)

    objected_at = models.DateTimeField(null=True, blank=True, editable=False)
    objection = models.TextField(blank=True, editable=False)
    # Of whom has not answered: how they agreed, as somebody said whose name stands in the history.
    statement = models.TextField('how they agreed', blank=True, editable=False)
    stated_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Of whom nothing is heard: until when it stands, as its corresponding author was told, and when it came off.
    comes_off_on = models.DateField('stands until', null=True, blank=True, editable=False)
    came_off_at = models.DateTimeField('came off', null=True, blank=True, editable=False)
    found_by = in_small_letters('name', 'affiliation', width=501)

    objects = AuthorshipQuerySet.as_manager()

    class Meta:
        ordering = ['order', 'pk']
        constraints = [
            models.UniqueConstraint(fields=['submission', 'person'], name='named_once'),
            models.UniqueConstraint(
                fields=['submission'], condition=Q(corresponding=True), name='one_corresponding_author'
            ),
            models.CheckConstraint(
                condition=Q(corresponding=False, can_edit=False) | Q(person__isnull=False),
                name='who_may_edit_is_a_person',
            ),
            models.CheckConstraint(
                condition=Q(printed=True) | Q(corresponding=True) | Q(came_off_at__isnull=False),
                name='who_handles_it_corresponds',
            ),
            models.CheckConstraint(
                condition=Q(came_off_at=None) | Q(printed=False, corresponding=False, can_edit=False),
                name='what_came_off_is_not_printed',
                violation_error_message='A name that came off is not printed, and changes no words.',
            ),
        ]
        indexes = [
            models.Index(
                fields=['comes_off_on'],
                condition=Q(comes_off_on__isnull=False, came_off_at=None),
                name='authorship_by_last_day',
            ),
            *by_words('authorship', 'name', 'affiliation', leading_to=('submission', 'organisation')),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        search.changed('blog.submission', [self.submission_id])

    @property
    def is_silent(self) -> bool:
        """Whether it would be printed on nobody's word."""
        return self.printed and not (self.corresponding or self.has_agreed or self.stated_at)

    @property
    def standing_words(self) -> str:
        """Until when it stands without an answer, once its corresponding author was told."""
        return (
            f'It stands until {days.in_words(self.comes_off_on)}, and then comes off.'
            if self.comes_off_on
            else ''
        )

    @property
    def is_own_name(self) -> bool:
        return self.person is not None and is_own_name(self.name, self.person)

    @property
    def has_agreed(self) -> bool:
        return self.agreed_at is not None or self.submission.source is not None

    def as_printed(self) -> PrintedName:
        """What approval binds and print shows. Another's name than the person's own leads neither to their page nor to
        their portrait, and is cited as it stands."""
        printed = PrintedName.of(self)
        if self.person_id is None or self.is_own_name:
            return printed
        return replace(printed, person=None, picture=None, citation_name='')
