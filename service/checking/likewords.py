"""Words that mean nearly the same, and words that mean opposite things, in the language of news; constants only.

Written for this check: what news says of talks, orders, protests, numbers and dates. Words that are alike beyond these
lists are recognised by their vectors.
"""

from __future__ import annotations

from typing import Final

from retriever.wording import stem

_IRREGULAR = """
add adds added adding | emphasise emphasises emphasised emphasising emphasize emphasizes emphasized emphasizing
criticise criticises criticised criticising criticize criticizes criticized criticizing
say said says saying | tell told tells telling | meet met | hold held | give gave given | take took taken | find found
go went gone | come came | make made | keep kept | lead led | leave left | lose lost | win won | pay paid
put puts putting | send sent | build built | see saw seen | speak spoke spoken | think thought | know knew known
become became | begin began begun | bring brought | buy bought | catch caught | choose chose chosen | cut cuts cutting
deal dealt | draw drew drawn | fall fell fallen | fight fought | fly flew flown | forbid forbade forbidden
get got gotten | grow grew grown | hear heard | hit hits hitting | hurt hurts | lay laid | lie lay lain | mean meant
read reads | rise rose risen | run ran | seek sought | sell sold | set sets setting | shoot shot | show showed shown
shut shuts | sink sank sunk | sit sat | spend spent | stand stood | steal stole stolen | strike struck
swear swore sworn | teach taught | throw threw thrown | understand understood | wear wore worn
withdraw withdrew withdrawn | write wrote written | break broke broken | drive drove driven | eat ate eaten
feel felt | let lets | ring rang rung | undertake undertook undertaken | overturn overturned
die died dies dying death dead | child children | man men | woman women | person people persons | bear bore borne
foresee foresaw | arise arose arisen | spread spreads | cost costs | bid bids | beat beats beaten | bind bound
freeze froze frozen | hide hid hidden | forget forgot forgotten | forgive forgave | swim swam | ride rode ridden
sleep slept | tear tore torn | wake woke | bite bit bitten | uphold upheld | overthrow overthrew overthrown
oversee oversaw overseen | withhold withheld | sign signed signs signing
"""
_ALIKE = """
say tell state remark declare add note mention comment explain announce report speak point argue claim maintain
stress emphasise emphasize underline underscore insist reiterate repeat highlight
ask request urge call demand appeal press want seek beg plead implore require | warn caution alert
promise pledge vow commit assure undertake guarantee swear
criticise criticize condemn denounce blame blast slam deplore rebuke fault attack
praise welcome hail commend applaud congratulate | thank grateful gratitude appreciate appreciation
concern worry alarm anxiety unease apprehension fear uneasy anxious troubled worried concerned alarmed
regret sorrow sadness sorry condolence sympathy grief sad | expect predict forecast foresee anticipate
believe think consider view regard feel opinion | hope wish look | propose suggest recommend offer put forward idea
plan intend aim mean scheduled due | admit concede acknowledge confess accept recognise recognize
deny reject refuse dismiss refute rebuff decline spurn turn
agree consent concur accord agreement deal understanding arrangement pact
oppose object protest opposition complain complaint objection resist
talk meet discuss dialogue conversation consultation negotiation discussion speak exchange confer meeting
visit trip travel journey go stay tour | phone telephone call ring hotline dial
begin start open launch commence initiate | end stop finish conclude cease close halt terminate complete
continue remain persist go keep last | resume restart reopen return restore revive
suspend halt freeze pause interrupt | postpone delay defer put cancel
increase rise grow climb raise expand up more jump surge gain higher
decrease fall drop decline reduce cut shrink lower less fewer slump shed
ban prohibit bar forbid block embargo prohibition outlaw halt | allow permit let authorise authorize admit
lift remove end scrap abolish drop withdraw revoke rescind | free release let
arrest detain hold seize custody detention imprison jail | kill die murder slay death dead deadly fatal
injure wound hurt harm | attack assault stab strike knife | vessel ship boat craft | plane aircraft jet airplane
missile rocket projectile | fire launch shoot test | island isle islet | buoy marker | fish seafood marine
water wastewater effluent discharge release | discharge release dump
boy pupil child schoolboy schoolchild student youngster son | girl pupil child schoolgirl student daughter
firm company business enterprise corporation | worker employee staff labourer
boss head chief leader chair president lead director run | minister secretary | premier prime
spokesman spokeswoman spokesperson speak | ambassador envoy | diplomat official envoy
office ministry department bureau | government administration authority state cabinet | country nation state
side party | relation tie relationship link | problem issue matter question dispute row | step measure action move
goal aim objective purpose | reason cause motive ground because why explanation account
result outcome consequence effect | answer reply respond response | letter note message
statement communique declaration | journalist reporter press media newspaper | citizen national resident people public
crowd protester demonstrator | police officer | army military troop force soldier | weapon arm | war conflict fighting
peace stability stable peaceful calm | safe safety security secure protect protection
danger dangerous risk threat peril risky | serious grave deep severe strong profound extreme
big large great huge major sizeable substantial considerable | small little minor modest
quick fast rapid swift soon prompt early | slow gradual step
important key vital crucial essential central significant | good fine well positive | bad poor ill negative
hard difficult tough tricky | clear plain evident obvious | new fresh another further second
former previous ex earlier past | near close | first initial inaugural | yearly annual year | month monthly
week weekly | day daily | buy purchase acquire | sell sale | pay fund finance cover | cost expense price bill charge
money cash fund | trade commerce business | export sell ship | import buy | build construct make erect
use employ apply | give hand provide grant supply offer deliver present | get receive obtain gain win secure
send dispatch ship | show display reveal demonstrate indicate | tell inform brief notify
help aid assist support back assistance | back support endorse favour favor | try attempt seek effort
happen occur take place | choose elect pick select appoint name | become turn grow
change alter adjust shift amend modify revise adjustment
check inspect examine monitor test verify monitoring inspection sample | find discover spot locate
follow trail shadow chase | enter intrude incursion violate | leave depart go exit quit | arrive come reach
return back home | wait await | early ahead before | late after | again anew once back | still yet | also too
only just merely | about around roughly some approximately nearly almost | more over above exceed than
sign ink conclude | host receive greet | summon call | travel tour tourist visitor traveller traveler | home house
school classroom | hospital clinic | doctor physician | mother parent | father parent | husband wife spouse
stay remain | live reside | old elderly aged | young youth | grow rise | own belong | need require must necessary
able can could | hold keep stay retain detain | handle deal treat manage | voice express raise convey utter
mention raise cite refer touch bring | meddle interfere intervene | direct aim target | interrogate question ask
disclose reveal publish publicise print release issue | announce publish release | measure size span across
last run take continue go | behave act conduct | recall remember | guess speculate | dismantle take apart
sight see spot notice | strengthen bolster reinforce determined determination resolve | rely depend stand
anonymous unnamed named | timetable schedule calendar | cooperate work collaborate | sequence order
dislike unhappy regret | rid disposal remove | participant delegate | single one alone
hardly negligible little barely | story case affair | association organisation organization body group members
hold take | detainee prisoner captive | oppose against | conclude find | carry conduct hold | deepen close closer tie
"""
_OPPOSITES = """
accept agree approve welcome / reject refuse decline deny dismiss spurn | agree concur / disagree differ
confirm affirm acknowledge admit / deny | support back endorse favour favor / oppose resist object
increase rise grow climb raise expand jump surge gain / decrease fall drop decline reduce cut shrink lower slump lose
more greater higher / less fewer lower | most / least | before ahead prior / after following
begin start open launch / end stop finish close cease halt conclude
resume restart reopen restore continue / suspend halt stop cancel end break cease
allow permit let authorise authorize / ban prohibit bar forbid block prevent stop
lift remove end scrap drop / impose keep maintain introduce tighten | impose introduce / lift remove scrap
release free / arrest detain hold seize imprison jail | include / exclude
succeed success successful / fail failure unsuccessful | win / lose
praise welcome hail commend / criticise criticize condemn denounce blame slam | thank / blame
optimistic hopeful confident / pessimistic doubtful | safe / dangerous unsafe | good / bad
better improve improvement / worse worsen deteriorate deterioration | strengthen deepen / weaken | strong / weak
easy / difficult hard | early / late | first / last | open public / secret private closed | possible / impossible
able / unable | willing / unwilling reluctant | likely / unlikely | legal lawful / illegal unlawful | known / unknown
stable / unstable | satisfied / dissatisfied unhappy | happy pleased glad / unhappy angry sad | popular / unpopular
usual / unusual | certain sure / uncertain unsure | clear / unclear | necessary needed / unnecessary needless
complete full / incomplete partial | full / empty partial | enough sufficient / insufficient | import / export
buy purchase / sell | enter arrive / leave depart withdraw | arrive come / leave depart
stay remain / leave depart quit | keep maintain / drop abandon give | join / leave quit | send / receive | give / take
attack / defend | protect / endanger | ally friend / enemy rival | peace / war | civilian / military
domestic / foreign | indoor / outdoor | remember / forget | trust / distrust mistrust | hope / fear | calm / anxious
quick fast rapid swift sudden / slow gradual | gradual step / sudden immediate
immediate once / later eventual gradual | near close / far distant | north northern / south southern
east eastern / west western | up / down | above over / below under | inside within / outside | left / right
present attend / absent | alive survive / dead die | born / die | large big huge / small little tiny | long / short
old / new young | rich / poor | public / private | same / different | always / never
everyone everybody all / nobody none | majority / minority | victory / defeat | guilty convict / innocent acquit
permanent / temporary | voluntary / compulsory mandatory forced | direct / indirect
formal official / informal unofficial | joint common / separate | unanimous / divided
honour honor keep / break violate | comply obey / defy violate | escalate / defuse ease | ease relax loosen / tighten
tense / relaxed calm | advance / retreat | appoint hire / dismiss fire sack | man / woman | men / women | boy / girl
father / mother | son / daughter | brother / sister | husband / wife | morning / evening afternoon night | day / night
today / yesterday tomorrow | yesterday / tomorrow | summer / winter | spring / autumn fall | visit / avoid
propose suggest consider weigh mull plan / adopt approve decide pass agree sign | consider weigh mull / decide rule
urge encourage / discourage dissuade | predecessor / successor | winner / loser | wholesale / retail
minimum / maximum | positive / negative | asset / liability | credit / debt | debit / credit | supply / demand
teacher / pupil student | employer / employee | buyer / seller | exporter / importer | victim / attacker
plaintiff / defendant | inflow / outflow | surplus / deficit | profit / loss | hot / cold | warm / cold cool
heavy / light | wide broad / narrow | deep / shallow | fair / unfair | just / unjust | reasonable / unreasonable
acceptable / unacceptable | welcome / unwelcome | fit suitable / unfit unsuitable | relevant / irrelevant
reversible / irreversible | dependent / independent | consistent / inconsistent | responsible / irresponsible
regular / irregular | visible / invisible | active / inactive | expected / unexpected | prepared / unprepared
armed / unarmed | cautious / reckless
"""
_VAGUE = """
be have do will would can could may might shall should must not very quite rather so as then there here also too just
only even still already however moreover meanwhile therefore thus accordingly respectively etc so-called yes no well now
according regarding concerning such same own other another both each every any some many much several few
more most less least than first-hand part kind sort way thing one ones time
say tell add state note mention remark article text passage source report
""".split()


def _groups(written: str) -> list[list[str]]:
    return [part.split() for line in written.strip().splitlines() for part in line.split("|")]


BASE: Final = {form: stem(group[0]) for group in _groups(_IRREGULAR) for form in group}


def _base(word: str) -> str:
    return BASE.get(word) or stem(word)


def _classes() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(_groups(_ALIKE)):
        for word in group:
            found.setdefault(_base(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _opposed() -> frozenset[tuple[str, str]]:
    pairs = set()
    for group in _groups(_OPPOSITES):
        middle = group.index("/")
        ours, theirs = group[:middle], group[middle + 1 :]
        pairs |= {(_base(one), _base(other)) for one in ours for other in theirs}
    return frozenset(pairs | {(other, one) for one, other in pairs})


ALIKE: Final = _classes()  # base -> numbers of the groups it is in
OPPOSED: Final = _opposed()  # pairs of bases, each in both orders
EMPTY: Final = frozenset(_VAGUE)  # carry nothing that a source would have to bear out
