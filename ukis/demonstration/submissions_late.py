# ruff: noqa: E501
"""Pieces from the final copy onwards, and those that ended on the way; see `submissions`."""

from typing import Any

LATE: list[dict[str, Any]] = [
    {
        'key': 'pier-at-both-ends',
        'title': 'A pier has two ends',
        'standfirst': 'National teams fly in to see how island services implement their programmes. Rhona MacAskill persuaded one of them to be visited in return, and took three home carers to look at an office.',
        'body': """<p>They had been to see us eleven times. It struck me one evening, washing up after the eleventh, that we had never been to see them.</p>
<p>I wrote to ask. It caused some consternation. There was no form for it. But in April three home carers and I took the boat, the bus and the sleeper, and arrived with our packed lunches at the headquarters of a national programme to observe its implementation.</p>
<h2>What we saw</h2>
<p>Nice people at desks. Everyone was kind. We asked if we could shadow somebody, and we sat beside a young man who was making a spreadsheet of which places were behind. We were on it. We were amber. Chrissie asked him what amber meant and he said that it meant he had not heard from us.</p>
<p>‘You could ring,’ said Chrissie.</p>
<p>It had truly not occurred to him that there would be someone there. He thought that the return was the place.</p>
<h2>What we reported</h2>
<p>We wrote it up on their own template. Leadership: committed. Resources: adequate. Fidelity to stated purpose: partial. Recommendation: windows that open, and a telephone.</p>
<p>They took it very well. The young man came to us for a fortnight in June. He is learning to row.</p>""",
        'tags': ['Rural services', 'Evaluation', 'Devolved nations'],
        'author': 'rhona-macaskill',
        'aim': 'editing',
        'days_ago': 16,
        'notes': {
            'accept': 'Accepted with pleasure. I will tidy a few sentences and you will have the final copy this week.'
        },
        'edits': [
            ('It caused some consternation. There was no form for it.', 'There was no form for it.'),
            (
                'Nice people at desks. Everyone was kind.',
                'We saw kind people at desks.',
            ),
        ],
        'messages': [
            (
                'editor',
                'editors',
                'Check with Rhona that “headquarters of a national programme” gives nobody away.',
            ),
        ],
    },
    {
        'key': 'map-of-favours',
        'title': 'The map of favours',
        'standfirst': 'No chart of our health board shows how things actually get done in it. Catrin Prosser asked forty people whom they ring when the official route is shut, drew the result, and was asked by three of them not to publish it.',
        'body': """<p>Every organisation has two maps. One hangs in the foyer. The other is drawn in favours, and nobody has ever seen it whole.</p>
<p>I asked forty colleagues a single question: <em>when the proper way does not work, whom do you ring?</em> I promised not to pass on any names. Then I drew it as dots and lines, with larger dots for the people who are rung most.</p>
<h2>What it looked like</h2>
<p>The chief executive was a dot of ordinary size. There were four very large ones. They were a ward clerk, a porter, a medical secretary in her sixty-fourth year and a man in the laundry. If those four had caught the same cold, I believe that we should have had to close.</p>
<p>Two departments which the chart in the foyer places side by side had no line between them at all. And two that are thirty miles apart were joined by a thick one, which I eventually traced to a choir.</p>
<h2>What to do with such a thing</h2>
<p>I showed it to those who were in it. Three asked me not to publish it, and I have not. Their reason was a good one. A favour that appears on a map becomes a pathway, a pathway has an owner, and the owner will have a form.</p>
<p>But I use it. When we begin something I go to see the four. I do not ask them to champion it. I ask what will go wrong, and take a cake.</p>
<p>The secretary retires in March. I have suggested to the board that her successor overlap with her by six months. They asked on what grounds. I said that I had a map.</p>""",
        'tags': ['Implementation teams', 'Measurement', 'Ethics'],
        'author': 'author',
        'aim': 'author_approval',
        'days_ago': 24,
        'picture': True,
        'picture_seed': 'network:favours',
        'picture_alt': 'A network of dots of several sizes joined by thin lines.',
        'picture_caption': 'Not the map: an impression of one.',
        'notes': {
            'accept': 'Yes, gladly. Only small changes from me.',
            'send_for_approval': 'Here is the final copy. I have changed four words and taken out one “very”. Please look above all at the paragraph on the three who asked you not to publish; I want to be sure that it says no more than they would like.',
        },
        'edits': [
            ('There were four very large ones.', 'There were four large ones.'),
            ('I eventually traced to a choir', 'I traced, in the end, to a choir'),
        ],
        'messages': [
            (
                'author',
                'authors',
                'May I ask for the picture to be an abstract one? A real network would be recognised within a day.',
            ),
            (
                'editor',
                'authors',
                'Of course. I have put in a drawing that is of nobody. See what you think.',
            ),
        ],
    },
    {
        'key': 'travel-time',
        'title': 'The minutes between',
        'standfirst': 'Home care is paid for by the visit. David Morgan of Wharfemoor added up the minutes between visits for one team in one week, and found a second service there, unpaid and unplanned, on which the first depends.',
        'body': """<p>Between 7.00 and 14.00 Denise makes nineteen visits. Between them there are eighteen gaps, of from four minutes to eleven. We plan the visits to the minute. Of the gaps we know only that they exist, because she is not in two places at once.</p>
<p>For one week eleven care workers told a small recorder what they did in the gaps. It came to fifty-four hours.</p>
<h2>What is done in them</h2>
<ul><li>Driving: thirty-one hours.</li><li>Telephoning, mostly about somebody whom they had just left: nine hours.</li><li>Collecting a prescription, a pint of milk, a spare key: six hours.</li><li>Sitting in the car, before or after: five hours.</li><li>Lunch: three hours, among eleven people, in a week.</li></ul>
<p>All the liaison that our policies require was in the second line. None was in a visit.</p>
<h2>The five hours</h2>
<p>It was the sitting that I asked them about. ‘You have to change who you are,’ Denise said. ‘Mr Aske likes a joke, and she’s dying.’ There is a literature on transitions between tasks in aviation. It recommends a pause.</p>
<p>From April we shall pay for the gaps. I should like to say that the argument was won with evidence about quality. It was won by an employment lawyer. But we have also put two minutes into the plan after certain visits, under a heading, and the heading is ‘for Denise’.</p>""",
        'tags': ['Social care', 'Measurement', 'Ethics'],
        'author': 'david-morgan-wharfemoor',
        'editor': 'second-editor',
        'aim': 'author_approval',
        'days_ago': 30,
        'notes': {
            'send_for_approval': 'Final copy attached, with every change marked. I have taken out the second mention of the lawyer. If Denise is her real name, please tell me that she has seen it.',
        },
        'interests': 'The author manages the service described.',
        'edits': [
            (
                'Of the gaps we know only that they exist, because she is not in two places at once.',
                'Of the gaps we know only that they exist.',
            ),
        ],
    },
    {
        'key': 'exit-interviews',
        'title': 'Ask them when they leave',
        'standfirst': 'People who are leaving a job will say how it is really done. Wanjirũ Kamau read two hundred exit interviews from three organisations and found a theory of implementation in them, mostly under ‘any other comments’.',
        'body': """<p>Question 17 is ‘Any other comments?’ It comes after the return of the laptop. In two of the three organisations whose exit interviews I was allowed to read, nobody had ever analysed it, since it is free text.</p>
<p>There were two hundred and four replies. I have seldom had so good a time with a data set.</p>
<h2>What they say</h2>
<p>A quarter describe, with dates, the point at which they gave up on some way of working that they had been hired for. It is nearly always earlier than their manager would guess; the median was month five. They stayed for another two years.</p>
<p>Many name a person. <em>It worked when Joy was here.</em> Joys are mentioned thirty-eight times, under various names, and in not one of the three organisations had anybody asked what Joy did.</p>
<p>And several leave instructions. There is a reply of two pages from a youth worker, addressed to whoever comes next, on how to run the Wednesday group. It had been filed under Leavers.</p>
<h2>A proposal</h2>
<p>Hold the exit interview in the fifth month. Ask question 17 first. And when Joy hands in her notice, cancel something and go and watch.</p>""",
        'tags': ['Training and supervision', 'Sustainability', 'Implementation teams'],
        'author': 'wanjiru-kamau',
        'editor': 'second-editor',
        'aim': 'ready',
        'days_ago': 41,
        'notes': {
            'send_for_approval': 'Hardly a comma changed. Thank you for this.',
            'approve': 'Happy with every word. Thank you both.',
        },
        'messages': [
            (
                'editor',
                'editors',
                'Wanjirũ works with Adaeze, so I have kept this one. It could go out in the first week of the month.',
            ),
        ],
    },
    {
        'key': 'blue-folder',
        'title': 'The blue folder',
        'standfirst': 'In every house on four islands there is a blue folder on the shelf by the door. Sunniva Halcro tells how it came to be there, why three attempts to put it on a tablet have failed, and what it knows that she does not.',
        'body': """<p>It hangs on a nail, or lies upon the meter box, or props up the wireless. In it are six sheets of paper. Anyone who comes into the house to help writes on the top one: the date, what they did, what they noticed, who they are.</p>
<p>The minister writes in it. So does the man from the electric. There is an entry from last winter, in purple felt pen, that says: <em>Grandad was sad so we did the jigsaw. Isla, 7.</em></p>
<h2>Three tablets</h2>
<p>Three times we have been offered something better. The first tablet needed a signal. The second needed a password of twelve characters, and could not be used by anybody who was not a member of staff, which excluded most of the care that takes place on an island. The third was very good, and when I asked who would be able to see what Isla wrote there was a meeting.</p>
<p>I am not against screens. I carry one. It has the blood results and the doses, and I would not be without it. But it holds what we know, and the folder holds what everybody knows.</p>
<h2>What it does</h2>
<p>When a relief nurse comes off the boat she reads the top sheet and is, within four minutes, a neighbour. I have tried to think of another tool in my working life that can do this, and that costs £1.20.</p>
<p>Its one weakness is that nobody far away can see it. I have been told so several times, as though it were a fault.</p>""",
        'tags': ['Rural services', 'Digital tools', 'Co-production'],
        'author': 'sunniva-halcro',
        'aim': 'scheduled',
        'days_ago': 45,
        'publish_in_days': 6,
        'picture': True,
        'picture_seed': 'hills:blue-folder',
        'picture_alt': 'Rows of quiet hills in grey-green and teal with a pale disc of sun above.',
        'picture_caption': 'Four islands, six sheets of paper.',
        'notes': {
            'send_for_approval': 'The final copy. I would not touch Isla’s sentence for the world.',
            'approve': 'Grand. Isla’s mother has read it and so has Isla.',
        },
    },
    {
        'key': 'second-column',
        'title': 'The second column from the right',
        'standfirst': 'The public register of pilots has a column for what was learned. Niall Devenney read the first three hundred entries in it, and sorts them into those which tell you something and those which tell you that there was a workshop.',
        'body': """<p>‘Valuable learning was captured.’ That is the whole of entry 88. I have met the pilot in question. It lasted for two years, employed nine people, and took place in a town where I once had a puncture. I should dearly like to know what was captured, and whether it is being fed.</p>
<p>There are three hundred entries in the column by now, and I have sorted them on the floor of my office.</p>
<h2>The piles</h2>
<p><strong>Something happened</strong> (112). ‘Interviews were held.’ ‘A toolkit was produced.’</p>
<p><strong>Something was felt</strong> (71). ‘Partners found the process rewarding.’</p>
<p><strong>Something is important</strong> (58). ‘Communication is key.’</p>
<p><strong>Something was learned</strong> (59). ‘People will not ring a number that begins with 03, because they think that it costs money.’ ‘It takes two visits before anyone mentions the debt.’ ‘We did not need the van.’</p>
<h2>What the fifty-nine are like</h2>
<p>Each could have been otherwise. That is my test: could a sensible person have expected the opposite? Nobody has ever expected communication not to be key. Most are short. Most are about something small. And nearly all of them were written by somebody who had been there, whereas the rest were written by somebody who had a form to finish.</p>
<p>So we have altered the heading. Where it used to say ‘What was learned?’ it now says ‘What would have surprised you at the start?’ The pile on the right is growing.</p>""",
        'tags': ['Evidence in policy', 'Evaluation', 'Devolved nations'],
        'author': 'niall-devenney',
        'aim': 'scheduled',
        'days_ago': 38,
        'publish_in_days': 20,
        'notes': {
            'send_for_approval': 'Two commas. I hope that entry 88 has a sense of humour.',
            'approve': 'Approved. Entry 88 has been warned.',
        },
    },
    {
        'key': 'porters-academy',
        'title': 'Porters in the front row',
        'standfirst': 'An improvement course for clinicians had three empty places, which were offered to the porters. Imran Chaudhry describes how it changed the course, the projects that came out of it, and who now asks the first question.',
        'body': """<p>It was an accident of catering. We had ordered lunch for twenty-four and enrolled twenty-one, so I walked down to the porters’ lodge and asked whether anybody fancied three days on improvement. Two said yes for the lunch, one for the sitting down.</p>
<p>On the first morning everyone introduced the problem they meant to work on. The registrars had discharge letters. The pharmacist had delays. Delroy, who has been a porter here for twenty-two years, said: ‘I want to know why I take so many empty beds up in the lift.’</p>
<h2>Empty beds</h2>
<p>Nobody could tell him. So he counted, on the back of a menu. In one week he and his colleagues had moved a hundred and forty beds with nobody in them, each for a reason that made sense on one ward and none in the building. By the end of the course it was forty. That is about a hundred porter-hours a month, and it has done more for the pharmacist’s delays than the pharmacist did.</p>
<h2>What it did to the course</h2>
<p>We had been teaching with examples from papers. We now begin in the lodge. Every intake is a third clinical, a third clerical and a third people who move things. The language is plainer. The questions are ruder. And nobody uses the word ‘pathway’ without having walked it.</p>""",
        'tags': ['Training and supervision', 'Equity', 'Implementation teams'],
        'author': 'administrator',
        'aim': 'revising',
        'days_ago': 120,
        'notes': {
            'approve': 'Good to go.',
            'revise': 'Imran has written with a correction: the figure of forty beds was for a different week. We should put it right, with a dated note.',
            'correction': 'The number of empty beds moved in a week after the course was given as forty. It was fifty-two.',
        },
        'edits': [
            ('By the end of the course it was forty.', 'By the end of the course it was fifty-two.'),
            ('That is about a hundred porter-hours a month', 'That is about eighty porter-hours a month'),
        ],
        'messages': [
            (
                'author',
                'authors',
                'I have found a mistake of mine. I gave you the count for the wrong week. It was fifty-two, so please also make the hours “about eighty”. Delroy spotted it.',
            ),
            (
                'editor',
                'authors',
                'Thank you for saying so, and thank Delroy. I will open a revision and send you the words.',
            ),
        ],
    },
    {
        'key': 'our-platform',
        'title': 'Introducing the Northmere Observation Suite',
        'standfirst': 'After two years of development the Northmere Schools Partnership is proud to present a new way for schools to record what happens in lessons. Zofia Krawczyk explains the features, the pricing and how to book a demonstration.',
        'body': """<p>From January schools everywhere will be able to use the tool that we built for ourselves. It runs on any device, it works without a connection, and a lesson can be recorded in under three minutes.</p>
<h2>Features</h2>
<ul><li>Sampling: the tool picks five children, so that you need not.</li><li>‘I do not know’ as an answer to every question.</li><li>A report on one page.</li></ul>
<h2>Price</h2>
<p>There are three tiers, with a discount for partnerships of more than ten schools. Introductory offers close at the end of term.</p>
<p>To book a demonstration write to the partnership’s office.</p>""",
        'tags': ['Schools', 'Digital tools'],
        'author': 'zofia-krawczyk',
        'aim': 'declined',
        'days_ago': 52,
        'notes': {
            'decline': 'Thank you for sending this, Zofia. The tool sounds like a good one, but the series does not carry announcements of things for sale, our members’ included, and it would not be fair to make an exception. What I should love to read is the story behind it: why you needed “I do not know”, who objected, and what the five children taught you about the other twenty-five. If you would write that, I will clear a space.',
        },
        'messages': [
            (
                'author',
                'authors',
                'That is quite fair, and I half expected it. I will try the other story over the holidays.',
            ),
        ],
    },
    {
        'key': 'post-room',
        'title': 'What became of the post room',
        'standfirst': 'The post room in which Ruth Ollerenshaw began her working life was closed last year. She set out to write about what had been lost, and found somewhat to her annoyance that the scanning team which replaced it knew a good deal that she did not.',
        'body': """<p>We used to smell the letters. You could tell a complaint by its weight, and a solicitor by the paper. When the room was closed I was ready to be elegiac about it, and I asked the scanning team whether I could sit with them for a morning, so as to collect my evidence.</p>
<p>They sort eleven hundred items a day. There are three of them, all under thirty. By ten o’clock they had shown me that they could tell a complaint too, by the file name, and that people write differently when they think that no one will open it by hand.</p>
<p>So I no longer know what this piece is about.</p>""",
        'tags': ['Digital tools', 'Sustainability'],
        'author': 'secretary',
        'aim': 'withdrawn',
        'days_ago': 60,
        'notes': {
            'withdraw': 'I should like to take this back, with apologies. It has turned into a different piece, and I had better go and find out which.',
        },
        'messages': [
            (
                'editor',
                'authors',
                'No apology needed. The last line made me want the different piece very much.',
            ),
        ],
    },
]
