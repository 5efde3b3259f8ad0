"""Reference values for Tests/NetworksTests: writes NetworkReferenceValues.swift to standard output,
or with the argument `cells` Fusion/FusionReferenceValues.swift.

Needs torch (2.15). Everything is computed in float64. Weights and inputs are made by a formula
that the tests repeat: element j of the weight called `name` is 0.4 · sin(phase + 0.37 · j), where
phase is the sum of the name's bytes; scales of a normalisation are 1 more. Element j of input m
is sin(0.13 · j + m). A tensor is stored as its digest: the sum of element j times cos(0.1 · j),
and its first element.
"""

import sys

import torch
import torch.nn.functional as F
from torch.utils.flop_counter import FlopCounterMode

LEVELS = [  # channels, kernel, stride
    (2, (1, 3, 3), (1, 1, 1)),
    (3, (3, 3, 3), (1, 2, 2)),
    (4, (3, 3, 3), (2, 2, 2)),
]
BLOCKS, CLASSES, PATCH, BATCH = 2, 3, (4, 8, 8), 2


def ramp(count):
    return torch.arange(count, dtype=torch.float64)


def image(number, shape):
    count = torch.Size(shape).numel()
    return torch.sin(0.13 * ramp(count) + number).reshape(shape)


def probe(tensor):
    flat = tensor.reshape(-1)
    return (flat * torch.cos(0.1 * ramp(flat.numel()))).sum()


def digest(tensor):
    flat = tensor.detach().reshape(-1)
    return [float(probe(flat))] + [float(flat[0])]


class Weights(dict):
    """Makes a weight when it is first asked for."""

    def get(self, name, shape):
        if name not in self:
            phase = sum(name.encode())
            count = torch.Size(shape).numel()
            values = 0.4 * torch.sin(phase + 0.37 * ramp(count))
            if name.endswith("scale"):
                values = values + 1
            self[name] = values.reshape(shape).requires_grad_()
        assert self[name].shape == torch.Size(shape)
        return self[name]


