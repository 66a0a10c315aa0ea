"""Fit the relation model: `python -m kg.train` reads `seeds/training/` and writes the packaged weights.

Needs the extra `train` (scikit-learn). The same reports give the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import MissingExtra
from kg.extract.pipeline import EntenteComponent, load_pipeline, make_doc
from kg.extract.reader import apply_rules
from kg.extract.relations.model import RelationModel
from kg.model import Document
from kg.train.label import Example, RuleOutcome, label_report
from kg.vocabulary import PREDICATES

COST = 0.1  # inverse of the strength of the regularisation
RULE_WEIGHT = 4.0  # what a rule said is regularised less than what words say
MIN_REPORTS = 3  # a feature seen in fewer reports is left out
MIN_FACTS = 8  # a predicate with fewer examples is left to its rules
FOLDS = 8
_SMALL = 0.004  # weights below are dropped


@dataclass(slots=True)
class Labelled:
    """The examples of a corpus, and what its rules were worth where the model has no say."""

    examples: list[Example]
    outcomes: list[RuleOutcome]


def label_corpus(reports: Iterable[dict[str, Any]]) -> Labelled:
    """Read every report with the rules and hold what they found against its annotation."""
    nlp = load_pipeline()
    reader = nlp.get_pipe("entente")
    assert isinstance(reader, EntenteComponent)
    labelled = Labelled([], [])
    with nlp.select_pipes(disable=["entente"]):
        for report in reports:
            document = Document(report["id"], report["text"], report["title"], report["published"], report["publisher"])
            examples, outcomes = label_report(report, apply_rules(nlp(make_doc(nlp, document)), document, reader.names))
            labelled.examples += examples
            labelled.outcomes += outcomes
    return labelled


def fit_model(labelled: Labelled) -> RelationModel:
    """Weights from all examples; probabilities from folds that leave whole reports out."""
    held_out = cross_validate(labelled.examples)
    slope, offset = calibrate(labelled.examples, held_out)
    model = _fit_weights(labelled.examples)
    return RelationModel(model.predicates, model.features, model.weights, slope, offset, rule_shares(labelled.outcomes))


def cross_validate(examples: Sequence[Example]) -> dict[tuple[str, int, str], float]:
    """For each pair and predicate the summed weights by a model that has not seen the pair's report."""
    reports = sorted({e.report for e in examples})
    found: dict[tuple[str, int, str], float] = {}
    for fold in range(FOLDS):
        held = set(reports[fold::FOLDS])
        model = _fit_weights([e for e in examples if e.report not in held])
        found.update(score_pairs(model, [e for e in examples if e.report in held]))
    return found


def score_pairs(model: RelationModel, examples: Iterable[Example]) -> dict[tuple[str, int, str], float]:
    """The highest sum among the places of each pair, for each predicate that it allows."""
    found: dict[tuple[str, int, str], float] = {}
    for example in examples:
        total = model.sum(example.features)
        for predicate in example.truth:
            key = (example.report, example.pair, predicate)
            found[key] = max(found.get(key, -99.0), float(total[model.predicates.index(predicate)]))
    return found


def _fit_weights(examples: Sequence[Example]) -> RelationModel:
    rows = _vocabulary(examples)
    matrix = _matrix(examples, rows)
    predicates = tuple(p for p in PREDICATES if p != "position")
    weights = np.zeros((len(rows), len(predicates)), dtype=np.float32)
    for column, predicate in enumerate(predicates):
        weights[:, column] = _fit_predicate(examples, matrix, rows, predicate)
    scale = np.array([RULE_WEIGHT if _of_rule(f) else 1.0 for f in rows], dtype=np.float32)
    weights *= scale[:, None]
    weights[np.abs(weights) < _SMALL] = 0.0
    used = np.flatnonzero(weights.any(axis=1))
    names = list(rows)
    kept = {names[old]: new for new, old in enumerate(used.tolist())}
    ones = np.ones(len(predicates), dtype=np.float32)
    half = weights[used].astype(np.float16).astype(np.float32)
    return RelationModel(predicates, kept, half, ones, ones * 0, {})


def _of_rule(feature: str) -> bool:
    return feature.startswith("R=")


