"""Moving in: exports and feeds of other systems become posts, once, with their addresses."""

import gzip
import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from blog import importing
from blog.importing import links
from blog.models import Post, Submission
from members.models import Person
from tests import exports
from ukis.addresses.models import OldAddress
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path) -> Path:
    path = tmp_path / 'export.xml'
    path.write_text(exports.AWKWARD, encoding='utf-8')
    return path


def run(*paths: Path, **options) -> importing.ImportReport:
    return importing.run(paths, by=None, **options)


def post_called(title: str) -> Post:
    return Post.objects.get(version__title=title)


def test_an_export_comes_in_whole(export):
    report = run(export)

    assert dict(report.outcomes) == {'new': 9, 'hidden': 4}, report.text()
    assert list(Post.objects.order_by('pk').values_list('version__title', flat=True)) == [
        'Blocks & more',
        'Classic text',
        'The tide turns slowly in the northern harbours…',
        'Same address',
        'Same address',
        'Control characters',
        'Llanw a thrai: sut mae’r môr yn newid',
        '海港的潮汐',
        'Entities ét cetera &unknown; & more',
    ]
    assert not Letter.objects.exists()


def test_a_second_time_nothing_comes_and_nothing_changes(export):
    run(export)
    before = list(Post.objects.order_by('pk').values())

    report = run(export)

    assert dict(report.outcomes) == {'here': 9, 'hidden': 4}
    assert list(Post.objects.order_by('pk').values()) == before
    assert Person.objects.filter(name='Mairi Lindqvist').count() == 1


def test_a_dry_run_says_the_same_and_writes_nothing(export):
    report = run(export, dry=True)

    assert (report.outcomes['new'], report.outcomes['hidden'], report.comments) == (9, 4, 1)
    assert report.lists['People to be made, without an account'] == ['Dr Mairi Lindqvist', 'Huw Tegid']
    assert not Submission.objects.exists()
    assert not Person.objects.exists()
    assert not OldAddress.objects.exists()


def test_what_was_edited_here_stays_and_is_listed(export):
    from blog import workflow
    from tests.conftest import make_person

    run(export)
    post = Post.objects.get(slug='same')
    workflow.readdress(post, by=make_person(group='Commissioning Editor'), slug='of-one-address')

    report = run(export)

    assert report.lists['Edited here since, left as they are'] == ['Same address']
    assert report.outcomes['edited'] == 1
    post.refresh_from_db()
    assert post.slug == 'of-one-address'


def test_what_changed_there_since_is_listed_and_stays(export):
    run(export)
    export.write_text(exports.AWKWARD.replace('One', 'Another'), encoding='utf-8')

    report = run(export)

    assert report.lists['Changed there since, left as they are here'] == ['Same address']
    assert Post.objects.get(slug='same').version.body == '<p>One</p>'


def test_classic_text_reads_as_its_readers_saw_it(export):
    run(export)

    body = post_called('Classic text').version.body

    assert body == (
        '<p>First line of the first<br>second line of it</p>\n'
        '<p>Another paragraph [sic], with a note [1].</p>\n'
        '<ul><li>one</li><li>two</li></ul>\n'
        '<p>After the list.</p>\n'
        '<p><a href="https://old.example/big.jpg" rel="noopener nofollow ugc">[Picture left out: Boats]</a></p>\n'
        '<p>The <em>old</em> harbour</p>\n'
        '<p>[Picture left out: Boats at rest]</p>\n'
        '<p>Two boats</p>\n'
        '<p><a href="https://vimeo.com/12345" rel="noopener nofollow ugc">Video: vimeo.com</a></p>\n'
        '<p>Words in a box.</p>\n'
        '<pre><code>keep\n  this   [gallery] as it is</code></pre>'
    )


def test_dates_are_those_of_greenwich_else_those_of_the_zone(export):
    run(export)

    dates = {post.version.title: post.published_at for post in Post.objects.select_related('version')}

    assert dates['Blocks & more'] == datetime(2019, 3, 25, 9, tzinfo=UTC)
    assert dates['Classic text'] == datetime(2019, 7, 1, 8, tzinfo=UTC)  # 9 in a London summer


def test_pictures_come_from_the_folder_and_nowhere_else(export, tmp_path, settings):
    from PIL import Image

    folder = tmp_path / 'pictures' / '2019' / '03'
    folder.mkdir(parents=True)
    Image.new('RGB', (40, 30), 'teal').save(folder / 'harbour.jpg')

    report = run(export, pictures=tmp_path / 'pictures')

    body = post_called('Blocks & more').version.body
    assert body.count('<img src="/media/pictures/') == 1
    assert 'alt="Boats"' in body
    assert '<figcaption>At low tide</figcaption>' in body
    assert not report.lists['Pictures that are not in the folder']


