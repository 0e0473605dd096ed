"""A language model made on the spot, for a real model server: no weights are downloaded.

Attention and feed-forward tensors are zero, the embedding is one-hot and the output matrix holds the logarithms of how
often one token follows another in our own documents. So llama.cpp runs an exact Markov chain: real words, real
grammar-constrained JSON, real token counts, and nothing that makes sense.
"""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import gguf
import numpy as np

WORDS = 160
SPACE = "\u2581"
CONTEXT = 24_576
HEAD = 32
"""Width of the one attention head, which sees nothing: a long prompt must not take long."""

_TEMPLATE = (
    "{% for m in messages %}[{{ m['role'] }}] {{ m['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}[assistant]{% endif %}"
)


def _vocabulary(text: str) -> tuple[list[str], list[float], list[int]]:
    """Return tokens with score and kind: specials, bytes, printable characters, the commonest words."""
    kinds = gguf.TokenType
    rows: list[tuple[str, float, int]] = [
        ("<unk>", 0.0, kinds.UNKNOWN),
        ("<s>", 0.0, kinds.CONTROL),
        ("</s>", 0.0, kinds.CONTROL),
    ]
    rows += [(f"<0x{byte:02X}>", 0.0, kinds.BYTE) for byte in range(256)]
    rows += [(character, -1000.0, kinds.NORMAL) for character in [*map(chr, range(33, 127)), SPACE]]
    common = Counter(re.findall(r"[A-Za-z]{2,14}", text)).most_common(WORDS)
    rows += [(SPACE + word, -(place + 1) / 10, kinds.NORMAL) for place, (word, _) in enumerate(common)]
    tokens, scores, types = zip(*rows, strict=True)
    return list(tokens), list(scores), [int(kind) for kind in types]


def _follows(text: str, tokens: list[str]) -> np.ndarray:
    """Return the logarithm of each token's share after each other; strings are made to end."""
    index = {token: place for place, token in enumerate(tokens)}
    found = (
        index.get(SPACE + match.group(), index.get(match.group(), -1))
        for match in re.finditer(r"[A-Za-z]{2,14}|[^\sA-Za-z]", text)
    )
    line = [place for place in found if place >= 0]
    counts = np.full((len(tokens), len(tokens)), 0.01, dtype=np.float32)
    for before, after in pairwise(line):
        counts[before, after] += 1
    logs = np.log(counts / counts.sum(axis=1, keepdims=True))
    quote, words = index['"'], [place for place, token in enumerate(tokens) if len(token) > 2 and token[0] == SPACE]
    logs[:, quote] = np.maximum(logs[:, quote], np.log(0.08))
    for end in (".", "?"):
        logs[index[end]] -= 3.0
        logs[index[end], quote] = 0.0
    logs[quote] -= 2.0
    logs[quote, words] = np.maximum(logs[quote, words], -4.0)
    logs[index["["], index["{"]] = 0.0
    for close in ("]", "}"):
        logs[:, index[close]] = np.maximum(logs[:, index[close]], np.log(0.05))
    return logs


def make(path: Path, text: str) -> None:  # noqa: PLR0915  # one line a field of the format
    """Write the model; the same text gives the same file."""
    tokens, scores, types = _vocabulary(text)
    size = -(-len(tokens) // 32) * 32
    half = np.float16
    embedding = np.zeros((len(tokens), size), dtype=half)
    embedding[np.arange(len(tokens)), np.arange(len(tokens))] = 1.0
    output = np.zeros((len(tokens), size), dtype=np.float32)
    output[:, : len(tokens)] = _follows(text, tokens).T / np.sqrt(size)  # RMS norm of a one-hot row is sqrt(size)

    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("bigrams")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(size)
    writer.add_block_count(1)
    writer.add_feed_forward_length(64)
    writer.add_head_count(1)
    writer.add_head_count_kv(1)
    writer.add_key_length(HEAD)
    writer.add_value_length(HEAD)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(HEAD)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(1)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(_TEMPLATE)
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output_norm.weight", np.ones(size, dtype=np.float32))
    writer.add_tensor("output.weight", output.astype(half))
    block = "blk.0."
    for norm in ("attn_norm", "ffn_norm"):
        writer.add_tensor(f"{block}{norm}.weight", np.ones(size, dtype=np.float32))
    shapes = dict.fromkeys(("attn_q", "attn_k", "attn_v"), (HEAD, size)) | {"attn_output": (size, HEAD)}
    shapes |= {"ffn_gate": (64, size), "ffn_up": (64, size), "ffn_down": (size, 64)}
    for name, shape in shapes.items():
        writer.add_tensor(f"{block}{name}.weight", np.zeros(shape, dtype=half))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
