"""No query reaches the network or the disk, however it is spelled, and plain queries pass."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from store_sample import BUILD, summit

from kg.errors import ForbiddenQuery, KgError, QueryError
from kg.store import Store
from kg.store.gate import check_query, tokens


class Listener:
    """A server on loopback that counts who comes, and answers everyone with nothing."""

    def __init__(self) -> None:
        self.n_calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.n_calls += 1
            connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.create_or_open(tmp_path_factory.mktemp("graph"))
    with store.writing():
        store.publish(summit(), BUILD)
    return store


CALL = "SERVICE <URL> { ?a ?b ?c }"
CALLS = {
    "plain": f"SELECT * {{ {CALL} }}",
    "lower case": "select * { service <URL> { ?a ?b ?c } }",
    "silent": "SELECT * { SERVICE SILENT <URL> { ?a ?b ?c } }",
    "silent without a space": "SELECT * { SERVICESILENT<URL>{ ?a ?b ?c } }",
    "variable": "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?a ?b ?c } }",
    "silent variable": "SELECT * { VALUES ?u { <URL> } SERVICE SILENT ?u { ?a ?b ?c } }",
    "prefixed name": "PREFIX ex: <URL> SELECT * { SERVICE ex:x { ?a ?b ?c } }",
    "prefixed name without a space": "PREFIX ex: <URL> SELECT * { SERVICEex:x{ ?a ?b ?c } }",
    "subquery": f"SELECT * {{ {{ SELECT ?a {{ {CALL} }} }} }}",
    "optional": f"SELECT * {{ ?s a ?t OPTIONAL {{ {CALL} }} }}",
    "union": f"SELECT * {{ {{ ?s a ?t }} UNION {{ {CALL} }} }}",
    "exists": f"ASK {{ ?s a ?t FILTER EXISTS {{ {CALL} }} }}",
    "graph": f"SELECT * {{ GRAPH ?g {{ {CALL} }} }}",
    "construct": f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {CALL} }}",
    "describe": f"DESCRIBE ?a {{ {CALL} }}",
    "comment between": "SELECT * { SERVICE # now\n <URL> { ?a ?b ?c } }",
    "comment with a quote before": f"SELECT * {{ # don't\n {CALL} }}",
    "after a string with a hash": f"SELECT * {{ ?s ?p '#' . {CALL} }}",
    "after an escaped quote": f'SELECT * {{ ?s ?p "\\"" . {CALL} . ?s ?p "" }}',
    "after a long string": f'SELECT * {{ ?s ?p """ " "" \\""" """ . {CALL} }}',
    "after true": "SELECT * { VALUES ?x { true } ?s a ?t . BIND(trueAS ?y)SERVICE<URL>{ ?a ?b ?c } }",
    "joined to true": "SELECT * { OPTIONAL { ?s ?p trueSERVICE<URL>{ ?a ?b ?c } } }",
    "joined to a number": "SELECT * { OPTIONAL { ?s ?p 1SERVICE<URL>{ ?a ?b ?c } } }",
    "joined to a full stop": "SELECT * { ?s a coop:Fact.SERVICE<URL>{ ?a ?b ?c } }",
    "joined to a dotted name": "PREFIX e: <x:> SELECT * { OPTIONAL { ?s ?p e:a.b.SERVICE<URL>{ ?a ?b ?c } } }",
    "joined to a bracket": "SELECT * { BIND(1 AS ?x)SERVICE<URL>{ ?a ?b ?c } }",
    "what looks like an IRI": (
        "PREFIX ex: <URL> SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<?b)SERVICE ex:x#>\n{ ?c ?d ?e } }"
    ),
    "what looks like an IRI, joined": (
        "PREFIX ex: <URL> SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<?b)SERVICEex:x#>\n{ ?c ?d ?e } }"
    ),
    "what looks like an IRI and a string": (
        'SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<?b#>"""\n)SERVICE <URL> { ?c ?d ?e } #"""\n }'
    ),
    "what looks like an IRI and a quote": "SELECT * { ?s ?p ?o FILTER(?o<'b>') . SERVICE <URL> { ?a ?b ?c } #'\n }",
    "escape": "SELECT * { \\u0053ERVICE <URL> { ?a ?b ?c } }",
    "long escape": "SELECT * { \\U00000053ERVICE <URL> { ?a ?b ?c } }",
    "escaped quote in a string": 'SELECT * { ?s ?p "\\u0022 . SERVICE <URL> { ?a ?b ?c } #" }',
    "load": "LOAD <URL>",
    "load silent": "LOAD SILENT <URL> INTO GRAPH <x:g>",
    "from": "SELECT * FROM <URL> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "in an update": f"INSERT {{ ?a ?b ?c }} WHERE {{ {CALL} }}",
    "with": f"WITH <x:g> DELETE {{ ?a ?b ?c }} WHERE {{ {CALL} }}",
}


