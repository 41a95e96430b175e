"""What is held of a person in the blog, for `My data`: their names, words, messages and posts."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string

from blog.models import Authorship, Message, Post, Version
from ukis import markup
from ukis.personal import Holding, OwnDocument

ACTED = 'What somebody did with a submission stands in its history, under their name.'


def _own(person: Any) -> QuerySet[Authorship]:
    return Authorship.objects.filter(person=person)


def _versions(person: Any) -> QuerySet[Version]:
    """Words that they wrote, and none of an editor's of which they may not know yet."""
    return Version.objects.filter(made_by=person).order_by('pk')


def _messages(person: Any) -> QuerySet[Message]:
    return Message.objects.filter(by=person).order_by('pk')


HOLDINGS = (
    Holding(
        'blog.authorship',
        'Your name on blogs',
        ('person',),
        columns=(
            'submission__working_title',
            'name',
            'role',
            'affiliation',
            'biography',
            'email',
            'agreed_at',
            'objected_at',
        ),
        rows=_own,
    ),
    Holding(
        'blog.byline',
        'Your name in print',
        ('person',),
        columns=('post__slug', 'post__version__title', 'name', 'role', 'affiliation', 'biography'),
    ),
    Holding(
        'blog.version',
        'Words you wrote',
        ('made_by',),
        columns=('submission__working_title', 'number', 'title', 'standfirst', 'body', 'made_at'),
        rows=_versions,
    ),
    Holding(
        'blog.declaration',
        'What you declared',
        ('person',),
        columns=('submission__working_title', 'kind', 'sentence', 'answer', 'at'),
    ),
    Holding(
        'blog.message',
        'Messages you wrote',
        ('by',),
        columns=('submission__working_title', 'at', 'text'),
        rows=_messages,
    ),
    Holding('blog.lastread', 'Acts', ('person',), why=ACTED),
    Holding('blog.step', 'Acts', ('by',), why=ACTED),
    Holding('blog.submission', 'Acts', ('editor', 'started_by'), why=ACTED),
)


def posts(person: Any) -> Iterator[OwnDocument]:
    """Each post in print that names them, as a page of its own that any browser shows."""
    named: Iterable[Post] = (
        Post.objects.at_its_address()
        .filter(bylines__person=person)
        .select_related('version')
        .distinct()
        .order_by('published_at')
    )
    for post in named:
        assert post.version is not None  # it is in print
        body = markup.render(post.version.body)
        page = render_to_string(
            'blog/posts/on_its_own.html', {'post': post, 'version': post.version, 'body': body}
        )
        yield OwnDocument(f'posts/{post.slug}.html', page.encode())
