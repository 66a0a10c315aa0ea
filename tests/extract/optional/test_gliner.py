"""GLiNER itself, with random weights made here: its way through the package is real, what it finds is not.

Skipped without the extra, which brings torch. The weights that people use cannot be fetched in a test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.extract import extract_documents
from kg.extract.optional.claims import ClaimedMention
from kg.extract.optional.windows import windows
from kg.model import Document, SetAside
from kg.vocabulary import ENTITY_TYPES

NEWS = "Under the Dhow Keepers and Kenya, the Coral Ledger took shape. Observers from Lamu hailed it."


def test_windows_are_whole_sentences_without_what_is_set_aside() -> None:
    text = "One two. Three four five.\nSix seven\neight nine ten eleven."
    document = Document("d", text, set_aside=(SetAside(0, 8, "boilerplate"),))
    assert [text[a:b] for a, b in windows(document, 3)] == [
        "Three four five.",
        "Six seven",
        "eight nine ten",
        "eleven.",
    ]
    assert windows(Document("empty", " \n"), 3) == []


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a GLiNER model: a word-level tokenizer, one layer, random weights."""
    gliner = pytest.importorskip("gliner", reason="needs the extra 'gliner', which brings torch")
    import tokenizers
    import torch
    import transformers

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("gliner")
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    words = [*special.values(), *dict.fromkeys(NEWS.replace(".", "").split())]
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    encoder = folder / "encoder"
    transformers.PreTrainedTokenizerFast(tokenizer_object=made, **special).save_pretrained(encoder)
    transformers.BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    ).save_pretrained(encoder)
    config = gliner.GLiNERConfig(model_name=str(encoder), hidden_size=32, max_width=6, max_len=384)
    model = gliner.GLiNER.from_config(config.to_dict(), backbone_from_pretrained=False)
    model.save_pretrained(folder / "model")
    return folder / "model"


@pytest.mark.filterwarnings("ignore")
def test_all_that_gliner_finds_is_claimed_at_its_offsets(weights: Path) -> None:
    from kg.extract.optional.gliner import load_gliner

    extractor = load_gliner(str(weights), threshold=0.0)
    claims = list(extractor.read(Document("news", NEWS)))
    assert claims
    for claim in claims:
        assert isinstance(claim, ClaimedMention)
        assert NEWS[claim.begin : claim.end] == claim.quote
        assert claim.type in ENTITY_TYPES
        assert 0 <= claim.confidence <= 1
    assert extractor.title.startswith(f"gliner ({weights}, from 0.0 on, gliner ")


@pytest.mark.filterwarnings("ignore")
def test_names_of_gliner_reach_the_extraction(weights: Path) -> None:
    from kg.extract.optional.gliner import load_gliner

    extractor = load_gliner(str(weights), threshold=0.0)
    (extraction,) = extract_documents([Document("news", NEWS)], extractor=extractor)
    mentions = [mention for entity in extraction.entities for mention in entity.mentions]
    assert "extractor:gliner" in {mention.rule for mention in mentions}
    assert all(NEWS[m.begin : m.end] == m.quote for m in mentions)


@pytest.mark.filterwarnings("ignore")
def test_a_model_that_is_not_here_is_not_fetched(tmp_path: Path) -> None:
    pytest.importorskip("gliner", reason="needs the extra 'gliner', which brings torch")
    from kg.extract.optional.gliner import load_gliner

    with pytest.raises(ModelError, match="is not on this machine .* kg downloads nothing"):
        load_gliner(str(tmp_path / "none"))
