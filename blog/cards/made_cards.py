"""Cards of posts, drawn by the worker: of what is scheduled or only approved as well, so that the first who shares a
post finds its card. Who asks for one that is not there yet waits until it is drawn."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from blog import cards, post_page
from blog.models import Card, Post, State, Submission, Version
from blog.post_page import PostPage
from ukis.pictures import store
from ukis.pictures.refused import Busy, StoreAway
from ukis.prepared import asked
from ukis.society.models import Society

ROUND = timedelta(seconds=20)
AT_ONCE = 200


def card_of(shown: PostPage) -> tuple[bytes, bool]:
    """As it was drawn before, else drawn now; False where its picture could not be had for it."""
    card = Card.objects.filter(version=shown.version, mark=cards.mark(shown)).first()
    try:
        if card is not None:
            return store.read(card.file), True
        return cards.draw(shown, cards.picture_of(shown)), True
    except FileNotFoundError:
        return cards.draw(shown, cards.picture_of(shown)), True
    except (StoreAway, Busy):
        return cards.draw(shown), shown.lead_picture is None


def draw_missing(now: datetime) -> None:
    """The newest first, as many as there is time for."""
    until = timezone.now() + ROUND
    for key in _posts_to_do():
        _of_post(key)
        if timezone.now() > until:
            return
    for submission in _approved_without():
        _make(submission.current, post_page.of_version(submission.current, submission), printed=False)
        if timezone.now() > until:
            return
    for card in Card.objects.filter(printed=False).select_related('version__submission')[:AT_ONCE]:
        if not _is_approved(card.version):
            _forget(card)


def redraw(picture: int) -> None:
    """Another part of this picture must stay in sight: the cards that show it are looked at again."""
    QuerySet(Post).filter(version__lead_picture=picture).update(carded_at=None)
    Card.objects.filter(version__lead_picture=picture, printed=False).update(mark='')


def _posts_to_do() -> list[int]:
    due = Post.objects.filter(carded_at=None, published_at__isnull=False).order_by('-published_at', '-pk')
    return list(due.values_list('pk', flat=True)[:AT_ONCE])


def _approved_without() -> list[Submission]:
    drawn = Card.objects.filter(version=OuterRef('current')).exclude(mark='')
    ready = Submission.objects.filter(~Exists(drawn), state=State.READY)
    return list(ready.select_related('current__lead_picture')[:AT_ONCE])


def _is_approved(version: Version) -> bool:
    submission = version.submission
    return submission.state == State.READY and submission.current_id == version.pk


def _of_post(key: int) -> None:
    posts, pictures = post_page.with_all(asked(Post.objects.for_reading().filter(pk=key)))
    if not posts:
        return
    post = posts[0]
    others = Card.objects.filter(version__submission=post.submission_id, printed=True)
    if post.taken_down_at is None and post.version is not None:
        _make(post.version, post_page.of_post(post, Society.get(), pictures), printed=True)
        others = others.exclude(version=post.version)
    for card in others:
        _forget(card)
    # Not if it changed meanwhile; and this is no change of it.
    QuerySet(Post).filter(pk=key, touched_at=post.touched_at).update(carded_at=timezone.now())


def _make(version: Version, shown: PostPage, *, printed: bool) -> None:
    mark, before = cards.mark(shown), Card.objects.filter(version=version).first()
    if before and before.mark == mark:
        Card.objects.filter(pk=before.pk).update(printed=printed)
        return
    content = cards.draw(shown, cards.picture_of(shown))
    digest = hashlib.sha256(content).hexdigest()
    name = store.keep(f'cards/{digest[:2]}/{digest}.{cards.kind(shown)}', content)
    drawn = {'mark': mark, 'file': name, 'printed': printed, 'made_at': timezone.now()}
    Card.objects.update_or_create(version=version, defaults=drawn)
    if before and before.file != name:
        _forget_file(before.file)


def _forget(card: Card) -> None:
    card.delete()
    _forget_file(card.file)


def _forget_file(name: str) -> None:
    """Two posts of one title and the same names have one file."""
    if not Card.objects.filter(file=name).exists():
        store.forget(name)
