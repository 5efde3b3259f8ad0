"""Reference values for Tests/NetworksTests/Probes and Tests/MetricsTests/{Probes,Retrieval}.

Needs scikit-learn (1.9.1) and numpy (2.4.6).
"""

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import balanced_accuracy_score, mean_absolute_error, r2_score

# Element j of row i is sin(0.7 i + 1.3 j + 0.2 i j); the class of row i is (i * i + i // 5) mod 3.
rows = np.arange(24)[:, None]
columns = np.arange(4)[None, :]
samples = np.sin(0.7 * rows + 1.3 * columns + 0.2 * rows * columns)
classes = (np.arange(24) ** 2 + np.arange(24) // 5) % 3
targets = 10 + np.cos(0.9 * np.arange(24)) + samples[:, 1]


def show(name, values):
    print(name, "[" + ", ".join(f"{v:.9f}" for v in np.ravel(values)) + "]")


for penalty in (1, 0.01):
    head = LogisticRegression(C=1 / penalty, solver="newton-cg", tol=1e-12, max_iter=10000)
    head.fit(samples, classes)
    show(f"logistic {penalty} weights", head.coef_)
    show(f"logistic {penalty} intercepts", head.intercept_ - head.intercept_.mean())
    show(f"logistic {penalty} probabilities of row 0", head.predict_proba(samples[:1]))
    ridge = Ridge(alpha=penalty).fit(samples, targets)
    show(f"ridge {penalty} weights", ridge.coef_)
    show(f"ridge {penalty} intercept", [ridge.intercept_])

predicted = (np.arange(24) * 5 + 1) % 3
show("balanced accuracy", [balanced_accuracy_score(classes, predicted)])
guess = targets + np.sin(np.arange(24))
show("error", [mean_absolute_error(targets, guess)])
show("R2", [r2_score(targets, guess)])

# 9 queries among 9 targets: cosines of features that agree in part.
queries = samples[:9]
found = samples[:9] + 0.9 * np.cos(1.1 * rows[:9] + 2.3 * columns)
for name, shift in (("cosine", 0), ("centered", 1)):
    one, other = queries - shift * queries.mean(0), found - shift * found.mean(0)
    one /= np.linalg.norm(one, axis=1, keepdims=True)
    other /= np.linalg.norm(other, axis=1, keepdims=True)
    cosines = one @ other.T
    ranks = (cosines >= np.diag(cosines)[:, None]).sum(1)
    show(f"{name} of query 2", cosines[2])
    print(name, "ranks", ranks.tolist(), "recall", (ranks <= 1).mean(), (ranks <= 5).mean(), np.median(ranks))
