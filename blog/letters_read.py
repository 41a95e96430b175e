"""Who of the staff reads which letters about submissions, and where they look at what a letter is about."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from blog.models import Authorship, Submission
from members.models import Person
from ukis.letters.models import Letter


def kept_from(person: Person) -> Q:
    """Letters about submissions are for those who read submissions; of those about one's own one sees the ones to
    oneself, as any author does."""
    # By keys that are remembered: with the table of kinds in it, a list of letters would begin from there.
    kinds = ContentType.objects.get_for_models(*apps.get_app_config('blog').get_models()).values()
    about = Q(content_type__in=[kind.pk for kind in kinds])
    if not person.has_perm('blog.view_submission'):
        return about
    own = Authorship.objects.filter(person=person.pk).values('submission')
    about_own = Q(content_type=ContentType.objects.get_for_model(Submission), object_id__in=own)
    return about_own & ~Q(pk__in=Letter.objects.filter(to=person.pk))


def page_of(submission: Any) -> str:
    """An author's page of it, from which editors are led to the desk."""
    return submission.get_absolute_url()
