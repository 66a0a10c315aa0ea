"""Words that many names share and that therefore tell nothing apart.

All are singular, American and in lower case, as `title_words` gives them.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Bodies that every state has: the name means nothing without the state.
STATE_BODIES = _set(
    "ministry department office bureau agency committee commission council assembly parliament senate congress "
    "secretariat embassy consulate cabinet government authority party police army navy force guard court chamber "
    "bank customs directorate administration board team group delegation mission union association front institute "
    "academy university center division service treasury presidency house majlis duma bundestag"
)

# Bodies that are one state's alone only when nothing but common words surround them ("Mekong Institute" is one body).
_ALWAYS_OF_A_STATE = _set("ministry department embassy consulate cabinet government parliament senate presidency")

# Papers that two sides sign or a meeting adopts: there are many of the same name.
INSTRUMENT_HEADS = _set(
    "statement communique declaration memorandum agreement protocol treaty convention accord pact deal arrangement "
    "letter minute contract loan note document resolution understanding commitment compact"
)

# Adjectives and nouns that names of bodies, papers, meetings and projects have in common.
COMMON = (
    _set(
        "joint bilateral trilateral multilateral mutual common general national international regional subregional "
        "central federal royal people state public republic supreme special permanent standing high senior level "
        "official prime minister ministerial president vice deputy head leader chairman secretary foreign external "
        "internal home interior affair economic social political diplomatic cultural culture technical scientific "
        "financial commercial industrial agricultural legal judicial military strategic comprehensive long term short "
        "medium framework action work working plan planning program strategy cooperation partnership relation "
        "development promotion facilitation coordination implementation management capacity building exchange support "
        "assistance aid grant credit financing fund investment trade industry commerce business economy finance "
        "budget  tax customs border land maritime sea water energy power oil gas mine mining transport transportation "
        "road  railway rail aviation port infrastructure construction housing health medical education training "
        "science  technology information communication digital telecommunication media tourism sport youth woman "
        "labor  employment agriculture food rice fishery forestry environment climate natural resource disaster "
        "defense  security crime police drug human right migration visa consular free area zone connectivity supply "
        "chain market  service goods product company enterprise private sector civil society year annual new old "
        "first second third  final draft detailed period phase side party country government document text set number "
        "several various other  four three two five six seven eight nine ten one peace stability friendship "
        "solidarity vision roadmap  mechanism initiative dialogue policy law system network review report ministry "
        "department office bureau agency  committee commission council assembly secretariat authority group forum "
        "conference meeting summit session talk  consultation visit trip tour call ceremony signing event gathering "
        "congress round seminar workshop symposium  exhibition expo fair week day birthday anniversary celebration "
        "project scheme center facility"
    )
    | INSTRUMENT_HEADS
)

# Words of meetings' names beside the series and the field that the ministers answer for.
MEETING_WORDS = _set(
    "summit meeting conference session talk consultation forum dialogue retreat gathering minister ministerial "
    "official senior leader head state government annual regular plenary special virtual online informal high level "
    "round cooperation th edition held event mechanism joint the"
)

# Adjectives that one report adds and the next leaves out; "economic" counts as one before "cooperation" only.
WEAK = _set("cooperation joint comprehensive overall detailed draft new official general")

PROJECT_TAILS = _set("project program scheme")

PLACE_TAILS = _set("city")
ADMINISTRATIVE_WORDS = _set(
    "province district region state county prefecture municipality town township village governorate oblast "
    "department territory capital special administrative"
)
# "held in Hanoi" and "held at the Presidential Palace" do not contradict.
VENUE_WORDS = _set(
    "palace hotel hall house center office building resort museum airport university ministry embassy convention "
    "bhawan bhavan kremlin room island gate port park stadium square headquarters secretariat base"
)


def is_state_body(core: frozenset[str]) -> bool:
    """Whether a body of these words belongs to a state and cannot be told apart without it.

    >>> is_state_body(frozenset({"ministry", "silk"})), is_state_body(frozenset({"institute", "mekong"}))
    (True, False)
    """
    return bool(core & _ALWAYS_OF_A_STATE) or (bool(core & STATE_BODIES) and core <= STATE_BODIES | COMMON)
