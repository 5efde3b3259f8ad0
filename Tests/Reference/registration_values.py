"""Prints the numbers that RegistrationTests are compared with.

    python Tests/Reference/registration_values.py

Made with NumPy 2.4, scikit-image 0.26 and SciPy 1.17; the versions in use are printed first. The
descriptors are worked out from the paper's equations with whole arrays.
"""

import numpy
import scipy
import skimage
from scipy.ndimage import uniform_filter
from skimage.metrics import normalized_mutual_information

SIZE = (7, 6, 5)


def images():
    """Two images of whole numbers from 0 to 7, x first."""
    x, y, z = numpy.meshgrid(*map(numpy.arange, SIZE), indexing="ij")
    first = (3 * x * x + 5 * y * z + 7 * x * z) % 8
    second = (first * first + x + (y * z) % 3) % 8
    return first, second


def descriptors(image):
    """MIND with self-similarity context: x first, the channels last."""
    places = [(-2, 0, 0), (2, 0, 0), (0, -2, 0), (0, 2, 0), (0, 0, -2), (0, 0, 2)]
    pairs = [(a, b) for a in range(6) for b in range(a + 1, 6) if a // 2 != b // 2]
    shifted = [seen(image, place) for place in places]
    distances = []
    for a, b in pairs:
        square = (shifted[a] - shifted[b]) ** 2
        distances.append(uniform_filter(square, 3, mode="nearest")[1:-1, 1:-1, 1:-1])
    distance = numpy.stack(distances, -1)
    distance -= distance.min(-1, keepdims=True)
    variance = distance.mean(-1, keepdims=True)
    variance = variance.clip(variance.mean() * 1e-3, variance.mean() * 1e3)
    return numpy.exp(-distance / variance)


def seen(image, place):
    """The image at `place` from every voxel of it and of a margin of one, edges repeated."""
    axes = [numpy.clip(numpy.arange(-1, n + 1) + p, 0, n - 1) for p, n in zip(place, image.shape)]
    return image[numpy.ix_(*axes)].astype(float)


def main():
    print("numpy", numpy.__version__, "scikit-image", skimage.__version__, "scipy", scipy.__version__)
    first, second = images()
    print("nmi", normalized_mutual_information(first, second, bins=8))
    values = descriptors(first)
    for place in [(0, 0, 0), (3, 2, 2), (6, 5, 4), (1, 4, 3)]:
        print("descriptor", place, [round(float(v), 6) for v in values[place]])
    print("mean", float(values.mean()), "difference",
          float(((values - descriptors(second)) ** 2).mean()))


main()
