"""What is in hand, by the words that stand for its tags; and who would write about a tag."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.submissions import Submission
from members.models import Person
from ukis.tags.models import Tag
from ukis.tags.naming import WIDTH

ENOUGH = 300


class TopicWord(models.Model):
    """A tag of a submission that is in hand and known to the editors, folded: the author's word for it until an editor
    chose one. There need be no such tag. Kept by `blog.workflow.topics`, so that the map reads a few rows and no words.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='topic_words')
    folded = models.CharField(max_length=WIDTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=['submission', 'folded'], name='topic_word_once')]
        indexes = [models.Index(fields=['folded', 'submission'], name='topic_word_found')]

    def __str__(self) -> str:
        return self.folded


class WouldWriteQuerySet(models.QuerySet['WouldWrite']):
    def still(self) -> 'WouldWriteQuerySet':
        """Of people who may submit today. Their keys first: so nobody else's terms are looked at."""
        said = set(self.values_list('person', flat=True))
        may = Person.objects.filter(pk__in=said, is_active=True).may_submit()
        return self.filter(person__in=list(may.values_list('pk', flat=True)))


class WouldWrite(models.Model):
    """'I would write about this', said by a member to the editors alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name='would_write')
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name='+')
    words = models.CharField(max_length=ENOUGH, blank=True)
    said_at = models.DateTimeField(default=timezone.now)

    objects = WouldWriteQuerySet.as_manager()

    class Meta:
        ordering = ['tag__name', 'pk']
        constraints = [models.UniqueConstraint(fields=['person', 'tag'], name='would_write_once')]
        indexes = [models.Index(fields=['said_at'], name='would_write_since')]

    def __str__(self) -> str:
        return f'{self.person_id} about {self.tag_id}'
