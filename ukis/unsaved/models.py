"""What is typed and not yet sent."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.datastructures import MultiValueDict


class BufferQuerySet(models.QuerySet['Buffer']):
    def of(self, writer: Any) -> 'BufferQuerySet':
        """Nobody is shown another's."""
        return self.filter(writer=writer)

    def in_form(self, form: str, content_type_id: int, object_id: int) -> 'BufferQuerySet':
        return self.filter(form=form, content_type_id=content_type_id, object_id=object_id)

    def kept(self) -> 'BufferQuerySet':
        """Neither sent nor thrown away, the newest first."""
        return self.filter(state=Buffer.State.KEPT).newest_first()

    def newest_first(self) -> 'BufferQuerySet':
        return self.order_by('-kept_at', '-pk')


class Buffer(models.Model):
    """What one page on which somebody types has told: one row for each page, overwritten as they type.

    Where two tabs, or two computers, began from the same, there are two, until their writer chooses. What was sent
    or thrown away stays as a row for some days, so that what comes late is known, and a way back is left.
    """

    class State(models.TextChoices):
        KEPT = 'kept', 'kept'
        SENT = 'sent', 'sent with its form'
        THROWN = 'thrown', 'thrown away'

    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    form = models.CharField(max_length=60, help_text='As its writer knows it: “Copy-edit”.')
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    # The row that the form is about; 0 for one that is not there yet.
    object_id = models.PositiveBigIntegerField(default=0)
    about = GenericForeignKey('content_type', 'object_id')
    page = models.CharField(max_length=300, help_text='The address at which the form stands.')
    tab = models.CharField(max_length=40, help_text='Which page last wrote it; each opening is another.')
    # Each name's values as they were typed: {'title': ['…'], 'tags': ['a', 'b']}
    fields = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    # What stood when the form was shown, where it can be named: the number of a version.
    started_from = models.CharField(max_length=60, blank=True)
    typed_at = models.BigIntegerField(
        help_text='Milliseconds, by the clock of the page: of its own, the later.'
    )
    kept_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=6, choices=State, default=State.KEPT)

    objects = BufferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=['writer', 'form', 'content_type', 'object_id', 'tab'], name='one_buffer_a_page'
            )
        ]
        indexes = [models.Index(fields=['content_type', 'object_id'], name='buffers_about')]

    def __str__(self) -> str:
        return f'{self.form}, typed by {self.writer_id}'

    @property
    def is_kept(self) -> bool:
        return self.state == self.State.KEPT

    @property
    def mark(self) -> str:
        """Names what it holds now: whoever goes on from it says so."""
        return f'{self.pk}.{self.revision}'

    @property
    def data(self) -> MultiValueDict[str, str]:
        """As a form takes it."""
        return MultiValueDict(self.fields)
