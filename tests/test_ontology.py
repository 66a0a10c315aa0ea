"""The vocabulary in Turtle, in Python and in the stored graphs is one; and it is consistent."""

import json
import sys
from pathlib import Path

import owlrl
import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

sys.path.insert(0, str(Path(__file__).parent / "store"))

from store_sample import BUILD, everything, summit

from kg.model import Knowledge
from kg.seeds import ontology_folder
from kg.store.admission import admit
from kg.store.serialize import CONCEPT_SCHEMES, blocks
from kg.store.terms import PREFIXES
from kg.vocabulary import COOP, ENTITY_TYPES, PREDICATES

coop = Namespace(COOP)
# Classes that stand for themselves: the others are types of entities.
OTHER_CLASSES = {"Actor", "Document", "Mention", "Fact", "Figure", "Build", "Merge"}
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_folder() / "cooperation.ttl")


def graph_of(knowledge: Knowledge) -> Graph:
    text = "".join(block.lines for block in blocks(admit(knowledge)[0], BUILD))
    return Graph().parse(data=text, format="nt")


def terms(graph: Graph, *types: URIRef) -> set[URIRef]:
    found = {term for type_ in types for term in graph.subjects(RDF.type, type_)}
    return {term for term in found if isinstance(term, URIRef) and term in coop}


def names(found: set[URIRef]) -> set[str]:
    return {str(term).removeprefix(COOP) for term in found}


def allowed(graph: Graph, property_: URIRef, end: URIRef) -> set[str]:
    """The classes at an end of a property, members of a union singly, an Actor as its three kinds."""
    (value,) = graph.objects(property_, end)
    members = Collection(graph, graph.value(value, OWL.unionOf)) if isinstance(value, BNode) else [value]
    found: set[str] = set()
    for member in members:
        below = names({c for c in graph.subjects(RDFS.subClassOf, member) if c in coop})  # type: ignore[operator]
        found |= below & set(ENTITY_TYPES) or {str(member).removeprefix(COOP)}
    return found


def test_the_classes_are_those_of_the_model(ontology: Graph) -> None:
    assert names(terms(ontology, OWL.Class)) == {*ENTITY_TYPES, *OTHER_CLASSES}


def test_every_predicate_is_a_property_of_the_right_kind(ontology: Graph) -> None:
    for predicate in PREDICATES.values():
        kind = OWL.ObjectProperty if predicate.range else OWL.DatatypeProperty
        assert (coop[predicate.name], RDF.type, kind) in ontology, predicate.name


@pytest.mark.parametrize("predicate", PREDICATES.values(), ids=PREDICATES.keys())
def test_domain_and_range_are_those_of_the_vocabulary(ontology: Graph, predicate: object) -> None:
    property_ = coop[predicate.name]  # type: ignore[attr-defined]
    assert allowed(ontology, property_, RDFS.domain) == set(predicate.domain)  # type: ignore[attr-defined]
    if predicate.range:  # type: ignore[attr-defined]
        assert allowed(ontology, property_, RDFS.range) == set(predicate.range)  # type: ignore[attr-defined]


def test_symmetry_parents_and_single_values_are_those_of_the_vocabulary(ontology: Graph) -> None:
    symmetric = names(terms(ontology, OWL.SymmetricProperty)) - {"contradicts"}
    assert symmetric == {p.name for p in PREDICATES.values() if p.symmetric}
    assert names(terms(ontology, OWL.FunctionalProperty)) == {p.name for p in PREDICATES.values() if p.functional}
    parents = {
        name: str(parent).removeprefix(COOP)
        for name in PREDICATES
        for parent in ontology.objects(coop[name], RDFS.subPropertyOf)
        if parent in coop  # type: ignore[operator]
    }
    assert parents == {p.name: p.parent for p in PREDICATES.values() if p.parent}


def test_the_concepts_are_those_of_the_vocabulary(ontology: Graph) -> None:
    for scheme, members in CONCEPT_SCHEMES.items():
        assert (coop[scheme], RDF.type, SKOS.ConceptScheme) in ontology
        assert names(set(ontology.subjects(SKOS.inScheme, coop[scheme]))) == set(members)  # type: ignore[arg-type]
    assert names(terms(ontology, SKOS.Concept)) == {name for members in CONCEPT_SCHEMES.values() for name in members}


def test_stored_concepts_have_the_labels_of_the_ontology(ontology: Graph) -> None:
    stored = graph_of(summit())
    for concept in terms(ontology, SKOS.Concept):
        assert stored.value(concept, SKOS.prefLabel) == ontology.value(concept, SKOS.prefLabel)


