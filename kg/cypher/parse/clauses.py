"""The reading clauses, CALL, and whole queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from kg.cypher import tree
from kg.cypher.parse.updates import UPDATING, UpdateReader
from kg.cypher.tokens import NAMES

_CONCLUDING = (tree.Return, tree.Create, tree.Merge, tree.Set, tree.Remove, tree.Delete, tree.Foreach)
_DIRECTIONS = {"ASC": False, "ASCENDING": False, "DESC": True, "DESCENDING": True}


class ClauseReader(UpdateReader):
    """Reads clauses and queries."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.only_reading = 0

    # Queries

    def whole_query(self) -> tree.Query:
        """The query that is the whole text."""
        if self.kind in ("end", ";"):
            raise self.error("the query is empty")
        begin = self.tokens[self.at].begin
        mode: Any = self.advance().kind if self.kind in ("EXPLAIN", "PROFILE") else None
        query = self._query(begin, mode)
        if self.take(";") and self.kind != "end":
            raise self.error("one query at a time: nothing may follow the ';'")
        if self.kind != "end":
            raise self.unexpected("the end of the query or another clause")
        for branch in query.branches:
            self._check_conclusion(branch)
        return query

    def subquery_body(self) -> tree.Query:
        """Inside EXISTS { … }: a query, or patterns with a condition."""
        self.deeper(4)
        self.only_reading += 1
        begin = self.tokens[self.at].begin
        if self.kind in self._CLAUSES:
            query = self._query(begin)
        else:
            match = self._patterns_and_condition(begin, optional=False)
            span = match.span
            query = tree.Query((tree.SingleQuery((match,), span=span),), span=span)
        self.only_reading -= 1
        self.level -= 4
        return query

    def _query(self, begin: int, mode: Any = None) -> tree.Query:
        branches = [self._single_query()]
        union_all = []
        while self.kind == "UNION":
            joined_at = self.next_span()
            self.advance()
            union_all.append(self._takes_all())
            if union_all[-1] != union_all[0]:
                message = "UNION and UNION ALL cannot be mixed in one query"
                raise self.error(message, detail="InvalidClauseComposition", span=joined_at)
            branches.append(self._single_query())
        return tree.Query(tuple(branches), tuple(union_all), mode, span=self.span_from(begin))

    def _takes_all(self) -> bool:
        """Whether UNION is followed by ALL; DISTINCT says what it does anyway."""
        if self.is_word("ALL"):
            self.advance()
            return True
        self.take("DISTINCT")
        return False

    def _single_query(self) -> tree.SingleQuery:
        begin = self.tokens[self.at].begin
        clauses: list[tree.Clause] = []
        while self.kind in self._CLAUSES:
            if clauses and isinstance(clauses[-1], tree.Return):
                hint = "WITH goes on to further clauses" if self.kind != "RETURN" else None
                message = f"RETURN ends a query, found {self.kind} after it"
                raise self.error(message, detail="InvalidClauseComposition", hint=hint)
            clauses.append(self.clause())
        if not clauses:
            raise self.unexpected("a clause (MATCH, RETURN, …)")
        if len(clauses) > 1:
            self._check_calls(clauses)
        return tree.SingleQuery(tuple(clauses), span=self.span_from(begin))

    def clause(self) -> tree.Clause:
        if self.only_reading and self.kind in UPDATING:
            message = f"{self.kind} cannot stand in an EXISTS, COUNT or COLLECT subquery, which only reads"
            raise self.error(message, detail="InvalidClauseComposition")
        return self._CLAUSES[self.kind](self)

    def _check_calls(self, clauses: list[tree.Clause]) -> None:
        """Only a CALL that is the whole query may leave out its arguments or say YIELD *."""
        for clause in clauses:
            if not isinstance(clause, tree.CallProcedure):
                continue
            if clause.yields == "*":
                raise self.error("YIELD * is only for a CALL that is the whole query", span=clause.span)
            if clause.arguments is None:
                message = f"{clause.name} needs its arguments in parentheses, unless CALL is the whole query"
                raise self.error(message, detail="InvalidArgumentPassingMode", span=clause.span)

    def _check_conclusion(self, branch: tree.SingleQuery) -> None:
        """A query ends with what it returns or changes."""
        last = branch.clauses[-1]
        unit_call = isinstance(last, tree.CallSubquery) and not self._returns(last.query)
        if isinstance(last, (*_CONCLUDING, tree.CallProcedure)) or unit_call:
            return
        message = f"a query cannot end with {self._first_word(last)}"
        hint = "RETURN says what it gives"
        raise self.error(message, detail="InvalidClauseComposition", span=last.span, hint=hint)

    def _returns(self, query: tree.Query) -> bool:
        return isinstance(query.branches[0].clauses[-1], tree.Return)

    def _first_word(self, clause: tree.Clause) -> str:
        """The first word of a clause, as a keyword."""
        return self.text[clause.span.begin : clause.span.end].split(maxsplit=1)[0].upper()

    # MATCH, UNWIND

    def _match(self) -> tree.Match:
        begin = self.tokens[self.at].begin
        optional = self.take("OPTIONAL")
        if optional and self.kind == "CALL":
            raise self.unsupported("OPTIONAL CALL")
        self.expect("MATCH")
        return self._patterns_and_condition(begin, optional=optional)

    def _patterns_and_condition(self, begin: int, *, optional: bool) -> tree.Match:
        patterns = self.patterns()
        where = self.expression() if self.take("WHERE") else None
        return tree.Match(patterns, where, optional, span=self.span_from(begin))

    def _unwind(self) -> tree.Unwind:
        begin = self.advance().begin
        source = self.expression()
        self.expect("AS", "AS and a variable")
        return tree.Unwind(source, self.variable(), span=self.span_from(begin))

    # WITH, RETURN

    def _with(self) -> tree.With:
        begin = self.advance().begin
        projection = self._projection()
        where = self.expression() if self.take("WHERE") else None
        return tree.With(projection, where, span=self.span_from(begin))

    def _return(self) -> tree.Return:
        begin = self.advance().begin
        return tree.Return(self._projection(), span=self.span_from(begin))

    def _projection(self) -> tree.Projection:
        begin = self.tokens[self.at].begin
        distinct = self.take("DISTINCT")
        star = self.take("*")
        items = [] if star else [self._item()]
        while self.take(","):
            items.append(self._item())
        order_by = self._order_by()
        skip = self.expression() if self.take("SKIP") or self.take("OFFSET") else None
        limit = self.expression() if self.take("LIMIT") else None
        if self.kind in ("ORDER", "SKIP", "OFFSET"):
            raise self.error(f"{self.kind} comes too late", hint="the order is ORDER BY, SKIP, LIMIT")
        return tree.Projection(tuple(items), star, distinct, order_by, skip, limit, span=self.span_from(begin))

    def _item(self) -> tree.ProjectionItem:
        begin = self.tokens[self.at].begin
        if self.kind == "ORDER" and self.kinds[self.at + 1] == "BY":
            raise self.unexpected("an expression")
        expression = self.expression()
        text = self.text[begin : self.tokens[self.at - 1].end]
        alias = self.variable("a variable after AS") if self.take("AS") else None
        return tree.ProjectionItem(expression, alias, text, span=self.span_from(begin))

    def _order_by(self) -> tuple[tree.SortItem, ...]:
        if not self.take("ORDER"):
            return ()
        self.expect("BY")
        items = [self._sort_item()]
        while self.take(","):
            items.append(self._sort_item())
        return tuple(items)

    def _sort_item(self) -> tree.SortItem:
        begin = self.tokens[self.at].begin
        expression = self.expression()
        descending = _DIRECTIONS.get(self.kind)
        if descending is not None:
            self.advance()
        return tree.SortItem(expression, bool(descending), span=self.span_from(begin))

    # CALL

    def _call_clause(self) -> tree.Clause:
        begin = self.advance().begin
        if self.kind in ("{", "("):
            return self._call_subquery(begin)
        name = self.function_name()
        arguments = self._arguments()
        yields = self._yields() if self.take("YIELD") else None
        where = self.expression() if yields and self.take("WHERE") else None
        return tree.CallProcedure(name, arguments, yields, where, span=self.span_from(begin))

    def _arguments(self) -> tuple[tree.Expression, ...] | None:
        if not self.take("("):
            return None
        arguments = self.expressions(")")
        self.expect(")", "',' or ')'")
        return arguments

    def _yields(self) -> Any:
        if self.take("*"):
            return "*"
        items = [self._yield_item()]
        while self.take(","):
            items.append(self._yield_item())
        return tuple(items)

    def _yield_item(self) -> tree.YieldItem:
        field = self.variable("a name that the procedure yields")
        variable = self.variable("a variable after AS") if self.take("AS") else field
        return tree.YieldItem(field.name, variable, span=self.span_from(field.span.begin))

    def _call_subquery(self, begin: int) -> tree.CallSubquery:
        imports = self._imports() if self.kind == "(" else None
        self.expect("{")
        self.deeper(2)
        query = self._query(self.tokens[self.at].begin)
        self.level -= 2
        self.expect("}", "'}' or another clause")
        if self.kind == "IN":
            raise self.unsupported("CALL { … } IN TRANSACTIONS", "there are no transactions to split")
        return tree.CallSubquery(query, imports, span=self.span_from(begin))

    def _imports(self) -> Any:
        self.advance()
        imports: Any = "*"
        if not self.take("*"):
            names = [self.variable()] if self.kind in NAMES else []
            while names and self.take(","):
                names.append(self.variable())
            imports = tuple(names)
        self.expect(")", "a variable, ',' or ')'")
        return imports

    _CLAUSES: ClassVar[dict[str, Callable[[Any], tree.Clause]]] = {
        "MATCH": _match,
        "OPTIONAL": _match,
        "UNWIND": _unwind,
        "WITH": _with,
        "RETURN": _return,
        "CALL": _call_clause,
        "CREATE": UpdateReader.create,
        "MERGE": UpdateReader.merge,
        "SET": UpdateReader.set,
        "REMOVE": UpdateReader.remove,
        "DELETE": UpdateReader.delete,
        "DETACH": UpdateReader.delete,
        "FOREACH": UpdateReader.foreach,
    }
