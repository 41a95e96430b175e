"""Who of the staff reads which letters about submissions, and where they look at what a letter is about."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from blog.models import Authorship, Commission, Reading, Submission
from members.models import Person
from members.roles import SECRETARY
from ukis.letters.models import Letter


def kept_from(person: Person) -> Q:
    """Letters about submissions are for those who read submissions; of those about one's own one sees the ones to
    oneself, as any author does."""
    # By keys that are remembered: with the table of kinds in it, a list of letters would begin from there.
    kinds = ContentType.objects.get_for_models(*apps.get_app_config('blog').get_models()).values()
    about = Q(content_type__in=[kind.pk for kind in kinds])
    if person.is_guest_editor:
        return ~_of_their_series(person) & (about if person.is_in(SECRETARY) else ~Q(pk__in=[]))
    if not person.has_perm('blog.view_submission'):
        return about
    own = Authorship.objects.filter(person=person.pk).values('submission')
    about_own = Q(content_type=ContentType.objects.get_for_model(Submission), object_id__in=own)
    return about_own & ~Q(pk__in=Letter.objects.filter(to=person.pk))


def _of_their_series(guest: Person) -> Q:
    """About what is on a guest editor's desk, and nothing else whatever: what they decide they can still recall."""
    submissions = Submission.objects.on_the_desk_of(guest).order_by().values('pk')
    rows: dict[Any, Any] = {
        Submission: submissions,
        Reading: Reading.objects.filter(submission__in=submissions).order_by().values('pk'),
        Commission: Commission.objects.on_the_desk_of(guest).order_by().values('pk'),
    }
    found = Q(pk__in=[])
    for model, keys in rows.items():
        found |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    return found


def page_of(submission: Any) -> str:
    """An author's page of it, from which editors are led to the desk."""
    return submission.get_absolute_url()
