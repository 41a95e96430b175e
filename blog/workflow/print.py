"""Into print, and what may be done to a post that is there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from blog.checklist import FEWEST_TAGS, TOO_FEW_TAGS, declared, typos
from blog.models import Authorship, Byline, Correction, Post, PrintedName, Submission, Version, Words
from blog.models.posts import Views
from blog.workflow.engine import Moving, moving
from blog.workflow.roles import Role
from blog.workflow.words import refuse_stale, words_to_keep, write_version
from members import merging
from members.models import Organisation, Person
from ukis import days
from ukis.refusals import NotNow
from ukis.tags import as_they_stand


def print_version(post: Post, version: Version) -> None:
    """Puts a version and its byline before the public: the only place that writes Bylines."""
    post.version = version
    post.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            post=post,
            order=order,
            **name.columns(),
        )
        for order, name in enumerate(_as_they_are_known(version.printed_names))
    )


def _as_they_are_known(printed: list[PrintedName]) -> list[PrintedName]:
    """The same words; where somebody or some place was merged since they were written, they lead to who stands for
    it."""
    people = merging.stands_for(Person, [one.person for one in printed])
    places = merging.stands_for(Organisation, [one.organisation for one in printed])
    return [
        replace(
            one,
            person=people.get(one.person or 0, one.person),
            organisation=places.get(one.organisation or 0, one.organisation),
        )
        for one in printed
    ]


def release(
    submission: Submission,
    *,
    by: Person,
    at: datetime | None = None,
    tags: Sequence[str] = (),
    views: str = '',
    fair: str = '',
) -> Submission:
    """Now (`at` None or past), or on a date. `tags` are the confirmed ones, by default the editor's, else the
    author's words; `views` confirms whose views they are. A word that no tag has yet becomes one here."""
    with moving('release', submission, by=by, fair=fair) as move:
        held, post = move.submission, move.submission.post
        post.published_at = max(at, move.at) if at else move.at
        confirmed = as_they_stand(tags or held.tags_to_print())
        if len(confirmed) < FEWEST_TAGS:
            raise NotNow(TOO_FEW_TAGS)
        if views:
            _confirm_views(post, views)
        post.interests = declared.for_print(held).interests
        print_version(post, held.current)
        # Tags before the shelves, as a merge takes them: then neither waits for the other.
        post.tags.set(confirmed, waiting=not post.is_out_at(move.at))
        post.save()
        if post.published_at > move.at:
            move.due_on = days.london_day(post.published_at)
        move.note = f'out on {days.moment_in_words(post.published_at)}'
        move.facts.post = post
    return submission


def _confirm_views(post: Post, views: str) -> None:
    if views not in Views.values:
        raise NotNow('Say whose views these are.')
    post.views = views


def unschedule(submission: Submission, *, by: Person, note: str = '') -> Submission:
    with moving('unschedule', submission, by=by, note=note) as move:
        move.submission.post.published_at = None
        move.submission.post.save(update_fields=['published_at'])
    return submission


def reschedule(submission: Submission, *, by: Person, at: datetime) -> Submission:
    """Another time. The author hears of it if the day changes."""
    with moving('reschedule', submission, by=by) as move:
        if at <= move.at:
            raise NotNow('Choose a time that is to come, or take it off the calendar and publish it now.')
        post = move.submission.post
        was = post.published_at
        move.silent = was is not None and days.london_day(at) == days.london_day(was)
        post.published_at = at
        post.save(update_fields=['published_at'])
        move.due_on = days.london_day(at)
        move.note = f'out on {days.moment_in_words(at)}'
        move.facts.post = post
    return submission


def publish_now(submission: Submission, *, by: Person) -> Submission:
    """A scheduled post comes out at once."""
    with moving('publish_now', submission, by=by) as move:
        post = move.submission.post
        post.published_at = move.at
        post.save(update_fields=['published_at'])
        move.facts.post = post
    return submission


def revise(submission: Submission, *, by: Person, note: str) -> Submission:
    """Opens a live post for private work; the public goes on reading the words in print."""
    with moving('revise', submission, by=by, note=note) as move:
        if move.submission.editor_id is None or Role.EDITOR not in move.roles:
            move.submission.editor = by
        move.submission.asked_version = move.submission.asked_at = None
    return submission


def drop_revision(submission: Submission, *, by: Person) -> Submission:
    """Back to the words in print; the post was never touched. The dropped versions stay in the history."""
    with moving('drop_revision', submission, by=by) as move:
        move.silent = move.submission.asked_at is None
        held = move.submission
        in_print = held.post.version
        assert in_print is not None, 'a post that is out has words'
        _restore_names(held, _as_they_are_known(in_print.printed_names))
        # The next version goes on from the words in print, under the next free number.
        if held.current_id != in_print.pk:
            _restore_words(held, in_print, move)
        held.approved_version, held.approved_hash = held.current, held.current.hash
    return submission


