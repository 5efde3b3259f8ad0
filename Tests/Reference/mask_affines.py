"""Checks that masks open in nibabel and SimpleITK exactly where their reference scans lie.

    python Tests/Reference/mask_affines.py MASKS 'SCANS/{case}/CT_image.nii.gz'

Needs nibabel (5.4) and SimpleITK (2.5). Prints a line per mask and ends with status 1 if any differs
from its scan in affine, form codes, spacing, origin or direction, by a single bit.
"""

import pathlib
import sys

import nibabel
import numpy
import SimpleITK


def differences(mask_path, scan_path):
    mask, scan = nibabel.load(mask_path), nibabel.load(scan_path)
    if mask.shape != scan.shape[:3]:
        yield f"shape {mask.shape} against {scan.shape}"
    if not numpy.array_equal(mask.affine, scan.affine):
        yield "nibabel's affine"
    for code in ("qform_code", "sform_code"):
        if int(mask.header[code]) != int(scan.header[code]):
            yield f"{code} {mask.header[code]} against {scan.header[code]}"
    left, right = (SimpleITK.ReadImage(str(path)) for path in (mask_path, scan_path))
    for what in ("GetSize", "GetSpacing", "GetOrigin", "GetDirection"):
        if getattr(left, what)() != getattr(right, what)():
            yield f"SimpleITK's {what}"


def main(masks, pattern):
    failed = False
    for path in sorted(pathlib.Path(masks).glob("*.nii.gz")):
        case = path.name.removesuffix(".nii.gz")
        found = list(differences(path, pattern.replace("{case}", case)))
        values = numpy.unique(numpy.asarray(nibabel.load(path).dataobj)).tolist()
        kind = nibabel.load(path).get_data_dtype()
        print(case, kind, values, "; ".join(found) or "identical")
        failed = failed or bool(found)
    return failed


sys.exit(main(*sys.argv[1:]))
