"""Prints the PyTorch values that the tests of the Torch module compare with.

Run with PyTorch 2.15:  python Tests/Reference/torch_values.py
Every line is a name, the first four numbers of a result, and the root of the sum of its squares.
"""

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def wave(shape, step, scale=1.0):
    """The same made-up numbers as `wave` in the Swift tests."""
    count = torch.Size(shape).numel()
    return (torch.sin(torch.arange(count) * step) * scale).reshape(shape)


def show(name, tensor):
    numbers = ", ".join(repr(number) for number in tensor.flatten()[:4].tolist())
    print(f"{name}: [{numbers}], norm {tensor.norm().item()!r}")


image = wave((2, 4, 5, 6, 7), 0.37).requires_grad_()
weight = wave((6, 4, 3, 3, 3), 0.11).requires_grad_()
bias = wave((6,), 0.7).requires_grad_()

result = F.conv3d(image, weight, bias, stride=(1, 2, 2), padding=(1, 1, 1))
show("convolution", result)
result.pow(2).sum().backward()
show("its gradient for the image", image.grad)
show("its gradient for the weights", weight.grad)
show("its gradient for the bias", bias.grad)
show("dilated", F.conv3d(image, weight, padding=(2, 2, 2), dilation=(2, 2, 2)))
show("grouped", F.conv3d(image, wave((6, 2, 1, 3, 3), 0.11), bias, padding=(0, 1, 1), groups=2))
show("transposed", F.conv_transpose3d(image, wave((4, 3, 1, 2, 2), 0.2), bias[:3], stride=(1, 2, 2)))

scale, shift = wave((4,), 0.9) + 1, wave((4,), 1.3)
show("instance norm", F.instance_norm(image, weight=scale, bias=shift, eps=1e-5))
show("plain instance norm", F.instance_norm(image, eps=1e-3))
show("average pooled", F.avg_pool3d(image, (1, 2, 2)))
show("max pooled", F.max_pool3d(image, (3, 3, 3), (1, 2, 2)))
show("finer", F.interpolate(image, size=(10, 9, 7), mode="trilinear", align_corners=False))
show("coarser", F.interpolate(image, size=(2, 3, 4), mode="trilinear", align_corners=False))
show("nearest", F.interpolate(image, size=(10, 4, 3), mode="nearest"))

classes = torch.arange(2 * 5 * 6 * 7).reshape(2, 5, 6, 7) * 7 % 5 % 4
show("cross entropy", F.cross_entropy(image, classes))
show("softmax", image.softmax(1))
show("log softmax", image.log_softmax(-1))
show("leaky ReLU", F.leaky_relu(image, 0.01))
show("sigmoid", image.sigmoid())
show("padded", F.pad(image, (0, 1, 2, 0, 1, 1), value=0.5))
