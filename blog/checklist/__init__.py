"""What still blocks a submission, and who can mend it. Save asks nothing, submit a little, release all."""

from dataclasses import dataclass
from datetime import date, datetime

from blog.checklist import stumbling
from blog.models import Commission, Declaration, Submission, Version
from blog.states import row_of
from blog.told import UNSENT
from ukis import days, markup, tags
from ukis.letters.models import Letter

FEWEST_TAGS, TOO_FEW_TAGS = 2, 'Choose at least two tags.'


@dataclass(frozen=True)
class Line:
    key: str
    text: str
    done: bool
    who: str = 'the author'
    how: str = ''
    page: str = 'submission_edit'  # where its author mends it


def sentence(lines: list[Line]) -> str:
    """The open lines as one sentence, or nothing."""
    missing = [line.how or line.text for line in lines if not line.done]
    return ' '.join(missing)


def _words(version: Version) -> list[Line]:
    tags = len(version.tag_words)
    return [
        Line('title', 'A title', bool(version.title.strip()), how='Give it a title.'),
        Line(
            'standfirst',
            'A standfirst',
            bool(version.standfirst.strip()),
            how='Write a standfirst: two or three sentences.',
        ),
        Line('body', 'The text', bool(markup.to_text(version.body).strip()), how='Write the text.'),
        Line('tags', 'At least two tags', tags >= FEWEST_TAGS, how=TOO_FEW_TAGS),
        Line(
            'byline',
            'A byline',
            bool(version.byline) and all(one.name.strip() for one in version.printed_names),
            how='Say who wrote it, as it is to be printed.',
            page='submission_byline',
        ),
        *_left_out(version),
    ]


def _left_out(version: Version) -> list[Line]:
    """Only where there are any: what a paste left where it could not take a picture is no words for print."""
    count = markup.pictures_left_out(version.body) + markup.pictures_left_out(version.references)
    if not count:
        return []
    places, them = ('a place', 'it') if count == 1 else (f'{count} places', 'them')
    how = (
        f'The text has {places} marked “[Picture left out]”. Put the picture in with the picture button, or take '
        f'{them} out of the text.'
    )
    return [Line('left_out', 'No picture is left out', False, 'the author', how)]


def for_submit(version: Version) -> list[Line]:
    """What an author must have before handing it in; the declarations are asked for with it."""
    return _words(version)


def for_writing(version: Version) -> list[Line]:
    """The same while it is written, with what its pictures still need before it can come out."""
    return [*_words(version), *(line for line in _pictures(version) if not line.done), *_stumbling(version)]


def to_look_at(version: Version) -> list[str]:
    """Questions about what may be well as it is: they stop nothing."""
    found = [
        f'A link says “{words}”. Does that tell where it leads, to somebody who hears the links one after the other?'
        for words in stumbling.links_that_say_nothing(version)
    ]
    found += [
        f'A picture is described as {alt}. If it shows words, can the words stand in the text instead? Nobody can '
        'make them larger in a picture, translate them or search for them.'
        for alt in stumbling.pictures_of_words(version)
    ]
    if stumbling.is_title_off_the_card(version):
        found.append(
            'The title is written in letters that the card has not got which is shown where somebody shares the blog: '
            'it will bear the Society’s name instead. Is that well, or is there a title in Latin letters?'
        )
    return list(dict.fromkeys(found))


def asked_for(commission: Commission, version: Version) -> list[Line]:
    """What the brief asks and can be counted: it is said while it is written, and stops nothing."""
    found = []
    if length := commission.length_in_words:
        count = version.word_count
        low, high = commission.words_from or 0, commission.words_to or count
        how = f'The brief asks for {length}: you have {count:,}.'
        found.append(Line('asked_length', f'The length asked for: {length}', low <= count <= high, how=how))
    had = {tags.fold(name) for name in version.tag_words}
    missing = [name for name in commission.tag_words if tags.fold(name) not in had]
    if commission.tag_words:
        how = f'The brief has these tags too: {", ".join(missing)}.'
        found.append(Line('asked_tags', 'The tags of the brief', not missing, how=how))
    return found


def _pictures(version: Version) -> list[Line]:
    lead_said = version.lead_picture_id is None or version.lead_decorative or bool(version.lead_alt.strip())
    bare = markup.undescribed_pictures(version.body)
    return [
        Line(
            'lead_alt',
            'The lead picture is described',
            lead_said,
            'the editor',
            'Say what the lead picture shows, or that it is decorative.',
        ),
        Line(
            'alts',
            'Every picture in the text is described',
            not bare,
            'the editor',
            'Say what each picture in the text shows, or that it is decorative.',
        ),
    ]


