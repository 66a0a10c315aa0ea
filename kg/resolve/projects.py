"""Projects outside the seeds: by the words of their names; numbers and phases must agree."""

from __future__ import annotations

from kg.resolve.bodies import Body, combine, equal_titles, in_order, join_acronyms, join_other_names, join_spellings
from kg.resolve.claims import Claims
from kg.resolve.groups import Family, Groups
from kg.resolve.wordlists import PROJECT_TAILS

_STEM = 7  # letters: "simplif" holds "simplifying" and "simplification" together
_FEWEST_WORDS = 3  # below that, stems agree by chance


def resolve_projects(claims: Claims, groups: Groups) -> None:
    """Join local projects. A name without a proper word ("training project") stays its document's own."""
    family: Family[Body] = Family(groups, combine)
    for head, body in equal_titles(claims, groups, claims.of_type("Project"), tails=PROJECT_TAILS):
        family.add(head, body)
    for step in (join_other_names, join_acronyms, join_spellings, _join_stems):
        step(family)


def _join_stems(family: Family[Body]) -> None:
    buckets: dict[object, list[int]] = {}
    for head in family.distinct():
        for core, countries in in_order(family.known(head).keys):
            if len(core) >= _FEWEST_WORDS:
                buckets.setdefault((tuple(sorted(word[:_STEM] for word in core)), countries), []).append(head)
    for heads in buckets.values():
        for head in heads[1:]:
            family.unite(heads[0], head, "same stems")
