"""Planning: the core algebra -> a tree of operators, in an order that keeps the rows few.

In: what `lower` gives, and the counts of a graph. Out: a plan (`operators`). It runs nothing and reads no property.
"""

from kg.cypher.plan.steps import Plan, make_plan

__all__ = ["Plan", "make_plan"]
