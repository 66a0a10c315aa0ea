"""SPARQL as analysts use it: short, answered by Oxigraph, with errors that point at the fault."""

import json
import re

import pytest
import rdflib.plugins.sparql.evaluate
import rdflib.plugins.sparql.processor
from rdflib.plugins.sparql import prepareQuery

from kg.errors import ForbiddenQuery, QueryError
from kg.store import Store
from kg.store.answer import Term

WHO = "SELECT ?name { ?l coop:ledDelegation ?m ; rdfs:label ?name . ?m rdfs:label '11th CLMV Summit' }"


def column(store: Store, query: str) -> list[str]:
    return [str(term) for (term,) in store.sparql(query).rows]


def test_prefixes_need_no_declaration(store: Store) -> None:
    assert column(store, WHO) == ["Pham Minh Chinh"]
    used = "coop:a rdf:a rdfs:a xsd:a skos:a prov:a dcterms:a schema:a foaf:a org:a sem:a owl:a id:a"
    assert store.sparql(f"SELECT * {{ VALUES ?x {{ {used} }} }}").rows
    assert store.sparql("PREFIX coop: <http://other/> ASK { ?s a coop:Fact }").boolean is False


def test_the_example_of_the_ontology_answers(store: Store) -> None:
    query = """
        SELECT ?leader ?topic WHERE {
          ?l coop:attended ?m ; rdfs:label ?leader .  ?m coop:discussed/rdfs:label ?topic ; coop:latest ?d .
          FILTER(?d >= "2020-01-01"^^xsd:date)
        }"""
    rows = {(str(leader), str(topic)) for leader, topic in store.sparql(query).rows}
    assert rows == {("Pham Minh Chinh", "trade facilitation"), ("Sonexay Siphandone", "trade facilitation")}


def test_a_planned_meeting_is_no_edge(store: Store) -> None:
    assert column(store, "SELECT ?o { id:country\\/LAO coop:hosted ?o }") == []
    assert store.sparql("ASK { ?f coop:predicate coop:hosted ; coop:modality coop:planned }").boolean


def test_who_met_is_asked_from_either_side(store: Store) -> None:
    met = "SELECT ?n {{ ?a rdfs:label '{}' ; coop:met/rdfs:label ?n }}"
    assert column(store, met.format("Pham Minh Chinh")) == ["Sonexay Siphandone"]
    assert column(store, met.format("Sonexay Siphandone")) == ["Pham Minh Chinh"]


def test_who_chaired_also_attended(store: Store) -> None:
    assert store.sparql("ASK { ?l rdfs:label 'Sonexay Siphandone' ; coop:chaired ?m ; coop:attended ?m }").boolean


def test_a_disputed_date_is_no_edge_and_both_claims_stay(store: Store) -> None:
    assert column(store, "SELECT ?d { ?m coop:heldOn ?d }") == []
    claims = "SELECT ?d { ?f coop:predicate coop:heldOn ; coop:value ?d ; coop:contradicts/coop:status coop:disputed }"
    assert sorted(column(store, claims)) == ["2024-11-06", "2024-11-07"]


def test_from_an_edge_to_its_sentence_and_document(store: Store) -> None:
    query = """
        SELECT ?quote ?source { ?f coop:predicate coop:chaired ; prov:wasDerivedFrom ?m .
                                ?m coop:quote ?quote ; coop:inDocument/dcterms:source ?source }"""
    assert [tuple(map(str, row)) for row in store.sparql(query).rows] == [
        ("He met Sonexay Siphandone, who chaired it.", "https://news.example/1?a=1&b=2")
    ]


def test_a_capital_that_stands_for_its_government_says_so(store: Store) -> None:
    query = "SELECT ?r { ?m coop:mentions id:country\\/VNM ; coop:quote 'Hanoi' ; coop:rule ?r }"
    assert column(store, query) == ["metonymy: capital for government"]


def test_kinds_are_found_by_their_words(store: Store) -> None:
    query = "SELECT DISTINCT ?n { ?m coop:meetingKind/skos:prefLabel 'summit' ; rdfs:label ?n }"
    assert sorted(column(store, query)) == ["11th CLMV Summit", "12th CLMV Summit"]


