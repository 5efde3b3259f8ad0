"""Reference values for the recurrent networks of Tests/SearchTests. Needs torch (2.15.0).

Weights are waves, scale * sin(index * step), laid out as the Swift sources say.
"""

import math

import torch

torch.set_default_dtype(torch.float64)


def wave(count, step, scale=1.0):
    return torch.tensor([math.sin(i * step) * scale for i in range(count)])


def show(name, values):
    print(name, [float(f"{v:.12g}") for v in values.flatten().tolist()])


class Weights:
    """Hands out consecutive parts of one flat array."""

    def __init__(self, flat):
        self.flat, self.next = flat, 0

    def take(self, *shape):
        count = math.prod(shape)
        part = self.flat[self.next : self.next + count].reshape(shape)
        self.next += count
        return part


class LSTM:
    def __init__(self, weights, inputs, hidden):
        self.hidden = hidden
        self.matrix = weights.take(inputs + hidden, 4 * hidden)
        self.bias = weights.take(4 * hidden)
        self.inputs = inputs

    def __call__(self, x, state):
        zero = torch.zeros(4 * self.hidden)
        h, c = torch.lstm_cell(
            x[None], (state[0][None], state[1][None]),
            self.matrix[: self.inputs].T, self.matrix[self.inputs :].T, self.bias, zero)
        return h[0], c[0]

    def zero(self):
        return torch.zeros(self.hidden), torch.zeros(self.hidden)


def lstm():
    flat = wave((3 + 2) * 8 + 8, 0.7, 0.8).requires_grad_()
    x = wave(6, 1.3).reshape(2, 3).requires_grad_()
    layer = LSTM(Weights(flat), 3, 2)
    state = layer.zero()
    for row in x:
        state = layer(row, state)
    show("lstm output", state[0])
    show("lstm memory", state[1])
    (state[0] @ torch.tensor([1.0, -2.0]) + state[1] @ torch.tensor([0.5, 0.25])).backward()
    show("lstm input gradient", x.grad)
    show("lstm weight gradient", flat.grad[::5])


def vectors(weights, places, width):
    start = weights.take(1, width)
    return start, [weights.take(choices, width) for choices in places]


def heads(weights, places, hidden):
    return [(weights.take(hidden, choices), weights.take(choices)) for choices in places]


def controller():
    places, hidden, width = [2, 3, 4], 3, 2
    code, advantage, entropy_weight = [1, 0, 2], 1.5, 0.3
    flat = wave(200, 0.7, 0.5).requires_grad_()
    weights = Weights(flat)
    layer = LSTM(weights, width, hidden)
    start, table = vectors(weights, places, width)
    exits = heads(weights, places, hidden)
    state, before = layer.zero(), start[0]
    log_chance, entropy = 0, 0
    for place, choice in enumerate(code):
        state = layer(before, state)
        logs = torch.log_softmax(state[0] @ exits[place][0] + exits[place][1], 0)
        log_chance = log_chance + logs[choice]
        entropy = entropy - (logs.exp() * logs).sum()
        before = table[place][choice]
    (-advantage * log_chance - entropy_weight * entropy).backward()
    print("controller weights", weights.next)
    show("controller log chance, entropy", torch.stack([log_chance, entropy]))
    show("controller gradient", flat.grad[: weights.next][::11])


def autoencoder():
    places, hidden, code, score = [2, 3], 2, [1, 2], 0.7
    flat = wave(400, 0.7, 0.6).requires_grad_()
    weights = Weights(flat)
    _, reading = vectors(weights, places, hidden)
    encoder = LSTM(weights, hidden, hidden)
    first, first_bias = weights.take(hidden, hidden), weights.take(hidden)
    last, last_bias = weights.take(hidden, 1), weights.take(1)
    start, writing = vectors(weights, places, hidden)
    decoder = LSTM(weights, 2 * hidden, hidden)
    exits = heads(weights, places, hidden)
    state, outputs = encoder.zero(), []
    for place, choice in enumerate(code):
        state = encoder(reading[place][choice], state)
        outputs.append(state[0])
    point = torch.stack(outputs).mean(0)
    guess = (torch.tanh(point @ first + first_bias) @ last + last_bias)[0]
    state, before, loss = decoder.zero(), start[0], 2.0 * (guess - score) ** 2 / 2
    for place, choice in enumerate(code):
        state = decoder(torch.cat([before, point]), state)
        logs = torch.log_softmax(state[0] @ exits[place][0] + exits[place][1], 0)
        loss = loss - logs[choice] / len(code)
        before = writing[place][choice]
    slope = torch.autograd.grad(guess, point, retain_graph=True)[0]
    loss.backward()
    print("autoencoder weights", weights.next)
    show("autoencoder point", point)
    show("autoencoder score, loss", torch.stack([guess, loss]))
    show("autoencoder ascent", slope)
    show("autoencoder gradient", flat.grad[: weights.next][::13])


def adam():
    weights = wave(4, 0.9).requires_grad_()
    optimizer = torch.optim.Adam([weights], lr=0.05)
    for step in range(3):
        weights.grad = wave(4, 1.1 + step)
        optimizer.step()
    show("adam", weights)


lstm()
controller()
autoencoder()
adam()
