"""Every shape finds what it is there for: the graph of the summit passes, and each change below breaks one shape."""

import re

import pyoxigraph
import pytest
from rdflib import RDF, Graph, URIRef
from store_sample import BUILD, WIRE, summit

from kg.seeds import ontology_folder
from kg.store.admission import admit
from kg.store.serialize import blocks
from kg.store.shapes import Violation, check_shapes
from kg.store.statements import stored_statements

KNOWLEDGE = admit(summit())[0]
LINES = [line for block in blocks(KNOWLEDGE, BUILD) for line in block.lines.splitlines()]
PREFIXES = """
PREFIX coop: <https://w3id.org/cooperation/ontology#> PREFIX id: <https://w3id.org/cooperation/id/>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
HELD = next(f"id:fact\\/{f.key}" for f in KNOWLEDGE.facts if f.predicate == "heldOn")
CHAIRED = next(f"id:fact\\/{f.key}" for f in KNOWLEDGE.facts if f.predicate == "chaired")
LED = next(f"id:fact\\/{f.key}" for f in KNOWLEDGE.facts if f.predicate == "ledDelegation")
FIGURE = f"id:figure\\/{KNOWLEDGE.figures[0].key}"
MENTION = f"id:mention\\/{WIRE.key}-0-110"
DOCUMENT = f"id:document\\/{WIRE.key}"
LEADER, COUNTRY, MEETING = "id:leader\\/pham-minh-chinh", "id:country\\/VNM", "id:meeting\\/clmv-11"
BUILT = BUILD.id.replace("/", "\\/")


def without(subject: str, predicate: str) -> str:
    return f"DELETE WHERE {{ {subject} {predicate} ?x }}"


def with_(subject: str, predicate: str, *objects: str) -> str:
    return f"INSERT DATA {{ {subject} {predicate} {', '.join(objects)} }}"


def instead(subject: str, predicate: str, object_: str) -> str:
    return f"{without(subject, predicate)} ; {with_(subject, predicate, object_)}"


MERGE = next(f"id:merge\\/{m[1]}" for line in LINES if (m := re.match(r"<\S+/merge/(\w+)>", line)))

BREAKS = [
    ("FactSubject", without(LED, "coop:subject")),
    ("FactSubject", with_(FIGURE, "coop:subject", LEADER)),
    ("FactPredicate", with_(LED, "coop:predicate", "coop:met")),
    ("FactObjectOrValue", with_(LED, "coop:value", '"both"')),
    ("FactObjectOrValue", without(LED, "coop:object")),
    ("FactModality", without(LED, "coop:modality")),
    ("FactStatus", with_(LED, "coop:status", "coop:disputed")),
    ("FactConfidence", without(LED, "coop:confidence")),
    ("FactEvidence", without(LED, "prov:wasDerivedFrom")),
    ("FactBuild", without(FIGURE, "prov:wasGeneratedBy")),
    ("Happened", with_(LED, "coop:happened", '"2024"^^xsd:gYear')),
    ("Until", without(CHAIRED, "coop:happened")),
    ("Reported", with_(LED, "coop:reported", '"2023"^^xsd:gYear')),
    ("Earliest", without(LED, "coop:earliest")),
    ("Earliest", instead(LED, "coop:earliest", '"2025-01-01"^^xsd:date')),
    ("Latest", without(MEETING, "coop:latest")),
    ("Contradicts", instead(HELD, "coop:status", "coop:asserted")),
    ("AgainstSeed", with_(LED, "coop:againstSeed", '"a row of the seeds"')),
    ("FigureIndicator", without(FIGURE, "coop:indicator")),
    ("FigureAmount", without(FIGURE, "coop:amount")),
    ("FigureUnit", with_(FIGURE, "coop:unit", '"EUR"')),
    ("FigurePeriod", with_(FIGURE, "coop:period", '"2023"^^xsd:gYear')),
    ("PredicateValue", instead(LED, "coop:predicate", "coop:invaded")),
    ("EntityValue", instead(LED, "coop:object", "id:meeting\\/nowhere")),
    ("EntityValue", with_(MENTION, "coop:mentions", "id:leader\\/nobody")),
    ("TextOrDateValue", instead(HELD, "coop:value", COUNTRY)),
    ("ModalityValue", instead(LED, "coop:modality", "coop:hoped")),
    ("StatusValue", instead(LED, "coop:status", "coop:settled")),
    ("ScoreValue", instead(LED, "coop:confidence", "1.5")),
    ("ScoreValue", instead(MERGE, "coop:score", '"1"')),
    ("EvidenceValue", with_(LED, "prov:wasDerivedFrom", DOCUMENT)),
    ("BuildValue", instead(LED, "prov:wasGeneratedBy", LEADER)),
    ("ContradictedValue", with_(HELD, "coop:contradicts", LEADER)),
    ("InexactDateValue", instead(LED, "coop:happened", '"2021-02-30"^^xsd:date')),
    ("InexactDateValue", instead(LED, "coop:reported", '"yesterday"')),
    ("DayValue", instead(LED, "coop:latest", '"2024"^^xsd:gYear')),
    ("TextValue", instead(LED, "coop:rule", LEADER)),
    ("AmountValue", instead(FIGURE, "coop:amount", '"much"')),
    ("MentionDocument", without(MENTION, "coop:inDocument")),
    ("MentionBegin", instead(MENTION, "coop:begin", "110")),
    ("MentionEnd", without(MENTION, "coop:end")),
    ("MentionQuote", with_(MENTION, "coop:quote", '"else"')),
    ("QuoteValue", instead(MENTION, "coop:quote", '""')),
    ("OffsetValue", instead(MENTION, "coop:begin", "-1")),
    ("DocumentValue", instead(MENTION, "coop:inDocument", LEADER)),
    ("DocumentDigest", instead(DOCUMENT, "coop:sha256", '"9c7e"')),
    ("DocumentIdentifier", without(DOCUMENT, "dcterms:identifier")),
    ("DocumentTitle", with_(DOCUMENT, "dcterms:title", '"Another"')),
    ("DocumentPublisher", with_(DOCUMENT, "dcterms:publisher", '"Another"')),
    ("DocumentSource", with_(DOCUMENT, "dcterms:source", '"elsewhere"')),
    ("DocumentIssued", with_(DOCUMENT, "dcterms:issued", '"2020"^^xsd:gYear')),
    ("EntityLabel", with_(LEADER, "rdfs:label", '"Another"')),
    ("EntityAlias", with_(LEADER, "skos:altLabel", '"Pham Minh Chinh"')),
    ("Wikidata", instead(COUNTRY, "coop:wikidata", '"881"')),
    ("Seed", with_(COUNTRY, "coop:seed", '"VN"')),
    ("Actor", f"DELETE DATA {{ {LEADER} a coop:Actor }}"),
    ("CountryCode", instead(COUNTRY, "coop:iso3", '"VN"')),
    ("CodeOfCountry", with_(LEADER, "coop:iso3", '"VNM"')),
    ("Acronym", with_("id:framework\\/clmv", "coop:acronym", '"C4"')),
    ("MeetingKind", instead(MEETING, "coop:meetingKind", "coop:plan")),
    ("MeetingOrdinal", with_(MEETING, "coop:ordinal", '"12"')),
    ("MeetingSeries", with_(MEETING, "coop:series", '"acmecs"')),
    ("FrameworkKind", instead("id:framework\\/clmv", "coop:frameworkKind", "coop:summit")),
    ("PlaceCountry", instead("id:place\\/kunming", "coop:inCountry", '"China"')),
    ("MergedFrom", with_(LEADER, "coop:mergedFrom", DOCUMENT)),
    ("MergeName", without(MERGE, "coop:absorbed")),
    ("MergeRule", without(MERGE, "coop:rule")),
    ("MergeScore", without(MERGE, "coop:score")),
    ("BuildVersion", without(f"id:{BUILT}", "coop:version")),
    ("BuildModel", without(f"id:{BUILT}", "coop:model")),
    ("BuildRules", without(f"id:{BUILT}", "coop:ruleSet")),
    ("BuildTimes", instead(f"id:{BUILT}", "prov:startedAtTime", '"noon"')),
]


def violations(*updates: str) -> list[Violation]:
    dataset = pyoxigraph.Store()
    dataset.bulk_load("\n".join(LINES).encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    before = str(dataset)
    for update in updates:
        dataset.update(PREFIXES + update)
        assert str(dataset) != before, "the change changed nothing"
    with stored_statements(dataset) as statements:
        return check_shapes(statements, [id_ for id_ in statements.ids() if "://" not in id_])


def test_the_sample_conforms() -> None:
    assert violations() == []


@pytest.mark.filterwarnings("ignore")  # rdflib warns of literals that are ill-typed on purpose
@pytest.mark.parametrize(("shape", "update"), BREAKS, ids=[f"{n}-{name}" for n, (name, _) in enumerate(BREAKS)])
def test_a_broken_node_is_found(shape: str, update: str) -> None:
    found = violations(update)
    assert shape in {violation.shape for violation in found}
    assert all(violation.message for violation in found)


def test_every_shape_is_broken_above() -> None:
    shapes = Graph().parse(ontology_folder() / "shapes.ttl")
    kinds = (URIRef("http://www.w3.org/ns/shacl#NodeShape"), URIRef("http://www.w3.org/ns/shacl#PropertyShape"))
    names = {str(shape).rpartition("#")[2] for kind in kinds for shape in shapes.subjects(RDF.type, kind)}
    assert names == {name for name, _ in BREAKS}


def test_small_chunks_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    update = without(MENTION, "coop:end")
    whole = violations(update)
    monkeypatch.setattr("kg.store.shapes.CHUNK_TRIPLES", 10)
    assert violations(update) == whole
