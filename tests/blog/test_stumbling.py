"""What readers would stumble over is mended before release, or asked about where a program cannot be sure."""

import pytest

from blog import checklist
from blog.checklist import stumbling
from blog.models import Version
from tests.conftest import make_submission


def version(body: str, **fields) -> Version:
    return Version(body=body, **fields)


@pytest.mark.parametrize(
    ('body', 'skipped'),
    [
        ('<p>a</p>', []),
        ('<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2><h3>e</h3>', []),
        ('<h3>Deep &amp; first</h3>', ['“Deep & first”']),
        ('<h2>a</h2><h4>b</h4><h4>c</h4>', ['“b”']),
    ],
)
def test_a_heading_follows_one_of_the_rank_above(body, skipped):
    assert stumbling.headings_skipped(version(body)) == skipped


@pytest.mark.parametrize(
    ('body', 'count'),
    [
        ('<p><a href="https://a.example">a</a></p>', 0),
        ('<p><a href="https://a.example"></a><a href="/b/"> <strong>\u00a0</strong></a></p>', 2),
        ('<p><a id="fn-1"></a></p>', 0),
    ],
)
def test_a_link_has_words(body, count):
    assert stumbling.empty_links(version(body)) == count


def test_a_table_has_header_cells_also_among_the_references():
    bare = '<table><tbody><tr><td>a</td></tr></tbody></table>'
    headed = '<table><thead><tr><th scope="col">a</th></tr></thead></table>'

    assert stumbling.tables_without_header(version(bare + headed, references=bare)) == 2


@pytest.mark.parametrize(
    'words',
    ['here', 'Click here', 'click <em>here</em>.', 'Cliciwch yma', 'YMA', 'read more…', 'cliog an seo'],
)
def test_words_that_say_nothing_are_asked_about(words):
    made = version(f'<p><a href="https://a.example">{words}</a></p>')

    assert len(checklist.to_look_at(made)) == 1


@pytest.mark.parametrize('words', ['The report', 'here in Wales', '1', 'https://a.example/here'])
def test_words_that_say_something_are_not(words):
    assert checklist.to_look_at(version(f'<p><a href="https://a.example">{words}</a></p>')) == []


@pytest.mark.parametrize(
    ('alt', 'asked'),
    [
        ('Two nurses at a table', 0),
        ('A table of results', 1),
        ('A screenshot of the form', 1),
        ('Sgrinlun o’r ffurflen', 1),
        ('A bridge', 0),
        ('long ' * 60, 1),
        ('', 0),
    ],
)
def test_a_picture_that_may_be_one_of_words_is_asked_about(alt, asked):
    assert len(stumbling.pictures_of_words(version(f'<figure><img src="/x" alt="{alt}"></figure>'))) == asked
    lead = version('', lead_alt=alt, lead_picture_id=1)
    assert len(stumbling.pictures_of_words(lead)) == asked


@pytest.mark.django_db
def test_what_is_certain_blocks_and_what_is_asked_does_not(author):
    submission = make_submission(author)
    written = submission.current
    keys = {line.key for line in checklist.for_approval(submission)}
    written.body = (
        '<h2>Top</h2><h4>Deep</h4><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>'
        '<p><a href="https://a.example">click here</a></p>'
    )

    lines = {line.key: line for line in checklist.for_approval(submission)}

    assert lines.keys() - keys == {'headings', 'table_headers'}
    assert 'a rank too deep' in checklist.sentence(list(lines.values()))
    assert 'click here' not in checklist.sentence(list(lines.values()))
    assert 'click here' in checklist.to_look_at(written)[0]