@pytest.mark.parametrize("query", CALLS.values(), ids=CALLS.keys())
def test_no_query_reaches_the_network(made: Store, listener: Listener, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        made.sparql(query.replace("URL", listener.url))
    assert listener.n_calls == 0
    assert caught.value.line is not None


def test_the_listener_would_have_heard_it() -> None:
    """The same queries, past the gate: so the test above can fail."""
    apart = Listener()
    heard = []
    for name, query in CALLS.items():
        before = apart.n_calls
        store = pyoxigraph.Store()
        store.bulk_load(b"<x:a> <x:p> true , 1 , <x:a.b> .", pyoxigraph.RdfFormat.TURTLE)
        with suppress(SyntaxError, OSError, RuntimeError, TypeError):
            list(store.query(query.replace("URL", apart.url), prefixes={"coop": "x:"}))  # type: ignore[arg-type]
        if apart.n_calls > before:
            heard.append(name)
    apart.close()
    assert {"plain", "silent", "joined to a dotted name", "what looks like an IRI"} <= set(heard)


def test_no_query_reads_the_disk(made: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.nt"
    secret.write_text('<x:a> <x:b> "hunter2" .\n')
    url = secret.as_uri()
    for query in (
        f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        f"LOAD <{url}>",
        f"LOAD <{url}> ; SELECT * {{ ?s ?p ?o }}",
    ):
        with pytest.raises(ForbiddenQuery) as caught:
            made.sparql(query)
        assert "hunter2" not in str(caught.value)
    assert b"hunter2" not in made.sparql(f"SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}").serialize("json")


@pytest.mark.parametrize(
    "word", ["INSERT DATA", "DELETE DATA", "DELETE WHERE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"]
)
def test_a_query_cannot_change_the_graph(made: Store, word: str) -> None:
    with pytest.raises(ForbiddenQuery, match=f"{word.split()[0]} is not allowed: the graph is read-only"):
        made.sparql(f"{word} {{ <x:a> <x:b> <x:c> }}")


def test_the_place_of_the_forbidden_word_is_shown(made: Store) -> None:
    with pytest.raises(ForbiddenQuery) as caught:
        made.sparql("SELECT *\nWHERE {\n  ?s ?p ?o .\n  SERVICE <x:y> { ?a ?b ?c }\n}")
    assert (caught.value.line, caught.value.column) == (4, 3)
    assert str(caught.value).splitlines()[1:] == ["    SERVICE <x:y> { ?a ?b ?c }", "    ^"]


PLAIN = [
    "SELECT ?service ?from ?load { ?service coop:attended ?from . ?load a coop:Meeting }",
    "PREFIX ex: <http://example.org/service#> SELECT * { ?s ex:service ?o ; ex:load ex:from }",
    'SELECT * { ?s rdfs:label "SERVICE <x> { } LOAD \\"FROM\\" # DROP" }',
    "SELECT * { ?s rdfs:label '''INSERT\nDATA''' } # SERVICE",
    "SELECT * { ?s a <http://example.org/load?from=service#insert> }",
    "SELECT * { ?s ?p _:service . ?s ?p 'a'@en-GB }",
    "SELECT * { ?s coop:latest ?d FILTER(?d < '2024-01-01'^^xsd:date && ?d<?e || ?d > ?f) }",
    "SELECT * { ?s coop:latest ?d FILTER(?d <= 5 && ?d>=3) }",
    "BASE <http://example.org/> SELECT * { ?s <p> ?o ; <urn:x:y> 1.5e3 }",
    "SELECT * { << ?s ?p ?o >> ?a ?b }",
    "ASK { VALUES ?x { 1 2 3 } ?s (coop:partOf/^coop:heldIn|!rdf:type)* ?x }",
]


@pytest.mark.parametrize("query", PLAIN)
def test_words_that_only_look_forbidden_pass(made: Store, query: str) -> None:
    assert made.sparql(query).kind in ("rows", "boolean")


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "nested"),
        ("SELECT * { " + "{" * 5000 + "}" * 5000 + " }", "nested"),
        ("SELECT * { ?s ?p ?o FILTER(1" + " || 1" * 20000 + ") }", "steps"),
        ("SELECT * { ?s ?p ?o FILTER(" + "!" * 20000 + "1) }", "steps"),
        ("SELECT * { {?s ?p ?o} " + "UNION {?s ?p ?o} " * 20000 + "}", "steps"),
        ("SELECT * { ?s ?p ?o " + "FILTER(?s = ?p) " * 20000 + "}", "steps"),
    ],
)
def test_a_query_that_would_overrun_the_stack_is_refused(made: Store, query: str, what: str) -> None:
    with pytest.raises(ForbiddenQuery, match=what):
        made.sparql(query)


