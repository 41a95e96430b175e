# ruff: noqa: E501
"""Posts from September 2020 to the end of 2021; see `posts` for the keys left out."""

from typing import Any

POSTS: list[dict[str, Any]] = [
    {
        'slug': 'what-does-a-meeting-cost',
        'title': 'What does a meeting cost?',
        'standfirst': 'Budgets for a new programme list the licence, the training and the materials. Linh Tran-Booth asked thirty managers for the rest, and found that the largest cost of change was the one that nobody had thought of as a cost.',
        'body': """<p>In my parents’ restaurant every spoonful was costed except my mother. The accounts were exact about prawns and silent about the person who had peeled them. I have been reminded of this at every economic evaluation that I have worked on since.</p>
<p>Last year I asked thirty managers who had recently led a change in practice to tell me what it had cost. Each had a figure ready. I then asked to see their calendars.</p>
<h2>Where the money went</h2>
<p><strong>Average cost of putting one programme in place in one service, first year</strong></p>
<table><thead><tr><th scope="col">Item</th><th scope="col">In the budget</th><th scope="col">What we found</th></tr></thead><tbody><tr><th scope="row">Licence and materials</th><td>£6,200</td><td>£6,900</td></tr><tr><th scope="row">Training days</th><td>£4,800</td><td>£5,300</td></tr><tr><th scope="row">Cover for staff in training</th><td>£0</td><td>£7,400</td></tr><tr><th scope="row">Meetings to plan and review</th><td>£0</td><td>£18,700</td></tr><tr><th scope="row">Training again, for those who had left</th><td>£0</td><td>£3,600</td></tr><tr><th scope="row">Total</th><td>£11,000</td><td>£41,900</td></tr></tbody></table>
<p>The row for meetings is not a complaint about meetings. When we looked at what took place in them, most were necessary: it was there that people worked out who would do what, and discovered that two teams had understood the same word differently. That is the labour of implementation. It was simply being done by people whose salaries had been charged to something else.</p>
<h2>Why it matters that it is hidden</h2>
<p>First, because the cost falls unevenly. A large service absorbs forty meetings; a small charity pays for them in evenings. Second, because decisions to spread a programme are taken on the figure in the left-hand column. And third, because when money is short the invisible thing is what people stop doing, and then everybody wonders why the visible things have ceased to work.</p>
<p>I now ask for one extra line in every plan: <em>hours of existing staff, by grade</em>. It can be estimated on the back of an envelope in ten minutes. It often leads to silence, and then to the first honest conversation about whether this is the year.</p>""",
        'references': """<ol><li>Tran-Booth, L. (2020). <em>Thirty calendars: the unbudgeted work of change</em>. University of Aldercombe, Discussion Papers in Health Economics, 61.</li></ol>""",
        'authors': ['linh-tran-booth'],
        'date': '2020-09-22',
        'tags': ['Evaluation', 'Sustainability', 'Scaling up'],
    },
    {
        'slug': 'the-corridor-outside-the-group-room',
        'title': 'The corridor outside the group room',
        'standfirst': 'Callum Rintoul has taken part in nine prison programmes, first as a prisoner and later as a facilitator. He writes about the forty metres between the group room and the cell, in which most of what was learned is put to the test.',
        'body': """<p>You finish a session on keeping your temper. It has been a good one. You have said something true in front of nine other men, which is not nothing. The facilitator thanks you and opens the door, and the officer on the landing, who has been waiting to lock up and is late for his break, says: ‘Had your wee chat, aye?’</p>
<p>What happens in the next four seconds is the outcome of the programme.</p>
<p>I have been in that doorway as a prisoner and as the man with the flip-chart. In neither position did the manual have anything to say about it. The manual ended at the door.</p>
<h2>Who is not in the room</h2>
<p>For most programmes, training is given to facilitators. Officers are told the times. Yet a man spends two hours a week with the facilitator and a hundred and sixty-six with everybody else. If the everybody else has never heard of ‘stop, step back, think’, then a prisoner who stops and steps back on the landing looks like one who is refusing an order. I have seen a man put on report for doing his homework.</p>
<h2>A small experiment</h2>
<p>In two prisons we tried something that cost almost nothing. Officers came to the first session, not to observe but to do it. They filled in the same sheet about the last time that they had lost their temper. They were a good deal better at it than they expected to be. Then, each week, a card went up in the wing office: <em>this week the group is practising asking for time. You may hear it.</em></p>
<p>We did not have the means for a trial. We had the wing’s own records, in which reports for arguments on programme days fell by about half, and we had officers who began to use the words themselves, sometimes on each other.</p>
<h2>What I take from it</h2>
<p>An intervention does not have a setting in the way that a picture has a frame. The corridor is part of it. If you want to know whether your programme is being delivered, by all means sit in the group room. Then stand outside it, be quiet, and listen to how people are spoken to on the way home.</p>""",
        'authors': ['callum-rintoul'],
        'date': '2020-11-17',
        'tags': ['Justice', 'Training and supervision', 'Fidelity and adaptation'],
        'featured': True,
    },
    {
        'slug': 'theories-for-monday-morning',
        'title': 'Theories for Monday morning',
        'standfirst': 'There are now more than a hundred frameworks for implementation and most of them look alike from a distance. Priya Raghunathan, who teaches people with a job to go back to, proposes three tests that a theory should pass before it is let near a ward.',
        'body': """<p>Every January I give my new students a large sheet of paper and ask them to draw how change happens in the place where they work. Nobody has yet drawn a hexagon with arrows. They draw people. They draw a particular door, a rota, a woman called Pat. One drew a photocopier and was right to.</p>
<p>Then I show them the models. We look at stages, domains, constructs, logics and wheels. By March some of the drawings have turned into hexagons, and I begin to worry.</p>
<h2>Three tests</h2>
<p>I do not think that we have too many theories. I think that we ask too little of them. Before I will let a framework near somebody’s real work, I want it to pass three tests.</p>
<p><strong>The surprise test.</strong> Does it ever tell you something that you did not already believe? A framework that can accommodate any event whatever is a filing system. Filing systems are useful, but one does not ask them for advice.</p>
<p><strong>The Monday test.</strong> Does it change what you would do next? If you took the model away, would your plan be any different? My students are honest about this. In a typical year a third of them say that it would not.</p>
<p><strong>The Pat test.</strong> Could you explain it to the person whose work it concerns, in the time that it takes to make two cups of tea, without her feeling that she had been described as an obstacle?</p>
<h2>What survives</h2>
<p>Fewer than you would hope, but not none. Ideas about how new work is made sense of and shared out among people do well, because they ask <em>whose job is this now?</em> Ideas about habit do well, because they look at cupboards. Long checklists of influences do badly on the second test and worse on the third, though they are good company when writing a grant application.</p>
<p>I end the course by giving back the drawings from January. Most people add to them. What they add is usually a line between two things that were already there; and that, I tell them, is a theory. It is a line that you did not see before and cannot now stop seeing.</p>""",
        'authors': ['priya-raghunathan'],
        'date': '2021-01-19',
        'tags': ['Theories and frameworks', 'Training and supervision'],
        'picture': True,
        'picture_seed': 'network:theories',
        'picture_alt': 'Circles of different sizes joined by fine lines into a loose network.',
        'picture_caption': 'A theory may be no more than one line that was not there before.',
    },
    {
        'slug': 'pan-nad-oes-gair',
        'title': 'Pan nad oes gair',
        'standfirst': 'Wrth gyfieithu llawlyfr rhaglen i’r Gymraeg, daeth Siôned Vaughan-Parry ar draws gair nad oedd modd ei gyfieithu. Nid y Gymraeg oedd ar fai. Mae’n dadlau bod cyfieithu yn un o’r profion gorau sydd gennym ar syniad.',
        'body': """<p>Y gair oedd <em>engagement</em>. Roedd yn digwydd naw deg o weithiau yn y llawlyfr, ac erbyn yr ail bennod roeddem wedi defnyddio pum gair Cymraeg gwahanol amdano. Weithiau roedd yn golygu dod i’r sesiwn. Weithiau roedd yn golygu siarad yn y sesiwn. Weithiau roedd yn golygu hoffi’r hwylusydd, neu wneud y gwaith cartref, neu beidio â chwyno.</p>
<p>Ysgrifennais at awduron y rhaglen a gofyn pa un oedd yn gywir. Daeth ateb caredig ymhen wythnos: roeddent wedi cynnal cyfarfod, ac nid oeddent yn cytuno.</p>
<h2>Cyfieithu fel prawf</h2>
<p>Ers hynny rwyf wedi dod i feddwl am gyfieithu nid fel cost, nac fel dyletswydd, ond fel dull ymchwil. Mae cyfieithydd da yn gofyn cwestiynau na fydd neb arall yn eu gofyn. Pwy sy’n gwneud hyn? I bwy? Pryd mae wedi gorffen? Lle mae’r Saesneg yn gallu cuddio y tu ôl i enw haniaethol, mae’r Gymraeg yn aml yn mynnu berf, ac mae berf yn mynnu person.</p>
<p>Yn y rhaglen honno arweiniodd tri ar ddeg o’n cwestiynau at newid yn y fersiwn Saesneg. Mae hwyluswyr yn Lloegr bellach yn defnyddio llawlyfr cliriach am fod rhywun yng Ngheredigion wedi methu â’i gyfieithu.</p>
<h2>Tri awgrym</h2>
<ol><li>Dechreuwch gyfieithu cyn bod y llawlyfr wedi ei orffen, nid wedyn.</li><li>Talwch y cyfieithydd i ddod i’r cyfarfodydd cynllunio.</li><li>Cadwch restr o’r geiriau anodd. Dyna’r mannau lle bydd pobl yn gwneud pethau gwahanol gan gredu eu bod yn gwneud yr un peth.</li></ol>
<p>Nid mater o degwch yn unig yw gweithio mewn dwy iaith, er ei fod yn hynny hefyd. Mae’n ffordd o ddarganfod beth yr oeddem yn ei feddwl.</p>""",
        'authors': ['sioned-vaughan'],
        'date': '2021-02-16',
        'language': 'cy',
        'tags': ['Languages', 'Fidelity and adaptation', 'Devolved nations'],
    },
    {
        'slug': 'what-a-rota-believes',
        'title': 'What a rota believes',
        'standfirst': 'Continuity of carer is among the best supported ideas in maternity care and among the hardest to keep going. Lucy Hargreaves-Dunn argues that the place to look for the reason is a spreadsheet which nobody regards as policy.',
        'body': """<p>If you want to know what an organisation believes, do not read its strategy. Read its rota.</p>
<p>Our strategy said that each woman would be looked after by a midwife whom she knew. Our rota said that a midwife is a unit of seven and a half hours that can be placed in any of five locations. For two years both documents were true, and the women could have told you which was in charge.</p>
<h2>How a belief gets into a spreadsheet</h2>
<p>I went to see the person who makes the rota. Nobody had told her about the strategy. Her software offered her a box for each shift, and a warning in red when a box was empty. It had no way to know that the midwife in the box on Thursday had met the woman in room four, and the one on Friday had not. She was praised when there was no red. There was seldom any red.</p>
<p>This is not resistance. Nobody was against continuity. It had merely never been translated into the one language in which the hospital makes its decisions about time.</p>
<h2>What we tried</h2>
<ul><li>We asked the rota-maker to join the project group. It was the best appointment that we made.</li><li>She changed the order of filling: teams first, then gaps, where before it had been gaps first.</li><li>She invented a new colour. Amber means that the box is full but the person is a stranger.</li></ul>
<p>The amber was the turning point. In the first month there was a great deal of it, and the figure was read out at the meeting where red had always been read out. People do not like to be amber. In a year the proportion of women who were attended in labour by somebody they knew rose from fourteen in a hundred to thirty-nine, and we had not held one training day.</p>
<p>Then came the winter, with sickness and vacancies, and it fell to twenty-two. I shall not pretend otherwise. But it is still measured, and it is still amber. The belief is in the spreadsheet now, and the spreadsheet has a long memory.</p>""",
        'authors': ['lucy-hargreaves-dunn'],
        'date': '2021-03-23',
        'tags': ['Maternity and early years', 'Sustainability', 'Measurement'],
        'picture': True,
        'picture_seed': 'weave:rota',
        'picture_alt': 'A grid of interlaced rectangles in several teals with strips of amber.',
        'picture_caption': 'A week of nights, days and the people in between.',
    },
    {
        'slug': 'sixty-one-reasons-for-leaving-people-out',
        'title': 'Sixty-one reasons for leaving people out',
        'standfirst': 'Kwabena Asante-Frimpong collects the sentences in which research teams explain why somebody could not be included. He has sixty-one. He has also been collecting what other teams did instead, and that list is growing faster.',
        'body': """<p>Number one on my list, because it was the first that I wrote down, is this: ‘Participants were required to have conversational English for reasons of feasibility.’ Number sixty-one, added last week: ‘Sites without stable broadband were not approached.’ Between them are people who work nights, people who share a telephone, people under a guardianship order, people with no fixed address, prisoners, Travellers, those over seventy-five, and, in one memorable protocol, left-handed people.</p>
<p>Each exclusion has a reason, and within the study the reason is usually fair. It is when the sixty-one are laid end to end that one begins to see a country. The people in it are poorer, older, browner and busier than those for whom our evidence was made. Then the programme ‘works’, and spreads, and meets them.</p>
<h2>Equity is a question of sequence</h2>
<p>The usual plan is to establish that something works in the easiest places and to extend it to the harder ones later. I have worked in harder places in Kumasi and in the east end of Glasgow, and I can report that later does not come. By then the materials have been printed and the training recorded. What remains is to ask the people who were left out to be more like those who were not.</p>
<h2>The other list</h2>
<p>So I have been collecting what teams did instead. It has thirty-four entries, and most are not expensive.</p>
<ul><li>A smoking study in the Midlands began with night workers, on the ground that if the visits suited them they would suit anybody.</li><li>A team in Derry recruited interpreters as co-researchers at the start, rather than hiring them at the end.</li><li>A pharmacy project posted its questionnaire to nobody; staff asked the questions while people waited.</li></ul>
<p>In each case the design that began at the edge worked in the middle, and I know of no case in which the opposite happened.</p>
<p>If you are writing a protocol this month, look at the list of exclusions and strike out one. Find out what it would cost. Then write to me, please, for I should like to reach thirty-five.</p>""",
        'authors': ['kwabena-asante-frimpong'],
        'date': '2021-05-11',
        'tags': ['Equity', 'Ethics', 'Scaling up', 'Evaluation'],
        'featured': True,
    },
    {
        'slug': 'the-first-hundred-days',
        'title': 'The first hundred days',
        'standfirst': 'Partnerships between an intermediary and a local area begin with goodwill and a long agreement. Fiona Abernethy has replaced the long agreement with two pages, and describes what belongs on them and what should be left until day one hundred and one.',
        'body': """<p>I used to write partnership agreements of twenty-six pages. I was proud of them. They had schedules. I can recall only one occasion on which anybody opened one after signature, and that was to find the telephone number of a hotel.</p>
<p>A partnership in trouble does not consult its agreement. It consults its memory of what was said in the first few weeks, when everybody was being pleasant. The first hundred days are when promises are cheapest, and I have come to believe that our main duty in them is to make fewer.</p>
<h2>Two pages</h2>
<p>The agreement that we use now has four headings.</p>
<ol><li><strong>What hurts.</strong> In the words of the local people, what is the thing that made you call? If three agencies give three different answers we write down all three.</li><li><strong>Who will be in the room.</strong> Names, days of the week, and who decides when they cannot agree.</li><li><strong>What we shall not do.</strong> This is the heading that saves marriages. We will not write your strategy. We will not attend your board in order to vouch for you. We will not be your data team.</li><li><strong>How either of us leaves.</strong> One paragraph. Both signatures.</li></ol>
<h2>What we leave out</h2>
<p>There are no outcomes on it. That alarms people. But at the outset none of us knows enough to choose the outcomes well, and those that are chosen early have a way of becoming the furniture. On day one hundred we meet for a whole day and decide what the work is going to be. Twice, on that day, we have agreed to stop. Both were good decisions, and one of those areas came back two years later, ready.</p>
<h2>Does it work?</h2>
<p>We have nine partnerships under the two pages and eleven that began under the twenty-six. I will not give you a percentage. I will say that in the newer ones the telephone rings sooner when something is wrong, and that the voice at the other end no longer begins by apologising.</p>""",
        'authors': ['contact'],
        'date': '2021-06-29',
        'tags': ['Readiness', 'Social care', 'Implementation teams'],
    },
    {
        'slug': 'what-coaches-do-when-they-are-quiet',
        'title': 'What coaches do when they are quiet',
        'standfirst': 'Thandeka Moyo recorded four hundred hours of conversations between coaches and the teams they support. The part that mattered most was hard to transcribe, because nobody was speaking.',
        'body': """<p>A transcriber charges by the minute of audio, and mine wrote to ask, rather delicately, whether something was wrong with my recordings. There were gaps. She did not like to charge me for them. I listened to the places that she had marked, and that is how I found the subject of my thesis.</p>
<p>I had set out to study what coaches say. I had categories for it: questions, reflections, advice, praise, challenge. I could code an hour in an afternoon. The gaps were coded as nothing.</p>
<h2>Two kinds of silence</h2>
<p>There is the silence of a team that has nothing to say, which lasts about two seconds and ends in a joke. And there is another, of five seconds or more, which comes after a coach has asked something and then, at visible cost, has refrained from answering it herself. I found three hundred and eighty-eight of the second kind.</p>
<p>I looked at what was said immediately afterwards. In more than half of the cases it was a statement about the team’s own practice which had not been made before in any recording. <em>We don’t actually do the review. I sign it, but I’ve not read it. I’m frightened of that family.</em> After an ordinary question with an ordinary pause, such statements came about one time in twelve.</p>
<h2>Can it be taught?</h2>
<p>Up to a point. Coaches in their first year wait, on average, 1.8 seconds. I now play them their own recordings and ask them to raise a hand when they would have liked to speak. All the hands go up. Then we listen to what would have been lost.</p>
<p>The instruction that has helped most came from a coach in Fife who used to fish. ‘Do not wait for them to talk,’ she said. ‘Wait for them to think. You can see it in the shoulders.’</p>
<p>It is an odd thing to submit for examination, four hundred hours of talk and the conclusion that one should do less of it. But we ask teams to look honestly at what they do. Honesty takes about five seconds, and somebody has to hold the door open.</p>""",
        'references': """<ol><li>Moyo, T. (2021). <em>Five seconds: silence and disclosure in implementation coaching</em>. Doctoral thesis, Strathlorne University.</li></ol>""",
        'authors': ['thandeka-moyo'],
        'date': '2021-09-14',
        'tags': ['Coaching', 'Implementation teams', 'Social care'],
        'picture': True,
        'picture_seed': 'bands:quiet',
        'picture_alt': 'Broad flowing bands of teal, stone and ochre, with wide pale stretches between them.',
        'picture_caption': 'The pale bands are part of the pattern.',
    },
    {
        'slug': 'what-became-of-the-pilots',
        'title': 'What became of the pilots?',
        'standfirst': 'Governments are good at beginning things. Niall Devenney keeps a public register which records what became of every pilot that his departments have begun, and finds that the simple act of asking has changed the answers.',
        'body': """<p>The register has seven columns. What was tried; where; by whom; from when; until when; what was learned; and what was done about it. It took one afternoon to design and two years to fill, because for most of the rows nobody knew what to put in the last two.</p>
<p>We began by writing to every department and asking for a list of its pilots in the previous ten years. We were sent a hundred and thirty-one. We found another sixty by reading old press releases.</p>
<h2>What became of them</h2>
<p>Of the hundred and ninety-one, forty had been extended to more places. Twenty-two had been stopped on purpose. The rest, two thirds of the total, are recorded in the register by the phrase that a colleague of mine proposed in despair: <em>no decision traced</em>. The money had run out, or the minister had moved, or there had been an election. Some of these had been evaluated, at a cost; the evaluations were on shelves, and several were good.</p>
<p>It is tempting to call this waste. I would rather call it a missing job. To start a pilot is somebody’s job. To evaluate it is somebody’s job. To decide what to do next belonged to nobody, and so it was not done.</p>
<h2>What asking does</h2>
<p>Since the register became public, three things have happened. New pilots now arrive with a date on which a decision will be taken, because the form will not save without one. Departments have begun to look before they start, and twice have found that the thing had been tried already, eight miles away. And in the past year the proportion with no decision traced has fallen to a quarter, although nobody was ever instructed to decide anything.</p>
<blockquote><p>‘It is not that we are being checked,’ a colleague in another department told me. ‘It is that there is now a box, and it looks so empty.’</p></blockquote>
<p>There are grander instruments for learning in government, and I hope that we shall have some of them. Until then I commend the empty box to the other three nations. You may have our seven columns free of charge.</p>""",
        'authors': ['niall-devenney'],
        'date': '2021-10-26',
        'tags': ['Evidence in policy', 'Scaling up', 'Devolved nations'],
    },
    {
        'slug': 'please-stop-thanking-us',
        'title': 'Please stop thanking us',
        'standfirst': 'People who have used mental health services are now thanked for their courage at the start of every meeting. Ursula Kettlewell would rather be sent the papers on time, and sets out what respect looks like when it is put into practice.',
        'body': """<p>At the start of the meeting the chair thanked me for my bravery. I had come by bus. The finance director, who had come by car and was about to present a deficit, was not thanked for hers.</p>
<p>I know that it is kindly meant. But to be thanked for courage before I have said anything tells me what I am there to do, which is to be moving. Once I have been moving, the meeting can begin.</p>
<h2>What I would like instead</h2>
<p>For eleven years I have worked alongside people who use services, and I am one of them. We have made a list. There is nothing remarkable on it.</p>
<ul><li>The papers, at the same time as everybody else, in the same words.</li><li>A fee which does not have to be asked for, paid without a conversation about benefits in front of other people.</li><li>A second person. One is a witness. Two can disagree, and then you will learn something.</li><li>To be asked about item four, the one about parking, on which I happen to have views.</li><li>To be told afterwards what was decided, even when it was the opposite.</li></ul>
<p>You will see that none of these concerns feelings. Each is an arrangement. It can be written down, given to somebody as part of their job, and checked. That is to say, it can be implemented, in exactly the sense in which readers of this series use the word.</p>
<h2>Lived experience as a component</h2>
<p>I have read evaluations in which ‘co-production’ appears on the list of a programme’s core components with no further description, between the licence and the induction day. Nobody would write ‘training’ like that, without saying how much, for whom, and by whom. If it matters, specify it. If it is specified, fund it. If it is funded, then for pity’s sake measure whether it took place.</p>
<p>And if, at the end of all that, something which I said turns out to have been useful, you may thank me. I shall be by the bus stop.</p>""",
        'authors': ['ursula-kettlewell'],
        'date': '2021-12-07',
        'tags': ['Mental health', 'Co-production', 'Ethics'],
        'featured': True,
    },
]
