"""Lines that belong to a news page and not to its article, told by their words alone: "Share this", "Home > World"."""

from __future__ import annotations

import re

# Longer lines are prose, and only a few notices are looked for in them.
LONGEST = 160
_FEW_WORDS = 4


def is_furniture(text: str) -> bool:
    """Whether a whole line is navigation, a label, a button or a notice.

    >>> is_furniture("Home > World > Asia"), is_furniture("Read more: Ministers meet"), is_furniture("Ministers meet")
    (True, True, False)
    """
    if any(word in text for word in _NOTICE_WORDS) and _NOTICE.search(text):
        return True
    if len(text) > LONGEST:
        return False
    text = text.lstrip("-–•* ")
    if _CALL.fullmatch(text) or not _LETTER.search(text):
        return True
    # "More in the way of trade is needed." is a sentence, "More in World" a label.
    is_sentence = text.endswith(".") and len(text.split()) > _FEW_WORDS
    return not is_sentence and (bool(_LABEL.fullmatch(text)) or _is_navigation(text))


_LETTER = re.compile(r"[^\W\d_]")
# Looking for words is cheap and turns nearly every paragraph away.
_NOTICE_WORDS = ("ookie", "ollow us", "not responsible")
_NOTICE = re.compile(
    r"\b(?:we|site|website|browser|continuing)\b[^\n]{0,80}\bcookies?\b"
    r"|\bcookies?\s(?:policy|settings|notice|preferences)\b|\b(?:accept|manage|reject)\s(?:all\s)?cookies\b"
    r"|\bfollow\sus\son\s(?:social|facebook|twitter|x|instagram|google|telegram|whatsapp|youtube|linkedin)\b"
    r"|\bnot\sresponsible\sfor\s(?:the|any)\scontent\b",
    re.IGNORECASE,
)

# Asks the reader to do something, or claims a right: may end in a full stop.
_CALL = re.compile(
    r"""
      (?:follow|join|like|find)\s(?:us|our)\b.{0,100}
    | (?:follow|join|find)\b.{0,60}\bon\s(?:whatsapp|telegram|facebook|twitter|instagram|google|youtube)\b.{0,40}
    | (?:also\s)?read\s?[|:]\s.{0,150} | (?:from|via|source)\b.{0,80}\bhttps?://\S+
    | (?:read|see|view|watch|learn)\s(?:more|also|next|full|related|all|further)\b.{0,150}
    | (?:also|must)\s(?:read|see|watch)\b.{0,150}
    | you\s(?:may|might)\s(?:also\s)?(?:like|be\sinterested).{0,60}
    | (?:subscribe|sign\s(?:up|in)|log\s?in|donate)\b.{0,120}
    | (?:get|receive)\s(?:the|our)\s(?:latest|daily|weekly|top)\b.{0,120}
    | (?:click|tap)\s(?:here|on|to)\b.{0,120} | (?:continue\sreading|story\scontinues)\b.{0,60}
    | (?:copyrights?|©|\(c\)).{0,140} | .{0,100}all\srights\sreserved.{0,40}
    | (?:terms|conditions)\sof\s(?:use|service).{0,60} | privacy\s(?:policy|notice|statement).{0,60}
    """,
    re.IGNORECASE | re.VERBOSE,
)

