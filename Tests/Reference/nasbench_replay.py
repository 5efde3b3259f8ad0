"""Random search, aging evolution and local search on the table of NAS-Bench-201, written a second
time and independently, as the reference of docs/search-results.md.

    gunzip -kc nasbench201.csv.gz > nasbench201.csv
    python3 Tests/Reference/nasbench_replay.py nasbench201.csv 500

Plain Python 3. Random search is worked out exactly, by order statistics, for budgets in trials.
"""

import csv
import itertools
import math
import random
import statistics
import sys

OPERATIONS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
TRIALS = [25, 50, 100, 200, 400]
SECONDS = [12_000, 20_000]


def read(path):
    table = {}
    for row in csv.DictReader(open(path)):
        cell = tuple(
            OPERATIONS.index(edge.split("~")[0])
            for node in row["arch"].split("+")
            for edge in node.strip("|").split("|")
        )
        table[cell] = (
            float(row["c10_val_e12"]),
            float(row["c10_val_e200"]),
            12.35 * float(row["c10_train_s_per_epoch"]),
        )
    return table


def neighbours(cell):
    return [
        cell[:edge] + (other,) + cell[edge + 1 :]
        for edge in range(6)
        for other in range(5)
        if other != cell[edge]
    ]


def random_search(table, dice, count):
    return dice.sample(list(itertools.product(range(5), repeat=6)), count)


def evolution(population_size, sample_size):
    def run(table, dice, count):
        cells = [tuple(dice.randrange(5) for _ in range(6)) for _ in range(population_size)]
        while len(cells) < count:
            living = cells[-population_size:]
            parent = max(
                (dice.choice(living) for _ in range(sample_size)), key=lambda c: table[c][0]
            )
            cells.append(dice.choice(neighbours(parent)))
        return cells[:count]

    return run


def local_search(table, dice, count):
    cells, seen = [], set()

    def visit(cell):
        if cell not in seen:
            seen.add(cell)
            cells.append(cell)

    while len(cells) < count:
        here = tuple(dice.randrange(5) for _ in range(6))
        if here in seen:
            continue
        visit(here)
        while len(cells) < count:
            around = neighbours(here)
            dice.shuffle(around)
            for cell in around:
                visit(cell)
            best = max(around, key=lambda c: table[c][0])
            if table[best][0] <= table[here][0]:
                break
            here = best
    return cells[:count]


def show(name, budget, values):
    mean, deviation = statistics.fmean(values), statistics.stdev(values)
    error = deviation / math.sqrt(len(values))
    print(f"{name:16} {budget:>9} {mean:8.3f} ± {deviation:.3f}, standard error {error:.3f}")


def main():
    table, seeds = read(sys.argv[1]), int(sys.argv[2])
    ordered = sorted(score for score, _, _ in table.values())
    for count in TRIALS:
        total = math.comb(len(ordered), count)
        mean = sum(
            score * (math.comb(rank, count - 1) / total)
            for rank, score in enumerate(ordered)
            if rank >= count - 1
        )
        print(f"{'random, exact':16} {count:>9} {mean:8.3f}")
    searches = [
        ("random", random_search),
        ("evolution 30/10", evolution(30, 10)),
        ("evolution 10/3", evolution(10, 3)),
        ("local", local_search),
    ]
    for name, search in searches:
        runs = [search(table, random.Random(seed), 400) for seed in range(seeds)]
        for limit in SECONDS:
            values = []
            for cells in runs:
                spent, tried = 0.0, []
                for cell in cells:
                    spent += table[cell][2]
                    if spent > limit:
                        break
                    tried.append(cell)
                values.append(table[max(tried, key=lambda c: table[c][0])][1])
            show(name, f"{limit} s", values)
        for count in TRIALS:
            show(name, count, [max(table[c][0] for c in cells[:count]) for cells in runs])


main()
