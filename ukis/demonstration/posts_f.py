# ruff: noqa: E501
"""Posts of 2025; see `posts` for the keys left out."""

from typing import Any

POSTS: list[dict[str, Any]] = [
    {
        'slug': 'five-words-we-should-use-less',
        'title': 'Five words that we might use less',
        'standfirst': 'Three colleagues from Aldercombe went through everything that they had published in ten years and looked for the words which did no work. Joanna Thistlewood, Priya Raghunathan and Wanjirũ Kamau confess to five, and offer replacements.',
        'body': """<p>We did it with a red pen, over two evenings and a quantity of soup. The rule was that any of us might strike out a word in another’s work if the sentence meant the same without it, or if it could have meant two things and we had not noticed.</p>
<h2>Barrier</h2>
<p>It turns a person’s reason into an object in our path. ‘Time was a barrier’ is what we say. What they said was that they had nine visits and chose to make them. <em>Try:</em> reason.</p>
<h2>Stakeholder</h2>
<p>It puts the mother, the minister and the firm that makes the software into one box, and then counts the box as consulted. <em>Try:</em> saying who.</p>
<h2>Roll out</h2>
<p>One rolls out a carpet or pastry: something flat, over something flatter. Nobody has ever rolled out anything over a community mental health team. <em>Try:</em> begin in, and the name of a place.</p>
<h2>Embed</h2>
<p>We found sixty-three uses. In forty we could not say what would be different if the thing were not embedded. In the others we meant, variously, that it was written down, that it was paid for, that it was done without thinking, or that we had left. <em>Try:</em> whichever of those it was.</p>
<h2>Complex</h2>
<p>Here we disagreed. One of us holds that complexity is a real property of systems with a literature of its own, and she is right. But in our own papers it occurred mostly in the first sentence (‘Implementing change is complex’), and mostly it meant: please be patient with what follows. <em>Try:</em> deleting the first sentence.</p>
<h2>Does it matter?</h2>
<p>A little. Words such as these are convenient because they have no people in them. When we had replaced them, several of our abstracts had grown a cast. We could see who had been asked to do what, and by whom, and in two cases we could see that nobody had.</p>
<p>We have not been consistent. If you find any of the five in what we write from now on, send us a postcard. There is some soup left.</p>""",
        'authors': ['joanna-thistlewood', 'priya-raghunathan', 'wanjiru-kamau'],
        'date': '2025-01-21',
        'tags': ['Theories and frameworks', 'Ethics'],
        'featured': True,
    },
    {
        'slug': 'changing-other-peoples-work',
        'title': 'By what right do we change other people’s work?',
        'standfirst': 'Patients are asked for their consent to a treatment. Nobody asks the home carer, the clerk or the teacher whether they agree to be implemented upon. Agnieszka Zielińska thinks that the question deserves more than an embarrassed silence.',
        'body': """<p>When I cleaned hotel rooms I had sixteen to do in a shift. One week a man with a tablet followed me about. He did not give his name. Some while later the trolley was arranged differently, there were seventeen rooms, and I was told that this was best practice.</p>
<p>I have since then sat on a good many panels about the ethics of research, and I have never seen a form on which the person with the trolley appears as a party. She is ‘usual staff’. The patients consent. The organisation gives permission. She gets a briefing.</p>
<h2>The argument that it is only a job</h2>
<p>It will be said that employers may direct work, that no one has a right to practise badly, and that if all changes required consent nothing would ever improve. I accept all of it. I am not proposing that evidence be put to the vote.</p>
<p>But implementation as we study it goes beyond directing. It sets out to shape habits, attention, conversation, even feeling. It uses the influence of colleagues, it designs the room. We are pleased when people do not notice. A discipline with those aims ought to be able to say what it owes to those on whom it works.</p>
<h2>Four things that might be owed</h2>
<ol><li><strong>Candour.</strong> To be told that one’s work is being changed, by whom, and what for. A method that would fail if it were known about is probably one we should not use.</li><li><strong>An account of the burden.</strong> What will this cost those who have to do it? We ask it of patients as a matter of course.</li><li><strong>A way to object</strong> which reaches someone who can act, and is not filed under ‘resistance’.</li><li><strong>A share.</strong> If their labour makes the thing work, their names might be on it, and the hour that it saves might in part be theirs.</li></ol>
<p>None of these needs a new committee. Any team could adopt them next week. I should be interested to hear from one that did, and from one that decided, for stated reasons, that it would not.</p>
<p>The seventeenth room, by the way, was never done properly. We all knew. Nobody with a tablet came back to ask.</p>""",
        'authors': ['agnieszka-zielinska'],
        'date': '2025-02-18',
        'tags': ['Ethics', 'Equity', 'Training and supervision'],
        'picture': True,
        'picture_seed': 'bands:work',
        'picture_alt': 'Rolling bands of deep teal, stone and warm ochre, like folded linen.',
        'picture_caption': 'Sixteen rooms, then seventeen.',
    },
    {
        'slug': 'the-average-hides-who-was-left-behind',
        'title': 'The average hides who was left behind',
        'standfirst': 'A vaccination scheme was celebrated for raising its coverage from 71 to 79 per cent. Kwabena Asante-Frimpong asked for the same figures street by street. The average had gone up while some of the streets had gone down.',
        'body': """<p>I have nothing against averages. I am one myself in several respects. But an average is a way of forgetting where things are, and in public health where things are is a good part of what there is to know.</p>
<p>The scheme sent text messages with a link for booking. It was cheap, well tested and kindly worded, and in eight months coverage went from 71 to 79 in a hundred. There was a small ceremony. I was asked to write it up as a success, and it was a success. Then I asked for the postcodes.</p>
<p><strong>Coverage by fifth of neighbourhoods, before and after</strong></p>
<table><thead><tr><th scope="col">Neighbourhoods</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Change</th></tr></thead><tbody><tr><th scope="row">Best off</th><td>80%</td><td>92%</td><td>+12</td></tr><tr><th scope="row">Second</th><td>76%</td><td>87%</td><td>+11</td></tr><tr><th scope="row">Middle</th><td>72%</td><td>83%</td><td>+11</td></tr><tr><th scope="row">Fourth</th><td>66%</td><td>74%</td><td>+8</td></tr><tr><th scope="row">Worst off</th><td>61%</td><td>59%</td><td>−2</td></tr></tbody></table>
<h2>How can it go down?</h2>
<p>No one was harmed by a text message. What happened was that the booking system, now busy, filled up by Tuesday. The walk-in session on Thursday afternoon, at which people without a smartphone used to turn up, was cut because it was ‘underused’. A thing that was new had quietly pushed out a thing that was old, and the people who used the old one could not see why there was a notice on the door.</p>
<h2>Three habits</h2>
<ul><li>Ask for the distribution before the average. It is the same work for the analyst.</li><li>Decide in advance which group must not be worse off, and stop if it is.</li><li>When something is called underused, find out by whom it is used.</li></ul>
<p>The walk-in session has been brought back. There are no texts for it. There is a woman called Precious with a clipboard, at the bus stop, who knows everyone’s mother. The bottom row stands at 70, and I am told that her post is under review because she is not scalable.</p>""",
        'authors': ['kwabena-asante-frimpong'],
        'date': '2025-03-18',
        'tags': ['Equity', 'Measurement', 'Primary care', 'Digital tools'],
    },
    {
        'slug': 'dwy-iaith-un-rhaglen',
        'title': 'Dwy iaith, un rhaglen?',
        'standfirst': 'Pan fydd rhaglen yn cael ei chynnal mewn dwy iaith, ai’r un rhaglen ydyw? Aeth Siôned Vaughan-Parry a Hywel Bebb i wrando ar yr un wers mewn dwy ystafell ddosbarth, a chanfod dwy wers wahanol a oedd ill dwy’n gywir.',
        'body': """<p>Un bore Mawrth, mewn ysgol yng nghanolbarth Cymru, cynhaliwyd yr un wers ddwywaith. Roedd yr athrawes yr un, y cynllun yr un, a’r plant yr un oed. Saesneg oedd iaith y naill a Chymraeg oedd iaith y llall. Roeddem ni’n dau yn y cefn gyda’n rhestrau.</p>
<p>Yn ôl y rhestr, yr oedd y ddwy wers bron yn union yr un fath. Yn ôl ein clustiau, nid oeddent.</p>
<h2>Beth a glywsom</h2>
<p>Yn Saesneg gofynnodd yr athrawes: <em>How does that make you feel?</em> Atebodd y plant gydag un gair yr un: sad, angry, fine. Yn Gymraeg gofynnodd: <em>Beth sydd arnat ti?</em> A chan fod teimlad yn Gymraeg yn rhywbeth sydd <em>ar</em> rywun, dechreuodd y plant sôn am bwy oedd wedi ei roi yno. Roedd un sgwrs am enwau ar deimladau, a’r llall am yr hyn oedd wedi digwydd ar yr iard.</p>
<h2>Pa un oedd yn ffyddlon?</h2>
<p>Y ddwy, yn ein barn ni. Nod y wers oedd helpu plant i siarad am yr hyn sy’n eu poeni. Cyrhaeddodd y ddwy’r nod ar hyd ffyrdd gwahanol. Pe baem wedi mynnu’r un geiriau, byddem wedi colli’r ail ffordd.</p>
<p>Felly dyma’n cynnig. Dylai pob llawlyfr ddweud <strong>beth yw pwrpas</strong> pob rhan, ac nid yn unig beth i’w ddweud. Wedyn gall athrawes sy’n gweithio mewn iaith arall ofyn: beth yn fy iaith i fyddai’n gwneud yr un gwaith?</p>
<p>Mae’r wers wedi newid erbyn hyn, yn y ddwy iaith. Yn y fersiwn Saesneg gofynnir bellach: <em>What has put that on you?</em> Mae’n swnio braidd yn od. Mae’r plant yn deall yn iawn.</p>""",
        'authors': ['sioned-vaughan', 'hywel-bebb'],
        'date': '2025-04-15',
        'language': 'cy',
        'tags': ['Languages', 'Schools', 'Fidelity and adaptation'],
    },
    {
        'slug': 'change-on-the-night-shift',
        'title': 'Change on the night shift',
        'standfirst': 'Almost half of all births happen at night, and almost no project meetings do. Lucy Hargreaves-Dunn went to find out what becomes of new guidance between nine in the evening and seven in the morning.',
        'body': """<p>At 03.20 the corridor lights are at half and the printer sounds like an animal. I was there with a notebook for thirty-one nights. My question was what happens to change when those who ordered it are asleep.</p>
<p>I had expected to find that nights lag behind days. On the whole they do not lag. They receive a different thing.</p>
<h2>How news arrives</h2>
<p>By day a new guideline comes with a person: a project midwife with a badge, a folder and a packet of biscuits. By night it comes as a laminated sheet. There is no one to ask. ‘It just appears,’ said a midwife of twenty-six years’ standing, ‘like a parking ticket.’</p>
<p>And so the night staff interpret. They are good at it. They have fewer people and no pharmacist, and they do what the sheet must have meant, for a place such as theirs. In seven of the nine changes that I followed, the night version differed from the day one by the end of a month, and no record showed it.</p>
<h2>Who had it right?</h2>
<p>In two of the seven, the night version was unsafe, and we mended it. In one it made no odds. In four, I am bound to report, it was better. It had fewer steps. It had been made by people who could not ring anybody up, and who had therefore removed whatever needed a telephone.</p>
<h2>What we do now</h2>
<ul><li>Anything new is tried first on nights. If it can live there it can live anywhere.</li><li>The project midwife works two nights out of the first ten. She brings the biscuits.</li><li>There is a notebook by the kettle with the heading <em>What did it mean?</em>, and what is written in it is read at the day meeting, by name.</li></ul>
<p>When I presented this I was asked whether the results were generalisable. I think they may be. Most services have a night: the branch office, the weekend, the fourth of four sites, the agency shift. It is where the guidance goes to be understood.</p>""",
        'authors': ['lucy-hargreaves-dunn'],
        'date': '2025-05-20',
        'tags': ['Maternity and early years', 'Fidelity and adaptation', 'Implementation teams'],
        'picture': True,
        'picture_seed': 'network:small-hours',
        'picture_alt': 'Points of ochre, teal and stone joined by fine lines on a dark teal night.',
        'picture_caption': 'Between nine in the evening and seven in the morning.',
    },
    {
        'slug': 'the-parents-who-set-the-questions',
        'title': 'The parents who set the questions',
        'standfirst': 'A linked set of school, health and care records can answer almost anything. Vikram Sethuraman and Marcia Delapenha asked a panel of twelve parents what it ought to be asked, and compared their list with that of the professionals.',
        'body': """<p><strong>Vikram:</strong> I had a list. It was a respectable one. I had got it from a workshop with policy officers, and every item on it began with ‘the association between’.</p>
<p><strong>Marcia:</strong> I read it to the panel. There was a silence, and then somebody said, ‘And what happens to the kids after that?’</p>
<h2>Two lists</h2>
<p>We gave twelve parents the same briefing that the professionals had been given: which records there were, what could be joined, what could not be known. They met four times, with pay and a crèche. They produced twenty questions. The professionals had produced twenty-two. Three were common to both.</p>
<p>The professionals asked mainly about risk: which families, which characteristics, which outcomes. The parents asked mainly about <em>services</em>.</p>
<ul><li>When a child is referred and refused, where do they turn up next, and how much later?</li><li>Do brothers and sisters get help at the same time, or one after another?</li><li>How many different people does a child with a plan meet in a year?</li><li>Does it matter which school you were at when you asked?</li></ul>
<h2>Vikram on the second list</h2>
<p>It was harder, and it was better. Questions about risk look at families through records which services have made, and tend to find what the services already believe. Questions about services turn the telescope round. The one about being refused was the first that we ran. Of the children who were turned down by one service, two in five were known to a costlier one within eighteen months. Nobody had asked, because no single organisation could see it.</p>
<h2>Marcia on what it took</h2>
<p>It took Vikram saying ‘I do not know’ early on, and out loud. It took a glossary, with his words down one side and ours down the other. And it took the panel having a veto. We used it once. There was a question about which parents miss appointments, and we said no: you will only use it to write to us.</p>
<p>We think that every linked data set should have a panel such as this one, before the first query and not after the last.</p>""",
        'authors': ['vikram-sethuraman', 'marcia-delapenha'],
        'date': '2025-06-17',
        'tags': ['Data linkage', 'Co-production', 'Ethics', 'Equity'],
    },
    {
        'slug': 'two-weeks-after-the-gate',
        'title': 'Two weeks after the gate',
        'standfirst': 'Chidi Ezenwa and Callum Rintoul asked sixty people, a fortnight after leaving prison, what they had used of the programmes that they took inside. The answers have made both men rewrite what they teach.',
        'body': """<p>Between us we have spent twenty-five years on the two sides of prison programmes. We thought that we knew what people took away with them. So we asked: sixty people, fourteen days out, in whatever place suited them. Most chose a café. Three chose a graveyard, for reasons that became clear.</p>
<p>We asked for one thing only. <em>Tell us about a time since you got out when you used something from a course.</em></p>
<h2>What they told us</h2>
<p>Forty-one could. That is more than we had expected, and we were on the way to being pleased. Then we sorted what they said.</p>
<ul><li>Twenty-two had used something that a <strong>person</strong> had said, often not the facilitator. ‘A fella in my group told me he just walks round the block.’</li><li>Eleven had used a <strong>phrase</strong>. The phrase was not always in the manual.</li><li>Eight had used a <strong>technique</strong> more or less as taught.</li></ul>
<p>Nobody mentioned a workbook. Four had left theirs in the cell for the next man, which we found touching, and which is not, strictly speaking, a distribution strategy.</p>
<p>Of the nineteen who could not think of anything, fifteen had spent the fortnight without a place of their own to sleep. We do not think that this is a coincidence. It is hard to practise perspective-taking on a night bus.</p>
<h2>What we have rewritten</h2>
<p>The course is shorter by a third. The time has gone to two things. In every session the group now writes down, in its own words, the best thing that anybody said; those are printed on a card that fits into a wallet, with a first name beside each. And in the last two sessions we do nothing but the first fortnight: which bus, which sofa, who not to ring, and what you will say to your mother.</p>
<p>As for the graveyard: each of the three had lost somebody while inside and had not been able to go to the funeral. It was the first place that they had gone. There is no module on that. We are asking the group what it would say.</p>""",
        'authors': ['chidi-ezenwa', 'callum-rintoul'],
        'date': '2025-09-16',
        'tags': ['Justice', 'Evaluation', 'Fidelity and adaptation', 'Co-production'],
        'featured': True,
    },
    {
        'slug': 'stepped-care-twice',
        'title': 'Stepped care, twice',
        'standfirst': 'Bronwen Ellis-Rhydderch introduced the same model in the same service on two occasions, eight years apart. The first went badly and the second well. She compares the two, and is wary of the obvious explanation.',
        'body': """<p>In 2014 I introduced stepped care to a psychological therapies service, and by 2016 it was gone. In 2022 I introduced it again. It is still there, and people seem to like it. As I had kept all my papers from the first time, I am in the unusual position of being my own control.</p>
<h2>What was the same</h2>
<p>The model. The building. About half of the staff. The evidence, which had grown a little in bulk and hardly at all in substance. Me, with greyer hair.</p>
<h2>What was different</h2>
<p><strong>The same model in the same service</strong></p>
<table><thead><tr><th scope="col">What</th><th scope="col">2014</th><th scope="col">2022</th></tr></thead><tbody><tr><th scope="row">First thing we did</th><td>Wrote the pathway</td><td>Listened to fifty telephone calls</td></tr><tr><th scope="row">Who chose the first step</th><td>A working group</td><td>The receptionists, with two patients</td></tr><tr><th scope="row">How one moved up a step</th><td>A score</td><td>A score, or either person’s asking</td></tr><tr><th scope="row">Supervision</th><td>From month seven</td><td>From three months before</td></tr><tr><th scope="row">What I said about money</th><td>Nothing</td><td>What it would save, and who would keep it</td></tr></tbody></table>
<h2>The obvious explanation</h2>
<p>It is that in 2022 I did it properly. I used to tell it that way, with slides. Then a colleague who had been through both said something which I have not been able to put down: ‘We could only do it the second time because we had done it the first.’</p>
<p>She was right, I think. In 2014 people learned what a step was, and what it was like to send somebody up one and have them sent back. They found out where the arguments were. When it failed they were cross; but when it returned, the crossness was expert. They knew just what to ask for. The table shows not what I had learned but what they had taught me.</p>
<p>We speak of failed implementation as though it left nothing behind. It leaves a workforce with experience. Before you begin anything, I would ask who here has failed at it already, and give them the chair nearest to the fire.</p>""",
        'authors': ['bronwen-ellis-rhydderch'],
        'date': '2025-10-14',
        'tags': ['Mental health', 'Readiness', 'Sustainability', 'Training and supervision'],
        'picture': True,
        'picture_seed': 'bands:steps',
        'picture_alt': 'Smooth bands of teal, cream and ochre, one above another like worn steps.',
        'picture_caption': 'The same ground, walked over twice.',
    },
    {
        'slug': 'how-to-close-a-scheme-well',
        'title': 'How to close a scheme well',
        'standfirst': 'Niall Devenney has ended more government schemes than he has begun. He offers a short guide to doing it decently, from the first suspicion to the last letter, and explains why the cake matters.',
        'body': """<p>I have been asked to speak at a good many launches. In twenty-seven years I have been asked to speak at one closure, and I had organised it. There was a cake, with the name of the scheme on it in blue, and we ate the name.</p>
<p>Closing things is ordinary work and there ought to be ordinary instructions for it. Here are mine.</p>
<h2>Before</h2>
<p><strong>Say what would close it while everybody still loves it.</strong> In the first year write down two figures and a date. You will never again be so impartial.</p>
<p><strong>Distinguish stopping from failing.</strong> Of the fourteen schemes that I have closed, four had done their work, six had been overtaken, three had not worked and one should never have begun. The public was told in all fourteen cases that ‘funding has come to an end’, which was true of the weather too.</p>
<h2>During</h2>
<p><strong>Tell people in the right order.</strong> Those who use it; those who deliver it; those who pay; everybody else. It is nearly always done the other way about, because the last group has a press office.</p>
<p><strong>Give a reason in one sentence,</strong> and have it be the real one. People can bear a reason.</p>
<p><strong>Name what will be kept.</strong> There is always something: a form, a friendship, a way of answering the phone. Find out where it will live, and whose it is.</p>
<p><strong>Look after the last person.</strong> Somebody will be left with the keys, the freezer and the mailing list. That person’s final month should be planned as carefully as the director’s first.</p>
<h2>After</h2>
<p><strong>Write two pages while it hurts.</strong> What we tried, what happened, what we would tell whoever tries it next. Put them where they can be found. Ours go on the register.</p>
<p><strong>Ring up in a year.</strong> Ask the people who used it what they do now. In three cases out of fourteen the answer made me wish that I had not closed it; I have put that on the register as well.</p>
<h2>The cake</h2>
<p>It is not frivolous. A thing that has had a decent end can be spoken of afterwards. Those that merely stop are never mentioned again, and so they are tried again, by nice young people, eight miles away.</p>""",
        'authors': ['niall-devenney'],
        'date': '2025-11-18',
        'tags': ['De-implementation', 'Evidence in policy', 'Ethics', 'Sustainability'],
    },
]
