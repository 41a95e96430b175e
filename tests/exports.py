"""An export of WordPress with what is awkward in such files; all names are invented."""

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" created="2026-01-05 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Old Harbour&nbsp;Notes</title>
<link>https://old.example</link>
<language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[mairi]]></wp:author_login>
 <wp:author_email><![CDATA[mairi@old.example]]></wp:author_email>
 <wp:author_display_name><![CDATA[Dr Mairi Lindqvist]]></wp:author_display_name></wp:author>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login><![CDATA[mlindqvist]]></wp:author_login>
 <wp:author_email><![CDATA[]]></wp:author_email>
 <wp:author_display_name><![CDATA[Dr Mairi Lindqvist]]></wp:author_display_name></wp:author>
<wp:author><wp:author_id>3</wp:author_id><wp:author_login>huw</wp:author_login>
 <wp:author_display_name><![CDATA[Huw Tegid]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>health-care</wp:category_nicename>
 <wp:cat_name><![CDATA[Health &amp; care]]></wp:cat_name>
 <wp:category_description><![CDATA[What helps <em>people</em>.]]></wp:category_description></wp:category>
"""
FOOT = '</channel></rss>\n'

_number = iter(range(1000, 10_000))


def item(
    number: int,
    title: str,
    content: str = '<p>Some words.</p>',
    *,
    slug: str = '',
    link: str = '',
    status: str = 'publish',
    kind: str = 'post',
    creator: str = 'mairi',
    gmt: str = '2019-03-25 09:00:00',
    local: str = '2019-03-25 09:00:00',
    pub_date: str = 'Mon, 25 Mar 2019 09:00:00 +0000',
    excerpt: str = '',
    password: str = '',
    extra: str = '',
) -> str:
    return f"""<item>
<title>{title}</title>
<link>{link or f'https://old.example/2019/03/{slug or number}/'}</link>
<pubDate>{pub_date}</pubDate>
<dc:creator><![CDATA[{creator}]]></dc:creator>
<guid isPermaLink="false">https://old.example/?p={number}</guid>
<description></description>
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[{local}]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{gmt}]]></wp:post_date_gmt>
<wp:post_name><![CDATA[{slug}]]></wp:post_name>
<wp:status><![CDATA[{status}]]></wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>
<wp:post_password><![CDATA[{password}]]></wp:post_password>
{extra}</item>
"""


def attachment(number: int, name: str, *, parent: int = 0, alt: str = '', caption: str = '') -> str:
    meta = f"""<wp:attachment_url><![CDATA[https://old.example/wp-content/uploads/2019/03/{name}]]></wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>
<wp:meta_value><![CDATA[{alt}]]></wp:meta_value></wp:postmeta>"""
    made = item(number, name, '', kind='attachment', status='inherit', excerpt=caption, extra=meta)
    return made.replace('<wp:post_parent>0<', f'<wp:post_parent>{parent}<')


CATEGORY = '<category domain="category" nicename="health-care"><![CDATA[Health &amp; care]]></category>\n'
COMMENTS = """<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author_email>x@old.example</wp:comment_author_email>
<wp:comment_content><![CDATA[Nice.]]></wp:comment_content><wp:comment_type>comment</wp:comment_type></wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_type>pingback</wp:comment_type></wp:comment>
"""
BLOCKS = """<!-- wp:paragraph -->
<p>A first paragraph of blocks.</p>
<!-- /wp:paragraph -->

<!-- wp:heading {"level":2} -->
<h2 class="wp-block-heading">What we found</h2>
<!-- /wp:heading -->

<!-- wp:embed {"url":"https://www.youtube.com/watch?v=abc123"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://www.youtube.com/watch?v=abc123
</div></figure>
<!-- /wp:embed -->

<!-- wp:image {"id":201} -->
<figure class="wp-block-image"><img src="https://old.example/wp-content/uploads/2019/03/harbour-300x200.jpg" alt="Boats"/><figcaption>At low tide</figcaption></figure>
<!-- /wp:image -->"""
CLASSIC = """First line of the first
second line of it

Another paragraph [sic], with a note [1].
<ul>
<li>one</li>
<li>two</li>
</ul>
After the list.

[caption id="x" align="left" width="300"]<a href="https://old.example/big.jpg"><img src="https://old.example/wp-content/uploads/2019/03/harbour.jpg" alt="Boats" /></a> The <em>old</em> harbour[/caption]

[gallery ids="201,999"]

[embed]https://vimeo.com/12345[/embed]

[fancy_box colour="red"]Words in a box.[/fancy_box][contact-form-7 id="3"]

<pre>keep
  this   [gallery] as it is</pre>"""

AWKWARD = ''.join([
    HEAD,
    item(1, 'Blocks &amp; more', BLOCKS, slug='blocks', extra=CATEGORY + COMMENTS),
    item(2, '<![CDATA[Classic text]]>', CLASSIC, slug='classic', creator='mlindqvist', gmt='0000-00-00 00:00:00',
         pub_date='Mon, 30 Nov -0001 00:00:00 +0000', local='2019-07-01 09:00:00'),
    item(3, '', 'The tide turns slowly in the northern harbours of our islands, and so do we.', slug='3-2'),
    item(4, 'A secret', 'Hidden words', password='tide', slug='secret'),
    item(5, 'A draft', 'Half a thought', status='draft', gmt='0000-00-00 00:00:00'),
    item(6, 'For us alone', 'Private words', status='private', slug='alone'),
    item(7, 'Same address', 'One', slug='same', link='https://old.example/2019/03/same/'),
    item(8, 'Same address', 'Two', slug='same', link='https://old.example/2019/04/same/'),
    item(9, 'Control\x0b characters', 'if (a[b[1]]>2) { go }\x01 &c; <p>after</p>', slug='control'),
    item(10, '<![CDATA[Llanw a thrai: sut mae’r môr yn newid]]>', '<p>Geiriau.</p>', creator='huw',
         slug='llanw-a-thrai-sut-mae%e2%80%99r-mo%cc%82r', link='https://old.example/2019/03/llanw-a-thrai-sut-mae%e2%80%99r-mo%cc%82r/'),
    item(11, '海港的潮汐', '<p>我们 慢慢 学习。</p>', slug='%e6%b5%b7', link='https://old.example/2019/03/%e6%b5%b7/',
         excerpt='Wörter &amp; more &hellip;'),
    item(12, 'Later', 'Not out yet', status='future', gmt='2199-01-01 00:00:00'),
    item(13, 'Entities &eacute;t cetera &unknown; & more &#8;', 'ok', slug='entities'),
    item(14, 'Menu', '', kind='nav_menu_item'),
    item(15, 'About the harbour', '<p>About.</p>', kind='page', slug='about'),
    attachment(201, 'harbour.jpg', parent=1, alt='Boats at rest', caption='Two boats'),
    FOOT,
])  # fmt: skip
