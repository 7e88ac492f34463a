"""Texts as words and words as n-grams: lengths, and one text against all words."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry, inlined, inner
from viceversa.matching.engine.people.kernels.facts import FULL, Array


@entry
def lengths(
    text_start: Array,
    text_word: Array,
    word_start: Array,
    word_gram: Array,
    weight: Array,
    grams: int,
) -> Array:
    """(texts,) squares of the lengths of texts, as vectors over the n-grams."""
    found = np.zeros(len(text_start) - 1, np.int64)
    scratch = np.zeros(grams, np.int64)
    for text in range(len(found)):
        for at in range(text_start[text], text_start[text + 1]):
            word = text_word[at]
            for g in range(word_start[word], word_start[word + 1]):
                scratch[word_gram[g]] += weight[g]
        for at in range(text_start[text], text_start[text + 1]):
            word = text_word[at]
            for g in range(word_start[word], word_start[word + 1]):
                value = scratch[word_gram[g]]
                scratch[word_gram[g]] = 0
                found[text] += value * value
    return found


@inner
def hear(
    text: int,
    text_start: Array,
    text_word: Array,
    word_start: Array,
    word_gram: Array,
    weight: Array,
    gram_start: Array,
    gram_word: Array,
    gram_weight: Array,
    said: Array,
    spoken: Array,
) -> None:
    """Multiply one learner's text with every word that advisers use, into ``said`` (words,)."""
    said[:] = 0
    spoken[:] = -1
    for at in range(text_start[text], text_start[text + 1]):
        word = text_word[at]
        for g in range(word_start[word], word_start[word + 1]):
            gram, value = word_gram[g], weight[g]
            for there in range(gram_start[gram], gram_start[gram + 1]):
                said[gram_word[there]] += value * gram_weight[there]


@inner
def product_with(text: int, text_start: Array, text_word: Array, said: Array) -> int:
    """One text times what was heard."""
    product = np.int64(0)
    for at in range(text_start[text], text_start[text + 1]):
        product += said[text_word[at]]
    return product


@inner
def share_of(product: int, length: float) -> int:
    """How alike two sides are, 0…10,000, by their product and the product of their lengths."""
    return min(np.int64(np.rint(product / length * FULL)), FULL) if length > 0 else 0


@inlined
def likeness(
    place: int, text_start: Array, text: Array, spoken: Array, said: Array,
    word_start: Array, word: Array, length: float,
) -> int:  # fmt: skip
    """How alike an adviser's texts are to what was heard; products with texts are kept."""
    product = np.int64(0)
    for t in range(text_start[place], text_start[place + 1]):
        one = text[t]
        if spoken[one] < 0:
            spoken[one] = product_with(one, word_start, word, said)
        product += spoken[one]
    return share_of(product, length)
