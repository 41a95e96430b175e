# ruff: noqa: E501
"""Pieces that are being written, wait for an editor or are being read; see `submissions`."""

from typing import Any

EARLY: list[dict[str, Any]] = [
    {
        'key': 'second-winter',
        'title': 'The second winter',
        'standfirst': 'Everybody plans for the first winter of a new service. Our falls clinic came through its first in fine style and nearly died of its second, when nothing in particular had gone wrong.',
        'body': """<p>In the first winter there was a rota for the rota. We had a list of who would drive if the pass was shut, and a box of biscuits in each car. People were kind to us because we were new.</p>
<p>In the second winter we were a service like any other. Nobody had written to say that the list no longer applied. It was only that Alun had moved, the biscuits had been eaten in July, and each of us supposed that somebody else had the keys to the hall.</p>
<h2>What had been holding it up</h2>
<p>[Say something here about novelty – the phone calls from the board stopped in month fourteen. Find the date.]</p>
<p>I have since asked eleven other teams about their second winters. Nine of them laughed.</p>""",
        'tags': ['Sustainability', 'Rural services'],
        'author': 'author',
        'aim': 'drafting',
        'days_ago': 6,
    },
    {
        'key': 'welcome-letter',
        'title': 'What goes into a letter of welcome',
        'standfirst': '',
        'body': """<p>Notes for a post. We send every new partnership a letter on its first day. Over nine years it has grown from three lines to two pages and back again.</p>
<ul><li>2016 version: mostly about parking.</li><li>2019: the long one. Nobody read past ‘governance’.</li><li>Now: who we are, who will be with you on Thursday, what we will never ask you for.</li></ul>""",
        'tags': ['Readiness'],
        'author': 'contact',
        'aim': 'drafting',
        'days_ago': 33,
    },
    {
        'key': 'supply-teacher',
        'title': 'The supply teacher knows',
        'standfirst': 'A supply teacher in mid Wales may work in thirty schools in a year. Nobody asks her what she sees, although she is the only person in the county who has watched the same programme being taught in thirty different ways.',
        'body': """<p>Mrs Eluned Wynne has keys to none of our schools and knows where the keys are kept in all of them. In the last school year she taught in thirty-one. At each she was handed a plan, and in nineteen of those plans there was a session from the same wellbeing programme.</p>
<p>I had spent a considerable sum on two observers who visited six schools. It did not occur to me that somebody had been to nineteen, and had not merely watched.</p>
<h2>An hour in the car</h2>
<p>I asked her for an hour. She talked for two. She could tell me which page every school leaves out (it is page 14), which of the songs have acquired verses, and in which schools the children clearly do the breathing exercise every day and in which it is brought out for visitors. ‘They count aloud when they’re used to it,’ she said. ‘When they’re not, they look at you.’</p>
<p>We went back to page 14 and saw that it cannot be taught in a room with two age groups. All nineteen schools had worked that out separately.</p>
<h2>A post without a title</h2>
<p>We now pay four supply teachers for half a day each term to come in, eat cake and tell us what they have seen, on the understanding that no school is named. It is the cheapest evaluation that we have. It also seems to have made it easier to find supply teachers.</p>
<p>I would look in any service for people who move between its rooms: the agency nurse, the relief warden, the locum, the man who services the boiler. They hold a comparison that nobody has commissioned.</p>""",
        'tags': ['Schools', 'Rural services', 'Evaluation'],
        'author': 'hywel-bebb',
        'aim': 'submitted',
        'days_ago': 4,
    },
    {
        'key': 'editors-drop',
        'title': 'What an editor learns to leave out',
        'standfirst': 'After five years of editing this series Adaeze Nwachukwu looked back at what she had cut from other people’s drafts. The same four things come out nearly every time, and three of them are fear.',
        'body': """<p>I keep the cuttings. It is a habit from dressmaking. When a piece is published I put what came out of it into a folder, and last month I read the folder.</p>
<p>There were some sixty thousand words, which is roughly as many as we published in the same time. Hardly any were bad. But they were remarkably alike.</p>
<h2>The four</h2>
<p><strong>The run-up.</strong> Two paragraphs on how important the subject is. Nobody who has opened the page doubts it.</p>
<p><strong>The shield.</strong> ‘It could be argued that there may in some contexts be …’ A person who has been attacked at a conference writes like this for years afterwards.</p>
<p><strong>The roll of honour.</strong> Everyone who might be hurt by being left out. I send them a postcard instead.</p>
<p><strong>The moral.</strong> A last paragraph that tells the reader what the story meant. I have a great weakness for these in my own drafts, and have been cut by better editors than I am.</p>
<h2>What it has to do with implementation</h2>
<p>Each of the four is there because it protects somebody. So is most of what clutters a service. When I ask a ward to give something up I now try to ask first what it is protecting, and from whom.</p>""",
        'tags': ['De-implementation', 'Training and supervision'],
        'author': 'editor',
        'aim': 'submitted',
        'days_ago': 2,
        'messages': [
            (
                'author',
                'authors',
                'Eoin, this one is mine, so I cannot take it. Please be as hard on it as you would be on anybody’s.',
            ),
        ],
    },
    {
        'key': 'pay-a-panel',
        'title': 'What to pay a panel, and how not to ruin somebody’s Thursday',
        'standfirst': 'Paying people for their experience is now widely agreed to be right and quite widely done wrong. Marcia Delapenha sets out nine mistakes that she has made or suffered, with the form of words that she now uses for each.',
        'body': """<p>The cheque came six weeks late, in the wrong name, with a letter thanking me for my volunteering. I rang up. I was put through to a department which asked for my purchase order.</p>
<p>That was in 2017, and I have since been the department. Here are three of the nine; the rest are in the table that I carry about.</p>
<h2>Paying in a way that costs them money</h2>
<p>For somebody on certain benefits a single large payment may be worse than none. Ask first, in private, in writing: <em>would you rather be paid each time, all at the end, in another way, or not at all? You need not say why.</em></p>
<h2>Paying for the meeting and not for the reading</h2>
<p>If you send forty pages, that is three hours. Say how many hours you are paying for. If you would be embarrassed by the total, send fewer pages.</p>
<h2>Making them ask</h2>
<p>Money that has to be asked for is a test of nerve. Ours is in an envelope on the chair, or in the bank that night.</p>
<p>None of this is generosity. We pay the caterer on the day without thinking of it as empowerment.</p>""",
        'tags': ['Co-production', 'Equity', 'Ethics'],
        'author': 'marcia-delapenha',
        'aim': 'submitted',
        'days_ago': 8,
    },
    {
        'key': 'a-number-that-is-answered',
        'title': 'A telephone number that somebody answers',
        'standfirst': 'When we asked twenty partnerships which part of our support had been of most use, eleven named the same thing. It was neither the coaching nor the data. It was a number that a human being picks up by the fourth ring.',
        'body': """<p>It is 0 something something, it is on a yellow sticker, and between eight and six one of seven people will answer it. There is no menu. We do not say that your call is important.</p>
<p>We had never thought of it as part of our model of support. It appears in none of our papers. When an evaluator drew our logic model on a wall the telephone was not in it, though she had used it to find the building.</p>
<h2>What people ring about</h2>
<p>We kept a tally for three months: two hundred and sixty calls. A third were practical. (‘Which form?’) A third were a decision that somebody had in truth already made and wished to hear themselves say. The rest we put down as <em>company</em>. Change is a lonely job in a small team.</p>
<h2>Why it works</h2>
<p>We have a theory, which is that a question has a life of about a quarter of an hour. Within it, the person who asks can still do something else. After that they will have done what they did before. A coaching session a week on Thursday is an excellent thing, but it answers the questions that have survived.</p>
<p>The number costs us about a tenth of what we spend on coaching. We are not saying that it should replace it. We should like to see somebody test that, rather nervously.</p>""",
        'tags': ['Coaching', 'Implementation teams', 'Social care'],
        'author': 'contact',
        'coauthors': ['thandeka-moyo'],
        'aim': 'in_review',
        'days_ago': 9,
        'messages': [
            (
                'author',
                'authors',
                'Thandeka and I are not sure about the last line. Too pert? We can live without it.',
            ),
            ('editor', 'authors', 'Leave it for now, please. I laughed. You will hear from me by Friday.'),
            (
                'editor',
                'editors',
                'Strong. The quarter-of-an-hour idea should come earlier. Eoin, would you be happy with “company” as a category?',
            ),
        ],
    },
    {
        'key': 'pharmacist-at-the-door',
        'title': 'The pharmacist at the mosque door',
        'standfirst': 'A blood pressure scheme that had been turned down by four in five of the men it was meant for moved nine hundred metres and changed its opening hours. Kwabena Asante-Frimpong asks what, exactly, had been adapted.',
        'body': """<p>The table is a pasting table and the cloth is from somebody’s wedding. After Friday prayers in one mosque in Dundee, a pharmacist called Sadia takes the blood pressure of any man who will sit down. About sixty do. In the pharmacy, nine hundred metres off, where the same Sadia offers the same check with the same cuff, there had been four a week.</p>
<p>The protocol calls for a private consulting room. There is none. There is a great deal of laughter, and a queue of uncles who read out each other’s numbers.</p>
<h2>Core or edge?</h2>
<p>I was asked by the funder whether this was still the intervention. Privacy was listed as essential. I went to ask the men. To them the room with the door had been the difficulty; one goes into it alone, and one’s cousin sees one come out. At the table there is nothing to see, since everybody has been.</p>
<p>So privacy was for something, namely that nobody should be shamed. In one place a door does that and in another place a crowd does.</p>
<h2>What followed</h2>
<p>Of four hundred men checked, fifty-eight needed treatment and did not know it. Forty-nine were taking it six months later. I have no randomised comparison. I have an uncle who rings Sadia when his brother skips a week.</p>""",
        'tags': ['Equity', 'Fidelity and adaptation', 'Primary care'],
        'author': 'kwabena-asante-frimpong',
        'aim': 'in_review',
        'days_ago': 12,
        'picture': True,
        'picture_seed': 'weave:wedding-cloth',
        'picture_alt': 'A woven pattern in ochre, teal and cream, like a bright tablecloth.',
        'picture_caption': 'The cloth is from somebody’s wedding.',
    },
    {
        'key': 'one-record-two-words',
        'title': 'One record, two words for everything',
        'standfirst': 'When nurses and social workers in one trust were at last given a shared record, they found that they had been using the same words for different things, and different words for the same things, since 1973.',
        'body': """<p>The word was <em>review</em>. To the district nurses it meant going to look. To the social workers it meant a meeting with a form. The new record had one button, and it said Review.</p>
<p>In its first fortnight the system told us that nine hundred people had been reviewed who had merely been visited, and that two hundred who had had a meeting had not been reviewed at all.</p>
<h2>The glossary group</h2>
<p>We put a nurse, a social worker, a clerk and a man who uses both services into a room with the list of buttons. They were to meet twice. They met fourteen times. There were, by their count, sixty-three words in use on both sides, and only eleven that meant the same thing.</p>
<p>The man who used both services turned out to be the arbiter. ‘I don’t care what you call it,’ he would say. ‘Did anybody come?’ There is now a button which says <em>Somebody came</em>. It is, the suppliers tell us, the only one of its kind.</p>
<h2>Afterwards</h2>
<p>We had expected a shared record to produce a shared language. It was the other way about. The record was merely the first thing in half a century which had refused to let us go on not noticing.</p>""",
        'tags': ['Digital tools', 'Social care', 'Devolved nations'],
        'author': 'siobhan-ni-chathain',
        'editor': 'second-editor',
        'aim': 'in_review',
        'days_ago': 6,
    },
    {
        'key': 'whose-alarm',
        'title': 'Whose alarm is it?',
        'standfirst': 'The prescribing system in one cluster of practices raises eleven alerts for each patient seen. Two authors sat beside eight doctors to learn which of them are ever read, and what it would take to switch off the rest.',
        'body': """<p>An alert is a small act of implementation. Somebody, somewhere, has learned that a thing was being done wrongly, and has arranged for a box to appear. It is cheap, it is instant and it reaches everybody. That is what is wrong with it.</p>
<p>We counted for ten days. There were four thousand and sixty alerts. Ninety-four per cent were dismissed, in a median time of one and a half seconds, which is less than it takes to read the first line.</p>
<h2>What doctors do</h2>
<p>They have learned where the button is. The hand moves before the eye. One could tell us, without looking, how many boxes there would be for a patient with diabetes, as one knows the number of stairs in one’s own house.</p>
<h2>Why nobody turns them off</h2>
<p>Each of the alerts had an origin: an incident, an audit, a letter. We tried to find out for forty of them who had asked for it. For twenty-six nobody could say. Nobody, therefore, could agree to its removal. It is always somebody’s alarm, and nobody’s.</p>
<h2>What we propose</h2>
<p>That every alert carry a name and a date on which it will expire. We are trying it with twelve.</p>""",
        'tags': ['Digital tools', 'Primary care', 'De-implementation'],
        'author': 'author',
        'coauthors': ['coauthor'],
        'aim': 'changes_requested',
        'days_ago': 19,
        'notes': {
            'request_changes': 'I enjoyed this very much, and so will others. Three things, please. First, the count: is it eleven alerts for each patient, or for each prescription? The standfirst and the second paragraph do not quite agree. Second, let us meet one of the eight doctors; at present they are all hands. Third, you end where it becomes interesting. What happened to the twelve? A hundred and fifty words would do. There is no hurry, but the slot in the week of the 14th is yours if you would like it.',
        },
        'messages': [
            (
                'author',
                'authors',
                'Thank you, that is fair. It is per patient; I will mend it. Tomasz has the results for the twelve and will add them.',
            ),
            (
                'editor',
                'editors',
                'Keep the week of the 14th for this if we can. It would sit well after the piece on drafted notes.',
            ),
        ],
    },
    {
        'key': 'officer-who-stayed',
        'title': 'The officer who stayed in the room',
        'standfirst': 'One prison officer was told to sit in on a group and make sure that nobody started anything. Six weeks later he asked whether he might say something. Callum Rintoul on what the group did next, and what the service did about it.',
        'body': """<p>He sat by the door with his arms folded. It is where officers sit. He had been detailed, and he looked it, and for five weeks nobody took any more notice of him than of the radiator.</p>
<p>In the sixth week we were on the subject of fathers. There was one of those silences. And from beside the door a voice said: ‘Can I say something? Mine was the same.’</p>
<p>I have run that session perhaps two hundred times, and I did not know what to do. It was the men who knew. One of them moved his chair so as to make a gap in the circle.</p>
<h2>What happened to him</h2>
<p>He brought his chair into the gap. He was good in the group; he was ordinary in it. And at the end of the programme he was moved to another wing, because it had been noticed that he was getting too close.</p>
<h2>What ought to happen</h2>
<p>I know why there are rules. I have met the sort of officer they are for. But we say in every strategy that relationships are what bring about change, and then when one occurs we treat it as a leak.</p>""",
        'tags': ['Justice', 'Ethics', 'Training and supervision'],
        'author': 'callum-rintoul',
        'editor': 'second-editor',
        'aim': 'changes_requested',
        'days_ago': 27,
        'notes': {
            'request_changes': 'Callum, the middle of this is as good as anything that we have printed. Two requests. Would the officer, if he read it, know himself, and has he agreed? If he cannot be asked, we need to change more than his name. And the end stops short: say in a paragraph what rule you would write instead. Take until the date below, and ring me if it would be easier to talk it through.',
        },
        'messages': [
            (
                'author',
                'authors',
                'I have found him. He works on the ferries now. He has read it and says to leave the arms folded.',
            ),
        ],
    },
]