def test_every_term_has_one_label_and_one_comment(ontology: Graph) -> None:
    for term in terms(ontology, OWL.Class, *PROPERTY_TYPES, SKOS.ConceptScheme):
        assert len(list(ontology.objects(term, RDFS.label))) == 1, term
        assert len(list(ontology.objects(term, RDFS.comment))) == 1, term
    for concept in terms(ontology, SKOS.Concept):
        assert len(list(ontology.objects(concept, SKOS.prefLabel))) == 1, concept
        assert len(list(ontology.objects(concept, SKOS.definition))) == 1, concept


def test_every_property_has_domain_and_range(ontology: Graph) -> None:
    for property_ in terms(ontology, *PROPERTY_TYPES):
        for end in (RDFS.domain, RDFS.range):
            assert len(list(ontology.objects(property_, end))) == 1, (property_, end)


def test_comments_are_sentences(ontology: Graph) -> None:
    texts = [*ontology.objects(None, RDFS.comment), *ontology.objects(None, SKOS.definition)]
    assert all(str(text)[0].isupper() and str(text).endswith(".") for text in texts)


def test_every_class_is_aligned_with_a_public_one(ontology: Graph) -> None:
    for class_ in terms(ontology, OWL.Class):
        parents = {str(p) for p in ontology.transitive_objects(class_, RDFS.subClassOf) if p not in coop}  # type: ignore[operator]
        assert any(parent.startswith(tuple(PREFIXES.values())) for parent in parents), class_


def test_every_term_is_used_by_what_is_stored_or_by_the_shapes(ontology: Graph) -> None:
    stored = graph_of(everything())
    shapes = Graph().parse(ontology_folder() / "shapes.ttl")
    used = {term for graph in (stored, shapes) for triple in graph for term in triple}
    # What nobody asserts: the property that direct edges of another kind stand for is used through them.
    assert terms(ontology, OWL.Class, *PROPERTY_TYPES, SKOS.Concept, SKOS.ConceptScheme) <= used


def test_what_is_stored_and_shaped_is_in_the_ontology(ontology: Graph) -> None:
    known = terms(ontology, OWL.Class, *PROPERTY_TYPES, SKOS.Concept, SKOS.ConceptScheme)
    shapes = Graph().parse(ontology_folder() / "shapes.ttl")
    for graph in (graph_of(everything()), shapes):
        used = {term for triple in graph for term in triple if isinstance(term, URIRef) and term in coop}
        assert used <= known, used - known


def test_the_json_ld_context_has_every_property(ontology: Graph) -> None:
    context = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    defined = {entry["@id"]: entry.get("@type") for entry in context.values() if isinstance(entry, dict)}
    properties = terms(ontology, *PROPERTY_TYPES)
    assert {f"coop:{name}" for name in names(properties)} == {id_ for id_ in defined if id_.startswith("coop:")}
    for property_ in terms(ontology, OWL.ObjectProperty):
        assert defined[f"coop:{str(property_).removeprefix(COOP)}"] == "@id"


def test_oxigraph_reads_the_ontology_as_rdflib_does(ontology: Graph) -> None:
    for file in ("cooperation.ttl", "shapes.ttl"):
        found = list(pyoxigraph.parse(path=str(ontology_folder() / file), format=pyoxigraph.RdfFormat.TURTLE))
        assert len(found) == len(Graph().parse(ontology_folder() / file))


# ---------------------------------------------------------------- consistency


ERRORS = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def faults(graph: Graph) -> list[str]:
    """What an OWL 2 RL reasoner finds inconsistent."""
    closure = owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=True)
    closure.expand(graph)
    return sorted(str(text) for text in graph.objects(None, ERRORS))


@pytest.fixture(scope="module")
def closed(ontology: Graph) -> Graph:
    graph = ontology + graph_of(summit())
    assert faults(graph) == []
    return graph


def test_the_ontology_with_a_graph_is_consistent(closed: Graph) -> None:
    assert len(closed) > 1000


def test_the_closures_made_by_hand_are_those_of_the_reasoner(closed: Graph) -> None:
    """Direct edges and types: what the reasoner adds to them in our own vocabulary is nothing."""
    stored = graph_of(summit())
    for predicate in PREDICATES:
        assert set(closed.subject_objects(coop[predicate])) == set(stored.subject_objects(coop[predicate])), predicate
    for type_ in (*ENTITY_TYPES, "Actor"):
        assert set(closed.subjects(RDF.type, coop[type_])) == set(stored.subjects(RDF.type, coop[type_])), type_


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("leader/pham-minh-chinh", RDF.type, coop.Meeting),
        ("meeting/clmv-11", coop.met, URIRef(PREFIXES["id"] + "leader/sonexay-siphandone")),
        ("place/kunming", RDF.type, coop.Country),
    ],
)
def test_the_reasoner_finds_what_cannot_be(
    ontology: Graph, subject: str, predicate: URIRef, object_: URIRef | Literal
) -> None:
    graph = ontology + graph_of(summit())
    graph.add((URIRef(PREFIXES["id"] + subject), predicate, object_))
    assert faults(graph)
