# ruff: noqa: E501
"""Posts of 2022; see `posts` for the keys left out."""

from typing import Any

POSTS: list[dict[str, Any]] = [
    {
        'slug': 'a-questionnaire-that-fits-on-a-bus',
        'title': 'A questionnaire that fits on a bus',
        'standfirst': 'Measures of implementation have grown longer as the people who complete them have grown busier. Péter Szabó-Lane set himself the task of asking what mattered between two stops on the number 41, and lost more questions than he had expected.',
        'body': """<p>The number 41 takes seven minutes from the hospital to the ring road. I know this because a practice nurse told me, with some heat, that seven minutes on the 41 was the only time in her day that belonged to her, and that she had spent the last three journeys on my questionnaire.</p>
<p>It had sixty-four items. It was, I may say, a well-behaved instrument. Its subscales correlated as they ought to. It had been translated. And it had been answered, I now learned, by a tired person with her thumb, who had given a four to everything after item twenty.</p>
<h2>Throwing things overboard</h2>
<p>We took the sixty-four items and asked of each what anybody would do differently if the answer were a one rather than a five. For thirty-eight we could not say. They were there because the theory had a place for them.</p>
<p>Of the twenty-six that were left, we asked twelve people in practice which they would answer truthfully if they thought that their manager might see. Nine more went. That left seventeen, and the bus was still moving, so we asked a statistician which of those told us something that the others did not. Seven.</p>
<h2>The seven</h2>
<ol><li>I know what I am supposed to do differently.</li><li>I have seen somebody do it well.</li><li>I had time for it this week.</li><li>Something was taken away to make room for it.</li><li>If it went wrong I would know whom to tell.</li><li>I think that it helps.</li><li>I would notice if it stopped.</li></ol>
<p>Each is answered with yes, no or not sure. In eleven services the seven told us, three months in advance, which would still be at it after a year, about as well as the sixty-four had done. The fourth item does most of the work. It nearly always gets a no.</p>
<h2>What we lost</h2>
<p>We can no longer publish a subscale. We cannot compare our ‘climate’ with that of a study in Ohio. On the other hand the response rate went from thirty-one to eighty-four in a hundred, and on the 41 there is now time left over to look out of the window.</p>""",
        'authors': ['peter-szabo-lane'],
        'date': '2022-01-18',
        'tags': ['Measurement', 'Readiness', 'Evaluation'],
        'featured': True,
    },
    {
        'slug': 'a-staff-room-of-two',
        'title': 'A staff room of two',
        'standfirst': 'Nineteen of the schools that Hywel Bebb supports have fewer than fifty pupils. He explains what happens when a programme with a lead, a working party and a whole-staff training day reaches a staff room with two chairs.',
        'body': """<p>The whole-staff training day was held in the car. Mrs Pugh drove, since it was her turn, and Miss Rowlands read the module aloud between the cattle grid and the main road. They agreed on three things, disagreed on one, and were in school by half past eight.</p>
<p>I tell this story to the developers of programmes because they tend to assume that a small school is a large school with some of the people missing. It is something else. The head teaches four days out of five. The cook is a governor. The children are in two classes, of which one spans the ages of four to seven. Everybody already knows what everybody is doing, so that half of any implementation plan, the half that concerns communication, is done before breakfast. The other half, the part that concerns spare capacity, cannot be done at all.</p>
<h2>What small schools are good at</h2>
<ul><li>A change of routine can be made between one day and the next.</li><li>Nobody has to be ‘brought on board’. They are the board.</li><li>Feedback from parents takes about four minutes and happens at the gate.</li></ul>
<h2>What breaks them</h2>
<ul><li>Anything that requires a person to be released.</li><li>Anything that must be entered online during the school day.</li><li>Groups of eight. We have a year group of one.</li></ul>
<h2>A different unit</h2>
<p>What has worked for us is to stop treating the school as the unit. We put five schools together and called it a ‘staff room’, though its members are spread over thirty miles. It meets on Thursdays by telephone for forty minutes. One school tries a thing and tells the rest; the coach belongs to the five and not to any one of them; data are pooled, so that no child can be picked out.</p>
<p>Two of the programmes in question would not let us count the five as one site for the purpose of the licence. The third said that it had never occurred to them and that of course we could. You may guess which of the three we are still using.</p>""",
        'authors': ['hywel-bebb'],
        'date': '2022-02-22',
        'tags': ['Schools', 'Rural services', 'Fidelity and adaptation'],
        'picture': True,
        'picture_seed': 'hills:small-schools',
        'picture_alt': 'Soft hills in layers of green-blue and brown with a low sun.',
        'picture_caption': 'Thirty miles, five schools, one staff room.',
    },
    {
        'slug': 'integration-takes-place-in-the-car-park',
        'title': 'Integration takes place in the car park',
        'standfirst': 'Health and social care in Northern Ireland have shared an organisation for half a century. Siobhán Ní Chatháin is often asked by visitors what difference it makes. Less than they hope, she tells them, and in places where they do not look.',
        'body': """<p>Visitors come with a diagram. They have seen ours, with its single board and its one budget line, and they would like one of their own. I give them tea and then I show them the car park.</p>
<p>It is an ordinary one. On its east side is the door of the district nurses and on its west that of the social workers. At ten past nine and again at half past four, people from the two doors meet between the cars, and it is there, leaning on a bonnet, that Mrs M’s discharge is arranged. If the two doors opened on to different streets I do not think that the diagram would save her.</p>
<h2>What structure does</h2>
<p>I would not give up our structure. It removes some reasons for not working together. Nobody here can say that it would have to be taken to another organisation. There is one complaints procedure, one chief executive to be cross with, and, after only thirty years of effort, one referral form.</p>
<p>But the removal of a reason for not doing something is not yet a reason for doing it. We had the single board for a generation before a nurse and a social worker in this town first made a visit together as a matter of course.</p>
<h2>What made the difference</h2>
<p>When I asked them, they did not mention the board. They mentioned four things: a lunch, a shared student, a mistake that had frightened them both, and the car park.</p>
<p>So we have tried, with a straight face, to plan for car parks. New teams are put on the same corridor and share a kettle. We place students for half of each week on either side. After a serious incident both professions sit down together within ten days. When a building is altered, somebody has to say where people will bump into each other, and the answer is minuted.</p>
<p>It is not in any framework that I know of. Perhaps it is merely what the word ‘linkage’ looks like when it has its coat on. But I notice that those areas of our trust with the best figures for going home on time are not those with the best governance. They are those with the shortest walk to the kettle.</p>""",
        'authors': ['siobhan-ni-chathain'],
        'date': '2022-03-22',
        'tags': ['Social care', 'Devolved nations', 'Implementation teams'],
        'picture': True,
        'picture_seed': 'paths:car-park',
        'picture_alt': 'Lines of teal and ochre run side by side, squeeze through a narrow waist and part again.',
        'picture_caption': 'Where the lines draw close is where the work gets done.',
    },
    {
        'slug': 'the-agreement-took-nineteen-months',
        'title': 'The agreement took nineteen months',
        'standfirst': 'The analysis took nine days. Vikram Sethuraman gives an account of the time before it, when eleven organisations had to be persuaded to let school, health and care records meet, and asks whether it was time wasted.',
        'body': """<p>When I was an astronomer nobody minded what I did with the light. It had left its owners some while ago. Records about children are different, and so they ought to be, and this is the story of how long that difference took.</p>
<p><strong>From first letter to first table</strong></p>
<table><thead><tr><th scope="col">Stage</th><th scope="col">Planned</th><th scope="col">Actual</th></tr></thead><tbody><tr><th scope="row">Agreeing the question</th><td>1 month</td><td>5 months</td></tr><tr><th scope="row">Ethical review</th><td>2 months</td><td>2 months</td></tr><tr><th scope="row">Data sharing agreements</th><td>3 months</td><td>19 months</td></tr><tr><th scope="row">Extraction and linkage</th><td>2 months</td><td>4 months</td></tr><tr><th scope="row">Analysis</th><td>3 months</td><td>9 days</td></tr></tbody></table>
<p>Everybody who works with linked data has a table like that one, and produces it at conferences in order to groan. I have done so. But I have lately come to think that we describe those nineteen months wrongly. We say that they were delay. They were the implementation.</p>
<h2>What happened in them</h2>
<p>There were eleven organisations, and each had somebody whose job it was to protect the records. None of those people was obstructive. Each had a question which nobody had yet answered: who would see a small number, what would become of the file, what if a mother asked to be left out, what if a newspaper rang? Every one of those questions made the study better. The method by which we suppress small counts was proposed by a school business manager.</p>
<p>What cost time was that they asked one after another. I would answer the fourth in a way that reopened the answer I had given to the second. It was a conversation among twelve people carried on by post.</p>
<h2>What I do now</h2>
<p>I begin by putting all the guardians in one room for a day, before there is a draft, and I ask them to tell each other what they are afraid of. Parents come too. By the end of that day there is usually a page, and the agreements then say what the page says.</p>
<p>The last one took seven months. It will never be nine days. I no longer wish it to be; trust that can be had in nine days can be lost in one.</p>""",
        'authors': ['vikram-sethuraman'],
        'date': '2022-04-26',
        'tags': ['Data linkage', 'Ethics', 'Evaluation'],
    },
    {
        'slug': 'the-paper-beside-the-screen',
        'title': 'The paper beside the screen',
        'standfirst': 'Two guests from the University of Port Selwyn spent a year in six clinics with a new electronic record. Tomasz Wiśniewski and Inês Carvalhal were less interested in the screen than in the notes that people went on keeping next to it.',
        'body': """<p>We asked a simple favour of every clinician whom we sat with: <em>may we see the paper?</em> There was always some. It came out of a breast pocket, or from under a keyboard. One consultant kept hers in a spectacle case. Officially none of it existed, for the clinics had been paperless since March.</p>
<p>With permission we photographed two hundred and thirty of these scraps. They are the best evaluation of the software that anyone is likely to make.</p>
<h2>What the paper was for</h2>
<p><strong>To hold what was not yet true.</strong> A suspicion, a half-diagnosis, something to ask the wife. The record has a field for a diagnosis and none for a doubt.</p>
<p><strong>To keep the order of things.</strong> The screen sorts by date. The paper sorts by who is going to be upset.</p>
<p><strong>To be looked at together.</strong> A sheet on the desk belongs to both people. A screen belongs to the one who has the mouse.</p>
<p><strong>To remember, until there is time to type.</strong> That was the only use that the project team had expected, and they had called it a training need.</p>
<h2>Workarounds as data</h2>
<p>It is usual to count a workaround as a failure of adoption. We would count it as a request. Every scrap of paper says: here is something that my work needs and your design has not got. Some requests ought to be refused; a list of names in a jacket pocket is a breach waiting for a taxi. But one should know what one is refusing.</p>
<p>When we showed the photographs to the suppliers, there was a silence and then a great deal of talk. Two of the four uses have since become features. Uncertainty may now be recorded, with a question mark, and it fades after thirty days unless somebody confirms it. The question mark is the most used button in the system.</p>
<p>Nobody has yet found a way to put a screen on a desk so that it belongs to two people. We would be glad to hear from anybody who has. Until then, let them keep the paper, and ask to see it.</p>""",
        'authors': ['coauthor', 'ines-carvalhal'],
        'date': '2022-05-24',
        'tags': ['Digital tools', 'Evaluation', 'Fidelity and adaptation'],
        'picture': True,
        'picture_seed': 'weave:paper',
        'picture_alt': 'Small coloured rectangles in teal, ochre and cream, laid in rows like scraps of paper.',
        'picture_caption': 'Two hundred and thirty scraps, seen from a distance.',
    },
    {
        'slug': 'the-trial-that-we-stopped',
        'title': 'The trial that we stopped',
        'standfirst': 'Halfway through a large trial Joanna Thistlewood and her colleagues found that the treatment was hardly being given. They could have carried on and reported that it did not work. Here she explains why they stopped, and who minded.',
        'body': """<p>In the eighteenth month of a trial in forty practices I was brought a graph. It showed how often patients in the treatment arm had in fact had the treatment. The line began at thirty in a hundred and went gently down, like a path to the sea.</p>
<p>We had two honourable choices and one dishonourable one. We could continue, and learn what happens when a treatment is offered and mostly not given. We could mend the delivery and begin again. Or we could continue, say as little as possible about the graph, and publish the finding that the treatment makes no difference. I have read a good many papers which I now suspect of being the third.</p>
<h2>Why we did not go on</h2>
<p>There is a case for going on. It is called pragmatism, and I have taught it. If treatments are not delivered in life, then a trial in which they are not delivered is true to life. But that argument holds only if one has tried to deliver them as well as an ordinary service could. We had not. We had sent forty practices a folder.</p>
<p>It seemed to us wrong to ask eleven hundred people to fill in another year of questionnaires so that we might learn something about a folder.</p>
<h2>Who minded</h2>
<p>The funder minded less than I had feared, and asked better questions than I had prepared for. The practices were relieved. The patients whom we wrote to were divided; one asked, reasonably, why nobody had looked at the graph sooner. The people who minded were my own colleagues, several of whom had planned on the papers. They were not wicked to mind. We pay people in papers.</p>
<h2>What I should have done</h2>
<p>We should have had a stopping rule for delivery as we had one for harm: a level, written down in advance, below which the committee must meet. Every trial that I have advised since has had one. It takes a paragraph. In two cases it has been used, both times early enough to help.</p>
<p>The treatment was tried again, properly, by a different group, four years later. It works rather well.</p>""",
        'references': """<ol><li>Thistlewood, J. (2021). ‘A stopping rule for delivery’. <em>Aldercombe Notes on Trials</em>, 3, 1–9.</li></ol>""",
        'authors': ['joanna-thistlewood'],
        'date': '2022-06-21',
        'tags': ['Evaluation', 'Ethics', 'Primary care', 'Fidelity and adaptation'],
    },
    {
        'slug': 'dh-ionnsaich-an-sgoil-araich-dhuinn',
        'title': 'Na dh’ionnsaich an sgoil-àraich dhuinn',
        'standfirst': 'Ann an sgoil-àraich Ghàidhlig air eilean beag, tha clann agus seann daoine a’ coinneachadh gach Dihaoine. Tha Màiri NicAonghais a’ mìneachadh carson a shoirbhich le sin, agus dè a dh’fhaodadh seirbheisean eile ionnsachadh bhuaithe.',
        'body': """<p>Cha do thòisich e le plana. Thòisich e le teasadair briste. Cha robh blàths ann an talla nan seann daoine, agus mar sin thàinig iad dhan sgoil-àraich airson cupa tì. Bha Gàidhlig aig na seann daoine, agus bha a’ chlann ga h-ionnsachadh. Ro dheireadh na maidne bha fear a bha ceithir fichead ’s a sia a’ teagasg òran mu ròn do sheachdnar.</p>
<p>Sin còig bliadhna air ais. Tha e fhathast a’ dol.</p>
<h2>Carson a mhair e?</h2>
<p>Tha mi air a bhith a’ smaoineachadh mu dheidhinn, oir chan eil a’ mhòr-chuid de rudan ùra a’ mairsinn fad còig bliadhna an seo. Tha trì adhbharan ann, saoilidh mi.</p>
<ul><li>Bha feum aig gach taobh air. Cha b’ e seirbheis a bh’ ann, ach malairt.</li><li>Cha robh sgrìobhadh ann ri dhèanamh. Bha leabhar beag air an sgeilp, agus sgrìobh cò sam bith loidhne ann.</li><li>Nuair a dh’fhalbh mi fhìn gu obair eile, cha do mhothaich duine.</li></ul>
<h2>Nuair a thàinig luchd-tadhail</h2>
<p>An-uiridh thàinig daoine às a’ bhaile mhòr a dh’fhaicinn. Bha iad coibhneil, agus dh’fhaighnich iad dè a bha sa phrògram. Cha robh fhios againn ciamar a fhreagramaid. Sheall sinn dhaibh an leabhar, an teasadair ùr agus an t-òran.</p>
<p>Ma tha sibh airson a leithid a dhèanamh nur n-àite fhèin, na gabhaibh lethbhreac dhen òran. Faighnichibh dè tha a dhìth air an dà thaobh, agus lorgaibh seòmar blàth.</p>""",
        'authors': ['mairi-nicaonghais'],
        'date': '2022-07-19',
        'language': 'gd',
        'tags': ['Languages', 'Rural services', 'Maternity and early years'],
    },
    {
        'slug': 'money-time-and-a-creche',
        'title': 'Money, time and a crèche',
        'standfirst': 'Marcia Delapenha first came to a family charity to complain. Now she helps other parents to sit on its boards. She has found that whether people take part depends on three things, and that none of them is confidence.',
        'body': """<p>They offered me a confidence course. I had driven a double-decker through Wolverhampton on a Saturday night for nine years, and they thought that what kept me from speaking at the board was confidence.</p>
<p>What kept me from speaking at the board was that it met at half past five.</p>
<h2>Money</h2>
<p>We pay parents for their time at the rate of the lowest-paid person in the room, which concentrates minds. We pay on the day. Before we did so, two in five of the parents who joined a panel had left by the third meeting; since then it is about one in nine. I am told that payment might affect motivation. It does. It affects the motivation of people who have rent to pay.</p>
<h2>Time</h2>
<p>Half past five is tea, bath and homework. It was chosen because professionals could come on their way home. We now hold meetings at ten in the morning and finish at twelve, in term. Three directors said that it was impossible. It was inconvenient, and it turned out that they knew the difference quite well when it was put to them.</p>
<h2>A crèche</h2>
<p>Not ‘childcare costs may be reimbursed’. A crèche: a room, with a person in it whom the children already know, on the other side of the wall. If my baby cries I can hear that it is not a bad cry. You cannot put that on an expenses form.</p>
<h2>What changed</h2>
<p>I should like to say that with all this in place the parents transformed the charity. What they did was to ask about things. Why does the letter say ‘non-attendance’? Why are there two forms? Why do you do it on a Wednesday, when the clinic is on a Wednesday? In one year they caused fifty-three alterations, none of which was in the strategy. I keep the list. Attendance in our groups rose by a quarter in that same year, and nobody has been able to think of another reason.</p>
<p>Confidence did come up in the end. Several of the directors said that they had begun to feel more of it.</p>""",
        'authors': ['marcia-delapenha'],
        'date': '2022-09-20',
        'tags': ['Co-production', 'Equity', 'Maternity and early years'],
        'picture': True,
        'picture_seed': 'stones:creche',
        'picture_alt': 'Little towers of rounded blocks in warm ochre, grey and teal.',
        'picture_caption': 'On the other side of the wall.',
    },
    {
        'slug': 'what-will-it-replace',
        'title': 'What will it replace?',
        'standfirst': 'Forty-one schools agreed to ask one question of everything new that they were offered. Farida Yusufzada reports on three years of asking it, on the programmes that had no answer, and on the surprising one that did.',
        'body': """<p>In my first year as a teacher in this country I was given a cupboard. On its shelves were the remains of seven reading schemes in layers, like rock. Nobody had ever taken one away. The newest was at the front, and one reached past it for the things that one actually used.</p>
<p>Schools are generous with beginnings. A programme comes, it is good, the children are real, and there is always a reason to say yes. So three years ago the heads of our partnership agreed upon a rule. Anybody who proposes something must complete this sentence: <em>In order to do this we shall stop …</em> A dash is not accepted. Nor is ‘inefficiencies’.</p>
<h2>What happened</h2>
<p>In three years we have been offered ninety-four programmes. For fifty-one the sentence could not be completed, and we declined with thanks. For twenty-nine it was completed with something that turned out, on inspection, to have stopped already. Fourteen remained. We took on nine.</p>
<p>Nine in three years, for forty-one schools. A colleague in another trust told me that it sounded rather unambitious. I asked how many theirs had taken on. He did not know, and I believe that was the answer.</p>
<h2>The sentence works on adults</h2>
<p>What I had not foreseen is how it would change the conversation in staff rooms. Once it was allowed to propose stopping something, people brought candidates. A marking policy with four colours of ink. A weekly assembly which needed two hours of rehearsal. Reports to parents in which every sentence began with the child’s name because the software required it. We ended eleven things for which nobody had offered us a replacement at all. We just stopped.</p>
<h2>The surprising one</h2>
<p>A small charity came to us with a programme for playgrounds. Under our sentence they had written: <em>the second half of your training day on behaviour, which we have read, and which contradicts the first half.</em> They were right. We took it on that afternoon.</p>
<p>The cupboard, I am happy to say, has been turned into a place for coats.</p>""",
        'authors': ['farida-yusufzada'],
        'date': '2022-10-18',
        'tags': ['Schools', 'De-implementation', 'Readiness'],
        'featured': True,
    },
    {
        'slug': 'ask-what-they-expect',
        'title': 'Ask what they expect, before they know',
        'standfirst': 'After an evaluation everybody says that they had seen it coming. Eoin McGlinchey now asks people to write down what they expect and seals the envelopes. Opening them has become the most useful hour of his year.',
        'body': """<p>I have a biscuit tin with ninety-three envelopes in it. In each, somebody who runs, pays for or uses a programme has written what they think my evaluation will find, and how sure they are. They date it and lick the flap. When I have my results we sit down together and open them.</p>
<p>It began as self-defence. I would present a finding, and there were two replies. If it was welcome: <em>we could have told you that.</em> If it was not: <em>that can’t be right.</em> In neither case had the evaluation taught anybody anything, because in neither case had they been seen to expect something else.</p>
<h2>What is in the tin</h2>
<p>Of the ninety-three, thirty-eight were right in direction. The people who had written ‘certain’ were right a little less often than those who had written ‘fairly sure’. Those who used the service did best of anybody, and were the least sure of themselves. Funders and evaluators were tied for last; I include my own envelopes.</p>
<h2>Why it helps</h2>
<p>An expectation that has been written down cannot be adjusted afterwards. It is a small thing, but upon it hangs the whole possibility of being surprised, and I do not think that people alter what they do until they have been surprised.</p>
<p>It is kind, too, oddly enough. The room in which envelopes are opened is a cheerful one. Everybody has been wrong about something, the director included, and has been wrong in her own handwriting. Nobody needs to defend the programme against me. We are all looking at the same gap.</p>
<h2>How to do it</h2>
<ol><li>Ask before there are any data, and again halfway.</li><li>Ask for a number or a choice, and never for a view.</li><li>Ask for a reason in one sentence; the reasons are worth more than the guesses.</li><li>Include people who will never be invited to the presentation.</li><li>Provide biscuits, so as to have the tin.</li></ol>""",
        'authors': ['second-editor'],
        'date': '2022-11-22',
        'tags': ['Evaluation', 'Measurement', 'Justice'],
    },
    {
        'slug': 'not-real-until-it-has-a-payroll-code',
        'title': 'Not real until it has a payroll code',
        'standfirst': 'Ruth Ollerenshaw has worked in seven departments of one council, beginning in the post room. She has a theory of sustainability that she learned there, and it concerns forms.',
        'body': """<p>In the post room you learn that an organisation is a set of addresses. If a thing has no address nothing can be sent to it, and after a time it is not there.</p>
<p>I have watched perhaps forty new ways of working come into this council. I could usually tell within a month which of them would stay, and I was not judging by how good they were or by how much people liked them. I looked at whether they had got into the forms.</p>
<h2>The six places</h2>
<p>By now I have a list. A new way of working has arrived when it can be found in at least four of these:</p>
<ol><li><strong>Payroll.</strong> Somebody’s job has its name in it, with a code.</li><li><strong>The rota.</strong> There are hours with its name on.</li><li><strong>The induction folder.</strong> A new starter is told of it in the first week, by a person who does not think it new.</li><li><strong>The case record.</strong> There is a box, and something happens if it is left empty.</li><li><strong>Supervision.</strong> One is asked about it, by somebody who knows what a good answer is.</li><li><strong>The telephone.</strong> If a member of the public rings up and asks for it, the switchboard knows where to put them.</li></ol>
<p>I once scored everything that the council had begun in ten years. Of those with four or more, nearly all were still going. Of those with one or none, none was, including two which had won awards. The awards are on the stairs.</p>
<h2>It is nobody’s glamorous job</h2>
<p>The trouble is that these six belong to people who are never invited to a launch. Nobody asks the payroll manager to a summit on transformation. I do; I take her a scone. She is interested, as it happens. She has seen more programmes come and go than anyone, since she closes the codes.</p>
<p>So if you have a grant which ends in March, do not spend February on a celebration. Spend it on the six places, on foot, with a list. It will take you about three weeks, and you will meet everybody who matters.</p>""",
        'authors': ['secretary'],
        'date': '2022-12-13',
        'tags': ['Sustainability', 'Social care', 'Implementation teams'],
        'picture': True,
        'picture_seed': 'network:six-places',
        'picture_alt': 'A network of dots of several sizes joined by straight lines.',
        'picture_caption': 'An organisation, as seen from the post room.',
    },
]
