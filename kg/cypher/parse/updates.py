"""The clauses that change a graph: CREATE, MERGE, SET, REMOVE, DELETE, FOREACH."""

from __future__ import annotations

from kg.cypher import tree
from kg.cypher.parse import slips
from kg.cypher.parse.patterns import PatternReader
from kg.cypher.tokens import NAMES

UPDATING = frozenset(("CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH", "FOREACH"))


class UpdateReader(PatternReader):
    """Reads updating clauses."""

    def clause(self) -> tree.Clause:
        raise NotImplementedError

    def create(self) -> tree.Create:
        begin = self.advance().begin
        if refused := self._schema_words():
            raise self.unsupported(f"CREATE {refused}", "there is no schema to change")
        self.creating = True
        patterns = self.patterns()
        self.creating = False
        return tree.Create(patterns, span=self.span_from(begin))

    def _schema_words(self) -> str | None:
        words = ("UNIQUE", "INDEX", "CONSTRAINT", "DATABASE", "USER", "ROLE", "FULLTEXT", "VECTOR", "TEXT", "RANGE")
        return next((word for word in words if self.is_word(word) and self.kinds[self.at + 1] != "="), None)

    def merge(self) -> tree.Merge:
        begin = self.advance().begin
        pattern = self.path_pattern()
        if self.kind == ",":
            raise self.error("MERGE takes one pattern", hint="write one MERGE for each")
        created: list[tree.SetItem] = []
        matched: list[tree.SetItem] = []
        while self.take("ON"):
            if self.kind not in ("CREATE", "MATCH"):
                raise self.unexpected("CREATE or MATCH after ON")
            items = created if self.advance().kind == "CREATE" else matched
            self.expect("SET")
            items += self._set_items()
        return tree.Merge(pattern, tuple(created), tuple(matched), span=self.span_from(begin))

    def set(self) -> tree.Set:
        begin = self.advance().begin
        return tree.Set(tuple(self._set_items()), span=self.span_from(begin))

    def _set_items(self) -> list[tree.SetItem]:
        items = [self._set_item()]
        while self.take(","):
            items.append(self._set_item())
        return items

    def _set_item(self) -> tree.SetItem:
        begin = self.tokens[self.at].begin
        target = self._target()
        if isinstance(target, tree.Variable):
            if self.kind == ":":
                return tree.SetLabels(target, self._label_names(), span=self.span_from(begin))
            if self.kind not in ("=", "+="):
                raise self.unexpected("'=', '+=', '.key' or ':Label' after the variable")
            keep = self.advance().kind == "+="
            return tree.SetProperties(target, self.expression(), keep, span=self.span_from(begin))
        subject, key = self._place(target)
        self.expect("=", "'='")
        return tree.SetProperty(subject, key, self.expression(), span=self.span_from(begin))

    def remove(self) -> tree.Remove:
        begin = self.advance().begin
        items = [self._remove_item()]
        while self.take(","):
            items.append(self._remove_item())
        return tree.Remove(tuple(items), span=self.span_from(begin))

    def _remove_item(self) -> tree.RemoveItem:
        begin = self.tokens[self.at].begin
        target = self._target()
        if isinstance(target, tree.Variable):
            if self.kind != ":":
                raise self.unexpected("'.key' or ':Label' after the variable")
            return tree.RemoveLabels(target, self._label_names(), span=self.span_from(begin))
        subject, key = self._place(target)
        return tree.RemoveProperty(subject, key, span=self.span_from(begin))

    def _target(self) -> tree.Expression:
        """What stands left of '=': an atom with keys and indexes, but no label test."""
        begin = self.tokens[self.at].begin
        if self.kind not in NAMES and self.kind != "(":
            raise self.unexpected("a variable or a property, n.key")
        target: tree.Expression = self.variable() if self.kind in NAMES else self.atoms["("](self)
        while self.kind in (".", "["):
            target = self.property(target, begin) if self.kind == "." else self.subscript(target, begin)
        return target

    def _place(self, target: tree.Expression) -> tuple[tree.Expression, str | tree.Expression]:
        """The two halves of `subject.key` or `subject[key]`."""
        if isinstance(target, tree.Property):
            return target.subject, target.key
        if isinstance(target, tree.Subscript):
            return target.subject, target.index
        raise self.error("only a property can be set or removed", span=target.span, hint="n.key = value")

    def _label_names(self) -> tuple[str, ...]:
        names = []
        while self.take(":"):
            names.append(self.word("a label"))
        return tuple(names)

    def delete(self) -> tree.Delete:
        begin = self.tokens[self.at].begin
        detach = self.take("DETACH")
        self.expect("DELETE")
        expressions = [self.expression()]
        while self.take(","):
            expressions.append(self.expression())
        return tree.Delete(tuple(expressions), detach, span=self.span_from(begin))

    def foreach(self) -> tree.Foreach:
        """`FOREACH (variable IN list | updates)`."""
        begin = self.advance().begin
        opener = self.at
        self.expect("(")
        variable = self.variable()
        self.expect("IN")
        self.barred.add(opener)
        source = self.expression()
        self.barred.discard(opener)
        self.expect("|")
        self.deeper()
        clauses = []
        while self.kind in UPDATING:
            clauses.append(self.clause())
        if not clauses or self.kind in slips.CLAUSES:
            raise self.error(f"expected an updating clause in FOREACH, found {self.shown()}")
        self.expect(")", "another updating clause or ')'")
        self.level -= 1
        return tree.Foreach(variable, source, tuple(clauses), span=self.span_from(begin))
