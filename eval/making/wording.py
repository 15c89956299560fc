"""How made questions are put: many wordings, so that no index is measured by one; ``{…}`` is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Verbs of saying with the form that stands behind "did". What is not here is not asked about in indirect speech.
_VERBS = """said:say says:say told:tell tells:tell warned:warn argued:argue argues:argue added:add
stressed:stress noted:note notes:note announced:announce explained:explain emphasized:emphasize
emphasised:emphasise insisted:insist claimed:claim stated:state urged:urge urges:urge asked:ask
called_for:call_for called_on:call_on demanded:demand denied:deny proposed:propose suggested:suggest
suggests:suggest acknowledged:acknowledge admitted:admit confirmed:confirm declared:declare
promised:promise pledged:pledge vowed:vow predicted:predict recalled:recall reiterated:reiterate
repeated:repeat complained:complain conceded:concede remarked:remark observed:observe
contended:contend maintained:maintain hinted:hint criticized:criticize criticised:criticise
condemned:condemn welcomed:welcome praised:praise protested:protest expressed:express
rejected:reject advised:advise accused:accuse described:describe pointed_out:point_out
reaffirmed:reaffirm underlined:underline underscored:underscore requested:request wrote:write
cautioned:caution replied:reply testified:testify objected:object estimated:estimate"""
BASES: Mapping[str, str] = {
    past.replace("_", " "): base.replace("_", " ") for past, _, base in (each.partition(":") for each in _VERBS.split())
}

WHO_QUOTED: Sequence[str] = (
    "Who said “{quote}”?",
    "Who is quoted as saying “{quote}”?",
    "Whose words are these: “{quote}”?",
    "“{quote}”: who said that?",
    "I remember the line “{quote}”. Who said it?",
    "Which speaker said “{quote}”?",
)
WHO: Sequence[str] = (
    "Who {past}?",
    "Can you tell me who {past}?",
    "Which person {past}?",
    "By the articles, who {past}?",
)
WHEN_QUOTED: Sequence[str] = (
    "When did {name} say “{quote}”?",
    "On what date did {name} say “{quote}”?",
    "What day was it when {name} said “{quote}”?",
    "When was {name} quoted with the words “{quote}”?",
)
WHEN: Sequence[str] = (
    "When did {name} {base}?",
    "On which day did {name} {base}?",
    "What was the date on which {name} {past}?",
)
WHAT: Sequence[str] = (
    "What did {name} say about {topic}?",
    "What was said by {name} about {topic}?",
    "How did {name} speak of {topic}?",
    "What were the words of {name} on {topic}?",
    "What does {name} have to say on {topic}?",
)
LIST: Sequence[str] = (
    "Who has spoken about {topic}?",
    "Which people have said something about {topic}?",
    "Who in the articles talks about {topic}?",
    "Name those who spoke of {topic}.",
)
NEARMISS_QUOTED: Sequence[str] = (
    "When did {name} say “{quote}”?",
    "Where did {name} say “{quote}”?",
    "To whom did {name} say “{quote}”?",
    "Why did {name} say “{quote}”?",
    "On what occasion did {name} say “{quote}”?",
)
NEARMISS: Sequence[str] = ("When did {name} {base}?", "Why did {name} {base}?", "Where did {name} {base}?")
ABSENT: Sequence[str] = (
    "What did {name} say about {topic}?",
    "When did {name} speak about {topic}?",
    "What is the view of {name} on {topic}?",
    "Why did {name} bring up {topic}?",
    "What does {name} have to say on {topic}?",
)
# Things that many archives say nothing of. One of which any word stands in the archive is passed over.
TOPICS: Sequence[str] = (
    "beekeeping",
    "violin lessons",
    "the price of saffron",
    "lighthouse keepers",
    "crossword puzzles",
    "figure skating",
    "hot-air balloons",
    "chess tournaments",
    "stamp collecting",
    "the restoration of frescoes",
    "pigeon racing",
    "tramway timetables",
    "marionette theatres",
    "the tuning of pianos",
    "medieval manuscripts",
    "hazelnut harvests",
    "electric bicycles",
    "school lunches",
    "the minimum wage",
    "rail fares",
    "organ donation",
    "wolves and sheep",
    "lithium mines",
    "video games",
    "dentists",
    "wind turbines",
    "student loans",
    "library opening hours",
    "the death penalty",
    "space telescopes",
    "football stadiums",
    "parking fines",
    "potato blight",
    "tobacco advertising",
    "noise from nightclubs",
    "municipal swimming pools",
    "copyright of songs",
    "glaciers",
    "avalanche warnings",
    "the taxation of yachts",
)
# Words that say too little to be what a question is about, or what its answer is known by.
VAGUE = frozenset(
    """importance issue issues thing things way ways time times people person year years month week day days
    today lot kind sort part number point fact case question questions matter matters place world country
    countries government good great new old first last next many several different important certain clear
    sure able need needs want wants make made take taken work working going think know look looking see seen
    put set use used let mean means really actually also well still even back ahead much like side sides two
    three one something nothing anything everything everyone moment end start range levels level area areas
    keep keeps kept stay stays face faces faced focus stop type types making serious hold held talk talks
    come comes came give given find found bring brought become became call called said told spoke feel felt
    seem seems better best long short high low right wrong real full open whole general common possible both
    whether lies known touch position positions attitude version situation core end middle result results
    member members hundreds thousands millions couple number backdrop basis""".split()
)
