"""Sentences of English news, written for this benchmark."""

from __future__ import annotations

from bench.archive.templates import Templates, read, words

_HEADLINES = """
{A} warns of delay as {O} reviews {topic}
{P} waits for answers on {topic}
{O} and {U} agree to talk in {P}
{A} and {B} trade blame over {topic}
Hundreds march in {P} over {topic}
{A} promises a new start for {P}
"""

_LEADS = """
{A} arrived in {P} on {day} for talks on {topic} with {B}, the first such visit in {number} months.
{A} told reporters on {day} that {O} would publish its findings on {topic} within a month.
Officials of {O} met {A} in {P} late on {day} to settle a dispute over {topic}.
{O} suspended its work in {P} on {day} after {number} people were hurt in a protest.
A court in {P} heard {A} on {day} in a case that has divided {O} for {number} years.
Residents of {P} and {Q} woke on {day} to the news that {A} had signed an agreement on {topic}.
{A} and {B} failed on {day} to end a quarrel about {topic} that has kept {O} busy since the spring.
A delegation led by {A} left {P} for {Q} on {day} with a list of {number} demands.
The head of the committee on {topic}, {A}, resigned on {day} after a stormy session in {P}.
On {day} {O} named {A} as its representative in {P}, where {B} had held the post for {number} years.
"""

_BODIES = """
"We have waited long enough," {A} said in {P}. "Nobody can say that {topic} came as a surprise."
{A} called {B} by telephone and asked for {number} more days.
According to {A}, {O} has spent nearly half of its budget on {topic}.
{B}, who was in {P} at the time, denied that any such promise had been made.
The proposal of {A} was rejected by {O}, and {B} walked out of the meeting.
{O} said in a statement that {A} had not been invited.
Work has begun in {P}, {Q} and {R}, where {number} families are still without a roof.
Several lorries crossed from {P} to {Q} before noon, a spokesman for {O} said.
{A}'s office did not answer questions about {topic}.
Neither {A} nor {B} would say how much of the money had reached {P}.
A study that {O} ordered from {U} puts the cost at {number} million.
"If {O} wants an answer, it knows where to find me," {A} told a newspaper in {P}.
People close to {A} believe that {B} will accept the offer in the end.
{A}, {B} and {C} are to meet again on {day}.
Last year {O} closed its offices in {P} and moved {number} of its staff to {Q}.
{A} accused {O} of hiding the figures, a charge that {B} called absurd.
In {P} the shops stayed shut, and in {Q} students gathered before the gates of the university.
The two sides met in {P} under the eyes of {U}, and {A} took notes.
{A} thanked {B} for what {A:he/she} called years of patience.
Since {A} took office, {number} complaints about {topic} have reached {O}.
Farmers on the road between {P} and {Q} have heard such words before.
Asked about {topic}, {A} pointed to {O}; asked about {O}, {A:he/she} pointed to {B}.
The rules were drawn up by {O} and {U} after the floods in {P}.
{B} was more careful: "I trust {A}, but I would like to see the text."
Among those who signed were {A}, {B} and a former director of {O}.
The road to {P} was blocked until the evening, when {A} spoke to the drivers.
Witnesses in {P} said that {number} cars had been damaged.
{O} wants the vote to take place in {month}; {U} would rather wait.
"""

_FOLLOWING = """
{A:He/She} added that {topic} would be on the table again on {day}.
"There is no other way," {A:he/she} said, and left without taking questions.
{A:He/She} had spoken of {topic} before, most recently in {month}.
{A:His/Her} aides put the number of those affected at {number}.
Pressed for details, {A:he/she} promised a report within {number} days.
{A:He/She} has never hidden {A:his/her} doubts about {topic}.
Until {month}, {A:he/she} had refused to comment.
"""

_PLAIN = """
The debate about {topic} is as old as the town itself, and so are most of the arguments.
About {number} people took part, fewer than the organisers had hoped for.
No one was hurt, but the damage is said to be considerable.
Prices have risen for the third month in a row, and savings are running out.
Rain is expected for the rest of the week.
It was not clear who would pay for {topic} once the present grant ends in {month}.
The police opened an inquiry and asked the public for photographs.
Teachers, nurses and drivers joined the strike; the banks remained open.
Shortly after midnight the lights went out, and they were not repaired until the morning.
A similar plan was dropped {number} years ago, when nobody could agree on {topic}.
The text runs to {number} pages and says little about {topic}.
Experts doubt that the deadline can be met.
"""

_TOPICS = """
water prices, the new road, school meals, the harbour, the bread subsidy, prisoner exchanges,
the election law, border fees, the power station, public salaries, the land register, hospital beds,
the peace talks, fishing rights, the census, the budget, missing persons, the customs union,
rubbish collection, the telephone network, fuel shortages, university fees, the olive harvest,
the reconstruction fund, travel permits, the supreme court, housing loans, the railway,
flood control, pensions, the airport, wheat imports, the museum, street lighting, the ceasefire,
local taxes, the pharmaceutical market, cement deliveries, the stadium, broadcasting licences,
the archaeological site,
vaccination, a disputed will, the tram line, rents, the drought, refugee registration, the currency,
the quarries, the dam, bus fares, the orchestra, smuggling, the fire brigade, the cadastral survey
"""


ENGLISH = Templates(
    read(_HEADLINES),
    read(_LEADS),
    read(_BODIES),
    read(_FOLLOWING),
    read(_PLAIN),
    {
        "topic": words(_TOPICS),
        "day": words("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday"),
        "month": words(
            "January, February, March, April, May, June, July, August, September, October,"
            "November, December"
        ),
        "number": tuple(map(str, range(3, 98))),
    },
)
