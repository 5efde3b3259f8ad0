"""Prints the scores that ZeroCostProxyTests compares with, of the networks of network_values.py.

Needs torch (2.15) and numpy. Written from the papers, by PyTorch's autograd and NumPy's eigenvalues and
determinants, in float64: four images of 4 × 8 × 8 per modality, weights by the formula of
network_values.py, and class number (7 · j) mod 5 mod 3 at voxel j.
"""

import numpy
import torch
import torch.nn.functional as F

import network_values
from network_values import PATCH, Weights, early, fused, image

IMAGES = 4


def inputs():
    return [image(number, (IMAGES, 1, *PATCH)).requires_grad_() for number in range(2)]


def jacov(forward):
    images = inputs()
    forward(Weights(), *images)[0].sum().backward()
    rows = torch.cat([x.grad.reshape(IMAGES, -1) for x in images], 1).numpy()
    eigenvalues = numpy.linalg.eigvalsh(numpy.corrcoef(rows))
    return -numpy.sum(numpy.log(eigenvalues + 1e-5) + 1 / (eigenvalues + 1e-5))


def naswot(forward):
    kernel = numpy.zeros((IMAGES, IMAGES))
    plain = F.leaky_relu

    def watched(x, slope):
        # The network runs to its finest logits only, so every rectified unit is one that matters.
        codes = (x > 0).reshape(IMAGES, -1).double().numpy()
        nonlocal kernel
        kernel += codes @ codes.T + (1 - codes) @ (1 - codes).T
        return plain(x, slope)

    F.leaky_relu = watched
    forward(Weights(), *inputs(), levels=1)
    F.leaky_relu = plain
    return numpy.linalg.slogdet(kernel)[1]


class PositiveWeights(Weights):
    def get(self, name, shape):
        if name not in self:
            self[name] = super().get(name, shape).detach().abs().requires_grad_()
        return self[name]


def synflow(forward):
    plain, weights = network_values.normalization, PositiveWeights()

    def bypass(weights, path, x):
        return x

    network_values.normalization = bypass
    forward(weights, *(torch.ones(1, 1, *PATCH, dtype=torch.float64) for _ in range(2)))[0].sum().backward()
    network_values.normalization = plain
    flow = sum((w * w.grad).sum() for n, w in weights.items() if n.endswith("weight") and w.grad is not None)
    return torch.log(flow).item()


def dice_and_cross_entropy(logits, classes):
    """The mean over images and structures of 1 − Dice, and the mean cross-entropy."""
    truth = F.one_hot(classes, logits.shape[1]).movedim(-1, 1).double()
    shares = logits.softmax(1)
    axes = (2, 3, 4)
    dice = (2 * (shares * truth).sum(axes) + 1e-5) / ((shares + truth).sum(axes) + 1e-5)
    return (1 - dice[:, 1:]).mean() + F.cross_entropy(logits, classes)


def grad_norm(forward):
    weights = Weights()
    count = IMAGES * torch.Size(PATCH).numel()
    classes = (torch.arange(count) * 7 % 5 % 3).reshape(IMAGES, *PATCH)
    dice_and_cross_entropy(forward(weights, *inputs())[0], classes).backward()
    return sum(w.grad.norm().item() for n, w in weights.items() if n.endswith("weight") and w.grad is not None)


print("PyTorch", torch.__version__, "NumPy", numpy.__version__)
for forward in (fused, early):
    for proxy in (jacov, naswot, synflow, grad_norm):
        print(forward.__name__, proxy.__name__, repr(float(proxy(forward))))
