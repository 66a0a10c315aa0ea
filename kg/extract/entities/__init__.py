"""Who and what a document names: one extractor a file, each adding mentions to the `Reading`.

In: a parsed document. Out: drafts of entities with the spans that stand for them. What they did is `kg.extract.facts`.
"""
