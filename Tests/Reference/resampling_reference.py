"""Writes resampling_reference.json: what other libraries make of small volumes on other grids.

Run with Python 3, numpy, SimpleITK 2.5.7, scipy 1.17.1 and scikit-image 0.26.0:
    python Tests/Reference/resampling_reference.py
"""

import json
from pathlib import Path

import numpy
import scipy.ndimage
import SimpleITK
import skimage.transform

HERE = Path(__file__).resolve().parent
LPS = numpy.diag([-1.0, -1.0, 1.0])


def rotation(axis, degrees):
    axis = numpy.array(axis, float) / numpy.linalg.norm(axis)
    angle = numpy.deg2rad(degrees)
    cross = numpy.cross(numpy.eye(3), -axis)
    return numpy.eye(3) + numpy.sin(angle) * cross + (1 - numpy.cos(angle)) * cross @ cross


def grid(size, spacing, origin=(0, 0, 0), direction=numpy.eye(3)):
    """A grid in RAS+ millimetres; the columns of `direction` are the axes."""
    return {
        "size": list(size),
        "spacing": list(map(float, spacing)),
        "origin": list(map(float, origin)),
        "direction": numpy.asarray(direction).T.tolist(),
    }


def image_on(description, array):
    image = SimpleITK.GetImageFromArray(array)
    image.SetSpacing(description["spacing"])
    image.SetOrigin((LPS @ description["origin"]).tolist())
    image.SetDirection((LPS @ numpy.array(description["direction"]).T).flatten().tolist())
    return image


def values(size):
    """x, y, z -> (7x + 13y + 29z) mod 31, as an array [z, y, x]."""
    z, y, x = numpy.indices(size[::-1])
    return ((7 * x + 13 * y + 29 * z) % 31).astype(numpy.float32)


def labels(size):
    """x, y, z -> ((x // 2) + 3 (y // 2) + 5 (z // 2)) mod 7, as an array [z, y, x]."""
    z, y, x = numpy.indices(size[::-1])
    return ((x // 2 + 3 * (y // 2) + 5 * (z // 2)) % 7).astype(numpy.uint16)


SOURCE = grid((7, 6, 5), (1, 1.5, 2), (-3, 2, 1))
OBLIQUE = grid((7, 6, 5), (1, 1.5, 2), (-3, 2, 1), rotation((1, 2, 3), 25))
FLIPPED = grid((7, 6, 5), (1, 1.5, 2), (3, 10, 1), numpy.diag([-1, -1, 1]))
TURNED = numpy.array([[0, 0, -1], [1, 0, 0], [0, 1, 0]])
CASES = {
    "finer": (SOURCE, grid((13, 11, 9), (0.5, 0.7, 1.1), (-3.2, 1.6, 0.37))),
    "coarser": (SOURCE, grid((4, 3, 3), (2.1, 3.3, 4.1), (-3.3, 2.2, 0.9))),
    "beyond the box": (SOURCE, grid((9, 8, 7), (1.3, 1.9, 2.7), (-5.13, -1.27, -2.41))),
    "half voxels": (SOURCE, grid((15, 13, 11), (0.5, 0.75, 1), (-3.5, 1.25, 0))),
    "from oblique": (OBLIQUE, grid((8, 8, 8), (1.1, 1.2, 1.3), (-4.1, 1.1, -1.3))),
    "to oblique": (
        SOURCE, grid((8, 8, 8), (1.1, 1.2, 1.3), (-4.1, 1.1, -1.3), rotation((3, 1, 2), 40))
    ),
    "flipped": (SOURCE, FLIPPED),
    "axes turned": (SOURCE, grid((8, 9, 10), (1.1, 0.9, 0.8), (4.2, 1.7, 0.6), TURNED)),
    "noise in the direction": (
        SOURCE,
        grid((13, 11, 9), (0.5, 0.7, 1.1), (-3.2, 1.6, 0.37), rotation((3, 1, 2), 5e-5)),
    ),
    "one slice": (
        grid((7, 6, 1), (1, 1.5, 2), (-3, 2, 1)),
        grid((7, 6, 3), (0.9, 1.4, 0.6), (-3, 2, 0.35)),
    ),
    "three voxels": (
        grid((3, 3, 4), (1, 1.5, 2), (-3, 2, 1)),
        grid((7, 8, 9), (0.3, 0.6, 0.9), (-3.4, 1.5, 0.4)),
    ),
    "a tiny spacing": (
        SOURCE, grid((5, 5, 5), (1e-3, 2e-3, 3e-3), (-1.2345, 5.4321, 4.321), rotation((1, 1, 0), 9))
    ),
    "a huge spacing": (
        grid((4, 4, 4), (900, 800, 700)), grid((6, 7, 8), (500, 400, 300), (-57, 20, 10))
    ),
}


def from_simpleitk(source, target):
    image = image_on(source, values(source["size"]))
    names = image_on(source, labels(source["size"]))
    reference = image_on(target, numpy.zeros(target["size"][::-1], numpy.float32))
    ways = {
        "linear": (image, SimpleITK.sitkLinear, -1.0),
        "nearest": (image, SimpleITK.sitkNearestNeighbor, -1.0),
        "cubic": (image, SimpleITK.sitkBSpline, -1.0),
        "labels": (names, SimpleITK.sitkLabelLinear, 99.0),
    }
    made = {}
    for key, (volume, how, outside) in ways.items():
        result = SimpleITK.Resample(volume, reference, SimpleITK.Transform(), how, outside)
        made[key] = SimpleITK.GetArrayFromImage(result).flatten().tolist()
    return made


def resizes():
    """scikit-image's resize as nnU-Net calls it, slice by slice too, and with anti-aliasing."""
    found = []
    for size, shape in (((7, 6, 5), (11, 9, 8)), ((9, 8, 7), (4, 5, 3)), ((2, 3, 1), (5, 4, 3)),
                        ((12, 10, 5), (18, 7, 9))):
        array = values(size)
        made = skimage.transform.resize(
            array.astype(float), shape[::-1], 3, mode="edge", anti_aliasing=False)
        smooth = skimage.transform.resize(
            array.astype(float), shape[::-1], 1, mode="edge", anti_aliasing=True)
        in_plane = numpy.stack([
            skimage.transform.resize(
                one.astype(float), shape[1::-1], 3, mode="edge", anti_aliasing=False)
            for one in array
        ])
        # map_coordinates of order 0 between slices: the closest one.
        z = (numpy.arange(shape[2]) + 0.5) * size[2] / shape[2] - 0.5
        closest = numpy.clip(numpy.floor(z + 0.5).astype(int), 0, size[2] - 1)
        found.append({
            "size": size, "shape": shape, "cubic": made.flatten().tolist(),
            "antiAliased": smooth.flatten().tolist(), "slices": in_plane[closest].flatten().tolist(),
        })
    return found


def main():
    records = [
        {"name": name, "source": source, "target": target, **from_simpleitk(source, target)}
        for name, (source, target) in CASES.items()
    ]
    versions = {
        "SimpleITK": SimpleITK.Version.VersionString(), "scipy": scipy.__version__,
        "scikit-image": skimage.__version__,
    }
    text = json.dumps({"versions": versions, "records": records, "resizes": resizes()})
    rounded = json.loads(text, parse_float=lambda number: round(float(number), 5))
    for record, exact in zip(rounded["records"], records):
        record["source"], record["target"] = exact["source"], exact["target"]
    (HERE / "resampling_reference.json").write_text(json.dumps(rounded) + "\n")
    print(f"{len(records)} records")


if __name__ == "__main__":
    main()
