"""Entities that the seeds know: everything found in the same row is one."""

from __future__ import annotations

from kg.resolve.claims import Claims
from kg.resolve.groups import Groups
from kg.resolve.names import words


def resolve_seeded(claims: Claims, groups: Groups) -> None:
    """Join what has the same seed; countries without a seed join by code, else by name."""
    rows: dict[tuple[str, str], list[int]] = {}
    for local in claims.locals:
        entity = local.entity
        if entity.seed is not None:
            rows.setdefault((entity.type, entity.seed), []).append(local.number)
        elif entity.type == "Country":
            code = entity.attributes.get("iso3") or " ".join(words(entity.name))
            rows.setdefault((entity.type, code), []).append(local.number)
    for numbers in rows.values():
        groups.unite_all(numbers, lambda a, b: "seed" if claims.entity(a).seed else "same name")