def test_dates_are_as_precise_as_the_text(store: Store) -> None:
    query = "SELECT DISTINCT (DATATYPE(?d) AS ?t) { ?f coop:happened ?d }"
    assert sorted(iri.rpartition("#")[2] for iri in column(store, query)) == ["date", "gYear", "gYearMonth"]
    assert column(store, "SELECT ?u { ?f coop:until ?u }") == ["2024-11-07"]


def test_there_is_no_blank_node(store: Store) -> None:
    assert store.sparql("ASK { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) }").boolean is False


def test_rdflibs_own_engine_is_never_entered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = []
    for module, name in (
        (rdflib.plugins.sparql.evaluate, "evalQuery"),
        (rdflib.plugins.sparql.processor, "evalQuery"),
        (rdflib.plugins.sparql.processor.SPARQLProcessor, "query"),
        (rdflib.plugins.sparql.processor.SPARQLUpdateProcessor, "update"),
    ):
        monkeypatch.setattr(module, name, lambda *_, name=name, **__: entries.append(name))
    graph = store.rdflib_graph()
    prepared = prepareQuery("ASK {}")
    for query in (WHO, "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s a coop:Leader }", "DESCRIBE id:country\\/VNM"):
        store.sparql(query)
        list(graph.query(query))
    list(graph.query(WHO, initNs={"x": "http://x/"}))
    list(graph.query(WHO, initBindings={"name": rdflib.Literal("Pham Minh Chinh")}))
    with pytest.raises(QueryError, match="pass the text"):
        graph.query(prepared)
    with pytest.raises(QueryError, match="pass the text"):
        graph.query("ASK {}", unknown="keyword")
    with pytest.raises(ForbiddenQuery, match="read-only"):
        graph.update("DROP ALL")
    assert entries == []


def test_the_counter_would_have_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = []
    original = rdflib.plugins.sparql.processor.evalQuery
    monkeypatch.setattr(
        rdflib.plugins.sparql.processor, "evalQuery", lambda *a, **k: entries.append(1) or original(*a, **k)
    )
    assert rdflib.Graph().query("ASK {}").askAnswer
    assert entries


def test_the_rdflib_graph_can_be_read_and_not_written(store: Store) -> None:
    graph = store.rdflib_graph()
    vietnam = rdflib.URIRef("https://w3id.org/cooperation/id/country/VNM")
    assert str(graph.value(vietnam, rdflib.RDFS.label)) == "Vietnam"
    assert [str(row.name) for row in graph.query(WHO)] == ["Pham Minh Chinh"]
    assert len(graph.query("CONSTRUCT WHERE { ?s a coop:Leader }").graph) == 2
    with pytest.raises(ForbiddenQuery, match="kg build"):
        graph.add((vietnam, rdflib.RDFS.label, rdflib.Literal("x")))
    with pytest.raises(ForbiddenQuery):
        graph.remove((None, None, None))


# ---------------------------------------------------------------- answers


def test_json_is_the_w3c_format_with_datatypes(store: Store) -> None:
    query = "SELECT ?d ?n ?x { ?m coop:latest ?d ; rdfs:label ?n ; coop:ordinal '11' OPTIONAL { ?m coop:iso3 ?x } }"
    data = json.loads(store.sparql(query).serialize("json"))
    assert data["head"]["vars"] == ["d", "n", "x"]
    date = {"type": "literal", "value": "2024-11-07", "datatype": "http://www.w3.org/2001/XMLSchema#date"}
    assert data["results"]["bindings"] == [{"d": date, "n": {"type": "literal", "value": "11th CLMV Summit"}}]


def test_rows_keep_datatypes_and_unbound_variables(store: Store) -> None:
    answer = store.sparql("SELECT ?y ?x { ?f coop:happened ?y FILTER(DATATYPE(?y) = xsd:gYear) OPTIONAL { ?y ?p ?x } }")
    assert answer.variables == ("y", "x")
    assert answer.rows == [(Term("2026", "literal", "http://www.w3.org/2001/XMLSchema#gYear"), None)]
    assert list(answer) == answer.rows


