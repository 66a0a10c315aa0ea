"""Plans as text: one operator a line, what it starts from below it.

Top               m.year DESC, 20                          ≈ 20
└─ Expand         (l)-[:ATTENDED]->(m)                     ≈ 15
   └─ IndexSeek   l:Leader, id = $leader                   ≈ 1
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kg.cypher import tree
from kg.cypher.algebra import Columns, PathValue
from kg.cypher.meter import Meter
from kg.cypher.notation import write
from kg.cypher.plan import Plan
from kg.cypher.plan import operators as op
from kg.cypher.plan.estimates import Estimates

_WIDEST = 100


def plan_text(plan: Plan, estimates: Estimates, meter: Meter | None = None) -> str:
    """The plan with estimated rows; with a meter also with the rows there were, and whether they came in batches."""
    lines = list(_lines(plan.root, "", "", estimates, meter))
    width = max(len(head) for head, _, _ in lines)
    detail = min(_WIDEST, max(len(_cut(text)) for _, text, _ in lines))
    return "\n".join(f"{head:<{width}}  {_cut(text):<{detail}}  {counts}".rstrip() for head, text, counts in lines)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _lines(
    operator: op.Operator, first: str, rest: str, estimates: Estimates, meter: Meter | None
) -> Iterable[tuple[str, str, str]]:
    guess = max(1.0, estimates.rows(operator))
    counts = f"≈ {guess:,.0f} row{'' if round(guess) == 1 else 's'}"
    if meter is not None and id(operator) in meter.rows:
        how = "in batches" if id(operator) in meter.batched else "row by row"
        counts += f", {meter.rows[id(operator)]:,} {how}"
    yield f"{first}{type(operator).__name__}", describe(operator), counts
    below = list(op.inputs(operator))
    for place, one in enumerate(below):
        last = place == len(below) - 1
        yield from _lines(
            one, f"{rest}{'└─ ' if last else '├─ '}", f"{rest}{'   ' if last else '│  '}", estimates, meter
        )


# Operators


def describe(operator: op.Operator) -> str:
    """What an operator does, in the notation of a query."""
    form = _FORMS.get(type(operator))
    return form(operator) if form else ""


def _arrow(one: Any, length: str = "") -> str:
    types = "|".join(map(_name, one.types or ()))
    link = f"[{_visible(one.relationship)}{':' if types else ''}{types}{length}]"
    ways = {"out": ("-", "->"), "in": ("<-", "-"), "both": ("-", "-")}
    before, after = ways[one.direction]
    return f"({_visible(one.start)}){before}{link}{after}({_visible(one.end)})"


def _length(length: tree.Length) -> str:
    if length.least is not None and length.least == length.most:
        return f"*{length.least}"
    least, most = ("" if side is None else str(side) for side in (length.least, length.most))
    return f"*{least}..{most}"


def _differs(one: Any) -> str:
    names = [_visible(name) or "the unnamed one" for name in one.differs_from]
    return f", other than {', '.join(names)}" if names else ""


def _visible(variable: str) -> str:
    """Variables that nobody named stay unnamed."""
    return "" if variable.split("#")[0] == "anon" else variable


def _name(name: str) -> str:
    return name if name.isidentifier() else f"`{name}`"


def _columns(columns: Columns) -> str:
    return ", ".join(f"{show(e)} AS {name}" if show(e) != name else name for name, e in columns)


def _order(keys: Iterable[tree.SortItem]) -> str:
    return ", ".join(f"{show(key.expression)}{' DESC' if key.descending else ''}" for key in keys)


def _degree(one: op.Degree) -> str:
    types, labels = "|".join(map(_name, one.types or ())), "".join(f":{_name(label)}" for label in one.labels)
    before, after = {"out": ("-", "->"), "in": ("<-", "-"), "both": ("-", "-")}[one.direction]
    return f"{one.count} = ({_visible(one.start)}){before}[{':' if types else ''}{types}]{after}({labels})"


def _bound(one: op.BoundRelationship) -> str:
    arrow = "->" if one.directed else "-"
    return f"({_visible(one.left)})-[{_visible(one.relationship)}]{arrow}({_visible(one.right)})"


_FORMS: dict[type, Callable[[Any], str]] = {
    op.AllNodes: lambda one: one.node,
    op.LabelScan: lambda one: f"{one.node}:{_name(one.label)}",
    op.IndexSeek: lambda one: f"{one.node}{f':{_name(one.label)}' if one.label else ''}, {one.key} = {show(one.value)}",
    op.Expand: lambda one: _arrow(one) + (", both ends known" if one.into else "") + _differs(one),
    op.ExpandVariable: lambda one: (
        _arrow(one, _length(one.length)) + (", both ends known" if one.into else "") + _differs(one)
    ),
    op.Degree: _degree,
    op.ShortestPath: lambda one: ("all of " if one.all else "") + _arrow(one, _length(one.length)),
    op.BoundRelationship: _bound,
    op.Filter: lambda one: " AND ".join(map(show, one.conditions)),
    op.Project: lambda one: _columns(one.columns),
    op.Aggregate: lambda one: _columns(one.aggregates) + (f" BY {_columns(one.keys)}" if one.keys else ""),
    op.Distinct: lambda one: ", ".join(one.variables),
    op.Sort: lambda one: _order(one.keys),
    op.Top: lambda one: f"{_order(one.keys)}, {show(one.count)}",
    op.Skip: lambda one: show(one.count),
    op.Limit: lambda one: show(one.count),
    op.Unwind: lambda one: f"{show(one.items)} AS {one.variable}",
    op.OptionalApply: lambda one: f"or null: {', '.join(filter(None, map(_visible, one.variables)))}",
    op.HashJoin: lambda one: ", ".join(f"{show(a)} = {show(b)}" for a, b in one.keys),
    op.ProcedureCall: lambda one: f"{one.name}({', '.join(map(show, one.arguments))})",
    op.Create: lambda one: ", ".join(filter(None, (_visible(new.name) for new in one.new))),
    op.Merge: lambda one: ", ".join(filter(None, (_visible(new.name) for new in one.new))),
    op.Delete: lambda one: ("DETACH " if one.detach else "") + ", ".join(map(show, one.expressions)),
    op.Foreach: lambda one: f"{one.variable} IN {show(one.items)}",
}


# Expressions


def show(e: tree.Expression) -> str:
    """An expression in the notation of a query, with its inner parts left out where they are long."""
    match e:
        case tree.Literal(value):
            return write(value)
        case tree.Parameter(name):
            return f"${_name(name)}"
        case tree.Variable(name):
            return _visible(name) or "_"
        case tree.Property(subject, key):
            return f"{show(subject)}.{_name(key)}"
        case tree.Comparison(first, rest):
            return show(first) + "".join(f" {operator} {show(one)}" for operator, one in rest)
        case tree.Logical(operator, operands):
            return f"({f' {operator} '.join(map(show, operands))})"
        case tree.Negation(operand):
            return f"NOT {show(operand)}"
        case tree.NullTest(operand, negated):
            return f"{show(operand)} IS {'NOT ' if negated else ''}NULL"
        case tree.LabelTest(subject, labels):
            return f"{show(subject)}:{_labels(labels)}"
        case tree.Binary(operator, left, right):
            return f"{show(left)} {operator} {show(right)}"
        case tree.Unary(operator, operand):
            return f"{operator}{show(operand)}"
        case tree.FunctionCall(name, arguments, distinct):
            return f"{name}({'DISTINCT ' if distinct else ''}{', '.join(map(show, arguments))})"
        case tree.CountStar():
            return "count(*)"
        case tree.ListLiteral(items):
            return f"[{', '.join(map(show, items))}]"
        case tree.ListComprehension(variable, source):
            return f"[{variable.name} IN {show(source)} …]"
        case tree.Quantifier(kind, variable, source):
            return f"{kind}({variable.name} IN {show(source)} …)"
        case PathValue():
            return "path"
        case op.Planned(kind):
            return f"{kind} {{ … }}"
        case _:
            return f"{type(e).__name__.lower()} …"


def _labels(labels: tree.LabelExpression) -> str:
    match labels:
        case tree.LabelName(name):
            return _name(name)
        case tree.LabelNot(operand):
            return f"!{_labels(operand)}"
        case tree.LabelAll(operands):
            return "&".join(map(_labels, operands))
        case tree.LabelAny(operands):
            return f"({'|'.join(map(_labels, operands))})"
        case _:
            return "%"