def _vocabulary(examples: Sequence[Example]) -> dict[str, int]:
    seen: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for feature in example.features:
            seen[feature].add(example.report)
    return {f: row for row, f in enumerate(sorted(f for f, reports in seen.items() if len(reports) >= MIN_REPORTS))}


def _matrix(examples: Sequence[Example], rows: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    data, columns, starts = [], [], [0]
    for example in examples:
        for feature in example.features:
            if feature in rows:
                columns.append(rows[feature])
                data.append(RULE_WEIGHT if _of_rule(feature) else 1.0)
        starts.append(len(columns))
    return csr_matrix((data, columns, starts), shape=(len(examples), len(rows)), dtype=np.float64)


def _fit_predicate(
    examples: Sequence[Example], matrix: Any, rows: dict[str, int], predicate: str
) -> NDArray[np.float32]:
    """One column of weights. A fact needs one place that shows it: first the annotated sentence, then the likeliest."""
    LogisticRegression = _scikit_learn()
    chosen = [i for i, e in enumerate(examples) if predicate in e.truth]
    truth = np.array([examples[i].truth[predicate] for i in chosen])
    weights = np.zeros(len(rows), dtype=np.float32)
    if truth.sum() < MIN_FACTS:
        weights[rows["bias"]] = -20.0  # left to the rules
        return weights
    part = matrix[chosen]
    places = defaultdict(list)
    for row, i in enumerate(chosen):
        places[(examples[i].report, examples[i].pair)].append(row)
    used = np.ones(len(chosen), dtype=bool)
    for group in places.values():
        shown = [row for row in group if predicate in examples[chosen[row]].shown]
        if truth[group[0]] and shown:
            used[[row for row in group if row not in shown]] = False
    for _ in range(2):
        fitted = LogisticRegression(C=COST, solver="liblinear", fit_intercept=False, random_state=0, max_iter=300)
        fitted.fit(part[used], truth[used])
        sums = fitted.decision_function(part)
        used[:] = True
        for group in places.values():
            if truth[group[0]]:
                best = max(group, key=lambda row: sums[row])
                used[[row for row in group if row != best and sums[row] < 0]] = False
    weights[:] = fitted.coef_[0]
    return weights


def _scikit_learn() -> Any:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise MissingExtra("training needs scikit-learn: pip install 'entente-kg[train]'") from error
    return LogisticRegression


def calibrate(
    examples: Sequence[Example], sums: dict[tuple[str, int, str], float]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Slope and offset of each predicate, which turn a sum into a probability (Platt 1999)."""
    LogisticRegression = _scikit_learn()
    predicates = tuple(p for p in PREDICATES if p != "position")
    truth = {(e.report, e.pair, p): y for e in examples for p, y in e.truth.items()}
    keys = sorted(key for key in sums if sums[key] > -15)
    x = np.array([[sums[k]] for k in keys])
    y = np.array([truth[k] for k in keys])
    common = LogisticRegression(C=1.0, random_state=0).fit(x, y)
    slope = np.full(len(predicates), common.coef_[0, 0], dtype=np.float32)
    offset = np.full(len(predicates), common.intercept_[0], dtype=np.float32)
    for column, predicate in enumerate(predicates):
        own = [i for i, k in enumerate(keys) if k[2] == predicate]
        if y[own].sum() >= 30:
            fitted = LogisticRegression(C=1.0, random_state=0).fit(x[own], y[own])
            slope[column], offset[column] = fitted.coef_[0, 0], fitted.intercept_[0]
    return slope, offset


def rule_shares(outcomes: Iterable[RuleOutcome]) -> dict[str, float]:
    """How often a rule was right where the model has no say, drawn towards its predicate's share."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for outcome in outcomes:
        for key in (outcome.predicate, f"{outcome.predicate}:{outcome.rule}"):
            counts[key][0] += outcome.right
            counts[key][1] += 1
    shares = {}
    for key, (right, all) in sorted(counts.items()):
        right_p, all_p = counts[key.partition(":")[0]]
        prior = (right_p + 1) / (all_p + 2)
        shares[key] = round((right + 4 * prior) / (all + 4), 4)
    return shares
