"""What dates look like in English: the patterns, each matched at a place where `TRIGGER` says that a date can begin.

Every repetition is bounded, so that no text can make a pattern walk the same stretch twice.
"""

from __future__ import annotations

import re

# One line end, for texts wrapped at a fixed width.
_S = r"(?:[^\S\n]{1,3}|[^\S\n]?\n(?!\n))"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![A-Za-z])"
)
FULL_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?!['’\w])"
)
# "7,000", "7.5", "7:30", "7%", "7pm" are no days; "7,2024" is one.
_DAY = (
    r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
    r"(?![0-9A-Za-z%]|[.,][0-9]{1,3}(?![0-9])|:[0-9])"
)
_YEAR = r"(?:1[89]|20)[0-9]{2}(?![0-9A-Za-z]|[.,][0-9]|%)"
_TO = rf"(?:{_S}?[-–—‒−]{_S}?|{_S}(?:to|until|till|through){_S}(?:the{_S})?)"
_OF = rf"{_S}(?:of{_S})?"
_YEAR_TAIL = (
    rf"(?:(?:,{_S}?|{_S})(?:of{_S})?(?P<year>{_YEAR})"
    rf"|,?{_S}(?:of{_S})?(?:the{_S})?(?P<year_word>this|last|next|that|same){_S}year(?!\w))?"
)
# "May 5 and 6 in Hanoi" names two days, "May 5 and 6 countries" does not.
_NO_NOUN = (
    rf"(?!{_S}(?!(?:in|at|on|with|to|for|by|of|as|when|where|this|last|next|that|the|will|was|were|is|are|has|have|had"
    r"|and|after|before|during|under|between|via|from|it|he|she|they|also)(?![a-z]))[a-z])"
)


