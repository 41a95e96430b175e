# ruff: noqa: E501
"""Posts of 2026; see `posts` for the keys left out."""

from typing import Any

POSTS: list[dict[str, Any]] = [
    {
        'slug': 'the-note-that-wrote-itself',
        'title': 'The note that wrote itself',
        'standfirst': 'Software that listens to a consultation and drafts the note has arrived in general practice faster than anyone could study it. Tomasz Wiśniewski and Catrin Prosser watched its first year in eight practices, and looked at what happened after the note.',
        'body': """<p>Nobody introduced it, exactly. A partner tried it on a trial licence over a weekend. By Easter five of the practice’s doctors were using it, and in June a policy was written which permitted what had been going on since January.</p>
<p>That is the first thing to notice. Most of what we know about implementation concerns things which somebody wants to happen and which do not. Here was something that happened of itself. There was no training and no champion. There was merely a very great dislike of typing.</p>
<h2>What it gave</h2>
<p>About nine minutes an hour. Doctors looked at patients more; we timed it. Patients mostly approved, though a third were unable to say afterwards what had been recorded or where it went. The notes were longer, tidier and more alike.</p>
<h2>What it took</h2>
<p>Notes are for the next person. So we sat with the next person: the nurse on the following day, the locum, the out-of-hours doctor at two in the morning. We asked them to find what mattered, and to say how sure the writer had been.</p>
<ul><li>They were slower with the drafted notes. Everything was there, at the same volume.</li><li>They could no longer hear doubt. A hurried human note says <em>?viral – mum v anxious – low threshold</em>. The draft said that safety-netting advice had been given.</li><li>In six of eight practices the corrections which doctors made to the drafts had, by the sixth month, almost ceased. The drafts had not become better. Checking is a form of attention, and attention fades.</li></ul>
<h2>What might be done</h2>
<p>Two of the practices did something that we should like to see copied. They require each note to end with a line which the software is forbidden to write. It begins <em>What I am not sure about:</em> and a person has to fill it in, with a thumb if need be. It takes about eight seconds. The out-of-hours doctors say that it is now the only line that they read first.</p>
<p>A tool that spreads by itself does not need our help to be adopted. It may need our help to be noticed.</p>""",
        'references': """<ol><li>Wiśniewski, T. and Prosser, C. (2025). <em>After the note: eight practices in the first year of ambient drafting</em>. University of Port Selwyn, Digital Health Reports, 12.</li></ol>""",
        'authors': ['coauthor', 'author'],
        'date': '2026-01-20',
        'tags': ['Digital tools', 'Primary care', 'Ethics'],
        'featured': True,
        'picture': True,
        'picture_seed': 'paths:note',
        'picture_alt': 'A sheaf of fine coloured lines that narrows in the centre and fans out again.',
        'picture_caption': 'Everything is there, at the same volume.',
    },
    {
        'slug': 'a-year-without-anything-new',
        'title': 'A year without anything new',
        'standfirst': 'For twelve months the Northmere schools agreed to start nothing. Farida Yusufzada and Zofia Krawczyk explain how a fallow year was arranged, what grew in it, and what the partnership has decided to do next.',
        'body': """<p>Farmers used to leave a field alone for a year in every few. Nobody thought them unambitious. We proposed the same thing to forty-one head teachers on a dark afternoon in November, and one of them wept, which we recorded as agreement.</p>
<h2>The rules</h2>
<p>For a year, no school would begin any programme, pilot, policy or piece of software that was not required by law. Anything already under way could go on. The training days stayed in the calendar, and were given to staff for work on what they were doing already. We wrote to sixty-two organisations asking them to write to us again in twelve months. Most were charming about it. One sent a programme for managing change fatigue.</p>
<h2>What we measured</h2>
<p>Very little, in the spirit of the thing. We counted how often teachers were observed doing three practices that the schools had taken on in earlier years: paired reading, a way of asking questions, and a routine for coming in from break.</p>
<p><strong>Three existing practices, in a random sample of lessons</strong></p>
<table><thead><tr><th scope="col">Practice</th><th scope="col">Before</th><th scope="col">After the year</th></tr></thead><tbody><tr><th scope="row">Paired reading, done as intended</th><td>38%</td><td>61%</td></tr><tr><th scope="row">Questions with waiting time</th><td>29%</td><td>55%</td></tr><tr><th scope="row">Calm entry from break</th><td>67%</td><td>83%</td></tr></tbody></table>
<p>There was no comparison group, and we may simply have been lucky. But nobody was trained in any of the three during that year. They had time to practise, to watch one another, and to notice that the waiting time was the same idea as the calm entry.</p>
<h2>What was hard</h2>
<p>The leaders found it harder than the teachers did. To begin something is how a head shows that she is leading. Several told us that by February they felt invisible. One said that she had had to learn what her deputy did.</p>
<h2>What next</h2>
<p>One year in four will be fallow from now on. We have also been asked to package it as a programme, with materials. We are not going to.</p>""",
        'authors': ['farida-yusufzada', 'zofia-krawczyk'],
        'date': '2026-02-17',
        'tags': ['Schools', 'De-implementation', 'Sustainability', 'Coaching'],
    },
    {
        'slug': 'protecting-the-hour',
        'title': 'Protecting the hour',
        'standfirst': 'Six years ago Ranjit Kaur Bains wrote here that a model of practice lives or dies in supervision. Since then her council has tried to guard that one hour a fortnight. She reports on what attacks it, and what defends it.',
        'body': """<p>I wrote in this series in 2019 that we were going to begin with the supervisors. There would be no lanyards, I said. There are still none. A number of you have written to ask how it went, and since it has taken me six years to find out I will try to be exact.</p>
<p>We promised every social worker one hour of reflective supervision each fortnight: uninterrupted, with a supervisor who had herself had the same. In the first year we delivered forty-four per cent of those hours. Last year it was eighty-one. Nothing else that I have been part of has made as much difference, and nothing has been so regularly under attack.</p>
<h2>What attacks the hour</h2>
<ul><li><strong>A crisis,</strong> which is to say a Tuesday. In the early days any emergency cancelled supervision. We asked who most needed to think clearly during an emergency, and the answer was awkward.</li><li><strong>The list.</strong> Given sixty minutes, two conscientious people will fill them with cases and dates. It feels responsible.</li><li><strong>Kindness.</strong> ‘You look tired, shall we leave it?’ That was the commonest reason of all.</li><li><strong>Success.</strong> When things are going well it seems to be a luxury.</li></ul>
<h2>What defends it</h2>
<ol><li><strong>It is counted,</strong> monthly, by the director, in the same table as visits to children.</li><li><strong>It has a place.</strong> Two rooms with a sofa that cannot be booked for anything else. I have turned a councillor out of one.</li><li><strong>Dates and cases have their own half-hour</strong> on another day, so that they need not steal this one.</li><li><strong>Mine is protected too.</strong> If I cancel my own, everyone knows by lunch.</li></ol>
<p>And the model, the ninth, for which we did all this? We can see it. We listened to recorded visits in 2021 and again last year. The habits we hoped for were there in two visits out of ten, and now they are there in six. Somebody asked whether that was because of the model or because of the hour. I said that I no longer knew where the one ended and the other began, and I have come to think that is what it was for.</p>
<p>(The earlier post is <a href="/blog/eight-models-of-practice-and-one-hour/">Eight models of practice and one hour</a>.)</p>""",
        'authors': ['ranjit-bains'],
        'date': '2026-03-17',
        'tags': ['Training and supervision', 'Social care', 'Sustainability', 'Measurement'],
    },
    {
        'slug': 'feedback-that-comes-in-time',
        'title': 'Feedback that comes in time',
        'standfirst': 'Deirdre Quigg’s department used to send results eleven weeks after the event. It now takes four days. The improvement owed little to technology, she writes, and a good deal to giving up on being right to one decimal place.',
        'body': """<p>‘You told me in March that I was slow in December,’ a ward manager said to me. ‘In December I knew that I was slow. In March I have a different problem.’</p>
<p>She was not complaining. She was explaining, patiently, to somebody from another time.</p>
<h2>Where eleven weeks went</h2>
<p>I traced a single number from the bedside to the sheet on her desk. It was born on a Sunday night. It waited for the month to end: nineteen days. It waited for late entries: ten. It was cleaned, for two weeks, by a colleague who is very thorough. It waited for a committee, which met; was queried; and waited for the committee to meet again. It was then put into a report together with forty other numbers, and the report waited for its cover.</p>
<p>At each stage it grew a little more accurate. The first version was 71 per cent. The last was 70.4.</p>
<h2>What we gave up</h2>
<p>We gave up the decimal. We gave up completeness: we take twenty cases a week, drawn by lot, and look at those. We gave up the committee, which wrote us a nice letter. We gave up colour, comparison with the region, and the cover.</p>
<p>What a ward gets now, each Thursday, is half a sheet: how many of last week’s twenty, a line for the twelve weeks before, and one case, described in three sentences, in which it went well. That was the idea of a student nurse. All our feedback until then had consisted of what had gone wrong.</p>
<h2>Did it work?</h2>
<p>On the three measures where we have a fair comparison, wards with the half sheet improved about twice as fast as wards that were waiting for theirs. It is a modest effect. What is harder to show on a graph is that they began to argue with it. They rang up. ‘That’s not right, there were two falls on Monday.’ Nobody in eleven years had rung to dispute the report. One does not argue with history.</p>
<p>There is a cupboard in this story too, for those who remember the first one. It is where we keep the covers.</p>""",
        'authors': ['deirdre-quigg'],
        'date': '2026-05-19',
        'tags': ['Audit and feedback', 'Measurement'],
        'picture': True,
        'picture_seed': 'weave:thursdays',
        'picture_alt': 'Short horizontal and vertical strips of colour woven into an even cloth.',
        'picture_caption': 'Twenty cases, every Thursday.',
    },
    {
        'slug': 'the-core-and-the-edge',
        'title': 'The core and the edge: notes from a long afternoon',
        'standfirst': 'Every programme is said to have a core that must be kept and an edge that may be changed. Adaeze Nwachukwu gathered fourteen people who make, deliver, receive or study programmes, and asked them to draw the line. These are her notes.',
        'body': """<p>We met in a scout hut, because it was free and because nobody can be grand in a scout hut. There were fourteen of us. Four had invented a programme. Five had delivered one for at least three years. Three had been on the receiving end. Two, of whom I was one, study the matter, and were asked to sit at the back and make the tea.</p>
<p>On the table was the manual of a programme which none of the fourteen had had any part in: an eight-session group for people who care for a relative with dementia. It had been chosen because everybody could imagine needing it. Each person had a copy, a green pencil and a red one. Green for what must stay. Red for what may go.</p>
<h2>First hour: the pencils</h2>
<p>The inventors, although it was not their manual, coloured most of it green. The deliverers coloured most of it red. So far, so familiar; I could have written the paper at that point and gone home.</p>
<p>Then we looked at what the three carers had done. Mrs Okafor-Lyle had coloured in a single line of green, on the third page, where it says that there will be somebody to sit with your husband while you come. Mr Dewhurst had put green round the coffee break. The third had used neither pencil. She had written in the margin, in ink: <em>would anyone ring me afterwards?</em></p>
<blockquote><p>‘You are asking which pages,’ she told us. ‘I never saw any pages. I saw Janet.’</p></blockquote>
<h2>Second hour: what is a core?</h2>
<p>After that it became more interesting. One of the inventors said that she had always assumed the core to be the parts that do the work, that is, what makes people better. One of the deliverers said that to him it was the parts one could be told off about. We wrote both on the wall. By four o’clock there were six.</p>
<ol><li><strong>What works:</strong> take it away and the good effects go.</li><li><strong>What is checked:</strong> take it away and somebody will notice.</li><li><strong>What is owned:</strong> take it away and it cannot be called by its name.</li><li><strong>What was tested:</strong> it was there in the trial, whether it mattered or not.</li><li><strong>What is promised:</strong> people came because we said that they would get it.</li><li><strong>What holds it up:</strong> without it the rest cannot take place at all.</li></ol>
<p>These are not the same. The sitter for Mrs Okafor-Lyle’s husband is number six, and nothing else; she does no therapeutic work and appears in no fidelity scale. Take her away and there is an excellent programme, faithfully delivered to an empty room.</p>
<p>We tried each of the manual’s forty-one elements against the six meanings. Five of the elements had all of them. Nine had none. And thirteen were ‘core’ only in the fourth sense: they had been in the trial, therefore they were in the manual, therefore they were checked.</p>
<h2>Third hour: who may cross the line?</h2>
<p>The question of the last hour came from a deliverer, a quiet man from the coast. ‘I change things every week,’ he said. ‘I don’t mind being told I shouldn’t. What I mind is that there’s nobody to tell <em>me</em> when someone in Carlisle has changed the same thing and it went wrong.’</p>
<p>We had been talking of adaptation as though it were a matter of permission. He had made of it a matter of memory. If every group alters something, and no group can see what the others have altered, then each of them is a first experiment, over and over again. The inventors were struck by this. One confessed that she receives about thirty letters a year describing changes and keeps them in a folder called ‘Nice’.</p>
<p>We ended with a short list of things that one might ask of anybody who publishes a programme.</p>
<ul><li>Beside each element, say in which of the six senses it is core. ‘We do not know’ is an answer.</li><li>Say what the element is <em>for</em>, in words that a person in the group would recognise.</li><li>Say what holds it up, cost it, and put it in the budget first.</li><li>Give people somewhere to report what they changed, and read it out.</li></ul>
<h2>Afterwards</h2>
<p>I have been working on these questions for a long time, and had come to the hut with an idea that I should be confirming something. What I took home was the ink in the margin. Not one of the forty-one elements in that manual concerned what happens after the eighth session. By the definitions that we use, ringing her afterwards would be an adaptation, and an unlicensed one.</p>
<p>I asked each of the fourteen, as they went, whether they would make the call. Thirteen said that of course they would. The fourteenth had already gone outside, and through the window I could see that he was on the telephone.</p>""",
        'references': """<ol><li>Nwachukwu, A. (2026). <em>Six meanings of core: a workshop in a scout hut</em>. Aldercombe Centre for Practice Change, Working Note 31.</li><li>Lanternbridge Families (2024). <em>The open list of adaptations</em>. <a href="/blog/why-we-publish-our-adaptations/">Described in this series</a>.</li></ol>""",
        'authors': ['editor'],
        'date': '2026-06-16',
        'tags': ['Fidelity and adaptation', 'Theories and frameworks', 'Co-production', 'Ethics'],
        'featured': True,
        'picture': True,
        'picture_seed': 'bands:core',
        'picture_alt': 'Curving bands of teal, ochre and pale stone that follow one another’s edges.',
        'picture_caption': 'Where exactly does one band stop and the next begin?',
    },
    {
        'slug': 'a-minibus-and-a-map',
        'title': 'A minibus and a map',
        'standfirst': 'A council bought an old minibus in order to take vaccinations to people who did not come. Nasreen Choudhury recounts how it was nearly cancelled for reaching too few, and what happened when the driver was asked to plan the route.',
        'body': """<p>The spreadsheet was clear. In its first ten weeks the minibus had given two hundred and twelve vaccinations, at forty-eight pounds each. The clinic at the leisure centre had given nine thousand at six. I had the paper proposing to end it half written when our driver, Mr Hussain, put his head round the door and said that he could see why nobody was getting on.</p>
<p>‘You’ve got me parked outside things,’ he said.</p>
<h2>Outside things</h2>
<p>We had planned the route with data. We had mapped the neighbourhoods with low coverage and placed the bus in the centre of each, outside a library, a health centre, a park. Mr Hussain had driven a school bus in this town for eighteen years. He explained that nobody is ever <em>at</em> the centre of a neighbourhood. They are at the end of it, waiting for something.</p>
<p>He took a map and a biro. The cash-and-carry at six in the morning. The taxi rank behind the station. The car wash. A particular lay-by where carers swap over between visits. The mosque, yes, but the back gate, after the women’s class. The food bank, but not in the queue; round the corner, where people stop to rearrange their bags.</p>
<h2>What happened</h2>
<p>In the next ten weeks the bus gave one thousand four hundred and thirty, at eleven pounds. Two thirds of those people had ignored at least three letters. I asked some why they had not come before. They were rather puzzled. Nobody had objected to anything. It simply had never been where they were.</p>
<h2>What I wrote instead</h2>
<p>I withdrew the paper, and wrote another with two recommendations. The first was that the bus should go on. The second was that nothing which we run for people who do not come be planned without somebody who has spent time where they are. There are plenty of them on our payroll. They drive, they clean, they hold a lollipop at the crossing. Until then we had consulted eleven organisations and none of our own drivers.</p>
<p>Mr Hussain has been regraded. He has a job title, which he finds very funny, and an assistant, who has the map.</p>""",
        'authors': ['nasreen-choudhury'],
        'date': '2026-09-15',
        'tags': ['Equity', 'Primary care', 'Co-production', 'Evidence in policy'],
        'picture': True,
        'picture_seed': 'hills:minibus',
        'picture_alt': 'Layered rounded hills in pale to deep teal, with a sun half hidden behind the farthest.',
        'picture_caption': 'Nobody is ever at the centre of a neighbourhood.',
    },
    {
        'slug': 'honest-minutes',
        'title': 'Honest minutes',
        'standfirst': 'Catrin Prosser’s team used to keep minutes of what had been decided. Now it also keeps a record of what was doubted, dropped and not said until the car park. It has become the most consulted document that they have.',
        'body': """<p>Minutes are where an organisation goes to be sensible. I have written hundreds. <em>The group noted the update. The group agreed the revised timeline.</em> I look back at a set from 2021, from the month in which a project of ours was quietly coming apart, and they describe a calm sea with a light wind from the west.</p>
<p>We needed another kind. So for the past two years, at the end of each meeting, we have taken five minutes to fill in a second sheet. It goes to those who were there and to nobody else. We call it the honest minutes, which is unfair on the other ones.</p>
<h2>What goes on the sheet</h2>
<ol><li><strong>What did we agree that one of us does not believe?</strong></li><li><strong>What have we stopped doing without saying so?</strong></li><li><strong>What will we say in the car park?</strong></li><li><strong>What do we expect to have happened by next time?</strong> Each person writes a guess.</li></ol>
<p>It is handwritten, and passes round the table. One may put a dash. Nobody has to explain.</p>
<h2>What it has taught us</h2>
<p>The third question is the best. Everyone knows exactly what is meant. In the first months it yielded things like <em>the data lady is furious</em> and <em>we all know they will not do it in August</em>. Every one of these was a fact about implementation, known to half the room and absent from the record. After about six months people began to say them during the meeting, to save ink.</p>
<p>The fourth taught us that we are hopeless at guessing how long anything takes, and that Bethan is less hopeless than the rest. She now sets the dates.</p>
<p>And the first saved a programme. Four times running somebody had written that they did not believe in the second home visit. The fourth time we noticed that the handwriting was not always the same. We asked families. They did not believe in it either.</p>
<h2>A caution</h2>
<p>It works because it is small and because it stays in the room. A neighbouring team put theirs on the shared drive, and within a month the group was noting the update. If you try it, use paper. Keep it in a tin.</p>""",
        'authors': ['author'],
        'date': '2026-10-20',
        'tags': ['Implementation teams', 'Measurement', 'Ethics'],
    },
    {
        'slug': 'four-breakfasts',
        'title': 'Four breakfasts',
        'standfirst': 'Each nation of the United Kingdom has its own way of giving children something to eat before school. Órlaith Heaney had breakfast in all four in one week, and came home thinking less about food than about who unlocks the door.',
        'body': """<p>Monday, a primary school near Newry: toast, at 8.15, in a corridor. Tuesday, the south side of Glasgow: porridge, cereal and a great many teenagers. Thursday, a village above the Teifi: everything, including eggs. Friday, an estate in the north of England: bagels, posted through a hatch by a man with a tattoo of a swallow.</p>
<p>I had gone to compare policies. I had a grid. It had rows for eligibility, funding, nutrition and targeting, and by Tuesday afternoon I had stopped filling it in.</p>
<h2>What the grid missed</h2>
<p>In each place I asked how long it had been going and whether it had ever stopped. It had stopped, at least once, in all of them. So I asked why, and why it came back. Not one of the eight answers had to do with a policy.</p>
<ul><li>The caretaker retired and the new one started at 8.30.</li><li>The toaster failed its safety test, and nobody knew whose it was.</li><li>A parent who volunteered got a job. (‘Good for her. Terrible for toast.’)</li><li>It came back because the lollipop man had a key.</li></ul>
<p>Every scheme, whatever its law and whatever its budget, rested upon one person who could open a building forty minutes before anybody was paid to.</p>
<h2>The question for four nations</h2>
<p>You can tell a good deal about a policy from where it puts the key. In one nation the grant pays for food and assumes the rest. In another it pays for food and ‘staffing’, which a small school cannot divide into halves of an hour. In the third the guidance contains, to my delight, the word <em>caretaker</em>. In the fourth the money goes to a charity, and the charity has no key at all and must make friends.</p>
<p>When we talked this over on our monthly call a colleague asked which of the four had the best outcomes. I said that I did not know; the measures differ, and somebody should mend that. But I could tell her which would be open on Monday.</p>
<p>Since then I have added one row to the grid. I recommend it for most of the things that governments do. It says: <em>Who has the key, and what time do they get up?</em></p>""",
        'authors': ['orlaith-heaney'],
        'date': '2026-11-10',
        'tags': ['Devolved nations', 'Schools', 'Sustainability', 'Evidence in policy'],
        'featured': True,
        'picture': True,
        'picture_seed': 'bands:breakfasts',
        'picture_alt': 'Four or more broad bands of colour, teal, ochre and cream, rising and falling together.',
        'picture_caption': 'Four mornings in one week.',
    },
]
