"""Which of the things that a report names stand in which relation: a learned judgement over what the rules found.

In: a `Reading` with entities and the facts of the rules. Out: the same with facts added, dropped, and each given the
probability that it is right. `candidates.py` lists the pairs that could be facts, `features.py` says what a pair looks
like in its sentence, `model.py` holds the weights, `judge.py` decides. The weights are made by `kg/train/`.
"""
