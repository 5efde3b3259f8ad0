"""Values for the tests of Networks/Representations, computed without Chiasm.

Losses and gradients by PyTorch's autograd, each written from its paper; deep CCA through the
eigenvectors of the covariances, as the paper has it, not through Cholesky factors. Linear canonical
correlations through SciPy's generalised eigenproblem, and scikit-learn's iterative CCA. Run with
PyTorch, SciPy and scikit-learn installed; prints the numbers and the versions.
"""

import numpy
import scipy
import scipy.linalg
import sklearn
import torch
import torch.nn.functional as F
from sklearn.cross_decomposition import CCA

torch.set_default_dtype(torch.float64)
print("PyTorch", torch.__version__, "SciPy", scipy.__version__, "scikit-learn", sklearn.__version__)


def chirp(rows, columns, step):
    """Of full rank, which a sine of even pace is not."""
    place = torch.arange(rows * columns)
    return torch.sin(place * step + place * place * 0.013).reshape(rows, columns)


def inverse_root(matrix):
    values, vectors = torch.linalg.eigh(matrix)
    return vectors @ torch.diag(values.rsqrt()) @ vectors.T


def deep_cca(a, b, r):
    n, d = a.shape
    a, b = a - a.mean(0), b - b.mean(0)
    cross = inverse_root(a.T @ a / (n - 1) + r * torch.eye(d)) @ (a.T @ b / (n - 1)) \
        @ inverse_root(b.T @ b / (n - 1) + r * torch.eye(d))
    return 1 - torch.linalg.svdvals(cross).sum() / d


def contrastive(a, b, temperature):
    logits = F.normalize(a) @ F.normalize(b).T / temperature
    own = torch.arange(len(a))
    return (F.cross_entropy(logits, own) + F.cross_entropy(logits.T, own)) / 2


def barlow(a, b, weight):
    d = a.shape[1]
    a, b = (F.batch_norm(x, None, None, training=True, eps=1e-5) for x in (a, b))
    c = a.T @ b / len(a)
    on = (1 - torch.diagonal(c)).pow(2).sum()
    return on + weight * (c.pow(2).sum() - torch.diagonal(c).pow(2).sum())


def cosine(a, b):
    return 1 - F.cosine_similarity(a, b).mean()


for rows, columns in ((12, 4), (4, 6)):
    for name, loss in (("canonical-correlation", lambda a, b: deep_cca(a, b, 1e-3)),
                       ("cosine", cosine),
                       ("contrastive", lambda a, b: contrastive(a, b, 0.1)),
                       ("redundancy", lambda a, b: barlow(a, b, 5e-3))):
        a, b = chirp(rows, columns, 0.37).requires_grad_(), chirp(rows, columns, 0.61)
        b = (b + 0.5 * a.detach()).requires_grad_()
        value = loss(a, b)
        value.backward()
        print(name, (rows, columns), repr(value.item()), a.grad.flatten()[:3].tolist(),
              repr(a.grad.norm().item()), repr(b.grad.norm().item()))

# Two sets of features that share a part.
x = chirp(60, 4, 0.37).numpy()
y = chirp(60, 3, 1.91).numpy() + 0.7 * x[:, :3] - 0.2 * x[:, 1:4]


def closed(x, y, r):
    x, y = x - x.mean(0), y - y.mean(0)
    n = len(x) - 1
    s11, s22, s12 = x.T @ x / n + r * numpy.eye(4), y.T @ y / n + r * numpy.eye(3), x.T @ y / n
    return numpy.sqrt(scipy.linalg.eigh(s12.T @ numpy.linalg.solve(s11, s12), s22)[0][::-1])


print("closed form", closed(x, y, 0).tolist(), "ridge 0.1", closed(x, y, 0.1).tolist())
u, v = CCA(3, scale=False, max_iter=100000, tol=1e-14).fit_transform(x, y)
print("scikit-learn", [float(numpy.corrcoef(u[:, i], v[:, i])[0, 1]) for i in range(3)])
