# ruff: noqa: E501
"""Posts of 2019 and early 2020; see `posts` for the keys left out."""

from typing import Any

POSTS: list[dict[str, Any]] = [
    {
        'slug': 'a-short-history-of-things-we-gave-up',
        'title': 'A short history of things we gave up',
        'standfirst': 'Archives are full of launches and almost empty of endings. Elspeth Dalgarno has spent her retirement reading the files of programmes that were abandoned, and argues that the manner of an ending tells us more about implementation than any opening ceremony.',
        'body': """<p>In a basement in Stirling there is a box marked <em>Misc. – closed</em>. It holds the papers of a family support scheme that ran in seven towns between 1983 and 1988, and I believe that I am the first person to have opened it since the lid was taped down. The scheme was admired. It was visited by two ministers. It was never evaluated, never extended and never, so far as the papers show, actually ended. It simply stops appearing in the minutes.</p>
<p>I have now read the remains of twenty-three such programmes. I began because I was tired of success stories, and I went on because I found that failure was hardly ever what had happened.</p>
<h2>Four ways to disappear</h2>
<p>Some were <strong>starved</strong>: the money went on, at the same figure, until it no longer paid for a full post. Some were <strong>orphaned</strong>: the one person who understood the thing was promoted. Some were <strong>swallowed</strong>, their name kept and their substance replaced, which is the hardest kind to see from outside. And some were <strong>finished</strong>, deliberately, by people who had decided that they had done what they could do.</p>
<p>Only three of the twenty-three were finished. In each of those the files are fuller, the staff went on to use what they had learned, and the families were told. A proper ending, it turns out, is itself a piece of implementation. It needs a plan, a person and a date.</p>
<h2>What the boxes ask of us</h2>
<p>I should like every new programme to write, in its first month, one page on how it would close. What would persuade us? Who would say so? Who would need to hear it, and in what order? What would we want somebody to find in the box?</p>
<p>This is not pessimism. A programme that has imagined its end is usually clearer about its purpose, because the two are the same question asked from opposite sides. And there is a courtesy in it towards the people who will come after us, who will otherwise believe, as each generation of us has believed, that they are the first to try.</p>""",
        'references': """<ol><li>Dalgarno, E. (2018). <em>Closed files: twenty-three Scottish programmes and their endings</em>. Strathlorne University Working Papers in Social Work, 14.</li></ol>""",
        'authors': ['elspeth-dalgarno'],
        'date': '2019-02-12',
        'tags': ['Sustainability', 'De-implementation', 'Social care'],
        'picture': True,
        'picture_seed': 'stones:closed-files',
        'picture_alt': 'Rounded stones in teal, ochre and grey stacked in small cairns on a pale ground.',
        'picture_caption': 'What is left standing is not always what was meant to last.',
    },
    {
        'slug': 'the-room-matters-more-than-the-manual-admits',
        'title': 'The room matters more than the manual admits',
        'standfirst': 'A parenting programme has fourteen sessions, a licence fee and a manual of three hundred pages, in which the word ‘heating’ does not occur. Samuel Adeyinka on the things that decide whether families come back for the second week.',
        'body': """<p>We once ran the same programme, in the same month, with the same two facilitators, in a library and in the back room of a betting shop. The betting shop kept twice as many parents to the end.</p>
<p>Nobody had predicted it. The library was warm, respectable and free of charge. It was also the place where several of the parents had been told off as children, and where one had been asked to leave with a crying baby the week before. The betting shop had a carpet, a kettle and a manager whose sister had done the course.</p>
<h2>What we had been measuring</h2>
<p>At the time our fidelity checklist had thirty-six items. It asked whether the ice-breaker had been used, whether the video had been paused at the right places and whether the homework had been handed out. All of these are defensible. The developers of the programme know why each is there, and when we ask them they tell us, which not every developer does.</p>
<p>But nothing on the list asked whether anybody had been glad to see the parents arrive. Nothing asked who made the tea, or whether a father who came in his work boots was offered a chair that could bear him and his embarrassment.</p>
<h2>What we do now</h2>
<ul><li>We visit the room a week before, at the time of day when the group will meet, with a parent who has done the course.</li><li>We spend money on food before we spend it on printing.</li><li>We record in one line after each session what the room did to us that day. Too hot. A fire drill. Somebody’s cousin at the counter.</li></ul>
<p>After two years of those single lines we can say something that the manual cannot: that the sessions we rate as most faithful in content are not those with the best attendance, and that attendance follows welcome so closely that we could almost use the one to stand for the other.</p>
<p>I am not arguing for less fidelity. I would ask those who write manuals to be as careful about the threshold as they are about the video. A family cannot benefit from the core components of session nine if the radiators sent them home after session one.</p>""",
        'authors': ['samuel-adeyinka'],
        'date': '2019-04-09',
        'tags': ['Fidelity and adaptation', 'Maternity and early years', 'Measurement'],
        'views': 'own',
    },
    {
        'slug': 'what-a-hundred-and-twelve-committees-taught-me',
        'title': 'What a hundred and twelve committees taught me about evidence',
        'standfirst': 'For two years Agnieszka Zielińska sat at the back of council chambers with a notebook, waiting for somebody to mention research. It happened more often than she had expected, and it seldom did what anybody had hoped.',
        'body': """<p>The first thing to say about council committees is that they are cold. The second is that the people who sit on them are, on the whole, more serious than those who write about them. I attended a hundred and twelve meetings in six Scottish councils. I missed two, one for snow and one because I had fallen asleep on the train and woke up in Thurso.</p>
<p>My question was plain. When a study is mentioned in a meeting at which something is decided, what happens next? I counted each mention, noted who made it, looked up the study afterwards, and then followed the decision for a year.</p>
<h2>The figures</h2>
<p><strong>Mentions of research in 112 committee meetings, and what followed</strong></p>
<table><thead><tr><th scope="col">What happened</th><th scope="col">Mentions</th><th scope="col">Share</th></tr></thead><tbody><tr><th scope="row">A study was mentioned at all</th><td>341</td><td>100%</td></tr><tr><th scope="row">It could be identified afterwards</th><td>207</td><td>61%</td></tr><tr><th scope="row">It said roughly what was claimed</th><td>158</td><td>46%</td></tr><tr><th scope="row">The decision visibly took account of it</th><td>44</td><td>13%</td></tr><tr><th scope="row">The decision was carried out within a year</th><td>17</td><td>5%</td></tr></tbody></table>
<p>It would be easy to stop here and complain. Seventeen out of three hundred and forty-one! I have given talks at which the audience sighs at that number with something like pleasure. But look again at the bottom two rows. Of the forty-four decisions that research had shaped, twenty-seven were not carried out. That is much the same as the proportion for decisions which research had not shaped. The difficulty was not, in the main, that councillors ignored evidence. It was that the council could not do what the council had decided.</p>
<p>So I began to look at the wrong end of my own table, and it became a study of implementation, which I had never intended.</p>
<h2>What the seventeen had in common</h2>
<p>They were not the best studies. Three were surveys with response rates that would be marked down in an undergraduate essay. They were not the most dramatic: the most striking findings led to the most striking motions, which were passed unanimously and forgotten.</p>
<p>What they shared was an officer. In every one of the seventeen cases there was a named person, not senior, who had been in the room when the study was discussed and who was also in the room, months afterwards, when the form was redesigned or the contract let. Nothing had been handed over. The same head carried the reason and the detail.</p>
<blockquote><p>‘I knew what it was for, so I knew what I could change,’ one of them told me. ‘If I had just been given the decision I would have done it to the letter, and it would not have worked.’</p></blockquote>
<p>I have thought about that sentence for years. It is the best short account I know of the relation between fidelity and adaptation, and it was spoken by a woman who procures school minibuses.</p>
<h2>What the others had in common</h2>
<p>The twenty-seven that were decided and never done had three habits. The action was assigned to a department and not to a person. The report back was scheduled for twelve months later, and by then the committee’s membership had changed. And the paper described the result that was wanted without describing anybody’s working day.</p>
<p>That last one is the fault of people like me. Researchers write recommendations in a grammar without people: <em>support should be strengthened, pathways should be clarified</em>. Nobody in such a sentence gets up in the morning. When I translated a sample of them into sentences with a subject and a verb, several turned out to ask the same four social workers to do eleven things.</p>
<h2>If I were advising a council</h2>
<p>I would not advise it to read more. I would suggest three small changes to the way that it runs its meetings.</p>
<ol><li><strong>Name the carrier.</strong> No paper that rests on evidence should be approved without the name of the officer who will still be attached to it in a year, and that officer should be in the room.</li><li><strong>Ask the second question.</strong> The first question is whether the thing works. The second, which I heard nine times in a hundred and twelve meetings, is what we would have to stop doing in order to do it.</li><li><strong>Come back in ten weeks, not twelve months.</strong> Ten weeks is soon enough for something to be going wrong and late enough for it to be visible.</li></ol>
<h2>And if I were advising a researcher</h2>
<p>Go and sit at the back. Take a coat. The experience is humbling, because you will see that your work is one of thirty papers on an agenda which begins with potholes, and it is encouraging, because you will also see that somebody has read it, on a train, in the dark, with a pencil.</p>
<p>The distance between research and decision is real, but I no longer think that it is the great one. The great one lies between the decision and the Tuesday on which somebody is supposed to act differently. We have filled libraries about the first gap. About the second we know mostly what we have forgotten to ask.</p>""",
        'references': """<ol><li>Zielińska, A. (2018). <em>Minutes and motions: research in the local chamber</em>. Strathlorne University Press.</li><li>Zielińska, A. and Dalgarno, E. (2017). ‘Who carries a decision?’ <em>Papers in Scottish Public Administration</em>, 9(2), 33–51.</li></ol>""",
        'authors': ['agnieszka-zielinska'],
        'date': '2019-06-18',
        'tags': ['Evidence in policy', 'Devolved nations', 'Implementation teams'],
        'featured': True,
        'picture': True,
        'picture_seed': 'paths:committees',
        'picture_alt': 'Thirteen coloured lines flow in from the left, draw together in the middle and spread out again at different heights.',
        'picture_caption': 'Many papers go in; rather fewer decisions come out.',
    },
    {
        'slug': 'eight-models-of-practice-and-one-hour',
        'title': 'Eight models of practice and one hour',
        'standfirst': 'Ranjit Kaur Bains has been trained in eight models of children’s social work. In this post she asks which of them she still uses, and why the answer has so little to do with the quality of the training.',
        'body': """<p>I keep the lanyards. There are eight of them on a hook behind my office door, one for each model of practice that I have been trained in since I qualified. The colours have improved. So, in fairness, has the coffee.</p>
<p>Last winter, preparing for a meeting about a ninth, I made a list of what I actually do in a visit to a family and tried to trace each habit back to where I had learned it. It took an evening, and I recommend it.</p>
<ul><li>From the first model I kept a way of drawing a family’s relations on one sheet of paper.</li><li>From the third, a question: <em>what would your sister say if she were here?</em></li><li>From the sixth, the practice of reading my notes aloud to a parent before I leave.</li><li>From the other five I kept nothing that I can name.</li></ul>
<h2>It was not the training</h2>
<p>Two of those five were beautifully taught. One of the three that stayed was delivered on a wet Friday by somebody reading out slides. So I looked for another explanation, and found one in my old diaries.</p>
<p>In the months after the first, third and sixth, I had a supervisor who used the same thing on me. She drew the diagram with me about my own caseload. She asked me what the child’s teacher would say if he were here. For one hour, every other week, I was on the other side of it. In the months after the other five, supervision was a list of cases and dates, and my supervisor had been trained on a different day, or not at all.</p>
<h2>What follows from this</h2>
<p>We usually plan training first and supervision as ‘support for embedding’, which means that it is the part which is cut. I would reverse the order. Begin with the supervisors. Let them use the approach in that hour until it is no longer strange. Train the front line when there is already somebody to come back to.</p>
<p>It is slower, and it makes for a less impressive launch. We are trying it here with the ninth. There are no lanyards yet.</p>""",
        'authors': ['ranjit-bains'],
        'date': '2019-09-10',
        'tags': ['Social care', 'Training and supervision', 'Sustainability'],
    },
    {
        'slug': 'three-hundred-and-forty-audits',
        'title': 'Three hundred and forty audits',
        'standfirst': 'When Deirdre Quigg became audit manager of a health and social care trust she was given a cupboard. She read everything in it. Here she reports on the nineteen audits that had changed something, and what set them apart.',
        'body': """<p>There was no handover. There was a key, and the key fitted a cupboard, and in the cupboard were three hundred and forty completed clinical audits in cardboard folders, the oldest from the year that I left school.</p>
<p>I read them over a winter. For each I asked one thing: is there any sign, anywhere in this organisation, that something was done differently afterwards? I telephoned people. I looked at forms. I was generous; if a laminated notice had been put up and was still there, I counted it.</p>
<p>Nineteen.</p>
<h2>What the nineteen were like</h2>
<p>I had supposed that they would be the rigorous ones. They were not noticeably more rigorous than the rest. But they had features that can be counted, so I counted them.</p>
<p><strong>Features of audits that led to a change, and of those that did not</strong></p>
<table><thead><tr><th scope="col">Feature</th><th scope="col">Changed something (19)</th><th scope="col">Did not (321)</th></tr></thead><tbody><tr><th scope="row">Results given within eight weeks</th><td>15</td><td>41</td></tr><tr><th scope="row">Fewer than five recommendations</th><td>17</td><td>63</td></tr><tr><th scope="row">Somebody measured again</th><td>14</td><td>22</td></tr><tr><th scope="row">The results compared named teams</th><td>12</td><td>58</td></tr></tbody></table>
<p>None of this will surprise anyone who has read the research on feedback. What surprised me was how cheap each of these things is. Eight weeks is not a matter of money. Neither is a short list.</p>
<h2>A word for the three hundred and twenty-one</h2>
<p>They were not lazy. Most were done by junior doctors in their own time because a completed audit was needed for a portfolio, and the moment at which it was presented was the moment at which it had served its purpose. The system asked for audits and it got audits. Had it asked for changes it might have had those.</p>
<p>So we have altered what we ask for. A project is now registered only when somebody who can change the practice has signed to say that they would, depending on the result. About a third of proposals fall at that fence, and I think of each as an evening given back to a tired person.</p>
<p>The cupboard has been emptied. I kept the key.</p>""",
        'authors': ['deirdre-quigg'],
        'date': '2019-11-05',
        'tags': ['Audit and feedback', 'Measurement', 'Sustainability'],
    },
    {
        'slug': 'the-smallest-team-that-could-work',
        'title': 'The smallest team that could work',
        'standfirst': 'The textbooks describe implementation teams of eight or ten people with protected time. Catrin Prosser’s has three, one of whom is on leave. She sets out what a very small team can do, what it cannot, and what it should refuse.',
        'body': """<p>If you draw our team from the textbook there should be an executive sponsor, a clinical lead, an analyst, a coach, a person with a budget and somebody who uses the service. If you draw it from life there is Alun on Mondays and Tuesdays, Bethan on Wednesdays, and me. The executive sponsor exists, but lives ninety minutes away over a mountain.</p>
<p>I used to apologise for this. I have stopped, because I have come to think that small teams are the normal case and the large ones in the literature are the exception, written up precisely because they were funded well enough to be studied.</p>
<h2>What three people can do</h2>
<p>We can hold <strong>one</strong> change at a time, properly. We can visit every practice that is taking part, and know the name of the receptionist. We can keep a single page for each site which says what was agreed, what happened and what we will do next, and we can read all the pages in one sitting. Larger teams envy that last one.</p>
<h2>What we cannot do</h2>
<p>We cannot be ill. We cannot run a training programme and follow it up. We cannot analyse anything that takes more than a spreadsheet. And we cannot be in the room when the money is discussed, so that we are for ever finding out.</p>
<h2>What we have learned to refuse</h2>
<ol><li><strong>A second change.</strong> There is always one, always urgent, always ‘really just a leaflet’.</li><li><strong>Reporting to more than one board.</strong> Each wants its own form, and the form becomes the work.</li><li><strong>Being the owners.</strong> When a practice starts to speak of ‘your project’ we go home for a month. It is the most effective thing that we do.</li></ol>
<p>The word I would add to the textbooks is <em>lend</em>. We are not a small version of a big team. We lend attention, for a while, to people who already have the job. Every minute of it has to leave something behind which does not need us, because next winter it may be only Bethan.</p>""",
        'authors': ['author'],
        'date': '2020-01-21',
        'tags': ['Implementation teams', 'Primary care', 'Rural services'],
        'featured': True,
    },
    {
        'slug': 'every-letter-that-i-was-sent',
        'title': 'Every letter that I was sent',
        'standfirst': 'Between 1989 and 2018 Margaret Ainslie-Todd was head of three primary schools, and in those years she kept every letter that announced a new initiative. As our guest she reports on the count, and on the five that lived.',
        'body': """<p>I am not a researcher. I am a person who does not throw things away. When I retired I brought home four boxes of letters, each announcing that my school was to take part in something, and one wet week I sorted them on the dining-room table.</p>
<p>There were four hundred and six. That is fourteen a year, or one for roughly every two and a half weeks that the children were in school. Some came from the council, some from the government, some from charities, and eleven from a supermarket.</p>
<p>I made three piles.</p>
<p>In the first I put everything that never happened at all: we filled in the form, or did not, and nothing more was heard. A hundred and ninety letters. In the second went those that happened once. There was an assembly, a box of materials, a visit from a person in a costume. Two hundred and eleven.</p>
<p>In the third pile I put the ones that were still part of the life of the school five years later. There were five.</p>
<h2>The five</h2>
<p>They were a way of teaching early reading, a breakfast club, a rule about how we spoke to parents at the gate, a scheme for older pupils to look after younger ones, and a kitchen garden. I have stared at that list and tried to see what joins them.</p>
<p>It was not money; the garden cost ninety pounds. It was not that they came from above or from below. I think it is this: in each case some grown-up in the building other than me would have been embarrassed if it had stopped. The dinner ladies would not have let the breakfast club go. The infant teachers would have fought for the reading. For the other four hundred and one there was nobody who would have blushed.</p>
<h2>What I would say to those who send letters</h2>
<p>Before you write, telephone one head teacher and ask what she would give up to make room. If she cannot tell you, do not send it. And if you do send it, write again in a year, whatever happened. In twenty-nine years nobody ever wrote to ask me how it had gone.</p>""",
        'authors': ['margaret-ainslie-todd'],
        'date': '2020-03-10',
        'tags': ['Schools', 'Sustainability', 'De-implementation'],
        'picture': True,
        'picture_seed': 'weave:letters',
        'picture_alt': 'A woven pattern of short strips in teal, ochre and stone.',
        'picture_caption': 'Four hundred and six strands; five held.',
    },
    {
        'slug': 'when-the-workforce-is-one-person',
        'title': 'When the workforce is one person',
        'standfirst': 'On a small island a programme’s ‘staff group’ may be a single nurse, and a week’s leave is a service closure. Sunniva Halcro describes how her team tests every new way of working against one simple question.',
        'body': """<p>The guidance says that each site should identify a champion, a deputy champion and a data lead. I was pleased to be able to report that all three had attended the meeting, that they were in full agreement, and that they would be taking the two o’clock boat.</p>
<p>It is an old joke among island nurses, but the form had no way of hearing it. It wanted three names, and when I wrote mine three times the system rejected the duplicates.</p>
<h2>The question</h2>
<p>We have learned to put one question to anything new: <strong>what happens to this when I am not here?</strong> Not when I have left; when I am at a wedding in Aberdeen. If the answer is that a patient would come to harm, we do not take it on until we have another answer. If the answer is that nothing would happen and nobody would notice, that tells us something too.</p>
<p>It has turned out to be a good test of design in general. A way of working that survives my absence has usually been made visible somewhere outside my head. There is a card in the bag, or a line in the record which the relief nurse will read because she has to, or a neighbour who knows what the blue folder is for.</p>
<h2>Three examples</h2>
<ul><li>A wound care pathway that relied on weekly photographs failed the test: the relief nurses had no login. We replaced the photographs with a tracing on clear film, kept in the house. It costs pennies.</li><li>A falls review passed, because the home carers had helped to write it and would do it with me or without me.</li><li>A depression screening tool failed, and we said no. There is nobody here to refer to within a fortnight, and to ask a question to which one has no answer is not care.</li></ul>
<h2>For those who plan from far away</h2>
<p>You may think that we are too few to matter to your evaluation. But every hospital ward is an island at four in the morning. If your programme needs three people to be awake, well and in the same place, it is more fragile than your pilot led you to think. Bring it here and we shall find out for you, usually by Thursday.</p>""",
        'authors': ['sunniva-halcro'],
        'date': '2020-05-19',
        'tags': ['Rural services', 'Primary care', 'Sustainability', 'Readiness'],
        'picture': True,
        'picture_seed': 'hills:islands',
        'picture_alt': 'Layers of misty hills in teal and ochre beneath a pale sun.',
        'picture_caption': 'The weather is part of the delivery plan.',
    },
    {
        'slug': 'the-art-of-stopping-a-medicine',
        'title': 'The art of stopping a medicine',
        'standfirst': 'To start a tablet takes a minute; to stop one may take a year. Mehwish Qadir, a general practitioner, explains why deprescribing is a harder thing to put into practice than prescribing, and what twenty-six practices have learned together.',
        'body': """<p>My father came home from hospital with fourteen medicines and a printed list on which two of them appeared twice. I am a doctor, and it took me three evenings to understand what each was for. One had been started in 1998 by somebody who has since died.</p>
<p>Everybody agrees that this ought not to happen. Agreement has never been the problem.</p>
<h2>Why stopping is different</h2>
<p>When I start a medicine I act, and the guideline is with me. If harm follows, I did as others would have done. When I stop one, I act alone, often against the initials of a consultant, and anything that happens afterwards will seem to have happened because of me. The patient may hear that I have given up on her. The pharmacist may query it. The repeat prescription may quietly restart it, since software is built to continue.</p>
<p>So the usual tools of implementation fit badly. Training tells us what we know already. Reminders add to the forty others. Payment for each medicine stopped would be, rightly, a scandal.</p>
<h2>What helped</h2>
<ol><li><strong>A sentence to say.</strong> Patients helped us to write it: ‘This was right for you when it was started. Let us see whether it is still earning its place.’ The phrase about earning its place came from a retired shop steward.</li><li><strong>A way back.</strong> Every stop is a trial, with a date and a telephone number. Most people never ring. They need to know that they could.</li><li><strong>Company.</strong> Once a month four of us meet for half an hour and each brings one person whose medicines worry us. Nobody stops anything alone.</li><li><strong>A reason recorded where the next doctor will see it.</strong> Otherwise it will all be back by Easter.</li></ol>
<h2>What we count</h2>
<p>We do not count tablets stopped. We count conversations held, and how many people, asked three weeks later, could tell us what had been decided and why. It began at about a third and is now above two thirds, which I find a better piece of news than any tonnage of pills.</p>
<p>My father is on six. He can name them all.</p>""",
        'references': """<ol><li>Brackenholt Prescribing Group (2019). <em>Is it still earning its place? A short guide for patients and practices</em>.</li></ol>""",
        'authors': ['mehwish-qadir'],
        'date': '2020-07-14',
        'tags': ['De-implementation', 'Primary care', 'Audit and feedback'],
    },
]