@pytest.mark.parametrize("format", ["csv", "tsv", "xml"])
def test_other_formats_of_rows(store: Store, format: str) -> None:
    assert b"Pham Minh Chinh" in store.sparql(WHO).serialize(format)


def test_an_answer_of_yes_or_no(store: Store) -> None:
    answer = store.sparql("ASK { ?s a coop:Meeting }")
    assert (answer.kind, answer.boolean, answer.rows) == ("boolean", True, [])
    assert json.loads(answer.serialize()) == {"head": {}, "boolean": True}


def test_a_graph_is_turtle_or_ntriples(store: Store) -> None:
    answer = store.sparql("CONSTRUCT { ?l coop:attended ?m } WHERE { ?l coop:attended ?m }")
    assert answer.kind == "graph"
    assert answer.serialize("ntriples").count(b"\n") == 2
    assert len(rdflib.Graph().parse(data=answer.serialize(), format="turtle")) == 2
    with pytest.raises(ValueError, match="choose from turtle, ntriples"):
        answer.serialize("csv")


def test_a_graph_without_statements_is_an_empty_file(store: Store) -> None:
    answer = store.sparql("CONSTRUCT WHERE { ?s coop:iso3 'XXX' }")
    assert answer.serialize("ntriples") == b""
    assert len(rdflib.Graph().parse(data=answer.serialize(), format="turtle")) == 0


# ---------------------------------------------------------------- syntax errors

FAULTS = [
    ("SELECT * {\n  ?s ?p \n}", 3, 1, "'}' cannot stand here"),
    ("SELEC ?x {}", 1, 1, "'SELEC' begins no query"),
    ("SELECT * { ?s foo:p ?o }", 1, 15, "the prefix 'foo:' is not declared; known without being declared: coop"),
    ("SELECT ?é { ?s ?p 'ü' . ?a }", 1, 28, "'}' cannot stand here"),
    ("SELECT ?x WHERE { ?x coop:a ?y", 1, 31, "the query ends too early"),
    ("SELECT ?x WHERE { ?x coop:a ?y } LIMIT x", 1, 40, "'x' cannot stand here"),
    ("SELECT ?x WHERE { ?x coop:a ?y FILTER(FOO(?y)) }", 1, 39, "'FOO' cannot stand here"),
    ("SELECT ?x, ?y WHERE { ?x coop:a ?y }", 1, 10, "',' cannot stand here"),
    ("SELECT ?x\nWHERE { ?x coop:a 'a }", 2, 19, "this quote is never closed"),
    ("ASK { ?x a coop:Meeting }}", 1, 26, "'}' cannot stand here"),
    ("SELECT ?x { ?x coop:a 12.5, 'a'@en, 'b'^^xsd:date; }}", 1, 53, "'}' cannot stand here"),
    ("SELECT ?s (COUNT(?p) AS ?c) { ?s ?p ?o }", 1, 41, "the SELECT contains a variable that is unbound"),
    ("SELECT * { ?s ?p <not an iri> }", 1, 26, "this is no IRI"),
    ("", 1, 1, "the query is empty"),
    ("MATCH (a)-[x]->(b) RETURN a", 1, 1, "'MATCH' begins no query; one begins with SELECT"),
]


@pytest.mark.parametrize(("query", "line", "column", "message"), FAULTS)
def test_a_fault_is_shown_where_it_is(store: Store, query: str, line: int, column: int, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        store.sparql(query)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.query == query
    if query:
        assert str(caught.value).splitlines()[-1] == "  " + " " * (column - 1) + "^"


def test_a_function_that_nobody_knows_is_named(store: Store) -> None:
    with pytest.raises(
        QueryError, match="custom function <http://x/f> is not supported, so the query cannot be answered"
    ):
        store.sparql("SELECT (<http://x/f>(1) AS ?y) { ?s ?p ?o }")


def test_a_query_of_half_characters_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="half a character"):
        store.sparql("SELECT * { ?s ?p '\ud800' }")
