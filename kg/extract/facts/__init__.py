"""What the named entities did: one family of predicates a file, each adding facts to the `Reading`.

In: a `Reading` whose entities are found. Out: draft facts, each with the token that says it.
`verbs.toml` holds the facts that a verb states between its arguments; the other files hold what takes more than a verb.
"""
