"""Which submissions: those that somebody may see, those on their desk, and what a page of them reads with them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from blog.models.authorships import Authorship
from blog.models.series import looked_after_by
from blog.states import IN_PROCESS

if TYPE_CHECKING:
    pass

if TYPE_CHECKING:
    from blog.models.submissions import Submission  # noqa: F401  # named in a string


def known_to_editors() -> Q:
    """All but drafts that somebody began alone and never handed in. What is only promised they do not read."""
    return Q(first_submitted_at__isnull=False) | Q(source__isnull=False) | Q(promised_at__isnull=False)


class SubmissionQuerySet(models.QuerySet['Submission']):
    def written_by(self, person) -> 'SubmissionQuerySet':
        return self.filter(pk__in=Authorship.objects.agreed().filter(person=person).values('submission'))

    def visible_to(self, person) -> 'SubmissionQuerySet':
        """What a person may see at all: those on which they are named and have said yes to it; for editors, who are
        staff with a second factor, all but other people's drafts of which they do not know; for guest editors what of
        that belongs to their series."""
        if not person.is_authenticated:
            return self.none()
        own = Q(pk__in=Authorship.objects.agreed().filter(person=person).values('submission'))
        if person.opens_the_admin and person.is_on_the_desk:
            return self.filter(own | known_to_editors())
        if person.opens_the_admin and person.is_guest_editor:
            return self.filter(own | (known_to_editors() & Q(series__in=looked_after_by(person))))
        return self.filter(own)

    def on_the_desk_of(self, person) -> 'SubmissionQuerySet':
        """What the desk shows: everything the person sees but for submissions on which they are an author."""
        return self.visible_to(person).exclude(
            pk__in=Authorship.objects.filter(person=person).values('submission')
        )

    def open(self) -> 'SubmissionQuerySet':
        return self.filter(state__in=IN_PROCESS)

    def with_title(self) -> 'SubmissionQuerySet':
        """With what its title and the language of it need, and none of the words."""
        heavy = ('body', 'references', 'byline', 'tag_words', 'standfirst')
        return self.select_related('current').defer(*(f'current__{name}' for name in heavy))

    def with_names(self) -> 'SubmissionQuerySet':
        return self.prefetch_related(models.Prefetch('authorships', Authorship.objects.for_print()))

    def for_its_page(self) -> 'SubmissionQuerySet':
        """With its words, editor, post and names, and the words that were handed in, asked about and approved."""
        return self.with_names().select_related(
            'current__lead_picture',
            'editor',
            'post__version',
            'series',
            'commission',
            'asked_version',
            'approved_version',
            'handed_in_version',
        )

    def oldest_wait_first(self) -> 'SubmissionQuerySet':
        return self.order_by('held_since', 'pk')