_SECTION = r"""
      home(?:\s?page)?
    | (?:(?:latest|breaking|top|local|world|business|national|international|related|other|more)\s)?news
    | politics(?:\s(?:&|and)\s(?:law|society|diplomacy))? | world | business | economy | international | national
    | region(?:al)? | asia(?:\s?pacific)? | africa | europe | americas? | middle\seast | opinion | editorial | sports?
    | government | world\saffairs | culture | society | diplomacy | foreign\s(?:affairs|policy|relations)
    | top\sstories | activities | events
    | press\s(?:releases?|room) | media(?:\scent(?:er|re))? | videos? | photos? | gallery | multimedia | podcasts?
    | about(?:\sus)? | contact(?:\sus)? | menu | search | e-?paper | archives?
"""
_COUNTED = r"(?:views?|reads?|hits|likes|shares|comments?)"
_LABEL = re.compile(
    rf"""
      {_SECTION}
    | (?:sources?|nguồn)(?:\s?[:：]\s?.{{0,60}})?
    | comments?(?:\s?\(\d+\))? | (?:leave|post|add|write|view)\s(?:a\s|all\s)?(?:comment|reply|comments|replies)
    | (?:share|tweet|print|e-?mail|save|bookmark|like|copy\slink|facebook|twitter|x|whats?app|telegram|linked\s?in
        |pinterest|messenger|zalo|instagram|youtube|rss|pdf)(?:\s(?:this|on|via|to|with|by)\b.{{0,40}})?
    | share(?:\sthis)?(?:\s(?:article|story|news|post|page))?\s?[:!]?
    | (?:related|recommended|similar|more|other|latest|popular|trending|most\s(?:read|popular|viewed|shared)|recent
        |featured)
      (?:\s(?:news|articles?|stories|topics?|posts?|reading|coverage|content|videos?|links?|tags?|from|on|in
        |headlines))?
      (?:\s?:.{{0,140}}|\s(?:this|for)\s\w+)?
    | more\s(?:from|on|in|about)\s.{{1,60}} | latest\s(?:from|in|on)\s.{{1,40}} | source\slink
    | no\scomments?:? | feedback | others? | confirm | submit | cancel | reply | full\s?name | contents? | message
    | details
    | (?:tags?|topics?|keywords?|labels?|categor(?:y|ies)|filed\sunder|posted\sin|published\sin)\s?[:：].{{0,140}}
    | (?:filed\sunder|posted\sin)\s.{{1,60}}
    | advertise?ments? | ads? | sponsored(?:\scontent)? | promoted | partner\scontent | newsletters? | register
    | disclaimer | skip\sto\s.{{1,30}} | back\sto\s(?:top|home|list).{{0,20}} | go\sto\stop
    | (?:next|previous|prev)(?:\s(?:article|post|page|story))?
    | {_COUNTED}\s?[:：]?\s?[\d,.]+k?m? | [\d,.]+k?m?\s{_COUNTED}
    | \d+\s?min(?:ute)?s?(?:\sread)? | reading\stime.{{0,20}}
    | (?:\d+|an?)\s(?:minutes?|hours?|days?|weeks?|months?|years?)\sago
    | font\s?size | text\ssize | listen(?:\sto\sthis.{{0,20}})? | play\saudio | download | zoom | enlarge | expand
    | close | open | hide | show(?:\smore)?
    | (?:tel|telephone|phone|fax|hotline|mobile|e-?mail|website|web|address)\s?[:：].{{1,120}}
    | (?:https?://|www\.)\S+ | \S+@\S+\.\w+ | (?:the\s)?ends? | \#{{2,}} | x{{3,}}
    """,
    re.IGNORECASE | re.VERBOSE,
)

_STEPS = re.compile(r"\s[/>›»|·•→]\s|(?<=\w)\s?[›»]\s?(?=\w)")
_FIRST_STEP = re.compile(r"[/>›»→]\s")
_SECTION_NAME = re.compile(_SECTION, re.IGNORECASE | re.VERBOSE)


def _is_navigation(text: str) -> bool:
    """ "/ News / Activities", "Home > World > Asia": short steps, several of them or beginning with a known section."""
    first = _FIRST_STEP.match(text)
    steps = [step.strip() for step in _STEPS.split(text[first.end() :] if first else text)]
    if any(len(step.split()) > _FEW_WORDS or step.endswith((".", "!", "?")) for step in steps):
        return False
    return bool(first) or len(steps) > 2 or (len(steps) == 2 and bool(_SECTION_NAME.fullmatch(steps[0])))
