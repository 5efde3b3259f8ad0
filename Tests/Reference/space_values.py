"""Reference values for chains and branched networks: writes Spaces/SpaceReferenceValues.swift of
Tests/NetworksTests to standard output.

Needs torch (2.15). Weights, inputs and digests are those of network_values.py.
"""

import torch
import torch.nn.functional as F

from network_values import Weights, convolution, digest, entries, image, probe, upsampling

CLASSES, BATCH = 3, 2

# encoder, decoder (blocks, kernel, channels), normalisation, activation, patch
CHAINS = {
    "batch": ([(2, 3, 4), (1, 1, 6), (1, 3, 8)], [(1, 3, 6), (2, 3, 4)], "batch", "relu", (5, 6, 7)),
    "group": ([(1, 3, 8), (1, 3, 3)], [(1, 5, 4)], "group", "gelu", (4, 6, 5)),
    "instance": (
        [(1, 3, 4), (1, 3, 4), (1, 3, 8)], [(1, 3, 4)], "instance", "silu", (6, 5, 8)),
    "none": ([(1, 5, 2), (1, 3, 4)], [(1, 1, 3)], "none", "leakyRelu", (4, 4, 6)),
    "rectified": ([(1, 3, 4), (2, 3, 4)], [(1, 3, 4)], "instance", "relu", (4, 6, 6)),
}

# layers (sources, merge, kernel, channels)
BRANCHES = {
    "single": [((0,), "sum", 3, 4)],
    "mixed": [((0,), "sum", 3, 4), ((0, 1), "concatenate", 1, 8), ((0, 1, 2), "sum", 3, 4)],
    "even": [((0,), "sum", 5, 4), ((1,), "sum", 3, 4), ((1, 2), "sum", 1, 6)],
}

ACTIVATIONS = {
    "relu": F.relu,
    "leakyRelu": lambda x: F.leaky_relu(x, 0.01),
    "silu": F.silu,
    "gelu": F.gelu,
}


class Averages(dict):
    """The moving averages of batch normalisations; fresh ones are 0 and 1."""

    def of(self, path, channels):
        if path not in self:
            ones = torch.ones(channels, dtype=torch.float64)
            self[path] = (0 * ones, ones)
        return self[path]


def normalized(weights, path, x, kind, averages, is_training):
    if kind == "none":
        return x
    channels = x.shape[1]
    scale = weights.get(path + "scale", (channels,))
    shift = weights.get(path + "shift", (channels,))
    if kind == "instance":
        return F.instance_norm(x, weight=scale, bias=shift, eps=1e-5)
    if kind == "group":
        groups = channels // 4 if channels % 4 == 0 else 1
        return F.group_norm(x, groups, scale, shift, 1e-5)
    mean, variance = averages.of(path, channels)
    return F.batch_norm(x, mean, variance, scale, shift, is_training, 0.1, 1e-5)


def chain(weights, image, encoder, decoder, kind, activation, averages, is_training):
    def stage(path, x, blocks, kernel, channels, stride=1):
        for index in range(blocks):
            here = f"{path}block{index}."
            step = (stride if index == 0 else 1,) * 3
            x = convolution(weights, here + "convolution.", x, channels, (kernel,) * 3, step)
            x = normalized(weights, here + "normalization.", x, kind, averages, is_training)
            x = ACTIVATIONS[activation](x)
        return x

    pyramid, x = [], image
    for index, choice in enumerate(encoder):
        x = stage(f"encoder.stage{index}.", x, *choice, stride=1 if index == 0 else 2)
        pyramid.append(x)
    x = pyramid.pop()
    for index, choice in enumerate(decoder):
        here, beside = f"decoder.stage{index}.", pyramid.pop()
        up = upsampling(weights, here + "upsampling.", x, choice[2], (2, 2, 2))
        depth, height, width = beside.shape[2:]
        joined = torch.cat([up[:, :, :depth, :height, :width], beside], 1)
        x = stage(here, joined, *choice)
    logits = convolution(weights, "head.", x, CLASSES, (1, 1, 1))
    factor = 2 ** (len(encoder) - 1 - len(decoder))
    if factor > 1:
        enlarged = [size * factor for size in logits.shape[2:]]
        logits = F.interpolate(logits, enlarged, mode="trilinear", align_corners=False)
    depth, height, width = image.shape[2:]
    return logits[:, :, :depth, :height, :width]


def branches(weights, image, layers):
    states = [image]
    for number, (sources, merge, kernel, channels) in enumerate(layers, start=1):
        here = f"layer{number}."
        read = [states[s] for s in sources]
        if merge == "concatenate":
            x = torch.cat(read, 1)
        else:
            widest = max(part.shape[1] for part in read)
            x = sum(
                part if part.shape[1] == widest
                else convolution(weights, f"{here}widening{s}.", part, widest, (1, 1, 1))
                for s, part in zip(sources, read))
        x = convolution(weights, here + "convolution.", x, channels, (kernel,) * 3)
        x = normalized(weights, here + "normalization.", x, "instance", None, True)
        states.append(F.leaky_relu(x, 0.01))
    return convolution(weights, "head.", states[-1], CLASSES, (1, 1, 1))


def values():
    logits, gradients, averages = {}, {}, {}
    for name, (encoder, decoder, kind, activation, patch) in CHAINS.items():
        weights, kept = Weights(), Averages()
        both = torch.cat([image(number, (BATCH, 1, *patch)) for number in range(2)], 1)
        trained = chain(weights, both, encoder, decoder, kind, activation, kept, True)
        probe(trained).backward()
        logits[f"{name} chain"] = digest(trained)
        logits[f"{name} chain afterwards"] = digest(
            chain(weights, both, encoder, decoder, kind, activation, kept, False))
        for path, weight in weights.items():
            gradients[f"{name} chain {path}"] = digest(weight.grad)
        for path, (mean, variance) in kept.items():
            averages[f"{path}mean"], averages[f"{path}variance"] = digest(mean), digest(variance)
    for name, layers in BRANCHES.items():
        weights = Weights()
        both = torch.cat([image(number, (BATCH, 1, 3, 4, 5)) for number in range(2)], 1)
        output = branches(weights, both, layers)
        probe(output).backward()
        logits[f"{name} branches"] = digest(output)
        for path, weight in weights.items():
            gradients[f"{name} branches {path}"] = digest(weight.grad)
    return logits, gradients, averages


if __name__ == "__main__":
    print("// Made by Tests/Reference/space_values.py with PyTorch", torch.__version__.split("+")[0])
    print()
    print("/// Digests of tensors as PyTorch computes them; the script says how they are made.")
    print("enum SpaceReferenceValues {")
    logits, gradients, averages = values()
    entries("logits", logits)
    print()
    entries("gradients", gradients)
    print()
    entries("averages", averages)
    print("}")