def _restore_names(submission: Submission, printed: list[PrintedName]) -> None:
    """Who is named, and how, as it stands in print: what a revision had made of it is dropped with it."""
    rows = list(submission.authorships.all())
    kept = []
    for order, name in enumerate(printed):
        found = next((one for one in rows if one.pk not in kept and _is_named(one, name)), None)
        found = found or Authorship(submission=submission)
        # A name that is not the person's own is printed without them, and stays theirs here; so does one to which
        # they said yes after it was printed.
        stands = name.columns() | {'person_id': name.person or found.person_id}
        for column, value in (stands | {'order': order, 'printed': True}).items():
            setattr(found, column, value)
        found.save()
        kept.append(found.pk)
    others = submission.authorships.exclude(pk__in=kept)
    others.filter(corresponding=False).delete()
    others.update(printed=False, order=len(kept))


def _is_named(authorship: Authorship, printed: PrintedName) -> bool:
    return authorship.person_id == printed.person if printed.person else authorship.name == printed.name


def _restore_words(submission: Submission, in_print: Version, move: Moving) -> None:
    version = Version(
        submission=submission,
        number=submission.current.number + 1,
        byline=in_print.byline,
        made_by=move.by,
        made_at=move.at,
        why='drop_revision',
        note=f'back to version {in_print.number}, the words in print',
        **vars(in_print.words()),
    )
    version.hash = version.fingerprint()
    version.save()
    submission.current = version
    submission.working_title = version.title


def release_revision(
    submission: Submission, *, by: Person, correction: str, tags: Sequence[str] = (), fair: str = ''
) -> Submission:
    """The revision takes the place of the words in print, now, with a dated note that readers see."""
    with moving('release_revision', submission, by=by, note=correction, fair=fair) as move:
        if not correction.strip():
            raise NotNow('Write the note that readers will see: what changed, and why.')
        post = move.submission.post
        print_version(post, move.submission.current)
        for name, value in vars(declared.for_print(move.submission)).items():
            setattr(post, name, value)
        post.revised_at = move.at
        if tags:
            post.tags.set(tags)
        post.save()
        Correction.objects.create(post=post, at=move.at, note=correction.strip())
        move.facts.post = post
    return submission


def correct_typo(submission: Submission, *, by: Person, base: int, words: Words, reason: str) -> Submission:
    """A letter put right in a live post: both texts are kept, the author is told, readers see no note."""
    with moving('correct_typo', submission, by=by, note=reason) as move:
        held = move.submission
        if not reason.strip():
            raise NotNow('Say in a few words what was wrong.')
        refuse_stale(held, base)
        before = held.current
        if why_more := typos.why_more(before, words_to_keep(words)):
            raise NotNow(why_more)
        version = write_version(
            held,
            words,
            by=by,
            at=move.at,
            why='correct_typo',
            note=reason,
            typo=True,
            byline=before.printed_names,
        )
        if version.pk == before.pk:
            raise NotNow('Nothing was changed.')
        print_version(held.post, version)
        held.post.save(update_fields=['version'])
        if held.went_on_without_reply:
            held.silent_hash = version.hash
        if held.approved_elsewhere:
            held.noted_hash = version.hash
        held.approved_version, held.approved_hash = version, version.hash
        Correction.objects.create(post=held.post, at=move.at, note=reason.strip(), printed=False)
        move.facts.post, move.facts.before, move.facts.after = held.post, before, version
    return submission


def archive(submission: Submission, *, by: Person, reason: str) -> Submission:
    """Still at its address, with a line saying so; in no list, feed or sitemap."""
    with moving('archive', submission, by=by, note=reason) as move:
        _set(move, archived_at=move.at)
    return submission


def restore(submission: Submission, *, by: Person, reason: str) -> Submission:
    with moving('restore', submission, by=by, note=reason) as move:
        _set(move, archived_at=None)
    return submission


def take_down(submission: Submission, *, by: Person, reason: str, fair: str = '') -> Submission:
    """Gone on the very next request: its address answers 410 with title, date and the reason."""
    with moving('take_down', submission, by=by, note=reason, fair=fair) as move:
        _set(move, taken_down_at=move.at, taken_down_why=reason.strip()[:300])
    return submission


def put_back(submission: Submission, *, by: Person, reason: str, fair: str = '') -> Submission:
    with moving('put_back', submission, by=by, note=reason, fair=fair) as move:
        _set(move, taken_down_at=None, taken_down_why='')
    return submission


def _set(move: Moving, **columns) -> None:
    post = move.submission.post
    for name, value in columns.items():
        setattr(post, name, value)
    post.save(update_fields=list(columns))
    move.facts.post = post
