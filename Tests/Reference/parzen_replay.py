"""The Parzen estimator on the toy space of Tests/SearchTests (NAS-Bench-201's cells, the score is the
share of choices that a hidden cell has too), written a second time with NumPy.

    python3 Tests/Reference/parzen_replay.py

Needs numpy (2.4.6). Prints mean and standard deviation, over 60 seeds, of the mean score of trials 51 to 100:
without random candidates, and with nothing else.
"""

import numpy

PLACES, CHOICES = 6, 5
INITIAL, TRIALS, DRAWS = 10, 100, 64


NONE, SKIP = 0, 1


def network(code):
    """The same text for codes of the same network."""
    choices = iter(code)
    nodes = ["in"]
    for node in range(1, 4):
        terms = []
        for source in range(node):
            choice = next(choices)
            if choice == NONE or nodes[source] == "nothing":
                terms.append("nothing")
            else:
                terms.append(nodes[source] if choice == SKIP else f"({nodes[source]}){choice}")
        nodes.append("+".join(sorted(terms)))
    return nodes[-1]


def bandwidth(count):
    return (CHOICES - 1) / CHOICES * count ** (-1 / (4 + PLACES))


def density(centres, code):
    width = bandwidth(len(centres))
    kernels = numpy.where(centres == code, 1 - width, width / (CHOICES - 1))
    return kernels.prod(axis=1).mean()


def most_promising(codes, scores, seen, random):
    order = numpy.argsort(-numpy.array(scores), kind="stable")
    best = max(2, int(0.15 * len(codes)))
    good, rest = numpy.array(codes)[order[:best]], numpy.array(codes)[order[best:]]
    width = min((CHOICES - 1) / CHOICES, 3 * bandwidth(best))
    chosen, highest = None, -1
    for _ in range(DRAWS):
        code = good[random.integers(best)].copy()
        for place in range(PLACES):
            if random.random() < width:
                code[place] = (code[place] + random.integers(1, CHOICES)) % CHOICES
        if network(code) in seen:
            continue
        ratio = density(good, code) / density(rest, code)
        if ratio > highest:
            highest, chosen = ratio, code
    return chosen


def run(seed, random_share):
    random = numpy.random.default_rng(seed)
    target = random.integers(0, CHOICES, PLACES)
    codes, scores, seen = [], [], set()
    while len(codes) < TRIALS:
        code = None
        if len(codes) >= INITIAL and not random.random() < random_share:
            code = most_promising(codes, scores, seen, random)
        if code is None:
            code = random.integers(0, CHOICES, PLACES)
        if network(code) in seen:
            continue
        seen.add(network(code))
        codes.append(code)
        scores.append((code == target).mean())
    return numpy.mean(scores[TRIALS // 2 :])


for share in (0.0, 1.0):
    means = numpy.array([run(seed, share) for seed in range(60)])
    print(f"random share {share}: {means.mean():.3f} ± {means.std():.3f}")