def _day_patterns(to: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Days with the month first, intervals and days with the month last; `to` joins the ends of an interval."""
    listed = rf"(?P<list>(?:,{_S}?{_DAY}){{0,6}}),?{_S}(?:and|&){_S}(?:the{_S})?(?P<d3>{_DAY})"
    return (
        re.compile(
            rf"(?P<m1>{_MONTH}){_S}?(?P<d1>{_DAY})(?:,{_S}(?P<y1>{_YEAR})(?={to}{_MONTH}))?"
            rf"(?:{to}(?:(?P<m2>{_MONTH}){_S})?(?P<d2>{_DAY})|{listed}{_NO_NOUN})?{_YEAR_TAIL}"
        ),
        re.compile(
            rf"(?P<d1>{_DAY}){_OF}(?P<m1>{_MONTH})(?:,?{_S}(?P<y1>{_YEAR}))?{to}"
            rf"(?P<d2>{_DAY}){_OF}(?P<m2>{_MONTH}){_YEAR_TAIL}"
        ),
        re.compile(
            rf"(?P<d1>{_DAY})(?:{to}(?P<d2>{_DAY})|{listed})?"
            rf"(?:{_OF}|-)(?P<m1>{_MONTH})(?:-(?P<y1>{_YEAR}))?{_YEAR_TAIL}"
        ),
    )


MONTH_FIRST, DAY_RANGE_FIRST, DAY_FIRST = _day_patterns(_TO)
# "between May 5 and 7" is an interval, where "on May 5 and 7" names two days.
MONTH_FIRST_BETWEEN, DAY_RANGE_FIRST_BETWEEN, DAY_FIRST_BETWEEN = _day_patterns(rf"(?:{_TO}|{_S}and{_S}(?:the{_S})?)")
MONTH_ONLY = re.compile(
    rf"(?P<m1>{_MONTH})(?:{_S}(?P<y1>{_YEAR}))?(?:(?:{_TO}|{_S}and{_S})(?P<m2>{_MONTH}))?{_YEAR_TAIL}"
)
BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
# Most numbers are no days: a cheap look ahead saves the three patterns.
A_MONTH_FOLLOWS = re.compile(r"[0-9]{1,2}(?![0-9]).{0,40}?(?:[ -]|\xa0|\n)[JFMASOND][aepucoAEPUCO]", re.DOTALL)
DAY_NUMBER = re.compile(_DAY)
ISO = re.compile(r"(?P<y>(?:1[89]|20)[0-9]{2})([-/.])(?P<m>0?[1-9]|1[0-2])\2(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9/])")
NUMERIC = re.compile(
    r"(?P<a>3[01]|[12][0-9]|0?[1-9])(?P<sign>[/.-])(?P<b>3[01]|[12][0-9]|0?[1-9])(?P=sign)"
    r"(?P<y>(?:1[89]|20)[0-9]{2})(?![0-9/])"
)

PERIOD = re.compile(
    rf"(?P<first>(?:1[89]|20)[0-9]{{2}})(?:{_S}?[-–—‒−/]{_S}?|{_S}(?:to|until|till|through){_S})"
    r"(?P<last>(?:1[89]|20)[0-9]{2}|[0-9]{2}(?=[\s,.;:)]|$))(?![0-9A-Za-z%]|[-/][0-9]|[.,][0-9])"
)
BETWEEN_YEARS = re.compile(rf"(?P<first>(?:1[89]|20)[0-9]{{2}}){_S}and{_S}(?P<last>(?:1[89]|20)[0-9]{{2}})(?![0-9])")
BARE_YEAR = re.compile(rf"{_YEAR}(?!-[0-9A-Za-z]|/[0-9])")
# "of 2000 delegates", "in 2024 MW": what follows a bare year must not make a quantity of it.
QUANTITY_AFTER = re.compile(
    rf"{_S}(?:(?!(?:was|is|has|as|its|this|thus|whereas|plus|across|towards|always|sees|marks|promises)\b)[a-z]+s\b"
    r"|(?:people|percent|per|million|billion|trillion|hundred|thousand|tonnes?|tons?|hectares?|ha|km|kg|m|square|cubic"
    r"|men|women|children|staff|troops|units?|megawatts?)\b|[kMGT]W|MW|US|USD|EUR|VND)"
)
YEAR_CONTEXT = re.compile(
    r"(?:^|[\s(\"“‘—–-])(?i:in|since|by|until|till|of|for|during|from|before|after|through|throughout|year|years|early"
    r"|late|mid|around|circa|about|end|between)(?:\s|-|\s(?:early|late|mid)[\s-])$"
)
FISCAL = re.compile(
    r"(?:fiscal(?:\syears?)?|financial(?:\syears?)?|FY|school\syear|academic\syear)(?:\s(?:of|in))?\s?-?$"
)
EVENT_NOUN = re.compile(
    rf"(?:{_S}[\w’'–-]+){{0,4}}?{_S}"
    r"(?i:summits?|conferences?|meetings?|forums?|dialogues?|sessions?|visits?|talks|consultations?)\b"
)
MONTH_CONTEXT = re.compile(
    r"(?:^|[\s(\"“—–-])(?P<word>(?i:in|last|next|this|since|until|till|by|during|early|late|mid|end\sof|month\sof"
    r"|beginning\sof|start\sof|middle\sof|between|from|for|to|before|after|through))[\s-]$"
)
SOFTENED = re.compile(r"(?:(?i:early|late|mid)(?:\s|-))$")

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?![a-z])"
_WEEKDAY_ANY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)(?![a-z])\.?)"
WEEKDAY_BEFORE_DATE = re.compile(
    rf"(?:(?:[Tt]oday,?{_S})?{_WEEKDAY_ANY}|[Tt]oday|[Tt]omorrow|[Yy]esterday|[Tt]his{_S}(?:morning|afternoon|evening))"
    rf"(?:,?{_S}(?:the{_S})?(?P<open>\()?|,)"
)
WEEKDAY_AFTER_DATE = re.compile(rf"{_S}?\({_WEEKDAY_ANY}\)|,{_S}a{_S}{_WEEKDAY}")


def _weekday_pattern(to: str) -> re.Pattern[str]:
    newspapers = "Times|Telegraph|Mirror|Express|Post|Mail|Guardian|Island|Observer|Standard"
    return re.compile(
        rf"(?P<day>{_WEEKDAY})(?!{_S}(?:{newspapers})\b)(?:{to}(?P<until>{_WEEKDAY}))?"
        rf"(?:,?{_S}(?:of{_S})?(?P<week>last|this|next){_S}week(?![a-z]))?"
    )


WEEKDAYS, WEEKDAYS_WITH_AND = _weekday_pattern(_TO), _weekday_pattern(rf"{_S}and{_S}")
WHICH_WEEKDAY = re.compile(r"(?<![\w])(?:this\s)?(?P<which>last|next|this|coming|past|upcoming)\s$", re.IGNORECASE)
DAYS_BEFORE = re.compile(
    r"(?<![\w.,])(?P<count>[0-9]{1,2}|a|one|two|three|four|five|six|seven|eight|nine|ten)\s$", re.IGNORECASE
)
HOLIDAY_BEFORE = re.compile(r"(?:Black|Good|Ash|Easter|Palm|Holy|Maundy|Bloody|Cyber)\s$")
PARENTHESIS_CLOSED = re.compile(r"\s?\)")

DAYS_AFTER = re.compile(r"days?\s(?P<way>ago|earlier|later)\b")
RELATIVE = re.compile(
    r"""(?i:
      (?P<today>today(?!['’]s) | today(?=['’]s\s(?:[\w-]+\s){0,2}(?:summit|meeting|talks|session|visit
                    |ceremony|conference|event|signing|forum|dialogue|statement|agreement))
                | this\s(?:morning|afternoon|evening) | tonight)
    | (?P<before_yesterday>(?:the\s)?day\sbefore\syesterday)
    | (?P<after_tomorrow>(?:the\s)?day\safter\stomorrow)
    | (?P<yesterday>yesterday(?!['’]s\s(?:world|men|man)) | last\snight)
    | (?P<tomorrow>tomorrow(?!['’]s))
    | (?P<which>this|last|next)\s(?P<unit>month|year)(?![\w-])
    | (?P<same>the\s(?:very\s)?same|that(?:\svery)?|that\ssame)\s(?P<same_unit>day|month|year)(?![\w-])
    | the\s(?P<step>next|following|previous|preceding)\sday(?![\w-]) | (?P<eve>the\sday\sbefore)(?=[,.;]|$)
    )""",
    re.VERBOSE,
)
# One pass over the text finds where an expression can begin; the patterns above are tried only there. It begins with a
# plain class of letters, which the regex engine searches for faster than for anything else.
TRIGGER = re.compile(
    r"[0-9AFJMNOSDTWYLadlnty](?<!\w.)(?:"
    r"(?P<digit>(?<=[0-9])(?<![$€£¥+#./].)(?<![0-9][,:–-].)[0-9]{0,3}(?![0-9]))"
    r"|(?P<month>(?<=J)(?:an|u[nl]|AN|U[NL])|(?<=F)(?:eb|EB)|(?<=M)(?:a[ry]|A[RY])|(?<=A)(?:pr|ug|PR|UG)|(?<=S)(?:ep|EP)"
    r"|(?<=O)(?:ct|CT)|(?<=N)(?:ov|OV)|(?<=D)(?:ec|EC))"
    r"|(?P<weekday>(?<=M)on|(?<=T)(?:ue|hu)|(?<=W)ed|(?<=F)ri|(?<=S)(?:at|un))"
    r"|(?P<relative>(?<=[Tt])(?:oday|onight|omorrow|his\s(?:mon|yea|mor|aft|eve)|hat\s(?:day|mon|yea|ver|sam)"
    r"|he\s(?:sam|very\ss|day\s[ab]|(?:next|following|previous|preceding)\sday))"
    r"|(?<=[Yy])esterday|(?<=[Ll])ast\s[myn]|(?<=[Nn])ext\s[my]|(?<=[Dd])ay\s[ab])"
    r"|(?P<ago>(?<=d)ays?\s(?:ago|earlier|later)))"
)
