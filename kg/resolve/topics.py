"""Topics: by the seeds' scheme, else by the words in lower case and singular."""

from __future__ import annotations

from kg.resolve.bodies import title_rule
from kg.resolve.claims import Claims
from kg.resolve.groups import Groups
from kg.resolve.names import title_words


def resolve_topics(claims: Claims, groups: Groups) -> None:
    """Join topics of the same words: "human resources development" is "Human resource development".

    Order counts: "security policy" is not "policy security".
    """
    buckets: dict[tuple[str, ...], list[int]] = {}
    for number in claims.of_type("Topic"):
        key = title_words(claims.entity(number).name)
        if key:
            buckets.setdefault(key, []).append(number)
    for bucket in buckets.values():
        groups.unite_all(bucket, lambda a, b: title_rule(claims, a, b))
