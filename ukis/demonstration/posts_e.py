# ruff: noqa: E501
"""Posts of 2024; see `posts` for the keys left out."""

from typing import Any

POSTS: list[dict[str, Any]] = [
    {
        'slug': 'in-praise-of-habit',
        'title': 'In praise of habit',
        'standfirst': 'Those who want services to change tend to speak of habit as an enemy. Aoife McAtamney, who watches wards for a living, suggests that it is the only place in which good practice can be kept, and that cupboards know more than policies.',
        'body': """<p>On a children’s ward in the north-west I watched a nurse clean her hands forty-four times in a shift. I asked her afterwards how many she thought it had been. ‘Ten?’ she said. ‘A dozen?’ She had not decided to do it once.</p>
<p>That is what success looks like. It is not commitment or buy-in or a change of culture. It is a thing that is done forty-four times by somebody who is thinking about a child.</p>
<h2>What the cupboard knows</h2>
<p>In our laboratory, which is a rather grand name for a mocked-up bay in a former kitchen, we move things. We have moved the gel by forty centimetres and watched its use fall by half. We have put the new cannula to the left of the old one, and to the right, and that mattered more than the training video. We once removed a chair. Conversations with parents grew shorter by a third.</p>
<p>Nobody in these studies changed their mind about anything. Their beliefs, which we measured with great care, stood still while what they did went up and down like a blind.</p>
<h2>Breaking and making</h2>
<p>To stop a habit it is seldom enough to explain that it is a bad one. The cue is still there; the hand goes out. What works is to alter the place, so that the hand finds something else. To make a habit one needs a cue that already happens, an action small enough not to need courage, and about ten weeks in which nobody changes anything else. That third requirement is the one we cannot get. In none of the wards that I have worked with has there been a ten-week period without some other change.</p>
<h2>A plea</h2>
<p>We treat attention as though it were free. Every new practice begins by demanding it: think, remember, check. But a nurse at three in the morning has very little, and it ought to go to the child. The aim should be to need less of it. If, after a year, your programme still depends on people caring about it, then it has not been implemented yet. It is still being held up by hand.</p>""",
        'authors': ['aoife-mcatamney'],
        'date': '2024-01-23',
        'tags': ['Theories and frameworks', 'De-implementation', 'Sustainability'],
        'featured': True,
        'picture': True,
        'picture_seed': 'weave:habit',
        'picture_alt': 'A regular over-and-under weave of teal, stone and ochre strips.',
        'picture_caption': 'Over, under, over, without deciding to.',
    },
    {
        'slug': 'fifteen-minutes',
        'title': 'Fifteen minutes',
        'standfirst': 'A home care visit may last for a quarter of an hour, and by one manager’s count there are nineteen things that good practice expects of it. David Morgan of Wharfemoor rode in the passenger seat to find out which of them survive.',
        'body': """<p>Shanice parks with two wheels on the kerb at 7.52. The visit to Mr Firth is from 7.45 to 8.00. She is late because Mrs Lowe, before him, had been sick, and the software will note that Mrs Lowe had twenty-two minutes instead of fifteen.</p>
<p>Key safe, gloves, good morning. Curtains. Kettle on. Tablets from the blister pack, watched while he takes them. Pad. Wash. He talks about a budgerigar that died in 1961. Shirt. Toast. Log the visit. At 8.09 we are back in the car, and she eats half a banana at the lights.</p>
<h2>Nineteen expectations</h2>
<p>I manage this service. Before that ride I had gone through our policies and counted what we ask a care worker to do on a visit beyond the tasks in the plan: check the skin, encourage fluids, note mood, look for trip hazards, promote independence with the shirt, and so on. There were nineteen. Each had arrived separately, with a briefing. Each was reasonable. At the rate at which Shanice works, and she is quick, they come to thirty-one minutes.</p>
<p>She did eight. She did the right eight, for him, on that day. She noticed that he had put his left arm in first, and told the physiotherapist at lunch. She did not promote his independence with the shirt, because he was cold.</p>
<h2>The question we had not asked</h2>
<p>It would be possible to say that her fidelity was 42 per cent. I prefer to say that our nineteen expectations had an adherence problem, and that it was ours.</p>
<p>We took the list to a meeting of care workers, with pay, and asked them to sort it. They kept six for every visit. Seven became ‘when you think it matters’, and that phrase went into the policy as it stands. Six were deleted, among them a hydration chart that nobody had looked at since the summer of 2018. Then we did the other half of the sum and moved two hundred and six people from fifteen minutes to twenty. It took eleven months to find the money.</p>
<p>Mr Firth now does his own shirt on most days. There is time to let him.</p>""",
        'authors': ['david-morgan-wharfemoor'],
        'date': '2024-02-20',
        'tags': ['Social care', 'De-implementation', 'Fidelity and adaptation'],
    },
    {
        'slug': 'firefighters-with-a-nurses-manual',
        'title': 'Firefighters with a nurses’ manual',
        'standfirst': 'Three fire services were asked to deliver a programme of home visits that had been written for district nurses. Gwenllian Madog rode along for a year and saw an adaptation that nobody had designed turn into the point of the whole thing.',
        'body': """<p>Firefighters arrive in a van with ladders on the roof. Children wave at it. I mention this first because it is not in the manual, and because I have come to think that it was the most important component of the intervention.</p>
<p>The programme is meant for people over seventy-five who live alone. A trained visitor calls, goes through a schedule of questions about falls, warmth, food and company, and arranges help. It was devised by nurses and tested by nurses. When the nurses became too few, somebody had the thought of asking the fire service, which visits homes anyway to fit alarms.</p>
<h2>What they changed</h2>
<p>I kept a record of everything that was done otherwise than in the manual. After a year I had eighty-seven kinds of change. Most were small. <em>Sits on the arm of the chair. Asks about the war medal first.</em> A few were bold: one crew would not use the depression questions as worded and asked instead, ‘Who would notice if you had not drawn the curtains?’</p>
<p>I sent the eighty-seven to the programme’s authors and asked which of them crossed a line. They took it seriously. They said that nine did. When I looked at who had accepted help after a visit, six of those nine made no difference, two made things worse, and one, the curtains, made things noticeably better. It is in the new edition.</p>
<h2>What the van did</h2>
<p>Nurses had been let in by about six people in ten. The crews were let in by nine. People who feared that a nurse would ‘put them somewhere’ were happy to have their smoke alarm looked at by a lad whose grandfather they had known. The schedule is the same; the doorstep is not.</p>
<p>It leaves me with a puzzle for my thesis. The theory of the programme says that it works through assessment and referral. But before either there is a door. We tend to describe who delivers an intervention as part of its ‘setting’. Perhaps the setting, in this case, had ladders on its roof.</p>""",
        'authors': ['gwenllian-madog'],
        'date': '2024-03-19',
        'tags': ['Fidelity and adaptation', 'Evaluation', 'Social care'],
    },
    {
        'slug': 'switching-off-a-dashboard',
        'title': 'Switching off a dashboard',
        'standfirst': 'Imran Chaudhry built fifty-seven dashboards for one hospital group. Then he began to switch them off, one a week, without telling anybody, and to write down how long it took for somebody to notice.',
        'body': """<p>The first one I switched off was my favourite. It had a map. You could hover over a ward and a little panel would slide out like a drawer in a well-made desk. It had taken me six weeks in 2017, and I switched it off on a Monday morning and waited for the telephone to ring.</p>
<p>I am still waiting.</p>
<h2>The experiment</h2>
<p>With the agreement of our chief nurse, and of nobody else, I turned off one dashboard a week. Each could be restored in a minute. A page appeared in its place which said: <em>This is resting. If you need it, press here and tell us what for.</em> I kept a log.</p>
<ul><li>Of fifty-seven, nineteen were asked for within a day, with a reason.</li><li>Six were asked for without a reason. (‘We have always had it.’)</li><li>Four were asked for by somebody whose job it was to send them on to somebody else, who did not open them.</li><li>Twenty-eight have not been missed. The oldest of those has been resting for fourteen months.</li></ul>
<h2>What the nineteen are like</h2>
<p>They are ugly. One is a list. They show yesterday and not last month. In every case the person who rang could tell me what they had been about to do when they found that it had gone: ring a family, move a bed, walk to a ward. They did not want insight. They wanted to know which door to knock upon.</p>
<p>The twenty-eight are handsome. They were made for meetings, and they answer the question ‘how are we doing?’, which is asked by people who are not at that moment doing anything.</p>
<h2>What I do now</h2>
<p>Nobody gets a dashboard from us until they have finished this sentence: <em>When I see that … I will …, on the same day.</em> I then make it by hand on paper for a fortnight and leave it on their chair. If they come and look for me when it is late, I build it.</p>
<p>I also have a calendar on which every one of them expires. It is the only dashboard that I look at myself.</p>""",
        'authors': ['administrator'],
        'date': '2024-04-23',
        'tags': ['Digital tools', 'Audit and feedback', 'De-implementation', 'Measurement'],
        'picture': True,
        'picture_seed': 'network:dashboards',
        'picture_alt': 'Dots of ochre, teal and stone joined by thin lines on a dark teal ground.',
        'picture_caption': 'Twenty-eight were not missed.',
    },
    {
        'slug': 'a-word-in-defence-of-training',
        'title': 'A word in defence of training',
        'standfirst': 'Writers in this series have been hard on training. Hamish Tulloch, who teaches social care in the Highlands, wrote to the editor to complain, and was invited to put his case. He is our guest, and he has not come to be agreeable.',
        'body': """<p>I have read, in these pages alone, that training does not change practice, that it is the least of what is needed, that it is a lanyard. I have been a trainer of one sort or another for seventeen years. I should like to say something on behalf of the accused.</p>
<p>It is quite true that if you take forty tired people, sit them in a hotel and show them slides, they will not behave differently on Tuesday. Nor would they if you put them in a swimming pool. That is not evidence against swimming.</p>
<h2>What is being measured</h2>
<p>Most of what is called training in the studies that I have looked at lasts for a day or less. My students are with me for thirty-six weeks. They come on Mondays, go to their placements from Tuesday to Friday, and come back the next Monday with something that went wrong. We take it apart. They try again. By the spring Morag, who is sixty-eight and started with me because she had been made redundant from a fish farm, can sit with a furious boy of fourteen and let him be furious. She could not do it in September.</p>
<p>Now what was that? There was instruction in it, and there was demonstration, practice, feedback, coaching, and a group of people who would notice. You may call all of those ‘ongoing support’ if you like, and keep the word training for the hotel. But then you have not discovered that training fails. You have merely given its good parts another name.</p>
<h2>What I will grant</h2>
<ul><li>That I never see my students once they have qualified, and that this is a scandal. I would give up a week of teaching to visit each of them once in their first winter.</li><li>That I taught some things for years because I had the handouts.</li><li>That no classroom can make up for a bad rota.</li></ul>
<h2>What I ask</h2>
<p>Before you write that training was not effective, tell us how long it was, who gave it, what people did in it with their hands, and what they went back to. If you would not accept ‘some medicine was given’, please do not accept ‘staff were trained’.</p>""",
        'authors': ['hamish-tulloch'],
        'date': '2024-05-21',
        'tags': ['Training and supervision', 'Coaching', 'Social care', 'Rural services'],
    },
    {
        'slug': 'one-side-of-paper',
        'title': 'One side of paper',
        'standfirst': 'Yusuf Karadağ used to write reports of sixty pages. As the first evidence officer of a borough council he writes one side, for people on their way into a meeting, and has had to learn what to do with doubt when there is no room for it.',
        'body': """<p>My predecessor in this post did not exist, so I was free to decide what it was. I began as I had been trained to. In my second week I sent the cabinet member for housing a review of damp: fifty-eight pages, a hundred and thirty references, graded. She thanked me. A month afterwards I met her on the stairs and she said, ‘That damp thing. Should we, or shouldn’t we?’</p>
<p>It is the best question that I have been asked in my working life, and I did not have an answer to it, though I had fifty-eight pages.</p>
<h2>The sheet</h2>
<p>What I write now has six lines and a lot of white.</p>
<ol><li><strong>Should we?</strong> Yes, no, or not yet.</li><li><strong>How sure am I?</strong> Would I bet a week’s wages, a lunch, or nothing?</li><li><strong>What would we see</strong> within six months if it were working?</li><li><strong>Who would have to do something different,</strong> and have they been asked?</li><li><strong>Who would it miss?</strong></li><li><strong>What would change my mind?</strong></li></ol>
<p>On the back, for anyone who turns over, are the three best sources and one that disagrees.</p>
<h2>On leaving out</h2>
<p>My friends from the institute say that it is a simplification. It is. But the sixty pages were a simplification too. They left out the council. There was no line in them for who would have to do something different, because I did not know and had no way of finding out. It now takes up most of my week. I go down to the depot and ask.</p>
<p>The second line was the hardest to write. I had a training in caution, and I had thought that it was modesty. To say ‘lunch’ is more exposed than to say ‘the evidence is mixed’. I have lost four lunches so far. I keep count on the wall, and I believe that it is the reason why anybody reads line one.</p>
<p>If you would like to see a sheet, ask your own council whether there is somebody like me. If there is not, send me your question. I shall bet you something.</p>""",
        'authors': ['yusuf-karadag'],
        'date': '2024-06-18',
        'tags': ['Evidence in policy', 'Equity', 'Readiness'],
    },
    {
        'slug': 'counting-for-people-who-would-rather-not',
        'title': 'Counting for people who would rather not',
        'standfirst': 'Jakub Novotný teaches small voluntary organisations to evaluate their own work. Most of those who come to him are afraid of numbers, for reasons that turn out to be good ones. His course begins with buttons.',
        'body': """<p>I put a jar of buttons on the table and ask people to find out something about it. That is all. I leave the room for ten minutes, since they are more inventive without me.</p>
<p>When I come back, somebody has counted. Somebody has always sorted by colour. Somebody has weighed the jar against a shoe. In most groups one person has asked where the buttons came from, and it is she who will be the evaluator.</p>
<h2>Why they would rather not</h2>
<p>My students run lunch clubs, boxing gyms, a choir for people with dementia. They have met numbers in two forms: as targets that were set by somebody else, and as a column in a funder’s spreadsheet which turned red. They are not innumerate. The woman from the choir can tell you to the penny what a hall costs. They have learned that counting is something that is done to one.</p>
<p>So we begin with what they would like to know. The boxing coach wanted to know whether the boys who stopped coming were the same as the boys who got into trouble, or whether it only felt that way. That is a proper question. He answered it with a school exercise book and a year of Tuesdays. They were not the same boys. He had been worrying about the wrong ones.</p>
<h2>Rules of the course</h2>
<ul><li>Count nothing that you would not act upon.</li><li>Count it yourself, at least once, with your finger.</li><li>If it embarrasses the person you are counting, stop.</li><li>Write down what you left out. There is always a button under the table.</li><li>Show it to those who are in it, first.</li></ul>
<h2>And stories?</h2>
<p>I was trained in film, and I am sometimes asked to tell these groups that their stories count as evidence too. They do, provided that one counts them. A choir has three hundred stories. If you tell a funder the best, you have told them about your taste. If you tell one from every tenth person on the register, whatever it was, you have told them about your choir, and often it is the better film.</p>""",
        'authors': ['jakub-novotny'],
        'date': '2024-07-16',
        'tags': ['Evaluation', 'Measurement', 'Co-production'],
        'picture': True,
        'picture_seed': 'stones:buttons',
        'picture_alt': 'Smooth rounded shapes like buttons and pebbles, piled in teal, ochre and grey.',
        'picture_caption': 'Somebody has always sorted by colour.',
    },
    {
        'slug': 'why-we-publish-our-adaptations',
        'title': 'Why we publish our adaptations',
        'standfirst': 'Lanternbridge Families keeps a public list of every change that it makes to the programmes it delivers under licence, including those that it regrets. In this post the charity explains why it began the list and what has come of it.',
        'body': """<p>We deliver four programmes that were created by other people. We are grateful for them, and we have altered all four.</p>
<p>So, we believe, has everybody else. For years we kept quiet about it. Our contracts spoke of fidelity, our funders asked for it, and what we changed in church halls on Wednesday nights did not appear in any report. We were, in effect, running a large experiment and destroying the results.</p>
<p>Since 2022 we have published a list. It stands on our website, where anybody may read it. Each entry has five parts: what the programme asks for; what we do instead; why; what happened; and whether we would do so again.</p>
<h2>What is on it</h2>
<p>There are a hundred and sixty-eight entries. Some examples:</p>
<ul><li>We moved the session on rewards from week four to week two, since parents were leaving in week three without having had anything to try. <em>Would do again.</em></li><li>We shortened the role play. <em>Would not do again.</em> Parents told us afterwards that it was the part which they dreaded and used.</li><li>We replaced a video of a kitchen that nobody we work with could afford. <em>Would do again, and have sent the new film to the developers.</em></li><li>We let one group run for twenty weeks because nobody wanted to stop. <em>Undecided.</em></li></ul>
<h2>What we were afraid of</h2>
<p>We feared for our licences. Three of the four developers wrote to thank us, and one has revised its manual. The fourth asked us to stop, then telephoned some weeks later to ask a question about entry 41.</p>
<p>We feared our funders. Two have since asked other organisations for a list like ours.</p>
<p>We feared our own staff’s embarrassment, and that was real. It faded when the first entry to be marked ‘would not do again’ turned out to be the director’s.</p>
<h2>An invitation</h2>
<p>A list from one charity is an anecdote. We should like to see fifty of them, in one form, side by side. The format is free for anyone to use, and we will help. What we ask is that you include the ones you regret.</p>""",
        'by_organisation': 'lanternbridge',
        'date': '2024-09-17',
        'tags': ['Fidelity and adaptation', 'Ethics', 'Scaling up'],
        'views': 'organisation',
        'featured': True,
    },
    {
        'slug': 'who-coaches-the-coaches',
        'title': 'Who coaches the coaches?',
        'standfirst': 'Coaching helps people to keep to a new way of working, but coaches drift as well. Thandeka Moyo and Fiona Abernethy describe what they found when they listened to their own team, and the modest arrangement with which they responded.',
        'body': """<p>We are a coach and a manager of coaches, and this post began as a disagreement. One of us thought that our coaches had a shared approach. The other had heard the recordings.</p>
<p>With everyone’s consent we took two sessions from each of our nine coaches, one from their first year and one from the present. We played them, without names, to a panel of social workers who had been coached. We asked a single question: <em>is this person helping the team to think, or thinking for it?</em></p>
<h2>Drift</h2>
<p>In the first-year recordings seven in nine were helping the team to think. In the present ones it was four. Our most experienced coaches, who were the most highly rated by the services, gave the most advice. It was excellent advice. They had seen so many teams that they knew by the second sentence what the trouble was, and saw no reason to be coy about it.</p>
<p>We should not have been surprised. All the things that we tell services about drift are true of us: nobody had observed these coaches for years; expertise had been taken for fidelity; and the rewards, warm thanks and quick results, pointed the wrong way.</p>
<h2>What we did</h2>
<p>Three things, none of them clever.</p>
<ol><li><strong>Pairs.</strong> Every coach visits another’s session once a quarter, and is visited. The visitor says almost nothing during it and asks one question afterwards.</li><li><strong>A recording a month</strong>, listened to alone, with a tally of one’s own minutes and the team’s.</li><li><strong>Our own coach.</strong> Someone from outside, who knows nothing about children’s services, comes six times a year. It is maddening. She cannot advise us, so we have to think.</li></ol>
<p>A year on, the panel put it at seven again. It will slip. We do not believe that there is a state of having been trained to coach, any more than there is a state of having been washed.</p>
<p>The disagreement between the two of us has been resolved, in the sense that we have a new one.</p>""",
        'references': """<ol><li>Moyo, T. and Abernethy, F. (2024). <em>Nine coaches, eighteen recordings</em>. Institute for Childhood Practice, Practice Paper 8.</li></ol>""",
        'authors': ['thandeka-moyo', 'contact'],
        'date': '2024-10-15',
        'tags': ['Coaching', 'Training and supervision', 'Measurement', 'Social care'],
    },
    {
        'slug': 'two-practices-pay-each-other-a-visit',
        'title': 'Two practices pay each other a visit',
        'standfirst': 'A general practice in the valleys and one in the Midlands exchanged staff for a day. Catrin Prosser and Mehwish Qadir, who arranged it, had hoped that each would learn from the other’s strengths. What travelled was something else.',
        'body': """<p>The plan was tidy. Heol Las was good at reviewing medicines after a hospital stay. Brackenholt Road was good at seeing people on the day they rang. Each would send six staff to the other, and each would bring home what the other did well.</p>
<p>We wrote that on the form for expenses. It was approved. It is not what occurred.</p>
<h2>What the visitors saw</h2>
<p>The Welsh party came back from the Midlands with nothing to say about same-day appointments. They talked about the door. At Brackenholt Road the door from the waiting room to the consulting rooms has a window in it, and receptionists and doctors can see each other. ‘They <em>wave</em>,’ said a practice nurse, in a tone of wonder. Within a month Heol Las had a window in its door. It cost £140.</p>
<p>The English party came back with nothing to say about medicines. They had noticed that at Heol Las the whole staff stop for ten minutes at eleven, in the kitchen, and that the cleaner reads out the day’s birthdays. They have begun to do so. A partner who had been against it now brings the cake.</p>
<h2>Did it do any good?</h2>
<p>We had been measuring medicines and appointments, and neither moved much in the first half-year. Then, at Heol Las, the time between a discharge letter’s arrival and its being acted on fell from six days to two. Nobody had worked on it. ‘You just catch his eye,’ we were told. And at Brackenholt Road a salaried doctor who had handed in her notice took it back.</p>
<h2>What we think happened</h2>
<p>We had treated practice as a set of parts that can be detached and posted. The visitors looked at what the parts were resting on. They brought home foundations, since those were what they could see, and once the foundations were in the parts came of themselves, or did not need to.</p>
<p>We would do it again with the same form and the same tidy plan. It gives people a reason to get on the bus. And then we would be quiet, and wait to hear what they had noticed.</p>""",
        'authors': ['author', 'mehwish-qadir'],
        'date': '2024-11-19',
        'tags': ['Primary care', 'Scaling up', 'Devolved nations'],
        'picture': True,
        'picture_seed': 'paths:visits',
        'picture_alt': 'Two bundles of coloured lines cross in the middle of a pale field and go on.',
        'picture_caption': 'What travelled was something else.',
    },
    {
        'slug': 'the-tenth-site-is-not-cheaper',
        'title': 'The tenth site is not cheaper',
        'standfirst': 'Every plan for scaling up assumes that later sites will cost less than the first. Linh Tran-Booth and Samuel Adeyinka put their two sets of books together, site by site, and found a curve that bends the wrong way.',
        'body': """<p>One of us is an economist who believes in learning curves. The other runs programmes in thirty towns and pays the bills. We met at a meeting of the Society, argued over lunch, and agreed to settle it by opening the accounts.</p>
<p>We took one programme, delivered in twenty-four sites over seven years, and worked out what it had cost to bring each of them to a steady state. Everybody’s time is included.</p>
<p><strong>Average cost of reaching a steady state, by order of joining</strong></p>
<table><thead><tr><th scope="col">Sites</th><th scope="col">Materials and training</th><th scope="col">Local staff time</th><th scope="col">Support from the centre</th><th scope="col">Total</th></tr></thead><tbody><tr><th scope="row">1–4</th><td>£14,000</td><td>£22,000</td><td>£31,000</td><td>£67,000</td></tr><tr><th scope="row">5–9</th><td>£9,000</td><td>£23,000</td><td>£18,000</td><td>£50,000</td></tr><tr><th scope="row">10–16</th><td>£7,000</td><td>£34,000</td><td>£20,000</td><td>£61,000</td></tr><tr><th scope="row">17–24</th><td>£6,000</td><td>£41,000</td><td>£27,000</td><td>£74,000</td></tr></tbody></table>
<p>The economist was right as far as site nine. The man who pays the bills was right from then on.</p>
<h2>Why it bends</h2>
<p>The first few sites were hard because we did not know what we were doing. The next were easy because we did, and because they had asked to join. From about the tenth, we were going to places which had been <em>chosen</em>: by a commissioner, by need, by a map. They were poorer. They had more vacancies and less slack. They had, reasonably, other things on their minds.</p>
<p>In other words, what looks like the cost of scale is the cost of equity. A programme that stops at site nine will report a handsome learning curve and will have gone to those who needed it least.</p>
<h2>What to do with this</h2>
<ul><li>Budget for the later sites at the price of the first, and be pleased if you are wrong.</li><li>Put money into local time and not into ever smoother materials. Ours were very smooth by site twenty; nobody had the time to open them.</li><li>If you can afford only nine, choose which nine as though there would be no tenth.</li></ul>
<p>We have had lunch several times since then. It is now costed.</p>""",
        'authors': ['linh-tran-booth', 'samuel-adeyinka'],
        'date': '2024-12-10',
        'tags': ['Scaling up', 'Equity', 'Sustainability'],
    },
]
