"""REINFORCE with a recurrent controller on the table of NAS-Bench-201, written a second time with
PyTorch's own LSTM, gradients and Adam, as the reference of docs/search-results.md.

    gunzip -kc nasbench201.csv.gz > nasbench201.csv
    python3 Tests/Reference/reinforce_replay.py nasbench201.csv 200

Needs torch (2.15.0). Prints the accuracy after 200 epochs of the cell with the best accuracy after 12.
"""

import csv
import math
import statistics
import sys

import torch
from torch import nn

OPERATIONS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
SECONDS = [12_000, 20_000]
UNITS = 32


class Controller(nn.Module):
    def __init__(self):
        super().__init__()
        self.start = nn.Parameter(torch.empty(UNITS).uniform_(-0.1, 0.1))
        self.choices = nn.Parameter(torch.empty(6, 5, UNITS).uniform_(-0.1, 0.1))
        self.cell = nn.LSTMCell(UNITS, UNITS)
        self.heads = nn.ModuleList(nn.Linear(UNITS, 5) for _ in range(6))

    def forward(self):
        """A drawn code, the logarithm of its chance and the entropy on the way."""
        state, before, code = None, self.start, []
        log_chance, entropy = 0.0, 0.0
        for place, head in enumerate(self.heads):
            state = self.cell(before[None], state)
            draw = torch.distributions.Categorical(logits=head(state[0][0]))
            choice = draw.sample()
            code.append(int(choice))
            log_chance = log_chance + draw.log_prob(choice)
            entropy = entropy + draw.entropy()
            before = self.choices[place, choice]
        return tuple(code), log_chance, entropy


def search(table, seed):
    torch.manual_seed(seed)
    controller = Controller()
    optimizer = torch.optim.Adam(controller.parameters(), lr=0.01)
    rewards, baseline, spent, tried, found = [], None, 0.0, [], []
    limits = list(SECONDS)
    while limits:
        code, log_chance, entropy = controller()
        reward, final, seconds = table[code]
        spent += seconds
        while limits and spent > limits[0]:
            found.append(max(tried)[1])
            limits.pop(0)
        tried.append((reward, final))
        rewards.append(reward)
        usual = reward if baseline is None else baseline
        baseline = usual + 0.1 * (reward - usual)
        spread = statistics.stdev(rewards) if len(rewards) > 1 else 0.0
        advantage = (reward - usual) / spread if spread > 0 else 0.0
        optimizer.zero_grad()
        (-advantage * log_chance - 0.1 * entropy).backward()
        optimizer.step()
    return found


def main():
    table = {}
    for row in csv.DictReader(open(sys.argv[1])):
        code = tuple(
            OPERATIONS.index(edge.split("~")[0])
            for node in row["arch"].split("+")
            for edge in node.strip("|").split("|")
        )
        seconds = 12.35 * float(row["c10_train_s_per_epoch"])
        table[code] = (float(row["c10_val_e12"]), float(row["c10_val_e200"]), seconds)
    torch.set_num_threads(1)
    runs = [search(table, seed) for seed in range(int(sys.argv[2]))]
    for limit, values in zip(SECONDS, zip(*runs)):
        deviation = statistics.stdev(values)
        error = deviation / math.sqrt(len(values))
        mean = statistics.fmean(values)
        print(f"reinforce {limit:>9} s {mean:8.3f} ± {deviation:.3f}, standard error {error:.3f}")


main()
