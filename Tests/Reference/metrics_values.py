"""Reference values for Tests/MetricsTests/ReferenceValuesTests.swift.

Needs monai (1.6.1) and torch. Prints one line per pair of random masks: the seed, then for each of
the labels 1, 2 and 3 Dice and IoU as MONAI computes them. The masks are drawn with SplitMix64, so
that the test draws the same ones: voxel by voxel, x fastest, `next() % 5` for the prediction, then
the same for the reference; 4 becomes 0.
"""

import torch
from monai.metrics import compute_dice, compute_iou

MASK = (1 << 64) - 1
SIZE = (7, 6, 5)  # x, y, z


def splitmix64(seed):
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        word = state
        word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
        yield word ^ (word >> 31)


def one_hot(generator):
    count = SIZE[0] * SIZE[1] * SIZE[2]
    labels = torch.tensor([next(generator) % 5 % 4 for _ in range(count)])
    return torch.nn.functional.one_hot(labels.reshape(SIZE[::-1]), 4).permute(3, 0, 1, 2)[None]


for seed in (1, 2, 3):
    generator = splitmix64(seed)
    prediction, reference = one_hot(generator), one_hot(generator)
    dice = compute_dice(prediction, reference, include_background=False)[0]
    iou = compute_iou(prediction, reference, include_background=False)[0]
    print(seed, [round(float(v), 8) for v in dice], [round(float(v), 8) for v in iou])
