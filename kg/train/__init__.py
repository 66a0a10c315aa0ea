"""How the relation model is made: annotated sentences in, `kg/extract/relations/model.npz` out.

In: the reports of `seeds/training/`, written and annotated for this project. Out: the weights that
`kg/extract/relations/` scores with. Nothing else of `kg` may import this room; a user never needs it.
"""
