"""Rewards of edges: their weighted score and place, and a stable hash of the pair for ties."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry, inner
from viceversa.matching.engine.solving.kernels.market import Array


@entry
def rewards_of(
    edge: Array,
    learner: Array,
    adviser: Array,
    score: Array,
    place: int,
    point: int,
    tie: int,
    tie_bits: int,
) -> tuple[Array, Array]:
    """(F,) rewards and advisers of the edges at the positions ``edge``."""
    reward = np.empty(len(edge), np.int64)
    head = np.empty(len(edge), np.int32)
    shift = np.uint64(64 - tie_bits)
    for at in range(len(edge)):
        e = edge[at]
        reward[at] = place + point * score[e]
        head[at] = adviser[e]
        if tie:
            reward[at] += np.int64(mixed(learner[e], adviser[e]) >> shift)
    return reward, head


@inner
def mixed(learner: int, adviser: int) -> int:
    """SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) of the pair."""
    z = (np.uint64(learner) << np.uint64(32)) | np.uint64(adviser)
    z = z + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
