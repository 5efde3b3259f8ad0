"""Writes resampling_reference.json: what SimpleITK makes of small volumes on other grids.

Run with Python 3, numpy and SimpleITK 2.5.7:  python Tests/Reference/resampling_reference.py
"""

import json
from pathlib import Path

import numpy
import SimpleITK

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


SOURCE = grid((7, 6, 5), (1, 1.5, 2), (-3, 2, 1))
OBLIQUE = grid((7, 6, 5), (1, 1.5, 2), (-3, 2, 1), rotation((1, 2, 3), 25))
FLIPPED = grid((7, 6, 5), (1, 1.5, 2), (3, 10, 1), numpy.diag([-1, -1, 1]))
CASES = {
    "finer": (SOURCE, grid((13, 11, 9), (0.5, 0.7, 1.1), (-3.2, 1.6, 0.3))),
    "coarser": (SOURCE, grid((4, 3, 3), (2.1, 3.3, 4.1), (-3.3, 2.2, 0.9))),
    "beyond the box": (SOURCE, grid((9, 8, 7), (1.3, 1.9, 2.7), (-5.13, -1.27, -2.41))),
    "half voxels": (SOURCE, grid((15, 13, 11), (0.5, 0.75, 1), (-3.5, 1.25, 0))),
    "from oblique": (OBLIQUE, grid((8, 8, 8), (1.1, 1.2, 1.3), (-4.1, 1.1, -1.3))),
    "to oblique": (
        SOURCE, grid((8, 8, 8), (1.1, 1.2, 1.3), (-4.1, 1.1, -1.3), rotation((3, 1, 2), 40))
    ),
    "flipped": (SOURCE, FLIPPED),
    "one slice": (
        grid((7, 6, 1), (1, 1.5, 2), (-3, 2, 1)),
        grid((7, 6, 3), (0.9, 1.4, 0.6), (-3, 2, 0.35)),
    ),
}


def main():
    records = []
    for name, (source, target) in CASES.items():
        image = image_on(source, values(source["size"]))
        reference = image_on(target, numpy.zeros(target["size"][::-1], numpy.float32))
        record = {"name": name, "source": source, "target": target}
        ways = {"linear": SimpleITK.sitkLinear, "nearest": SimpleITK.sitkNearestNeighbor}
        for key, how in ways.items():
            made = SimpleITK.Resample(image, reference, SimpleITK.Transform(), how, -1.0)
            record[key] = SimpleITK.GetArrayFromImage(made).flatten().tolist()
        records.append(record)
    version = SimpleITK.Version.VersionString()
    text = json.dumps({"SimpleITK": version, "records": records})
    (HERE / "resampling_reference.json").write_text(text + "\n")
    print(f"{len(records)} records")


if __name__ == "__main__":
    main()