def test_old_addresses_lead_here_however_they_are_written(export, client):
    run(export)
    welsh = 'llanw-a-thrai-sut-maer-mor'

    for old, slug in [
        ('/2019/03/blocks/', 'blocks'),
        ('/2019/03/blocks', 'blocks'),
        ('/?p=1', 'blocks'),
        ('/?utm_source=letter&p=1', 'blocks'),
        ('/?page_id=2', 'classic'),
        ('/2019/03/llanw-a-thrai-sut-mae%E2%80%99r-mo%CC%82r/', welsh),
        ('/2019/03/llanw-a-thrai-sut-mae%e2%80%99r-m%c3%b4r', welsh),
        ('/2019/03/%25E6%25B5%25B7/', 'hai'),
    ]:
        answer = client.get(old)
        assert (answer.status_code, answer.headers['Location']) == (301, f'/blog/{slug}/'), old


def test_old_feeds_and_lists_lead_here(export, client):
    run(export)

    for old, new in [
        ('/feed/', '/blog/feed/rss/'),
        ('/feed', '/blog/feed/rss/'),
        ('/?feed=rss2', '/blog/feed/rss/'),
        ('/feed/atom/', '/blog/feed/'),
        ('/category/health-care/', '/blog/tags/health-care/'),
        ('/category/health-care/feed/', '/blog/tags/health-care/feed/'),
        ('/author/huw/', '/blog/authors/huw-tegid/'),
    ]:
        answer = client.get(old)
        assert (answer.status_code, answer.headers['Location']) == (301, new), old


def test_a_query_that_means_nothing_is_the_home_page(export, client):
    run(export)

    assert client.get('/?p=999').status_code == 200
    assert client.get('/?x=1').status_code == 200


def test_readers_apps_know_an_imported_post_again(export, client):
    run(export)

    feed = client.get('/blog/feed/').content.decode()

    assert '<id>https://old.example/?p=1</id>' in feed


def test_what_is_not_public_there_can_be_read_nowhere(export, client):
    run(export)

    assert not Submission.objects.filter(working_title__in=['A secret', 'A draft', 'For us alone']).exists()
    assert client.get('/2019/03/secret/').status_code == 404


def test_an_export_may_be_packed(tmp_path, export):
    packed = tmp_path / 'export.xml.gz'
    packed.write_bytes(gzip.compress(exports.AWKWARD.encode()))

    assert run(packed).outcomes['new'] == 9
    assert run(export).outcomes['here'] == 9


def test_a_file_with_entities_of_its_own_is_refused(tmp_path):
    bomb = tmp_path / 'bomb.xml'
    bomb.write_text(exports.AWKWARD.replace('<rss', '<!DOCTYPE rss [<!ENTITY a "aaa">]><rss'))

    report = run(bomb)

    assert report.lists['Files that cannot be read'] == [
        'bomb.xml brings a DOCTYPE or entities of its own. No export does, so it is not read.'
    ]
    assert not Post.objects.exists()


