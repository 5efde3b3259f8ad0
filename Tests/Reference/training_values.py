"""Prints the PyTorch values that LossTests, SGDTests, AdamWTests, OptimizerTests and
TrainingStepTests compare with.

Run with PyTorch 2.15:  python Tests/Reference/training_values.py
The soft Dice is written out here in PyTorch's own operations; the cross-entropy and the optimisers
are PyTorch's.
"""

import torch

torch.set_default_dtype(torch.float64)


def wave(count, step, scale=1.0):
    return torch.sin(torch.arange(count) * step) * scale


def dice_and_cross_entropy(logits, classes):
    cross_entropy = torch.nn.functional.cross_entropy(logits, classes)
    probabilities = logits.softmax(1)
    truth = torch.nn.functional.one_hot(classes, logits.shape[1]).permute(0, 4, 1, 2, 3).to(logits)
    shared = (probabilities * truth).sum((2, 3, 4))[:, 1:]
    sizes = (probabilities + truth).sum((2, 3, 4))[:, 1:]
    dice = (2 * shared + 1e-5) / torch.clip(sizes + 1e-5, 1e-8)
    return cross_entropy + 1 - dice.mean()


def loss_values():
    shape = (2, 3, 2, 3, 4)
    logits = wave(144, 0.37, 2.0).reshape(shape).requires_grad_()
    classes = (torch.arange(48) * 7 % 5 % 3).reshape(2, 2, 3, 4)
    loss = dice_and_cross_entropy(logits, classes)
    loss.backward()
    print("loss", loss.item())
    print("gradient head", logits.grad.flatten()[:4].tolist())
    print("gradient norm", logits.grad.norm().item())
    # The same with a second level: half the depth is kept, height and width are reduced.
    coarse = wave(2 * 3 * 1 * 2 * 2, 0.61, 1.5).reshape(2, 3, 1, 2, 2)
    truth = torch.nn.functional.interpolate(classes[:, None].double(), size=(1, 2, 2), mode="nearest")
    second = dice_and_cross_entropy(coarse, truth[:, 0].long())
    print("deep supervision", ((loss * 1 + second * 0.5) / 1.5).item())


def optimizer_values(name, make):
    weight = torch.nn.Parameter(wave(5, 0.9))
    optimizer = make([weight])
    for step in range(3):
        optimizer.zero_grad()
        (weight**2 * torch.arange(1, 6)).sum().backward()
        for group in optimizer.param_groups:
            group["lr"] = 0.1 / (step + 1)
        optimizer.step()
    print(name, weight.tolist())


loss_values()
optimizer_values("sgd", lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01))
optimizer_values("adamw", lambda w: torch.optim.AdamW(w, lr=0.1, weight_decay=0.01))


def clipped_values(name, make, dtype):
    """Six steps of two weights; the gradient is longer than the limit at first, shorter later."""
    first = torch.nn.Parameter(wave(20, 0.7).to(dtype).reshape(4, 5))
    second = torch.nn.Parameter(wave(3, 1.3).to(dtype))
    weights, norms = [first, second], []
    optimizer = make(weights)
    for step in range(6):
        optimizer.zero_grad()
        slope = torch.arange(1, 21, dtype=dtype).reshape(4, 5)
        scale = 1.0 if step < 3 else 0.01
        (((first**2 * slope).sum() + (second**4).sum()) * scale).backward()
        norms.append(torch.nn.utils.clip_grad_norm_(weights, 2.0).item())
        for group in optimizer.param_groups:
            group["lr"] = 0.1 / (step + 1)
        optimizer.step()
    print(name, dtype, "norms", norms)
    print(name, dtype, "first", first.flatten()[[0, 1, 7, 19]].tolist(), "second", second.tolist())


for dtype in (torch.float64, torch.float32):
    for nesterov in (True, False):
        clipped_values(f"sgd nesterov={nesterov}", lambda w: torch.optim.SGD(
            w, lr=0.1, momentum=0.9, nesterov=nesterov, weight_decay=0.01), dtype)
    clipped_values("adamw", lambda w: torch.optim.AdamW(w, lr=0.1, weight_decay=0.01), dtype)


def rare_values():
    """Six steps of two weights, of which only the fourth and the sixth use the second."""
    first, second = (torch.nn.Parameter(wave(3, step)) for step in (0.7, 1.3))
    optimizer = torch.optim.AdamW([first, second], lr=0.1, weight_decay=0.01)
    for step in range(6):
        optimizer.zero_grad()
        loss = (first**2).sum()
        if step in (3, 5):
            loss = loss + (second**2).sum()
        loss.backward()
        optimizer.step()
    print("rare", first.tolist(), second.tolist())


rare_values()


def step_values():
    """One training step of the early-fusion network of network_values.py, batch 1."""
    import network_values as network

    weights = network.Weights()
    images = torch.cat([network.image(m, (1, 1, *network.PATCH)) for m in range(2)], 1)
    classes = (torch.arange(256) * 7 % 5 % 3).reshape(1, *network.PATCH)

    def forward():
        pyramid = network.encoder(weights, "encoder.early.", images)
        decoded = network.decoder(weights, "decoder.", pyramid)
        logits = network.convolution(weights, "head.level0.", decoded[0], network.CLASSES, (1, 1, 1))
        return dice_and_cross_entropy(logits, classes)

    loss = forward()
    names = list(weights)
    optimizer = torch.optim.SGD(weights.values(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)
    loss.backward()
    norm = torch.nn.utils.clip_grad_norm_(list(weights.values()), 0.2)
    optimizer.step()
    print("step loss", loss.item(), "norm", norm.item(), "after", forward().item())
    for name in names[:1] + [n for n in names if "head" in n]:
        print("step", name, network.digest(weights[name]))


step_values()
