"""How much of a conversation somebody has not read, for the rows of a list."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from blog.models import Authorship, Message, ReadMark, Submission
from blog.models.conversation import told_to_authors
from blog.models.submissions_seen import SubmissionQuerySet
from members.models import Person


def of(submission: Submission) -> int:
    """0 where the row was asked for without."""
    return getattr(submission, 'unread', 0)


def knowing(submissions: SubmissionQuerySet, person: Person) -> SubmissionQuerySet:
    """Each with how many messages are new to them as `unread`: those that their page of it shows as new, and no other.
    Asked with the rows, so that it is no question of its own."""
    named = Authorship.objects.filter(submission=OuterRef('submission'), person=person)
    read = ReadMark.objects.filter(message=OuterRef('pk'), person=person)
    new = (
        Message.objects.filter(told_to_authors() | ~Q(Exists(named)), taken_back_at=None)
        .filter(submission=OuterRef('pk'))
        .exclude(by=person)
        .exclude(Exists(read))
        .order_by()
        .values('submission')
        .annotate(n=Count('pk'))
        .values('n')
    )
    return submissions.annotate(unread=Coalesce(Subquery(new, output_field=IntegerField()), 0))
