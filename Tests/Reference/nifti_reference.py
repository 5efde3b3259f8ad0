"""Writes nifti_reference.json: what nibabel reads from the scans in ../shared/data.

Run with Python 3, numpy and nibabel 5.4.2:  python Tests/Reference/nifti_reference.py
"""

import json
from pathlib import Path

import nibabel
import numpy

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data"
FILES = [
    *sorted((DATA / "nifti").rglob("*.nii")),
    *sorted((DATA / "nifti").rglob("*.nii.gz")),
    *sorted((DATA / "nifti").rglob("*.hdr")),
    *sorted((DATA / "sts" / "STS_008").glob("*.nii.gz")),
    *sorted((DATA / "mr_trus" / "case000000").rglob("*.nii*")),
]


def facts(path, image, frame):
    """Everything a test compares: the header, and sums that notice a change of order."""
    data = numpy.asarray(image.dataobj, dtype=numpy.float64)
    data = data.reshape(data.shape[:3] + (1,) * (3 - data.ndim) + (-1,))
    voxels = data[..., frame].astype(numpy.float32).astype(numpy.float64)
    ramp = sum(
        weight * numpy.arange(length).reshape([-1 if a == axis else 1 for a in range(3)])
        for axis, (weight, length) in enumerate(zip((1, 2, 3), voxels.shape))
    )
    return {
        "file": str(path.relative_to(DATA)),
        "frame": frame,
        "frames": data.shape[3],
        "size": list(voxels.shape),
        "type": image.header.get_data_dtype().name,
        "affine": image.affine.tolist(),
        "qform_code": int(image.header["qform_code"]),
        "sform_code": int(image.header["sform_code"]),
        "minimum": voxels.min(),
        "maximum": voxels.max(),
        "mean": voxels.mean(),
        "ramp": (voxels * ramp).mean(),
    }


def load(path):
    """Opens a file; nibabel has to be told of a plain header with compressed voxels."""
    voxels = path.with_suffix(".img.gz")
    if path.suffix != ".hdr" or not voxels.exists():
        return nibabel.load(path)
    holder = nibabel.FileHolder
    return nibabel.Nifti1Pair.from_file_map({"header": holder(path), "image": holder(voxels)})


def main():
    records = []
    for path in FILES:
        try:
            image = load(path)
            if image.header.get_data_dtype().fields or not isinstance(
                image, (nibabel.Nifti1Pair, nibabel.Nifti2Pair)
            ):
                raise ValueError("not a NIfTI of real numbers")
        except Exception as error:  # Files that are no NIfTI are there on purpose.
            print(f"left out: {path.relative_to(DATA)}: {error}")
            continue
        frames = int(numpy.prod(image.shape[3:], dtype=int))
        records += [facts(path, image, frame) for frame in sorted({0, frames - 1})]
    text = json.dumps({"nibabel": nibabel.__version__, "records": records}, indent=1)
    (HERE / "nifti_reference.json").write_text(text + "\n")
    print(f"{len(records)} records")


if __name__ == "__main__":
    main()
