# ruff: noqa: E501
"""The Society itself and its pages. The society of this demonstration, its number and its address are invented."""

from typing import Any

SOCIETY: dict[str, Any] = {
    'name': 'UK Implementation Society',
    'short_name': 'UK-IS',
    'strapline': 'Putting what is known to use, in four nations',
    'mission': 'A charity for everybody who works on the distance between knowing what helps and doing it: in health and social care, schools, justice, councils and communities. Our members compare notes here, write honestly about what worked and what did not, and find one another.',
    'charity_number': 'SC000000',
    'postal_address': 'The Old Ropeworks, 3 Example Quay\nInvented Town\nZZ99 9ZZ',
    'contributions_address': 'blogs@uk-is.example',
    'office_address': 'office@uk-is.example',
    'views_own': 'The views in this post are those of its author and not necessarily those of the Society.',
    'views_organisation': 'This post gives the views of the organisation that wrote it. They are not necessarily those of the Society.',
    'views_society': 'This post was written for the Society and gives its view.',
    'licence': 'You are welcome to quote from this post with its address and the name of its author; please ask before you reprint the whole.',
}

PAGES: list[dict[str, str]] = [
    {
        'slug': 'about',
        'title': 'About the Society',
        'body': """<p>The UK Implementation Society was founded by people who kept meeting in corridors at other people’s conferences. They came from hospitals, councils, universities, schools, charities and prisons, and had found that they were all asking one question: when we know that something helps, why is it so hard to do, and what makes it easier?</p>
<h2>What we do</h2>
<ul><li>We publish a series of posts by members and invited guests, edited by volunteers.</li><li>We hold a meeting each year, in each of the four nations in turn.</li><li>We run reading groups, one of them for people who are early in their working lives.</li><li>We introduce members to one another when they ask.</li></ul>
<h2>Who we are</h2>
<p>The Society is a charity with a board of nine, elected by its members. Its officers are volunteers. It has no premises to speak of and one part-time administrator. You can see our <a href="/organisations/">member organisations</a> and read <a href="/blog/">what they write</a>.</p>
<h2>How to reach us</h2>
<p>Write to <a href="mailto:office@uk-is.example">office@uk-is.example</a>. We answer within five working days. Letters reach us at The Old Ropeworks, 3 Example Quay, Invented Town, ZZ99 9ZZ.</p>
<p>The society described on this demonstration site, like its members and everything that they have written, is made up.</p>""",
    },
    {
        'slug': 'principles',
        'title': 'Principles of membership',
        'body': """<p>Anyone who joins the Society, for themselves or on behalf of an organisation, agrees to these six principles. They are meant to be short enough to remember.</p>
<ol><li><strong>We say what happened.</strong> We report what did not work as readily as what did, including when it was ours.</li><li><strong>We name who does the work.</strong> Change is carried by particular people. We credit them, and we count what it costs them.</li><li><strong>We begin with those who stand to lose.</strong> Before asking whether something works we ask for whom it might not.</li><li><strong>We design with, not for.</strong> People who use services take part in decisions from the start, on fair terms and with pay.</li><li><strong>We share what we make.</strong> Methods, measures and lists of mistakes are of little use in a drawer.</li><li><strong>We disagree in the open and kindly.</strong> A learned society that cannot argue has stopped learning.</li></ol>
<h2>When something goes wrong</h2>
<p>If you think that a member has acted against these principles, write to the office. Two members of the board who have no part in the matter will look into it, speak to everybody concerned, and tell you what they decided and why within eight weeks.</p>""",
    },
    {
        'slug': 'writing-guidelines',
        'title': 'Writing for the series',
        'body': """<p>We publish short pieces by members of the Society and by guests whom the editors invite. You need not be a practised writer. You do need to have noticed something.</p>
<h2>What we look for</h2>
<ul><li><strong>One thing.</strong> A piece that makes one point well is worth three that survey a field.</li><li><strong>A place and a person.</strong> Where were you? Who did what? Readers believe in a particular Tuesday.</li><li><strong>What it cost,</strong> and who bore it.</li><li><strong>What you would tell somebody who is about to try it.</strong></li></ul>
<h2>What we do not publish</h2>
<ul><li>Announcements, advertisements and launches.</li><li>Anything in which a person who has not agreed could be recognised.</li><li>Anything that you would not be willing to have read by those it is about.</li></ul>
<h2>How to set it out</h2>
<ol><li>A <strong>title</strong> of up to ten words.</li><li>A <strong>standfirst</strong> of 30 to 60 words, which says what the piece is about and makes one want to go on.</li><li>The <strong>body</strong>, with a heading every few paragraphs. Write in plain British English, or in Welsh, Gaelic, Irish or Scots. Paste it from your word processor if you wish; we keep the headings, lists, links and tables and drop the rest.</li><li><strong>References</strong> if you have leaned on anything, at most five.</li><li>A <strong>picture</strong> only if it adds something. Say in words what it shows, for readers who cannot see it.</li></ol>
<h2>What happens next</h2>
<p>An editor takes up your piece within two working days and reads it within a week. You may be asked for changes. You will see the final copy with every alteration marked, and nothing is published until you have agreed to those exact words.</p>
<p>We ask you to declare three things: that you may let us publish it, any interests a reader should know of, and whose views it gives.</p>
<p>If you are unsure whether you have something, write to <a href="mailto:blogs@uk-is.example">blogs@uk-is.example</a> with three sentences. That is often the best part of the piece. See also <a href="/blog/contribute/">how to contribute</a>.</p>""",
    },
    {
        'slug': 'privacy',
        'title': 'Privacy',
        'body': """<p>This page says what the Society knows about you, why, for how long, and what you can do about it.</p>
<h2>If you only read</h2>
<p>We use no advertising, no analytics that follow you, and no pictures, fonts or scripts from anyone else. The server keeps a log of requests for 14 days in order to find faults and abuse. A cookie is set only when you sign in or send a form.</p>
<h2>If you write or belong</h2>
<p><strong>What we keep about authors and members</strong></p>
<table><thead><tr><th scope="col">What</th><th scope="col">Why</th><th scope="col">How long</th></tr></thead><tbody><tr><th scope="row">Name, email address, biography, picture</th><td>To let you sign in, and to print a byline that you have approved</td><td>Until you ask us to erase them</td></tr><tr><th scope="row">Drafts, versions and messages</th><td>To publish with your agreement, and to be able to show that we had it</td><td>As long as the post is public; withdrawn pieces, two years</td></tr><tr><th scope="row">Membership, seats and dates</th><td>To run the membership</td><td>Six years after it ends</td></tr><tr><th scope="row">Letters that we sent to you</th><td>To answer questions about them</td><td>Two years</td></tr></tbody></table>
<p>Your email address is never shown to other people. Other parts of your profile are shown to nobody, to members or to everyone, as you choose. What you have approved for print in a byline is public.</p>
<h2>Your rights</h2>
<p>You may see what we hold, correct it, have a copy, object, or ask us to erase it. Much of this you can do yourself from your account page; for the rest write to <a href="mailto:office@uk-is.example">office@uk-is.example</a>. We reply within ten working days. If you are not content with our answer you may complain to the regulator for data protection.</p>""",
    },
    {
        'slug': 'accessibility',
        'title': 'Accessibility statement',
        'body': """<p>We want everybody to be able to read this site, to write for it and to belong to the Society through it. This statement says what we have checked, how, and what we have not.</p>
<h2>What you should be able to do</h2>
<ul><li>Read every public page, write a piece and submit it with scripts switched off.</li><li>Use everything with a keyboard alone and see where you are.</li><li>Enlarge text to 400 per cent, or read on a screen 320 pixels wide, without scrolling sideways, apart from wide tables, which scroll within themselves.</li><li>Choose light or dark in your device’s settings; both have been designed.</li><li>Read a description of each picture that carries meaning.</li></ul>
<h2>What has been tested</h2>
<p>The software’s own tests open its pages at two widths with an automated checker (axe) and fail if it reports anything, and its pages are checked for valid HTML. The aim is level AA of the Web Content Accessibility Guidelines 2.2.</p>
<h2>What has not been tested</h2>
<p>Automated checks find perhaps a third of the faults that matter. We have not yet had the site tested by a panel of disabled people, nor systematically with each of the common screen readers, voice control or switch access. Until that has been done we do not claim that the site conforms.</p>
<h2>Known limits</h2>
<ul><li>Tables that authors paste from a word processor may lack proper headings. Editors mend this when they see it.</li><li>Some posts are in Welsh or Gaelic. They are marked as such, but not every device has a voice for both.</li><li>Attachments on the sites to which we link are not ours to mend.</li></ul>
<h2>If something gets in your way</h2>
<p>Write to <a href="mailto:office@uk-is.example">office@uk-is.example</a> and say what you were trying to do. We reply within five working days, and will send you what you needed in another form in the meantime.</p>""",
    },
    {
        'slug': 'terms',
        'title': 'Terms of use',
        'body': """<p>These terms are short because the site is simple. By using it you agree to them.</p>
<h2>What you may do with what you read</h2>
<p>Read it, link to it, print it, quote from it with the name of the author and the address of the post. To reprint a whole piece, or to use a picture elsewhere, ask us first; we generally say yes. Where a post carries another licence, that licence applies.</p>
<h2>What we ask of those who write</h2>
<p>That the work is your own, that you have permission for anything in it which is not, that nobody in it can be recognised against their will, and that you say so when you have an interest which a reader ought to know about. You keep the right to use your own words elsewhere.</p>
<h2>What we may do</h2>
<p>We may decline a piece, and will tell you why. We may correct an error of fact, with a dated note. In rare cases, where the law requires it or a person might be harmed, we may take a post down; its address will then say that it has gone and for what reason.</p>
<h2>What we do not promise</h2>
<p>Posts give the views of those who wrote them. They are not professional advice, and nothing here should take the place of a conversation with someone who knows your circumstances.</p>
<p>These terms are governed by the law of the part of the United Kingdom in which you live.</p>""",
    },
]