def convolution(weights, path, x, outputs, kernel, stride=(1, 1, 1), dilation=1):
    weight = weights.get(path + "weight", (outputs, x.shape[1], *kernel))
    bias = weights.get(path + "bias", (outputs,))
    padding = tuple((k - 1) // 2 * dilation for k in kernel)
    return F.conv3d(x, weight, bias, stride, padding, dilation)


def upsampling(weights, path, x, outputs, stride):
    weight = weights.get(path + "weight", (x.shape[1], outputs, *stride))
    return F.conv_transpose3d(x, weight, weights.get(path + "bias", (outputs,)), stride)


def normalization(weights, path, x):
    channels = x.shape[1]
    scale = weights.get(path + "scale", (channels,))
    shift = weights.get(path + "shift", (channels,))
    return F.instance_norm(x, weight=scale, bias=shift, eps=1e-5)


def block(weights, path, x, outputs, kernel, stride=(1, 1, 1), dilation=1):
    x = convolution(weights, path + "convolution.", x, outputs, kernel, stride, dilation)
    return F.leaky_relu(normalization(weights, path + "normalization.", x), 0.01)


def stage(weights, path, x, outputs, kernel, stride=(1, 1, 1), blocks=BLOCKS):
    for index in range(blocks):
        here = f"{path}block{index}."
        x = block(weights, here, x, outputs, kernel, stride if index == 0 else (1, 1, 1))
    return x


def encoder(weights, path, x, depth=3):
    pyramid = []
    for index, (channels, kernel, stride) in enumerate(LEVELS[:depth]):
        x = stage(weights, f"{path}level{index}.", x, channels, kernel, stride)
        pyramid.append(x)
    return pyramid


BLOCK_EDGES = {"convolution1": 1, "convolution3": 3, "convolution5": 5, "dilated3": 3}
OPERATIONS = [
    "skip", *BLOCK_EDGES, "separable3", "averagePool3", "maxPool3", "channelAttention",
    "crossModalAttention"]


def cross_modal_attention(weights, path, x, context, there):
    """Over the pairs of voxels that share a cube of 4³; there is one number per image."""
    size, channels = x.shape[2:], x.shape[1]

    def asked(name, features):
        return convolution(weights, f"{path}{name}.", features, channels, (1, 1, 1)).flatten(2)

    places = torch.cartesian_prod(*(torch.arange(length) // 4 for length in size))
    shared = (places[:, None] == places[None]).all(2)
    scores = torch.einsum("bcq,bck->bqk", asked("query", x), asked("key", context))
    shares = (scores / channels**0.5).masked_fill(~shared[None], -torch.inf).softmax(2)
    gathered = torch.einsum("bqk,bck->bcq", shares, asked("value", context)).reshape(x.shape)
    found = convolution(weights, path + "output.", gathered, channels, (1, 1, 1))
    found = found * there[:, None, None, None, None]
    gate = convolution(weights, path + "gate.", torch.cat([x, found], 1), channels, (1, 1, 1))
    return x + gate.sigmoid() * found


def edge(weights, path, operation, x, context=None, there=None):
    """What the node reads beside x is the context, which the images have that are there."""
    channels = x.shape[1]
    if operation == "crossModalAttention":
        if context is None:
            context, there = x, torch.ones(x.shape[0], dtype=x.dtype)
        return cross_modal_attention(weights, path, x, context, there)
    if operation == "skip":
        return x
    if operation in BLOCK_EDGES:
        dilation = 2 if operation == "dilated3" else 1
        return block(weights, path, x, channels, (BLOCK_EDGES[operation],) * 3, dilation=dilation)
    if operation == "separable3":
        depthwise = weights.get(path + "depthwise.weight", (channels, 1, 3, 3, 3))
        x = F.conv3d(x, depthwise, padding=1, groups=channels)
        return block(weights, path + "pointwise.", x, channels, (1, 1, 1))
    if operation == "averagePool3":
        return F.avg_pool3d(x, 3, 1, 1, count_include_pad=False)
    if operation == "maxPool3":
        return F.max_pool3d(x, 3, 1, 1)
    means = F.adaptive_avg_pool3d(x, 1)
    squeezed = convolution(weights, path + "squeeze.", means, max(1, channels // 4), (1, 1, 1))
    excited = F.leaky_relu(squeezed, 0.01)
    return x * convolution(weights, path + "excitation.", excited, channels, (1, 1, 1)).sigmoid()


def mean(maps, there):
    """The mean over the maps that each image has; there is [maps, batch] of zeros and ones."""
    there = there[:, :, None, None, None, None]
    return (torch.stack(maps) * there).sum(0) / there.sum(0).clamp(min=1)


def mean_variance(weights, path, maps, there):
    centre = mean(maps, there)
    spread = mean([(m - centre) ** 2 for m in maps], there)
    both = torch.cat([centre, spread], 1)
    return block(weights, path + "projection.", both, maps[0].shape[1], (1, 1, 1))


def attention(weights, path, maps, there):
    """Voxel by voxel over the pairs of voxels that share a cube of 4³, without cutting anything."""
    size, channels = maps[0].shape[2:], maps[0].shape[1]

    def asked(name, x):
        return convolution(weights, f"{path}{name}.", x, channels, (1, 1, 1)).flatten(2)

    places = torch.cartesian_prod(*(torch.arange(length) // 4 for length in size))
    shared = (places[:, None] == places[None]).all(2)
    centre = mean(maps, there)
    query = asked("query", centre)
    scores, values = [], []
    for index, m in enumerate(maps):
        score = torch.einsum("bcq,bck->bqk", query, asked(f"key{index}", m)) / channels**0.5
        allowed = shared[None] & there[index].bool()[:, None, None]
        scores.append(score.masked_fill(~allowed, -torch.inf))
        values.append(asked(f"value{index}", m))
    shares = torch.cat(scores, 2).softmax(2)
    gathered = torch.einsum("bqk,bck->bcq", shares, torch.cat(values, 2))
    gathered = gathered.reshape(centre.shape)
    return centre + convolution(weights, path + "output.", gathered, channels, (1, 1, 1))


def bilinear(weights, path, maps, there, rank=4):
    channels, product = maps[0].shape[1], 1
    for index, m in enumerate(maps):
        mapped = convolution(weights, f"{path}factor{index}.", m, rank * channels, (1, 1, 1))
        product = product * (1 + mapped * there[index][:, None, None, None, None])
    total = product.unflatten(1, (rank, channels)).sum(1)
    return F.leaky_relu(normalization(weights, path + "normalization.", total), 0.01)


def gated(weights, path, maps, there):
    logits = convolution(weights, path + "gate.", torch.cat(maps, 1), len(maps), (1, 1, 1))
    absent = ~there.bool().T[:, :, None, None, None]
    shares = logits.masked_fill(absent, -torch.inf).softmax(1)
    return sum(shares[:, i : i + 1] * m for i, m in enumerate(maps))


def concatenate(weights, path, maps, there):
    joined = torch.cat(maps, 1)
    return block(weights, path + "projection.", joined, maps[0].shape[1], (1, 1, 1))


JOININGS = {
    "concatenate": concatenate,
    "sum": lambda weights, path, maps, there: sum(maps),
    "gated": gated,
    "mean": lambda weights, path, maps, there: mean(maps, there),
    "meanVariance": mean_variance,
    "attention": attention,
    "bilinear": bilinear,
}


def node(weights, path, combination, edges, states, present=None):
    """present says, per state, which images of the batch have it; all do where it is left out."""
    batch = states[0].shape[0]
    there = torch.tensor([present[s] if present else [1] * batch for s, _ in edges])
    there = there.to(torch.float64)
    maps = []
    for i, (s, op) in enumerate(edges):
        others = [j for j in range(len(edges)) if j != i]
        context = rest = None
        if others:
            context = mean([states[edges[j][0]] for j in others], there[others])
            rest = there[others].amax(0)
        maps.append(edge(weights, f"{path}edge{i}.", op, states[s], context, rest))
    if len(maps) == 1:
        return maps[0]
    maps = [m * t[:, None, None, None, None] for m, t in zip(maps, there)]
    return JOININGS[combination](weights, path, maps, there)


def cell(weights, path, nodes, states):
    states = list(states)
    for index, (combination, edges) in enumerate(nodes):
        states.append(node(weights, f"{path}node{index}.", combination, edges, states))
    return states[-1]


def decoder(weights, path, pyramid):
    decoded, x = [], pyramid[-1]
    for index in reversed(range(len(LEVELS) - 1)):
        channels, kernel, _ = LEVELS[index]
        here = f"{path}level{index}."
        up = upsampling(weights, here + "upsampling.", x, channels, LEVELS[index + 1][2])
        x = stage(weights, here, torch.cat([up, pyramid[index]], 1), channels, kernel)
        decoded.insert(0, x)
    return decoded


def heads(weights, decoded):
    return [
        convolution(weights, f"head.level{index}.", x, CLASSES, (1, 1, 1))
        for index, x in enumerate(decoded)
    ]


CELLS = [
    [("gated", [(0, "convolution3"), (1, "skip")])],
    [
        ("sum", [(0, "skip"), (1, "convolution1")]),
        ("concatenate", [(1, "convolution1"), (2, "convolution3")]),
    ],
    [("sum", [(0, "skip")])],
]


def fused(weights, ct, mri, levels=2):
    first, second = encoder(weights, "encoder.ct.", ct), encoder(weights, "encoder.mri.", mri, 2)
    second.append(None)
    pyramid = [
        cell(weights, f"fusion.level{index}.", CELLS[index], pair)
        for index, pair in enumerate(zip(first, second))
    ]
    return heads(weights, decoder(weights, "decoder.", pyramid)[:levels])


def early(weights, ct, mri, levels=2):
    pyramid = encoder(weights, "encoder.early.", torch.cat([ct, mri], 1))
    return heads(weights, decoder(weights, "decoder.", pyramid)[:levels])


def layers():
    """Each layer's name and its output for image 0, 2 × 3 × 3 × 4 × 5."""
    x, y, z = (image(number, (2, 3, 3, 4, 5)) for number in range(3))
    w = Weights
    yield "convolution", convolution(w(), "", x, 2, (3, 1, 3), (1, 1, 2))
    yield "transposedConvolution", upsampling(w(), "", x, 2, (1, 2, 2))
    yield "instanceNormalization", normalization(w(), "", x)
    yield "convolutionBlock", block(w(), "", x, 2, (3, 3, 3), (2, 2, 2))
    yield "stage", stage(w(), "", x, 4, (3, 3, 3), (1, 2, 2))
    yield "segmentationHead", convolution(w(), "", x, 4, (1, 1, 1))


def cells():
    """Each combination of three states joined after each operation."""
    x, y, z = (image(number, (2, 3, 3, 4, 5)) for number in range(3))
    w = Weights
    for combination in JOININGS:
        for operation in OPERATIONS:
            edges = [(s, operation) for s in range(3)]
            yield f"{combination} {operation}", node(w(), "node0.", combination, edges, [x, y, z])
            # The first image lacks the second state, the second image the first and the third.
            some = node(
                w(), "node0.", combination, edges, [x, y, z], [[1, 0], [0, 1], [1, 0]])
            yield f"{combination} {operation} partly", some


def network(forward):
    weights = Weights()
    logits = forward(weights, *(image(number, (BATCH, 1, *PATCH)) for number in range(2)))
    sum(probe(level) for level in logits).backward()
    gradients = {name: digest(weight.grad) for name, weight in weights.items()}
    return [digest(level) for level in logits], gradients


def counted(forward):
    """PyTorch's count of multiply-adds; it counts convolutions only."""
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        forward()
    return counter.get_total_flops() // 2


def multiply_adds(forward):
    """For one patch at full resolution."""
    images = [image(number, (1, 1, *PATCH)) for number in range(2)]
    return counted(lambda: forward(Weights(), *images, levels=1))


def operation_multiply_adds(operation):
    """For one edge on every level of the pyramid of a patch of 12 × 16 × 16."""
    grid, total = (12, 16, 16), 0
    for channels, _, stride in LEVELS:
        grid = tuple(-(-length // step) for length, step in zip(grid, stride))
        x = image(0, (1, channels, *grid))
        total += counted(lambda: edge(Weights(), "", operation, x))
    return [float(total)]


def literal(values):
    return "[" + ", ".join(repr(round(v, 10) + 0.0) for v in values) + "]"


def entries(name, values):
    print(f"  static let {name}: [String: [Double]] = [")
    for key in sorted(values):
        print(f'    "{key}": {literal(values[key])},')
    print("  ]")


if __name__ == "__main__":
    print("// Made by Tests/Reference/network_values.py with PyTorch", torch.__version__.split("+")[0])
    print()
    print("/// Digests of tensors as PyTorch computes them; the script says how they are made.")
    if sys.argv[1:] == ["cells"]:
        print("enum FusionReferenceValues {")
        entries("cells", {name: digest(output) for name, output in cells()})
    else:
        print("enum NetworkReferenceValues {")
        entries("layers", {name: digest(output) for name, output in layers()})
        print()
        # The last one goes over all pairs of voxels here, which is not what it costs.
        counts = {name: operation_multiply_adds(name) for name in OPERATIONS[:-1]}
        entries("operationMultiplyAdds", counts)
        for title, forward in (("fused", fused), ("early", early)):
            logits, gradients = network(forward)
            print()
            entries(f"{title}Logits", {f"level{index}": value for index, value in enumerate(logits)})
            print()
            entries(f"{title}Gradients", gradients)
            print()
            print(f"  static let {title}MultiplyAdds = {multiply_adds(forward)}.0")
    print("}")
