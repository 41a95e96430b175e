from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from blog.admin.submissions import FoundByWords
from blog.desk import queues
from blog.models import Post, Submission
from ukis import markup


@admin.register(Post)
class PostAdmin(FoundByWords):
    list_display = [
        'title',
        'slug',
        'published_at',
        'revised_at',
        'views',
        'featured',
        'archived_at',
        'taken_down_at',
    ]
    list_filter = [
        'featured',
        'views',
        ('archived_at', admin.EmptyFieldListFilter),
        ('taken_down_at', admin.EmptyFieldListFilter),
    ]
    list_display_links = ['title']
    search_fields = ['submission__working_title', 'slug', 'bylines__name']
    fields = [
        'on_the_desk',
        'slug',
        'published_at',
        'revised_at',
        'archived_at',
        'taken_down_at',
        'taken_down_why',
        'views',
        'interests',
        'licence',
        'featured',
        'elsewhere_url',
        'elsewhere_on',
    ]
    readonly_fields = ['on_the_desk']

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """Every post was submitted or imported, so of the desk's rule only this is left: not one's own."""
        return (
            Post.objects.exclude(submission__in=Submission.objects.written_by(request.user))
            .select_related('submission', 'version')
            .only('submission__working_title', 'version__title', 'version__language', *self._columns())
            .order_by('-published_at', '-pk')
        )

    @staticmethod
    def _columns() -> list[str]:
        return [field.name for field in Post._meta.concrete_fields]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """As on the desk, and by a part of the address. What every post was written as is known to the editors."""
        if not search_term:
            return queryset, False
        address = Q(slug__contains='-'.join(search_term.lower().split()))
        having = queues.that_have(search_term, key='submission')
        return queryset.filter(address if having is None else address | having), False

    def languages_of(self, obj: Post) -> dict[str, list[str]]:
        return {_language(obj): [str(obj)]}

    @admin.display(description='title', ordering='submission__working_title')
    def title(self, post: Post) -> str:
        return markup.in_language(post.submission.working_title, _language(post))

    @admin.display(description='On the desk')
    def on_the_desk(self, post: Post) -> str:
        address = reverse('admin:desk_submission', args=[post.submission_id])
        return format_html('<a href="{}">{}</a>', address, self.title(post))


def _language(post: Post) -> str:
    return post.version.language if post.version else ''
