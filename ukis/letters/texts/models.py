"""Letter texts that were edited, what became of them, and times in which no letter goes out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class LetterTextQuerySet(models.QuerySet['LetterText']):
    def current(self) -> 'LetterTextQuerySet':
        """Of each kind the last; where that is the house's again, it stands here too."""
        newest = LetterText.objects.filter(kind=models.OuterRef('kind')).order_by('-number')
        return self.filter(number=models.Subquery(newest.values('number')[:1]))


class LetterText(models.Model):
    """One edition of the words of a kind of letter. Rows are never changed: an edit is another row."""

    kind = models.CharField(max_length=60, editable=False)
    number = models.PositiveIntegerField(editable=False)
    # Or nothing in the three: back to the house's.
    subject = models.CharField(max_length=250, blank=True, editable=False)
    body = models.TextField('words', blank=True, editable=False)
    passages = models.JSONField(default=dict, blank=True, editable=False)
    is_of_house = models.BooleanField('the house’s text again', default=False, editable=False)
    # The house's text as it was when this was written, to be shown beside what it is later.
    house = models.JSONField(default=dict, editable=False)
    house_mark = models.CharField(max_length=32, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+', editable=False
    )
    at = models.DateTimeField('when', default=timezone.now, editable=False)

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        verbose_name = 'letter text'
        ordering = ['kind', '-number']
        constraints = [
            models.UniqueConstraint(
                fields=['kind', 'number'],
                name='one_edition_of_a_letter_text',
                violation_error_message='Somebody else saved this text in the same moment.',
            ),
            models.CheckConstraint(
                condition=Q(is_of_house=True, subject='', body='')
                | (Q(is_of_house=False) & ~Q(subject='') & ~Q(body='')),
                name='letter_text_has_words',
                violation_error_message='A letter needs a subject and words.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.kind}, edition {self.number}'


class FailedText(models.Model):
    """An edited text could not be filled when a letter was written: the house's went in its place."""

    text = models.OneToOneField(LetterText, on_delete=models.PROTECT, related_name='failed', editable=False)
    why = models.CharField(max_length=300, editable=False)
    first_at = models.DateTimeField(default=timezone.now, editable=False)
    times = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f'{self.text}: {self.why}'


class MailPause(models.Model):
    """A time in which all letters wait."""

    reason = models.CharField(max_length=300, help_text='Staff read it on every page while it lasts.')
    since = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+', editable=False
    )
    is_on = models.BooleanField(default=True, editable=False)
    ended_at = models.DateTimeField('ended', null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )

    class Meta:
        verbose_name = 'pause of all mail'
        verbose_name_plural = 'pauses of all mail'
        ordering = ['-since']
        constraints = [
            models.UniqueConstraint(
                fields=['is_on'],
                condition=Q(is_on=True),
                name='one_pause_of_all_mail_at_a_time',
                violation_error_message='All mail is paused already.',
            ),
            models.CheckConstraint(
                condition=Q(is_on=True, ended_at=None) | Q(is_on=False, ended_at__gte=F('since')),
                name='pause_of_mail_has_an_end',
                violation_error_message='A pause that has ended says when.',
            ),
        ]

    def __str__(self) -> str:
        return f'since {self.since:%Y-%m-%d %H:%M}: {self.reason}'


class Foreseen(models.Model):
    """What would become of a letter that waits, were the pause to end: kept while it lasts."""

    class Becomes(models.TextChoices):
        GOES = 'goes', 'Goes out'
        OVERTAKEN = 'overtaken', 'Does not go: it is true no more'
        WAITS = 'waits', 'Waits on, for its time has not come'

    letter = models.OneToOneField(
        'ukis.Letter', on_delete=models.CASCADE, primary_key=True, related_name='foreseen', editable=False
    )
    becomes = models.CharField(max_length=10, choices=Becomes, editable=False)
    why = models.CharField(max_length=300, blank=True, editable=False)
    reads = models.CharField(
        'its subject as it would leave', max_length=250, blank=True, editable=False
    )  # where that is not as it waits
    at = models.DateTimeField(db_index=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = 'what would become of a letter'
        constraints = [
            models.CheckConstraint(
                condition=Q(becomes='overtaken') ^ Q(why=''),
                name='what_is_true_no_more_says_why',
                violation_error_message='What is true no more says why, and nothing else does.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.letter}: {self.becomes}'