def test_of_a_file_that_breaks_off_what_came_before_is_taken(tmp_path):
    broken = tmp_path / 'broken.xml'
    broken.write_text(exports.AWKWARD[: exports.AWKWARD.index('<title>A secret')], encoding='utf-8')

    report = run(broken)

    assert report.outcomes['new'] == 3
    assert 'is not read beyond line' in report.lists['Files that cannot be read'][0]


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Old</title><link>https://www.old.example/blog</link>
<atom:link href="https://www.old.example/blog-feed.xml" rel="self" type="application/rss+xml"/>
<item><title><![CDATA[A tide & more]]></title><description><![CDATA[A beginning that goes on…]]></description>
<link>https://www.old.example/single-post/2019/03/25/a-tide</link><guid isPermaLink="false">5c98aa</guid>
<pubDate>Mon, 25 Mar 2019 10:41:42 GMT</pubDate><dc:creator>Anwen Pell</dc:creator><category>Tides</category></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><id>x</id>
<link href="https://www.old.example/"/><updated>2020-01-01T00:00:00Z</updated>
<entry><id>tag:old.example,2019:7</id><title type="html">Ebb &amp;amp; flow</title>
<link href="/single-post/ebb"/><published>2019-05-01T09:00:00+01:00</published>
<author><name>Anwen Pell</name></author><category term="Tides"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words of <em>Atom</em>.</p></div></content></entry></feed>"""


def test_feeds_come_in_with_what_they_lack_told(tmp_path, client):
    rss, atom = tmp_path / 'feed.xml', tmp_path / 'atom.xml'
    rss.write_text(RSS)
    atom.write_text(ATOM)

    report = run(rss, atom)

    assert report.outcomes['new'] == 2, report.text()
    assert report.lists['The text seems cut'] == ['A tide & more']
    assert 'The oldest is of 25 March 2019, the newest of 1 May 2019.' in report.text()
    assert 'a feed holds only the newest' in report.text()
    post = post_called('Ebb & flow')
    assert (post.version.body, post.bylines.get().name, post.feed_id) == (
        '<p>Words of <em>Atom</em>.</p>',
        'Anwen Pell',
        'tag:old.example,2019:7',
    )
    for old in ('/single-post/2019/03/25/a-tide', '/single-post/ebb', '/blog-feed.xml'):
        assert client.get(old).status_code == 301, old


def test_several_feeds_of_one_address_become_one_post_with_the_longer_text(tmp_path):
    first, second = tmp_path / 'first.xml', tmp_path / 'second.xml'
    first.write_text(RSS)
    second.write_text(
        RSS.replace('A beginning that goes on…', '<p>A beginning that goes on, to its end.</p>')
    )

    report = run(first, second)

    assert dict(report.outcomes) == {'again': 1, 'new': 1}
    assert Post.objects.get().version.body == '<p>A beginning that goes on, to its end.</p>'
    assert run(first).outcomes == {'changed': 1}


def test_a_large_export_is_read_as_a_stream(tmp_path):
    """In memory stands one text at a time."""
    import tracemalloc

    from blog.importing import from_wordpress
    from blog.importing.reading import opened
    from blog.importing.records import Former
    from ukis import days

    large = tmp_path / 'large.xml'
    text = '<p>Words of the tide.</p>\n' * 400
    with large.open('w') as file:
        file.write(exports.HEAD)
        for number in range(600):
            file.write(exports.item(number, f'Post {number}', text))
        file.write(exports.FOOT)

    former = Former()
    tracemalloc.start()
    with opened(large) as source:
        from_wordpress.gather(source, former)
    with opened(large) as source:
        count = sum(1 for _ in from_wordpress.posts(source, former, days.LONDON))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 600
    assert large.stat().st_size > 6_000_000
    assert peak < 2_000_000


def test_the_command_reports_and_says_how_far_it_is(export, tmp_path):
    out, err = StringIO(), StringIO()

    call_command(
        'import_posts', export, '--dry-run', '--report', tmp_path / 'report.txt', stdout=out, stderr=err
    )

    assert out.getvalue().startswith('Dry run: nothing was written.\n')
    assert 'A secret: protected by a password' in (tmp_path / 'report.txt').read_text()
    assert 'export.xml: looking through' in err.getvalue()


PAGE = """<!DOCTYPE html>
<!-- saved from url=(0046)https://www.old.example/single-post/2018/02/03/a-ferry -->
<html lang="cy"><head><meta charset="utf-8"><title>A ferry | Old</title>
<meta property="og:image" content="https://static.old.example/media/a1b2_c3~mv2.jpg/v1/fill/w_300,h_200/a1b2_c3~mv2.jpg">
<script type="application/ld+json">{"@type": "BlogPosting", "headline": "A ferry & a tide",
"author": {"name": "Anwen Pell"}, "datePublished": "2018-02-03T10:00:00.000Z", "keywords": "Tides, Ferries"}</script>
</head><body><nav>Home</nav><article><h1>A ferry</h1><p>Words of the ferry.</p>
<p><img src="./A ferry_files/a1b2_c3~mv2.jpg" alt="A ferry at sea"></p><footer>Share</footer></article></body></html>"""


def test_saved_pages_come_in_with_the_pictures_beside_them(tmp_path, client):
    from PIL import Image

    (tmp_path / 'pages' / 'A ferry_files').mkdir(parents=True)
    Image.new('RGB', (40, 30), 'teal').save(tmp_path / 'pages' / 'A ferry_files' / 'a1b2_c3~mv2.jpg')
    (tmp_path / 'pages' / 'A ferry.html').write_text(PAGE)
    (tmp_path / 'pages' / 'A ferry_files' / 'frame.html').write_text('<p>No page.</p>')
    (tmp_path / 'pages' / 'Home.html').write_text('<html><main><p>Welcome.</p></main></html>')

    report = run(tmp_path / 'pages')

    assert dict(report.outcomes) == {'new': 1, 'refused': 1}, report.text()
    post = post_called('A ferry & a tide')
    version = post.version
    picture = version.lead_picture
    assert version.body == (
        f'<p>Words of the ferry.</p>\n<figure><img src="/media/{picture.file.name}" alt="A ferry at sea"></figure>'
    )
    assert (version.language, sorted(post.tags.names())) == ('cy', ['Ferries', 'Tides'])
    assert post.published_at == datetime(2018, 2, 3, 10, tzinfo=UTC)
    assert client.get('/single-post/2018/02/03/a-ferry').status_code == 301


def test_a_page_and_a_feed_of_one_address_are_one_post(tmp_path):
    page, feed = tmp_path / 'page.html', tmp_path / 'feed.xml'
    feed.write_text(RSS)
    page.write_text(PAGE.replace('2018/02/03/a-ferry', '2019/03/25/a-tide'))

    report = run(feed, page)

    assert dict(report.outcomes) == {'again': 1, 'new': 1}
    post = Post.objects.get()
    assert (post.feed_id, post.version.body[:26]) == ('5c98aa', '<p>Words of the ferry.</p>')


def test_a_table_of_old_addresses_leads_by_hand(export, tmp_path, client):
    table = tmp_path / 'addresses.csv'
    table.write_text(
        'old,slug\n/archive.php?post=7,blocks\nhttps://old.example/stories/tide,classic\n/x,nobody\n'
    )

    report = run(export, led=[table])

    assert report.lists['Rows of the table of addresses that lead nowhere'] == [
        'row 4: there is no post “nobody”'
    ]
    assert client.get('/archive.php?post=7').headers['Location'] == '/blog/blocks/'
    assert client.get('/stories/tide').headers['Location'] == '/blog/classic/'
    assert ('/stories/tide/', 'classic') in report.led


def test_no_address_however_strange_breaks_the_look_for_an_old_one(client, db):
    for strange in (
        '/%2500/',
        '/?p=%2500',
        '/%25%25/',
        '/%ff/',
        f'/{"x" * 5000}',
        '/?' + '&'.join('a=1' for _ in range(500)),
    ):
        assert client.get(strange).status_code in (200, 404), strange[:20]


def linked(tmp_path) -> Path:
    """A text that links to others, most of which come later."""
    links = [
        'https://old.example/2019/03/later/#part', 'http://www.old.example/?p=2', '/2019/03/later/', 'https://old.example/',
        'https://old.example/tag/boats/', 'https://old.example/gone/', '/gone-too/', 'https://else.example/2019/03/later/',
    ]  # fmt: skip
    body = ''.join(f'<p><a href="{link}">here</a></p>' for link in links)
    boats = '<category domain="post_tag" nicename="boats">Boats</category>'
    term = '<wp:tag><wp:tag_slug>boats</wp:tag_slug><wp:tag_name>Boats</wp:tag_name></wp:tag>'
    items = [
        exports.item(1, 'First', body, slug='first'),
        exports.item(2, 'Later', slug='later', extra=boats),
    ]
    path = tmp_path / 'linked.xml'
    path.write_text(exports.HEAD + term + ''.join(items) + exports.FOOT, encoding='utf-8')
    return path


def test_links_between_texts_lead_to_where_they_are_now_and_dead_ones_are_told(tmp_path, monkeypatch):
    path = linked(tmp_path)
    dry = run(path, dry=True)

    report = run(path)

    post = post_called('First')
    assert re.findall('href="([^"]*)"', post.version.body) == [
        '/blog/later/#part', '/blog/later/', '/blog/later/', '/', '/blog/tags/boats/', 'https://old.example/gone/',
        'https://old.example/gone-too/', 'https://else.example/2019/03/later/',
    ]  # fmt: skip
    dead = ['First: https://old.example/gone/', 'First: https://old.example/gone-too/']
    assert report.lists[links.DEAD] == dry.lists[links.DEAD] == dead
    assert '<a href="/blog/later/">' in post.version.body
    assert post.submission.versions.count() == 1
    assert dict(run(path).outcomes) == {'here': 2}
    assert post_called('First').version.body == post.version.body


def test_links_are_followed_by_the_next_run_where_the_first_was_killed(tmp_path, monkeypatch):
    path = linked(tmp_path)
    with monkeypatch.context() as killed:
        killed.setattr(links.FormerLinks, 'follow', lambda *its, **said: None)
        run(path)

    run(path)

    assert 'href="/blog/later/"' in post_called('First').version.body
