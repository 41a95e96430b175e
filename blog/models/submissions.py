"""The process of getting a submission into print. The words are in `versions`, the names in `authorships`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from blog.models.authorships import Authorship
from blog.models.series import Series
from blog.models.submissions_seen import SubmissionQuerySet
from blog.models.words import by_words, in_small_letters
from blog.states import (
    BEGINNING,
    CLOSED,
    HANDS,
    IN_PROCESS,
    Holder,
    State,
    held_as_the_rows_say,
    row_of,
    where,
)
from members.models import Person
from members.roles import ADMINISTRATOR, COMMISSIONING_EDITOR
from ukis import days, search

if TYPE_CHECKING:
    from blog.models.commissions import Commission
    from blog.models.posts import Post
    from blog.models.versions import Version


class Submission(models.Model):
    """State, holder and due date are written by the verbs of `blog.workflow` and by nothing else."""

    working_title = models.CharField(max_length=200)
    found_by = in_small_letters('working_title', width=200)
    state = models.CharField(max_length=20, choices=State, default=BEGINNING, editable=False)
    holder = models.CharField(max_length=10, choices=Holder, default=Holder.AUTHOR, editable=False)
    held_since = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField(null=True, blank=True, editable=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='edited_submissions',
        editable=False,
    )
    # What its author knows of these, while no letter of a decision has left; blank where they know how it stands.
    told_state = models.CharField(max_length=20, choices=State, blank=True, editable=False)
    told_since = models.DateTimeField(null=True, blank=True, editable=False)
    told_due_on = models.DateField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )

    # What it was asked for by; several where the first came to nothing.
    commission: 'models.ForeignKey[Commission | None, Commission]' = models.ForeignKey(  # type: ignore[misc]
        'Commission',
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='submissions',
        editable=False,
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name='submissions', editable=False
    )
    promised_at = models.DateTimeField(
        'promised',
        null=True,
        blank=True,
        editable=False,
        help_text='Since when the editors know of it before it was handed in: pitched, or commissioned.',
    )
    first_submitted_at = models.DateTimeField(null=True, blank=True, editable=False)

    # The words as they stand; what the author last handed in and was last asked about; what the editor last read.
    # There are words from the start on: the row is without any only inside the transaction that begins it.
    current: 'models.ForeignKey[Version | None, Version]' = models.ForeignKey(  # type: ignore[misc]
        'Version', on_delete=models.PROTECT, null=True, blank=True, related_name='+', editable=False
    )
    handed_in_version = models.ForeignKey(
        'Version', on_delete=models.PROTECT, null=True, blank=True, related_name='+', editable=False
    )
    asked_version = models.ForeignKey(
        'Version', on_delete=models.PROTECT, null=True, blank=True, related_name='+', editable=False
    )
    read_version = models.ForeignKey(
        'Version', on_delete=models.PROTECT, null=True, blank=True, related_name='+', editable=False
    )
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    approved_version = models.ForeignKey(
        'Version', on_delete=models.PROTECT, null=True, blank=True, related_name='+', editable=False
    )

    # The words with which the editors went on without a reply of the author's.
    silent_hash = models.CharField(max_length=64, blank=True, editable=False)
    # The words of which an editor noted that the author approved them elsewhere, and when.
    noted_hash = models.CharField(max_length=64, blank=True, editable=False)
    noted_at = models.DateTimeField(null=True, blank=True, editable=False)

    # What guards need from the past is written by the earlier move, never looked up among the steps.
    reopens_to = models.CharField(max_length=20, choices=State, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    extended_by_author = models.BooleanField(default=False, editable=False)
    first_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    seconds_to_answer = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    seconds_with_author = models.PositiveBigIntegerField(default=0, editable=False)
    # Identity in the system a submission was imported from; unique, so that an import may run twice.
    source = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)
    buffers = GenericRelation('ukis.Buffer')  # what people have typed and not sent: theirs alone

    # A copy that says what somebody knows of it, which need not be how it stands: its author (`blog.told`), or
    # editors, to whom the words of what is only promised are not shown (`blog.desk.promised`).
    is_a_copy = False
    known_until: datetime | None = None
    words_withheld = False

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ['-held_since']
        constraints = [
            models.CheckConstraint(condition=held_as_the_rows_say(), name='submission_has_its_holder'),
            models.CheckConstraint(
                condition=Q(state__in=where(lambda row: not row.needs_date), promised_at__isnull=True)
                | Q(state__in=CLOSED)
                | Q(state=State.RELEASED, holder=Holder.NOBODY)
                | Q(due_on__isnull=False),
                name='open_submission_has_a_due_date',
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CLOSED) | ~Q(reopens_to=''),
                name='closed_submission_can_be_reopened',
            ),
            models.CheckConstraint(
                condition=~Q(state__in=where(lambda row: row.needs_approval))
                | ~Q(approved_hash='')
                | Q(source__isnull=False),
                name='print_is_approved_or_imported',
            ),
            models.CheckConstraint(
                condition=Q(editor__isnull=False)
                | Q(state__in=where(lambda row: not row.needs_editor))
                | Q(source__isnull=False),
                name='work_on_the_desk_has_an_editor',
            ),
        ]
        indexes = [
            models.Index(fields=['state', 'held_since']),
            *(models.Index(fields=['holder', day]) for day in ('due_on', 'held_since')),
            models.Index(fields=['-held_since', '-id'], name='submission_newest'),
            # What waits longest is a few among many that nobody holds any more, and that come before it.
            models.Index(
                fields=['held_since', 'id'],
                name='submission_in_hand',
                condition=Q(holder__in=HANDS),
            ),
            *(models.Index(fields=[day]) for day in ('first_submitted_at', 'closed_at')),
            *by_words('submission', 'working_title'),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_a_copy:
            raise RuntimeError('What somebody knows of it is read, never saved: lock the row itself.')
        super().save(*args, **kwargs)
        search.saved(self, kwargs.get('update_fields'))

    def __str__(self) -> str:
        return self.working_title or f'Untitled {self.pk}'

    def get_absolute_url(self) -> str:
        return reverse('submission', args=[self.pk])

    @property
    def title(self) -> str:
        """Until it is handed in, what was promised goes by the title under which it was."""
        if self.is_promised or not self.current_id:
            return self.working_title
        return self.current.title or self.working_title

    @property
    def language(self) -> str:
        return self.current.language if self.current_id and not self.is_promised else ''

    @property
    def went_on_without_reply(self) -> bool:
        """Whether what counts as approved does so on its author's silence."""
        return bool(self.silent_hash) and self.silent_hash == self.approved_hash

    @property
    def approved_elsewhere(self) -> bool:
        """Whether what counts as approved does so as an editor noted that its author said."""
        return bool(self.noted_hash) and self.noted_hash == self.approved_hash

    @property
    def was_handed_in(self) -> bool:
        """Whether the editors may read it: submitted once, or imported."""
        return self.first_submitted_at is not None or self.source is not None

    @property
    def is_promised(self) -> bool:
        """Whether the editors await it and may not read it yet."""
        return self.promised_at is not None and not self.was_handed_in

    @property
    def is_known_to_editors(self) -> bool:
        """`known_to_editors` of one row."""
        return self.was_handed_in or self.is_promised

    @property
    def post_or_none(self) -> 'Post | None':
        """The post, once the submission was accepted."""
        return getattr(self, 'post', None)

    def is_live_at(self, moment: datetime) -> bool:
        """Whether its words are by then, or once were and still stand, before the public."""
        return (post := self.post_or_none) is not None and post.is_out_at(moment)

    @property
    def has_live_post(self) -> bool:
        return self.is_live_at(timezone.now())

    @property
    def is_at_its_address(self) -> bool:
        """Whether anybody can read it on the site."""
        post = self.post_or_none
        return post is not None and post.is_at_its_address

    def tags_to_print(self) -> list[str]:
        """Those that the editor set, else the author's words for them."""
        post = self.post_or_none
        chosen = sorted(post.tags.names()) if post is not None else []
        return chosen or (list(self.current.tag_words) if self.current else [])

    @property
    def printed_names(self) -> 'list[Authorship]':
        """Those who stand in the byline."""
        return [row for row in self.authorships.all() if row.printed]

    @property
    def has_co_authors(self) -> bool:
        return len(self.authorships.all()) > 1

    @property
    def handler(self) -> 'Authorship | None':
        """Whoever handles it for its author, and is not printed."""
        return next((row for row in self.authorships.all() if row.corresponding and not row.printed), None)

    @property
    def objections(self) -> 'list[Authorship]':
        """Of those named who object to it as it stands; it does not come out before that is settled."""
        return [row for row in self.authorships.all() if row.objected_at]

    @property
    def silent_names(self) -> 'list[Authorship]':
        """Of those to be printed, who has not said yes, and for whom nobody has said how they did."""
        return [row for row in self.authorships.all() if row.is_silent]

    @property
    def names_off(self) -> 'list[Authorship]':
        """Of those whose names came off on silence, and who may still bring them back."""
        return [row for row in self.authorships.all() if row.came_off_at]

    def editors_not_writing(self, among: Sequence[Person] | None = None) -> list[Person]:
        """The active editors who have no part in writing the submission, the Commissioning Editor first; `among`: all
        active editors, where a page of many submissions knows them."""
        if among is not None:
            named = {row.person_id for row in self.authorships.all()}
            return [editor for editor in among if editor.pk not in named]
        authors = self.authorships.filter(person__isnull=False).values('person')
        people = Person.objects.editors().exclude(pk__in=authors).prefetch_related('groups').distinct()
        return sorted(people, key=lambda person: (not person.is_in(COMMISSIONING_EDITOR), person.pk))

    def chiefs(self) -> list[Person]:
        """Who decides as Commissioning Editor here: else any other editor, else an Administrator not writing it."""
        editors = self.editors_not_writing()
        chiefs = [person for person in editors if person.is_in(COMMISSIONING_EDITOR)]
        if editors:
            return chiefs or editors
        authors = self.authorships.filter(person__isnull=False).values('person')
        return list(Person.objects.in_group(ADMINISTRATOR).exclude(pk__in=authors))

    @property
    def is_overdue(self) -> bool:
        return self.state in IN_PROCESS and self.due_on is not None and self.due_on < days.today()

    @property
    def late_by(self) -> str:
        """'3 days late', or nothing."""
        return days.late_by(self.due_on) if self.is_overdue and self.due_on else ''

    @property
    def awaited_on(self) -> date | None:
        """When somebody is expected to have acted; a date on the calendar is not such a one."""
        return self.due_on if self.state in IN_PROCESS else None

    @property
    def waits_since(self) -> datetime | None:
        return None if row_of(self.state).in_print else self.held_since

    @property
    def days_held(self) -> int:
        return (days.today() - timezone.localdate(self.held_since, days.LONDON)).days