def _stumbling(version: Version) -> list[Line]:
    """Only what is there: most texts have nothing of the kind."""
    skipped = stumbling.headings_skipped(version)
    links, tables = stumbling.empty_links(version), stumbling.tables_without_header(version)
    found = {
        'headings': (
            skipped,
            'Headings follow one another by rank',
            f'A heading stands a rank too deep, for none of the rank between comes before it: {", ".join(skipped)}.',
        ),
        'empty_links': (
            links,
            'Every link has words',
            f'{"A link has" if links == 1 else f"{links} links have"} no words. Write some, or take the link off.',
        ),
        'table_headers': (
            tables,
            'Every table has a header',
            f'{"A table has" if tables == 1 else f"{tables} tables have"} no header cells. Say what its columns or '
            'rows are: mark the first row or column as a header.',
        ),
    }
    return [
        Line(key, text, False, 'the author or the editor', how)
        for key, (there, text, how) in found.items()
        if there
    ]


def _declared(submission: Submission) -> list[Line]:
    if submission.source:
        return [Line('declarations', 'Imported: no declarations', True)]
    kinds = {one.kind for one in submission.declarations.all()}
    return [
        Line(
            'declarations',
            'Rights, interests and views declared',
            kinds >= set(Declaration.Kind.values),
            'the author',
            'The author has not made every declaration.',
        )
    ]


def for_approval(submission: Submission) -> list[Line]:
    """The whole list apart from the approval itself."""
    version = submission.current
    return [*_words(version), *_pictures(version), *_stumbling(version), *_declared(submission)]


def _objections(submission: Submission) -> list[Line]:
    """Only where there are any: a line for each, with who can mend it."""
    return [
        Line(
            'objection',
            f'{row.name} objects to it as it stands',
            False,
            row.name,
            f'{row.name} objects. Settle it with them: they take the objection back on their page, or their name '
            'comes off.',
        )
        for row in submission.objections
    ]


def _silent_names(submission: Submission) -> list[Line]:
    """A name is never printed on silence alone: a line for each that would be."""
    return [
        Line(
            'agreed',
            f'{row.name} has not said yes to being named',
            False,
            'the corresponding author',
            f'{row.name} says yes by the link in their letter, or somebody says how they agreed, or the name comes '
            'off.',
        )
        for row in submission.silent_names
    ]


def _nobody_to_ask(submission: Submission) -> str:
    if any(row.corresponding and row.person_id for row in submission.authorships.all()):
        return ''
    return ' Nobody named on it can sign in to do so: only typos can be put right.'


def _approval(submission: Submission, *, approved: bool) -> str:
    """On a silence nobody is said to have approved."""
    row = row_of(submission.state)
    if approved and row.needs_approval and not row.in_print and submission.went_on_without_reply:
        return 'No reply of the author: the editors went on without one'
    if approved and row.needs_approval and not row.in_print and submission.approved_elsewhere:
        return 'The author approved these exact words, as an editor noted'
    return 'The author approved these exact words'


def free_to_go_on(noted_at: datetime) -> date:
    """From when on what was approved elsewhere can have a date: its author has a whole working day to object."""
    return days.add_working_days(days.london_day(noted_at), 2)


def _time_to_object(submission: Submission) -> list[Line]:
    """Only where an editor noted the approval: a line until its author had time to say that it is not so."""
    if not submission.approved_elsewhere or submission.noted_at is None:
        return []
    free = free_to_go_on(submission.noted_at)
    told = Letter.objects.about(submission).filter(kind='approval_noted', queued_at__gte=submission.noted_at)
    untold = set(told.values_list('state', flat=True)) <= {*UNSENT, Letter.State.RECALLED}
    done = days.today() >= free and not untold
    how = f'The approval was noted by an editor: its author can say until {days.in_words(free)} that it is not so.'
    if days.today() >= free:
        how = 'The letter that tells its author of the approval that was noted has not left yet.'
    return [
        Line('noted', 'Its author had time to say that the noted approval is not so', done, 'the clock', how)
    ]


def for_release(submission: Submission) -> list[Line]:
    """The whole list."""
    current = submission.current
    post = submission.post_or_none
    # Of an imported submission nobody approved the words in print; any other words its author must have read.
    imported = bool(submission.source) and post is not None and post.version_id == submission.current_id
    approved = imported or (current is not None and submission.approved_hash == current.hash)
    return [
        *for_approval(submission),
        Line(
            'approval',
            'Imported: no approval' if imported else _approval(submission, approved=approved),
            approved,
            'the author',
            'The author has not approved these exact words.' + _nobody_to_ask(submission),
        ),
        *_time_to_object(submission),
        *_objections(submission),
        *_silent_names(submission),
        Line('address', 'An address', post is not None, 'the editor', 'It has no address yet.'),
    ]
