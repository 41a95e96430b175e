# ruff: noqa: E501
"""Posts of 2023; see `posts` for the keys left out."""

from typing import Any

POSTS: list[dict[str, Any]] = [
    {
        'slug': 'what-did-you-stop-doing',
        'title': 'What did you stop doing?',
        'standfirst': 'Our Commissioning Editor studies what teams give up when they take on something new. Adaeze Nwachukwu followed nine wards for a year, and found that something always stops, whether or not anybody has decided it.',
        'body': """<p>As a young sister in Enugu I was taught that a shift is a vessel of a fixed size. ‘If you pour in,’ Matron said, ‘look at the floor.’</p>
<p>I have now spent a year looking at the floor. Nine wards in three hospitals each took on a new practice: structured handover in three, hourly checks in four, and an electronic observation chart in two. We did not study the new practice. We studied all the rest. With the help of diaries, tracked supplies and a great deal of sitting quietly on a commode lid, we tried to find out what had made room for it.</p>
<h2>What ran over the side</h2>
<p>In every ward something had stopped. In only two had anybody chosen it.</p>
<ul><li>Where hourly checks came in, unhurried help with meals went down, by eleven minutes for each patient in a day.</li><li>Where the handover grew longer, the informal ten minutes afterwards, in which a new nurse asks what she did not like to ask, disappeared.</li><li>The electronic chart displaced the glance at the end of the bed. Nobody had ever recorded the glance, so nobody could record the loss of it.</li></ul>
<p>The two wards that chose had simply held a meeting with a sheet of paper headed <em>Not this year</em>. They gave up a duplicate fluid chart and a weekly tidy-up of the store. Their meals did not suffer.</p>
<h2>Displacement is an outcome</h2>
<p>If a drug did what it was meant to do, and also reduced the time that patients were helped to eat, we should call the second thing a side effect and insist upon its being reported. I do not see why a practice should be treated more gently. Yet I have searched the trials of hourly checking and found hardly one that says what the nurses were no longer doing.</p>
<p>My suggestion is modest. In every study of a new practice measure one old one, chosen by the people who do the work, in answer to the question: <em>if this goes badly, what will we drop?</em> They know. They have always known. They are the ones who mop the floor.</p>""",
        'references': """<ol><li>Nwachukwu, A. and Kamau, W. (2022). <em>Looking at the floor: displacement on nine wards</em>. Aldercombe Centre for Practice Change, Report 27.</li></ol>""",
        'authors': ['editor'],
        'date': '2023-01-24',
        'tags': ['De-implementation', 'Evaluation', 'Ethics'],
        'picture': True,
        'picture_seed': 'bands:pouring',
        'picture_alt': 'Wide wavy bands of teal, ochre and stone, one flowing over the next.',
        'picture_caption': 'If you pour in, look at the floor.',
    },
    {
        'slug': 'one-week-in-fifty-two',
        'title': 'One week in fifty-two',
        'standfirst': 'Nasreen Choudhury left a university for a town hall and discovered that evidence has a season. She describes the week in which a finding can be used, and how researchers might find out when it is.',
        'body': """<p>In the university the year had three terms. In the council it has one week.</p>
<p>It falls at the end of October, when budget lines for the following April are still in pencil. In that week I can use anything: a phone call, a half-finished table, a researcher’s guess. In the fifty-one others I may read with pleasure, and file.</p>
<p>I used to send things to councils. I sent them when they were finished. It did not cross my mind that ‘finished’ was a property of my calendar and not of theirs. One of my better papers, on smoking in pregnancy, reached this very council in the first week of November. I found it when I moved here, in a drawer, with a note in a kind hand: <em>very good – too late – try next yr?</em> Next year there was a new director.</p>
<h2>Reading the calendar</h2>
<p>The week is not secret. One can ask. But there is more than one, since every decision has its own, and they are not always where one would look.</p>
<ul><li>Contracts are decided about nine months before they end. Ask when it ends.</li><li>A school’s plan for its spare money is written in June.</li><li>After an inspection there are ten days in which almost anything can be altered, and then none.</li><li>Before an election nothing can be decided, and everything can be read.</li></ul>
<h2>What I now ask of researchers</h2>
<p>Come in August. Bring what you have, and tell me how sure you are. I do not need it to be finished; I need to know which way it leans and what would change your mind. If you tell me ‘probably, in places like yours, but not in the first year’, I can do something with that. If you tell me that more research is needed, I shall certainly agree, and then I shall have to decide without you.</p>
<p>And in return? I owe you a letter in the spring, to say what we did and whether it was your doing. I have written fourteen of them. Twelve of the recipients had never had one before.</p>""",
        'authors': ['nasreen-choudhury'],
        'date': '2023-02-21',
        'tags': ['Evidence in policy', 'Equity'],
    },
    {
        'slug': 'released-on-a-friday',
        'title': 'Released on a Friday',
        'standfirst': 'A man leaves prison at eleven in the morning with a plastic bag, forty-six pounds and four appointments, all before five. Chidi Ezenwa follows one such day, and asks what resettlement programmes assume about a bus timetable.',
        'body': """<p>11.04. The gate. Darren (he chose the name) has a bag, a discharge grant and a sheet of paper. On the sheet are four appointments. Probation, by two. Housing, by three. The pharmacy, before it shuts. The job centre, ‘today’.</p>
<p>11.40. The bus. It is the wrong one. It is also the only one until 12.40.</p>
<p>12.55. The pharmacy in town has no prescription. It was sent to the pharmacy near the prison, because that is the address on the system. He can have it on Monday.</p>
<p>14.20. Probation, late. The officer is decent about it. She asks whether he would like to be referred to a programme about problem-solving.</p>
<p>15.30. Housing. The office closes at three on Fridays.</p>
<p>I was with him. I carried the bag. I have a badge, a phone and a degree, and between us we managed one and a half of the four.</p>
<h2>What the programme assumed</h2>
<p>Darren had done well inside. He had completed a resettlement course which our charity delivers, and I had signed the certificate. It has a good theory behind it. It teaches planning, and he had planned. What the plan assumed was a world that kept its side: offices that open, prescriptions that travel, buses.</p>
<p>When we speak of fidelity we mean that our staff should do what the manual says. I have begun to ask whether the town should be assessed for fidelity too.</p>
<h2>What we did</h2>
<p>We took the sheet of paper to the five organisations named on it and asked each to walk the route, on a Friday, on foot. Four did. In the following year the housing office agreed to stay open until five for releases, by arrangement; the prison pharmacy began to ring ahead; and probation moved the first appointment for anyone living more than an hour away to the Monday. None of these cost a post.</p>
<p>Since then the law on Friday releases has begun to change, and I am glad. But there will be a Thursday version of this story unless somebody walks it. If you run a programme for people who are going home, go home with one of them. Take the bus.</p>""",
        'authors': ['chidi-ezenwa'],
        'date': '2023-03-21',
        'tags': ['Justice', 'Equity', 'Fidelity and adaptation'],
        'featured': True,
    },
    {
        'slug': 'an-evaluation-in-twenty-minutes',
        'title': 'How to read an evaluation in twenty minutes',
        'standfirst': 'Committee members are sent evaluations of ninety pages on the night before they vote. David Morgan, an economist at Glanmorfa, offers a way of reading one in twenty minutes, in the wrong order, with a pencil.',
        'body': """<p>Do not begin at the beginning. The beginning was written last, by somebody who wished to be liked. Take a pencil, set a timer, and go in by the back door.</p>
<h2>Minutes 1 to 4: who was there?</h2>
<p>Turn to the table that describes the people. How many started, how many finished, and are the ones who finished like those whom you represent? If a third had gone by the end, write ‘a third’ on the front cover, large.</p>
<h2>Minutes 5 to 9: was it done?</h2>
<p>Look for a chapter on delivery. If there is none, you are about to learn whether an intention works. Find one number that tells you how much of the thing people received. If you cannot find it in five minutes it is not there.</p>
<h2>Minutes 10 to 13: compared with what?</h2>
<p>Every result is a difference. Find the other side of it. ‘Usual services’ in a place which is already good may be better than the programme in a place that is not. If the comparison is with the same people beforehand, remember that most things get somewhat better after the moment at which one asks for help.</p>
<h2>Minutes 14 to 17: how big, for whom?</h2>
<p>Ignore the stars. Ask what would be different in a room of a hundred people. Seven fewer would smoke? Two? Then ask whether those seven are the ones whom you are worried about.</p>
<h2>Minutes 18 and 19: what did it cost, and whom?</h2>
<p>If the cost is given to the penny, somebody has left something out. See whether it includes the time of people like your own staff.</p>
<h2>Minute 20: the last page</h2>
<p>Now read the conclusions, and see whether they follow from what you have pencilled. Very often they are more cheerful. That is not dishonesty; it is the hour at which they were written.</p>
<p>You will have missed a great deal. But you will be able to ask one good question in the morning, and I have seen one good question do more for the public purse than ninety pages.</p>""",
        'authors': ['david-morgan'],
        'date': '2023-04-25',
        'tags': ['Evaluation', 'Evidence in policy', 'Devolved nations'],
    },
    {
        'slug': 'thirty-first-years',
        'title': 'Thirty first years',
        'standfirst': 'Wanjirũ Kamau asked thirty newly qualified professionals to send a voice message each week about something they had learned at work. Hardly any of it had been taught, and a good deal of it contradicted what had been.',
        'body': """<p>Message 14, a nurse, sitting in her car: ‘So today I learned that you do not do the full assessment on a Friday. Nobody said. I just started one, and Karen looked at the clock.’</p>
<p>Message 211, a social worker, whispering in a corridor: ‘I found out that there are two versions of the form, and one is for if you want something to happen.’</p>
<p>Message 640, an occupational therapist, laughing: ‘I’ve gone native. A student asked me why we don’t use the splint protocol and I heard myself say, oh, we don’t really do that here.’</p>
<p>There are fourteen hundred of these. I am still listening.</p>
<h2>The curriculum of glances</h2>
<p>Every one of the thirty had just qualified, and knew the evidence-based way of doing the main tasks of the job. By the ninth month most were no longer doing several of them. They had not been persuaded that the evidence was wrong. They had been taught, by means of clocks and eyebrows, how things are.</p>
<p>We spend large sums on reaching experienced staff with new practices. Meanwhile, each September, several thousand people arrive who know the new practice already, and by the following summer we have trained it out of them free of charge.</p>
<h2>Who held on</h2>
<p>Six of my thirty did not lose what they had come with. They were neither the cleverest nor the bravest. Each had <strong>one other person</strong>, in the same building, at roughly the same stage, with whom to compare notes. Four of the pairs had formed by chance: a shared lift, a shared locker. It seems that it takes two people to say ‘that’s odd’.</p>
<p>So here is a cheap proposal. Never place one new starter alone. Put two where you would have put one, even if the next team must wait until spring. And in their third month, before they have stopped noticing, ask them what they have learned that nobody taught them. You will hear how your organisation really works. They are the only people in it who can still see.</p>""",
        'authors': ['wanjiru-kamau'],
        'date': '2023-05-23',
        'tags': ['Training and supervision', 'Implementation teams', 'Social care'],
        'picture': True,
        'picture_seed': 'network:first-years',
        'picture_alt': 'Pairs and small clusters of dots connected by thin lines.',
        'picture_caption': 'It takes two to say ‘that’s odd’.',
    },
    {
        'slug': 'lifts-home',
        'title': 'Lifts home',
        'standfirst': 'Nobody designed it, no budget pays for it, and the insurance would rather not know. Olwen Teague writes in praise of the lift home after a parents’ group, and wonders how many programmes are really delivered in the car.',
        'body': """<p>There is one bus out of the town after the group ends and it goes the other way. So for as long as I have worked here, whoever was running the session has dropped people home. It was never decided. It began with rain.</p>
<p>I went along as a passenger for a month, for I had a notion about it. The group itself runs for two hours and follows a book. It is a decent book. Then there are twenty-five minutes in a small car, in the dark, with everybody facing the same way.</p>
<h2>What is said in cars</h2>
<p>It is easier to say a hard thing to somebody who is looking at the road. In that month, in the car and nowhere else, I heard: that a partner had come back; that the sleep chart had been made up; that a grandmother was undermining all of it and could she come next week; and that a mother was expecting again and had told no one.</p>
<p>I heard the facilitators do some of their best work there as well. The book says to praise effort. I heard it done between the chapel and the roundabout so naturally that I did not notice until afterwards.</p>
<h2>Now what?</h2>
<p>The obvious thing would be to put it in the manual. <em>Component 9: the lift.</em> We could specify the number of minutes and train people to drive thoughtfully. I can see the laminated card. I can also see that within a year nobody would offer anybody a lift.</p>
<p>Yet to leave it alone is to leave it at risk. When the charity’s insurers discovered it they asked us, quite properly, to stop. When we took on facilitators who came by train, two groups lost it altogether, and both lost parents by the fifth week.</p>
<p>What we have done is to protect the conditions without giving the thing a name. We hire locally. We pay mileage, both ways, without asking what it was for. We sorted out the insurance. Groups end half an hour before a facilitator has to be anywhere else. And in our records, under ‘what helped’, there is a space with no heading where some people write one word: <em>car</em>.</p>""",
        'authors': ['olwen-teague'],
        'date': '2023-06-20',
        'tags': ['Rural services', 'Maternity and early years', 'Fidelity and adaptation'],
    },
    {
        'slug': 'four-returns-and-a-ferry',
        'title': 'Four returns and a ferry',
        'standfirst': 'One wet Tuesday Rhona MacAskill filled in four returns about the same eleven islands for four different bodies. She compares the pictures of her service that emerged, none of which she recognised.',
        'body': """<p>The boat was off. There is a particular sort of quiet in an island office when the boat is off, and I used it to do the returns. There were four of them, due in the same week. I had never done them one after another before, and it was like meeting four strangers who had all been told about me.</p>
<p><strong>One service, four returns</strong></p>
<table><thead><tr><th scope="col">Return</th><th scope="col">What it calls us</th><th scope="col">What it asks</th><th scope="col">What it would conclude</th></tr></thead><tbody><tr><th scope="row">First</th><td>A locality</td><td>Days from referral to assessment</td><td>Excellent (we know everybody)</td></tr><tr><th scope="row">Second</th><td>A provider</td><td>Cost per contact</td><td>Alarming (boats)</td></tr><tr><th scope="row">Third</th><td>A pilot site</td><td>Fidelity to the model</td><td>Poor (no team of six)</td></tr><tr><th scope="row">Fourth</th><td>A community</td><td>Stories</td><td>Inspiring</td></tr></tbody></table>
<p>Nothing in any of them was false. And if someone were to lay the four side by side, in an office with a view of other offices, she might decide to commend us, close us, retrain us and make a film about us.</p>
<h2>What none of them asked</h2>
<p>How many nights did a person sleep away from home who did not need to? How many workers left? Is there anybody on the island whom you are all worried about? That last is the question that we put to ourselves on Monday mornings. It takes ten minutes, there is no form for it, and I believe that it is the service.</p>
<h2>One return, then?</h2>
<p>People suppose that I want a single return. I should settle for the four of them having been introduced to one another. Each is designed by reasonable people who imagine that theirs is the only one, in much the same way as each programme imagines that it is the only programme. I have invited all four to come and stay for a week in February. We shall fill in the forms together by the fire. Two have accepted. The other two are asking about the boat.</p>""",
        'authors': ['rhona-macaskill'],
        'date': '2023-07-18',
        'tags': ['Rural services', 'Measurement', 'Devolved nations', 'Social care'],
        'picture': True,
        'picture_seed': 'hills:ferry',
        'picture_alt': 'Overlapping hills fading into haze under a small round sun.',
        'picture_caption': 'The view from the office when the boat is off.',
    },
    {
        'slug': 'a-waiting-list-is-a-message',
        'title': 'A waiting list is a message',
        'standfirst': 'Bronwen Ellis-Rhydderch leads a psychological therapies service with a long queue. Rather than manage the list she decided to read it, and to ask what eleven hundred people were trying to say.',
        'body': """<p>For years I looked at one number. It was at the top of a report, with an arrow beside it, and the arrow pointed up. My task was to make it point down. In that time I did not once read the list itself, which is to say the letters.</p>
<p>Last autumn a colleague and I read three hundred of them, taken at random, over several evenings. It was a strange and rather moving thing to do.</p>
<h2>What they said</h2>
<p>About a third wanted what we offer, and needed it. They had waited too long, and there is no clever way to put that.</p>
<p>Another third were asking for something, but not for therapy. <em>This lady’s husband died in June and the house is cold.</em> <em>He has not been the same since the redundancy.</em> Their doctors had written to us because ours was the address that they had.</p>
<p>The remaining third we could not place at all from the letter. When we telephoned, more than half said that things had moved on, some for the better, some very much not. Two had been to our own crisis service in the meantime and nobody had told us.</p>
<h2>What we changed</h2>
<ul><li>Everyone now gets a call within ten days. It is not an assessment. It asks what is going on and what they were hoping for, in whichever language they prefer.</li><li>We gave the general practices a second address, that of a community connector in each town, and we pay for it out of our own budget.</li><li>The monthly report no longer opens with a number. It opens with three letters, made anonymous, chosen in turn by members of the team.</li></ul>
<p>The number came down, by about a third, and you can work out which. The arrow is now flat. But the queue of those who need us is still too long, and what reading the letters has done is to take away our excuse for not knowing who they are.</p>
<p>I would say this to anybody who is about to introduce a new model to deal with a backlog. First, read it. It was written to you.</p>""",
        'authors': ['bronwen-ellis-rhydderch'],
        'date': '2023-09-19',
        'tags': ['Mental health', 'Primary care', 'Measurement'],
    },
    {
        'slug': 'who-will-fill-this-in',
        'title': 'Who will fill this in, and at what time of day?',
        'standfirst': 'Before she agrees to any measure in her partnership’s schools, Zofia Krawczyk asks to see it completed by the person who will have to do so, in the place and at the hour when it will be done. It saves a great deal of analysis.',
        'body': """<p>Twenty past three, a Year 2 classroom. There is paint on the tables. One child has been collected by the wrong aunt and another has not been collected. This is when Miss Osei is supposed to fill in the observation schedule, which asks her to rate twelve behaviours for each of thirty children on a scale of nought to six.</p>
<p>I asked whether I might watch. She did the first four children with care. For the next ten she looked at the four. The remainder took her a minute and a half. ‘They’re lovely, mostly,’ she said.</p>
<p>The schedule has excellent psychometric properties. These were established with paid observers.</p>
<h2>Three questions</h2>
<p>My background is in mathematics, and I yield to no one in my regard for a well-made scale. But I have come to judge a measure by three questions, asked before any others.</p>
<ol><li><strong>Who holds the pencil?</strong> Not who is responsible. Whose hand?</li><li><strong>What time is it?</strong> There are about forty minutes in a school day in which a teacher can think, and they are spoken for.</li><li><strong>What will not get done?</strong> It is usually marking, lunch or a chat with a parent.</li></ol>
<p>If I am not able to answer all three we do not use the measure, however many studies have used it before.</p>
<h2>What we do instead</h2>
<p>We sample. Five children in a class, chosen by us, rather than thirty. We ask for one judgement and not twelve, and let teachers say ‘I do not know’, which on the original schedule was not allowed. We use what exists: the register, the library loans, the lost-property box, which tracks a school’s calm more closely than you would credit.</p>
<p>Best of all, we bring a supply teacher for the hour. It costs about as much as a day of my own time spent cleaning bad data, and the person who does the measuring gets to look at her children, properly, as she has been wanting to do since September. Several have told me that the measuring did them more good than the programme.</p>""",
        'authors': ['zofia-krawczyk'],
        'date': '2023-10-17',
        'tags': ['Measurement', 'Schools', 'Evaluation'],
    },
    {
        'slug': 'readiness-is-a-conversation',
        'title': 'Readiness is a conversation',
        'standfirst': 'Scores, scales and traffic lights all promise to say whether an organisation is ready to change. Tariq Anwar has used most of them. He now relies on a meal, a walk round the building, and a list of what would make everybody stop.',
        'body': """<p>I once scored an authority at 4.2 out of 5 for readiness. Within four months its director had left, its budget had been frozen, and the working group had dissolved after an argument about biscuits. I had the scale re-analysed. It was still 4.2.</p>
<p>The scale had asked whether leaders were committed, and they were. It had asked whether staff saw a need for change, and they did, acutely; they wanted a change of leaders.</p>
<h2>Three things that I do now</h2>
<p><strong>I eat with them.</strong> Not a working lunch with a presentation. The canteen, or the place across the road. I look at who sits with whom, and whether the person who will have to do the work talks while the person who is paying for it is listening.</p>
<p><strong>I ask to be shown the last thing.</strong> Every organisation has a most recent new thing. I ask to see where it lives. If I am taken to a room in which somebody is doing it, we are already halfway there. If I am sent a slide, we shall need to talk about that first.</p>
<p><strong>We write down what would make us stop.</strong> On one sheet, before anything is signed. <em>If fewer than half of the teams have met by June. If the lead leaves and is not replaced within eight weeks. If we find ourselves hiding figures.</em> Those who can write such a list together are ready, whatever the scale says. Those who find the request insulting are usually not.</p>
<h2>Not a gate</h2>
<p>The word ‘readiness’ makes us think of a gate at which people are let through or turned away. But I have hardly ever met an organisation that was simply unready. I have met several that were ready for something smaller, or slower, or else, and would have said so had anybody asked in a form which allowed for that answer.</p>
<p>So by all means use a scale. It is a decent way to begin. But then put it face down on the table and ask: <em>what did it not ask you?</em> That is where the conversation starts. Mine have lasted for anything from twenty minutes to a year and a half, and I have never regretted one of them.</p>""",
        'authors': ['tariq-anwar'],
        'date': '2023-11-21',
        'tags': ['Readiness', 'Measurement', 'Ethics'],
        'picture': True,
        'picture_seed': 'stones:readiness',
        'picture_alt': 'Balanced piles of smooth rounded shapes, some three or four high.',
        'picture_caption': 'Steady enough to begin.',
    },
    {
        'slug': 'four-nations-one-natural-experiment',
        'title': 'Four nations, one long natural experiment',
        'standfirst': 'For a quarter of a century the nations of the United Kingdom have been trying different answers to the same questions. Órlaith Heaney wonders why they so rarely compare notes, and describes a telephone call on the last Thursday of the month.',
        'body': """<p>Suppose that a foundation offered to fund an experiment. It would take four neighbouring jurisdictions with much the same professions, training and television. In each it would vary how schools are inspected, how medicines are paid for and how care is organised. It would run for twenty-five years. It would cost many billions. And at the end nobody would look at the results.</p>
<p>We have had that experiment. We live in it.</p>
<h2>Why we do not look</h2>
<p>I went round asking. Officials in each capital gave me the same three reasons with different accents. The data are not comparable. The politics are delicate: to learn from a neighbour is to admit that one has a neighbour. And there is nobody whose job it is.</p>
<p>The first is true and can be mended. The second is true and cannot. It was the third that seemed to me worth a telephone call.</p>
<h2>The last Thursday</h2>
<p>So on the last Thursday of each month eleven of us ring in. We are nobody in particular: policy officers, an analyst or two, somebody from a county council, and someone from an island. There are no minutes. Each time, one nation describes something that it did and what became of it, and the rest ask the questions that a friend would ask. <em>What did you think would happen? Who was cross? What do you do now that you did not intend?</em></p>
<p>In eighteen months we have covered school meals, kinship care, prescription charges, a minimum price, a smacking law and a scheme for repairing spectacles. I have learned two things. One is that the law itself is seldom where the nations differ most. They differ in who was asked to carry it out and what those people had been told. The other is that the smallest differences are the most instructive, because one can see around them.</p>
<p>We have no budget and no logo. If you work in some corner of government, in any of the four, and have done something that you would like to be asked about, there is a place on the line. I am told that the Isle of Man has been asking as well.</p>""",
        'authors': ['orlaith-heaney'],
        'date': '2023-12-12',
        'tags': ['Devolved nations', 'Evidence in policy', 'Evaluation'],
    },
]
