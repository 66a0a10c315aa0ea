"""Which local entities are one: union-find that keeps the reason of every union, and apart what a user keeps apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from kg.resolve.rules import RULES

T = TypeVar("T")

Side = tuple[int, int]  # the pair that a user keeps apart, and which end of it


class Union(NamedTuple):
    """Two local entities that a rule took for one."""

    a: int
    b: int
    rule: str
    score: float


class Groups:
    """Local entities 0..n-1, each at first a group of its own.

    A union is refused when it would bring both ends of a pair in `sides` together, or two different `rows` of the
    seeds, whatever chain leads there.
    """

    def __init__(self, n: int, sides: Mapping[int, frozenset[Side]], rows: Mapping[int, str]) -> None:
        self._parent = list(range(n))
        self._size = [1] * n
        self._sides = dict(sides)
        self._rows = dict(rows)
        self.unions: list[Union] = []

    def find(self, number: int) -> int:
        """The group's root. It changes with unions: keep it only for as long as none happens."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def unite(self, a: int, b: int, rule: str, score: float | None = None) -> bool:
        """Make one group of two and keep why; False when they must stay apart, True also when they were one before."""
        first, second = self.find(a), self.find(b)
        if first == second:
            return True
        sides = self._sides.get(first, frozenset()) | self._sides.get(second, frozenset())
        if any((pair, 1 - end) in sides for pair, end in sides):
            return False
        row = self._rows.get(first) or self._rows.get(second)
        if row != self._rows.get(second, row):
            return False
        if self._size[first] < self._size[second]:
            first, second = second, first
        self._parent[second] = first
        self._size[first] += self._size[second]
        if sides:
            self._sides[first] = sides
        if row:
            self._rows[first] = row
        self.unions.append(Union(a, b, rule, RULES[rule].score if score is None else score))
        return True

    def unite_all(self, numbers: Iterable[int], rule: Callable[[int, int], str]) -> list[int]:
        """Make one group of all of them, or as few as the pairs kept apart allow; gives one member of each."""
        heads: list[int] = []
        for number in numbers:
            if not any(self.unite(head, number, rule(head, number)) for head in heads):
                heads.append(number)
        return heads

    def members(self) -> dict[int, list[int]]:
        """Root -> its members in order."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._parent)):
            found.setdefault(self.find(number), []).append(number)
        return found


class Family(Generic[T]):
    """The groups of one family with what is known of each: two whose knowledge contradicts stay two.

    `combine` gives what is known of both together, or None when they cannot be one.
    Because it looks at whole groups, a chain of likeness (a ~ b ~ c) cannot join an a and a c that contradict.
    """

    def __init__(self, groups: Groups, combine: Callable[[T, T], T | None]) -> None:
        self.groups = groups
        self._combine = combine
        self._known: dict[int, T] = {}
        self.heads: list[int] = []

    def add(self, head: int, known: T) -> None:
        """Enter a group by one of its members."""
        self.heads.append(head)
        self._known[self.groups.find(head)] = known

    def known(self, number: int) -> T:
        return self._known[self.groups.find(number)]

    def distinct(self) -> list[int]:
        """One member of each group, in the order in which they were entered."""
        seen: dict[int, int] = {}
        for head in self.heads:
            seen.setdefault(self.groups.find(head), head)
        return list(seen.values())

    def fits(self, a: int, b: int) -> bool:
        """Whether what is known of the two does not contradict."""
        return self.groups.find(a) == self.groups.find(b) or self._combine(self.known(a), self.known(b)) is not None

    def unite(self, a: int, b: int, rule: str, score: float | None = None) -> bool:
        """As `Groups.unite`; False also when what is known of the two contradicts."""
        if self.groups.find(a) == self.groups.find(b):
            return True
        both = self._combine(self.known(a), self.known(b))
        if both is None or not self.groups.unite(a, b, rule, score):
            return False
        self._known[self.groups.find(a)] = both
        return True
