"""Reference values for Tests/MetricsTests/WilcoxonTestTests.swift. Needs scipy (1.17.1)."""

import numpy as np
from scipy.stats import PermutationMethod, wilcoxon

distinct = [0.11, -0.02, 0.35, 0.06, -0.19, 0.27, 0.08, 0.43, -0.05, 0.14]
# With ties and zeros scipy is exact by going through all signs.
ties = [1, 2, 2, -1, 3, 0, -2, 3, 3, 0, 4]
many = [((i * 37) % 101 - 40) / 10 for i in range(60)]

print("distinct", wilcoxon(distinct, method="exact"))
print("ties", wilcoxon([t for t in ties if t], method=PermutationMethod(n_resamples=np.inf)))
print("many", wilcoxon([m for m in many if m], method="asymptotic", correction=False))
