"""Predicate frames: for each verb that the rules know, who does it, to whom, and with which prepositions.

Built from the dependency parse, with what parsers lose put back: subjects shared by coordination, relative and
participial clauses, passives with their agents.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract.parse import Parse
from kg.extract.wordlists import word_list, word_table

_DOUBLING = word_list("frames", "doubling")  # "plan" -> "planned"
_IRREGULAR = word_table("frames", "irregular")  # past and participle


def inflect(base: str) -> list[str]:
    """All forms of a verb: third person, past, participle, -ing.

    >>> inflect("ratify")
    ['ratify', 'ratifies', 'ratifying', 'ratified']
    >>> inflect("meet")
    ['meet', 'meets', 'meeting', 'met', 'met']
    >>> inflect("agree")
    ['agree', 'agrees', 'agreeing', 'agreed']
    """
    if base.endswith(("s", "sh", "ch", "x", "z", "go")):
        third = base + "es"
    elif base.endswith("y") and base[-2] not in "aeiou":
        third = base[:-1] + "ies"
    else:
        third = base + "s"
    doubled = base[-1] if _doubles(base) else ""
    stem = base[:-1] if base.endswith("e") and not base.endswith(("ee", "ye")) else base + doubled
    ing = base + "ing" if base.endswith("ee") else stem + "ing"
    if base in _IRREGULAR:
        return [base, third, ing, *_IRREGULAR[base].split()]
    past = third[:-3] + "ied" if third.endswith("ies") else base + "d" if base.endswith("e") else stem + "ed"
    forms = [base, third, ing, past]
    # "travelled" in London, "traveled" in Washington
    return [*forms, base + "ling", base + "led"] if base.endswith("el") else forms


def _doubles(base: str) -> bool:
    return base in _DOUBLING


@dataclass(slots=True)
class Frame:
    """A verb at token `verb` with the head tokens of its arguments. `base` is the dictionary form."""

    verb: int
    base: str
    passive: bool = False
    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    obliques: dict[str, list[int]] = field(default_factory=dict)
    clauses: list[int] = field(default_factory=list)
    negated: bool = False
    auxiliaries: tuple[str, ...] = ()

    def with_preposition(self, *prepositions: str) -> list[int]:
        """The head tokens after any of these prepositions."""
        return [token for name in prepositions for token in self.obliques.get(name, ())]


@functools.lru_cache(maxsize=8)
def verb_forms(bases: tuple[str, ...]) -> dict[str, str]:
    """Inflected form -> dictionary form, for all verbs of the rules."""
    forms: dict[str, str] = {}
    for base in bases:
        for form in inflect(base):
            forms.setdefault(form, base)
    return forms


def build_frames(parse: Parse, forms: dict[str, str], built: Iterable[Frame] = ()) -> list[Frame]:
    """A frame for each verb of the document that `forms` knows, in order; taken from those `built` before, if there."""
    known = {(frame.verb, frame.base): frame for frame in built}
    frames: list[Frame] = []
    for i, word in enumerate(parse.lower):
        base = forms.get(word)
        if base is not None and (
            parse.tags[i].startswith("V")
            or parse.deps[i] in ("ROOT", "relcl", "advcl")
            and parse.tags[i] in ("NN", "JJ")
        ):
            frames.append(known.get((i, base)) or _frame(parse, i, base))
    return frames


def _frame(parse: Parse, verb: int, base: str) -> Frame:
    frame = Frame(verb, base)
    frame.passive = _is_passive(parse, verb)
    _read_children(parse, frame)
    lost_patient = frame.passive and not frame.objects and parse.deps[verb] in ("conj", "advcl")
    if lost_patient or (not frame.subjects and not (frame.passive and frame.objects)):
        _inherit_subject(parse, frame)  # "X arrived last night and was received by Y"
    return frame


def _is_passive(parse: Parse, verb: int) -> bool:
    if parse.tags[verb] != "VBN":
        return False
    children = parse.children[verb]
    if any(parse.deps[c] in ("nsubjpass", "auxpass", "agent") for c in children):
        return True
    if parse.deps[verb] == "acl":
        return True
    if (
        parse.deps[verb] == "advcl"
        and not any(parse.deps[c] == "aux" for c in children)
        and not any(parse.deps[c] == "dobj" for c in children)
    ):
        return True
    if parse.deps[verb] == "conj" and not any(parse.deps[c] in ("nsubj", "dobj", "aux") for c in children):
        head = parse.heads[verb]
        return parse.tags[head] == "VBN" and _is_passive(parse, head)
    return False


def _read_children(parse: Parse, frame: Frame) -> None:
    auxiliaries = []
    for child in _children(parse, frame.verb):
        dep = parse.deps[child]
        if dep == "nsubj":
            frame.subjects += _conjuncts(parse, _antecedent(parse, child))
        elif dep == "nsubjpass" or dep in ("dobj", "attr", "dative", "oprd"):
            frame.objects += _conjuncts(parse, _antecedent(parse, child))
        elif dep == "agent":
            for grandchild in parse.children[child]:
                if parse.deps[grandchild] == "pobj":
                    frame.subjects += _conjuncts(parse, grandchild)
        elif dep in ("prep", "dative") or (dep == "advmod" and parse.tags[child] == "IN"):
            _read_preposition(parse, frame, child)
        elif dep == "neg" or parse.lower[child] in ("never", "hardly") or is_nor(parse, child, frame.verb):
            frame.negated = True
        elif dep in ("aux", "auxpass"):
            auxiliaries.append(parse.lower[child])
        elif dep in ("ccomp", "xcomp"):
            frame.clauses.append(child)
        elif dep == "advmod" and parse.lower[child] == "when":
            pass
    frame.auxiliaries = tuple(auxiliaries)
    _relative_object(parse, frame)


def is_nor(parse: Parse, token: int, verb: int) -> bool:
    """As in "Nor did the presidents of A and B come": it denies the verb behind it."""
    if parse.deps[token] == "aux":
        return 0 < token < verb and parse.lower[token - 1] == "nor"
    return token < verb and parse.lower[token] == "nor" and parse.deps[token] in ("cc", "preconj", "advmod", "nsubj")


def _children(parse: Parse, verb: int) -> list[int]:
    """The dependents of a verb, with those that the parser hung on the "co" of "co-chaired"."""
    if verb < 2 or parse.words[verb - 1] != "-" or parse.lower[verb - 2] != "co":
        return parse.children[verb]
    split = (verb - 2, verb - 1, verb)
    return sorted(c for token in split for c in parse.children[token] if c not in split)


def _relative_object(parse: Parse, frame: Frame) -> None:
    """As in "the summit (that) he attended": the noun before the clause is the object."""
    if parse.deps[frame.verb] == "relcl" and frame.subjects and not frame.passive and not frame.objects:
        head = parse.heads[frame.verb]
        if head not in frame.subjects:
            frame.objects.append(head)


def _read_preposition(parse: Parse, frame: Frame, preposition: int) -> None:
    name = parse.lower[preposition]
    for child in parse.children[preposition]:
        if parse.deps[child] in ("pobj", "pcomp"):
            target = _antecedent(parse, child)
            frame.obliques.setdefault(name, []).extend(_conjuncts(parse, target))
        elif parse.deps[child] == "prep":
            _read_preposition(parse, frame, child)


def _conjuncts(parse: Parse, token: int) -> list[int]:
    """The token with all that is coordinated with it or in apposition to it, in order."""
    found, stack = [], [token]
    while stack:
        current = stack.pop()
        found.append(current)
        stack.extend(c for c in parse.children[current] if parse.deps[c] in ("conj", "appos") and c > current)
    return sorted(found)


def _antecedent(parse: Parse, token: int) -> int:
    """The noun that a relative pronoun stands for; any other token itself."""
    if parse.tags[token] not in ("WDT", "WP", "WP$") and not (
        parse.lower[token] == "that" and parse.tags[token] in ("WDT", "IN")
    ):
        return token
    verb = parse.heads[token]
    for _ in range(4):
        if parse.deps[verb] == "relcl":
            return parse.heads[verb]
        if parse.heads[verb] == verb:
            break
        verb = parse.heads[verb]
    return token


def governing_subjects(parse: Parse, verb: int) -> list[int]:
    """The subjects of the verb above: whom "set off … to attend" says to attend, if the parser gave another subject."""
    head = parse.heads[verb]
    if head == verb:
        return []
    found = [c for c in parse.children[head] if parse.deps[c] in ("nsubj", "nsubjpass")]
    return [t for c in found for t in _conjuncts(parse, _antecedent(parse, c))]


def _inherit_subject(parse: Parse, frame: Frame) -> None:
    """Subjects from the clause above: coordination, infinitives, participles, relative clauses."""
    verb = frame.verb
    for _ in range(4):
        dep, head = parse.deps[verb], parse.heads[verb]
        if head == verb:
            return
        if dep == "acl" and parse.tags[frame.verb] == "VBN" and verb == frame.verb:
            if not frame.objects:
                frame.objects += _conjuncts(parse, head)
            return
        if dep in ("acl", "relcl") and not parse.tags[head].startswith("V"):
            frame.subjects += _conjuncts(parse, head) if dep == "acl" else [head]
            return
        if dep in ("conj", "xcomp", "advcl", "pcomp", "dep", "ccomp", "acomp", "prep"):
            if dep == "ccomp" and parse.tags[frame.verb] not in ("VB", "VBG"):
                return
            above = [
                t
                for c in parse.children[head]
                if parse.deps[c] in ("nsubj", "nsubjpass")
                for t in _conjuncts(parse, _antecedent(parse, c))
            ]
            if above:
                passive_above = _is_passive(parse, head)
                target = (
                    frame.objects
                    if frame.passive and not (passive_above is False and dep == "conj")
                    else frame.subjects
                )
                if frame.passive and dep in ("conj", "advcl"):
                    target = frame.objects
                target += [t for t in above if t not in target and t != frame.verb]
                return
            verb = head
            continue
        return