def test_long_lists_of_values_pass(made: Store) -> None:
    values = " ".join(f"<https://example.org/{n}>" for n in range(20_000))
    assert made.sparql(f"SELECT * {{ VALUES ?x {{ {values} }} ?x a coop:Leader }}").rows == []


PIECES = st.sampled_from(
    ["SERVICE", "service", "SILENT", "<URL>", "<URL#>", "{", "}", "(", ")", "?a", "?b", "<", ">", "<?b", "#", "#>"]
    + ["\n", " ", '"', "'", '"""', "\\", "\\u0022", "\\u0053", "true", "1", ".", ";", "ex:", "ex:a.b.", "e:x", "a"]
    + ["FILTER", "EXISTS", "@en", "^^", "_:b", "OPTIONAL", "UNION", "BIND(1 AS ?x)", "?a ?b ?c", "{ ?a ?b ?c }"]
    + ["%41", "-", "?1", "<x:"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=6))
@example(["?s", " ", "?p", " ", "ex:a.b."], [])
@example(["FILTER", "(", "?a", "<?b", ")"], [])
def test_no_mixture_of_pieces_calls_a_service(listener: Listener, before: list[str], after: list[str]) -> None:
    """Whatever stands around a call: either the gate or the parser refuses it, or it is no call."""
    text = f"{''.join(before)}SERVICE<URL>{{?a ?b ?c}}{''.join(after)}"
    query = f"PREFIX ex: <URL> SELECT * {{ VALUES (?a ?b) {{ (1 2) }} {text} }}".replace("URL", listener.url)
    calls = listener.n_calls
    with suppress(KgError, SyntaxError, OSError, RuntimeError, TypeError):
        check_query(query)
        list(pyoxigraph.Store().query(query))  # type: ignore[arg-type]
    assert listener.n_calls == calls


@given(st.text())
def test_tokens_lose_nothing(query: str) -> None:
    found = []
    with suppress(QueryError):
        for token in tokens(query):
            assert token.begin == sum(len(earlier.text) for earlier in found)
            found.append(token)
    assert query.startswith("".join(token.text for token in found))
