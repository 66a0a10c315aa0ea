"""Annotated reports, as people write them down: YAML in, the gold's JSON form out.

```yaml
- id: africa-001
  published: 2023-08-18
  text: |
    The 43rd SADC Summit opened in Luanda on Thursday.
    Angola's President Joao Example chaired the meeting.

    A line is a sentence; an empty line begins a new paragraph.
  entities:
    summit: Meeting | 43rd SADC Summit | The 43rd SADC Summit | the meeting
    example: Leader | Joao Example | President Joao Example
    angola: Country | Angola
    luanda: Place | Luanda
    sadc: Organization, Framework | SADC
  facts:
    - example chaired summit @2
    - example position "President" @2
    - summit heldOn "2023-08-17" @1
```
An entity is `Type | canonical name | other forms …`; further types that a careful reader would accept follow the first
one after a comma. A fact is `subject predicate object @sentence`; a value stands in double quotes. Sentences count
from 1.
`python -m kg.train.corpus FILE …` checks files and counts what they hold.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from kg.errors import InputError
from kg.vocabulary import ENTITY_TYPES, PREDICATES

_FACT = re.compile(r'^(\S+) (\w+) (?:"([^"]+)"|(\S+)) @(\d+)$')
_DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$")
# Names that a writer may put together: a country from its adjective, an acronym written out, a described meeting.
_COMPOSED = {"Country", "Meeting", "Framework", "Project", "Topic", "Organization"}


def read_corpus(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Every report of the files, in order, in the form of the gold documents.

    Raises `InputError`, which names the file, the report and the line that is wrong.
    """
    seen: set[str] = set()
    for path in paths:
        for number, row in enumerate(_load(path), start=1):
            where = f"{path.name}, report {row.get('id', number)}"
            report = _report(row, where)
            if report["id"] in seen:
                raise InputError(f"{where}: another report has this id")
            seen.add(report["id"])
            yield report


def _load(path: Path) -> list[dict[str, Any]]:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise InputError(f"{path.name}: not YAML: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{path.name}: a list of reports is wanted")
    return rows


def _report(row: dict[str, Any], where: str) -> dict[str, Any]:
    unknown = set(row) - {"id", "title", "published", "publisher", "text", "entities", "facts"}
    if unknown or not {"id", "text", "entities", "facts"} <= set(row):
        raise InputError(f"{where}: keys are id, title, published, publisher, text, entities, facts; found {list(row)}")
    # YAML reads "2024-05-01" as a date and "2024" as a number.
    published = str(row["published"]) if row.get("published") else None
    if published is not None and not _DATE.match(published):
        raise InputError(f"{where}: published is no ISO date: {published}")
    if odd := [key for key in row["entities"] or {} if not isinstance(key, str)]:
        raise InputError(f"{where}: the entity key {odd[0]!r} is no word in YAML; put it in quotes")
    sentences, text = _text(row["text"])
    entities = {key: _entity(key, line, text, where) for key, line in (row["entities"] or {}).items()}
    facts = [_fact(line, entities, sentences, where) for line in row["facts"] or ()]
    said = Counter((f["s"], f["p"], f.get("o") or f["value"]) for f in facts)
    if twice := [key for key, n in said.items() if n > 1]:
        raise InputError(f"{where}: said twice: {twice[0]}")
    return {
        "id": row["id"],
        "title": row.get("title") or None,
        "published": published,
        "publisher": row.get("publisher") or None,
        "text": text,
        "entities": list(entities.values()),
        "facts": facts,
        "figures": [],
    }


def _text(block: str) -> tuple[list[str], str]:
    paragraphs = [[line.strip() for line in part.split("\n") if line.strip()] for part in re.split(r"\n\s*\n", block)]
    paragraphs = [lines for lines in paragraphs if lines]
    return [line for lines in paragraphs for line in lines], "\n\n".join(" ".join(lines) for lines in paragraphs)


def _entity(key: str, line: str, text: str, where: str) -> dict[str, Any]:
    kinds, *names = [part.strip() for part in line.split("|")]
    types = [kind.strip() for kind in kinds.split(",")]
    if not names or not set(types) <= set(ENTITY_TYPES):
        raise InputError(f"{where}, entity {key}: wanted 'Type | name | other forms', with a type of {ENTITY_TYPES}")
    lost = [name for name in names if not _occurs(name, text)]
    if lost and (lost != names[:1] or types[0] not in _COMPOSED or (len(names) == 1 and types[0] != "Country")):
        raise InputError(f"{where}, entity {key}: '{lost[-1]}' does not stand in the text")
    return {"id": key, "type": types[0], "name": names[0], "names": names, "alt_types": types[1:]}


def _occurs(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _fact(line: str, entities: dict[str, dict[str, Any]], sentences: list[str], where: str) -> dict[str, Any]:
    found = _FACT.match(line)
    if not found:
        raise InputError(f"{where}: a fact is 'subject predicate object @sentence', not '{line}'")
    subject, predicate, value, object, number = found.groups()
    if predicate not in PREDICATES:
        raise InputError(f"{where}: no predicate '{predicate}' in '{line}'")
    if missing := [end for end in (subject, object) if end is not None and end not in entities]:
        raise InputError(f"{where}: no entity '{missing[0]}' in '{line}'")
    if not 1 <= int(number) <= len(sentences):
        raise InputError(f"{where}: there is no sentence {number} in '{line}'")
    allowed = PREDICATES[predicate]
    _check_end(entities[subject], allowed.domain, line, where)
    if (value is None) != bool(allowed.range):
        raise InputError(f"{where}: {predicate} takes {'an entity' if allowed.range else 'a value'}: '{line}'")
    fact: dict[str, Any] = {"s": subject, "p": predicate, "evidence": sentences[int(number) - 1]}
    if value is None:
        _check_end(entities[object], allowed.range, line, where)
        return {**fact, "o": object}
    if predicate == "heldOn" and not _DATE.match(value):
        raise InputError(f"{where}: heldOn takes an ISO date: '{line}'")
    return {**fact, "value": value}


def _check_end(entity: dict[str, Any], types: tuple[str, ...], line: str, where: str) -> None:
    if not {entity["type"], *entity["alt_types"]} & set(types):
        raise InputError(f"{where}: '{entity['id']}' is a {entity['type']}, wanted {' or '.join(types)}: '{line}'")


def main(paths: list[str]) -> int:
    """Check the files; print what they hold. 1 when one of them is wrong."""
    failed = 0
    for path in map(Path, paths):
        try:
            reports = list(read_corpus([path]))
        except InputError as error:
            print(error, file=sys.stderr)
            failed = 1
            continue
        facts = Counter(f["p"] for r in reports for f in r["facts"])
        sentences = sum(len(re.findall(r"[.!?][”\"’]?(?:\s|$)", r["text"])) for r in reports)
        print(f"{path.name}: {len(reports)} reports, about {sentences} sentences, {facts.total()} facts")
        print("  " + ", ".join(f"{name} {n}" for name, n in facts.most_common()))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
