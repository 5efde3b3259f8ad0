"""Reference values for Tests/MetricsTests/SurfaceReferenceTests.swift, in surface_reference.json.

Needs surface-distance 0.1, monai 1.6.1, SimpleITK 2.5, nibabel, scipy, torch. Run in this folder:

    python surface_values.py [DATA]

DATA holds real scans (sts/STS_*/CT_mask.nii.gz, totalsegmentator/example_ct_sm_seg104.nii.gz); their
values are left as they are without it. The masks:

* noise: 13 x 11 x 9 voxels, SplitMix64 with seed 5, x fastest, `next() % 3` for the prediction, then
  for the reference.
* seg: seg_pred.nii.gz against seg_ref.nii.gz, synthetic, in this folder.
* sts, totalsegmentator: a mask against itself, moved by 2, -1 and 1 voxels along x, y and z.

Every list has a number per label, ascending. Conventions: surfels is surface-distance; voxels is
MONAI; contours is SimpleITK's LabelContour (not fully connected) read off the absolute
SignedMaurerDistanceMap, percentiles over both directions joined.
"""

import json
import os
import sys
import warnings

import nibabel as nib
import numpy as np
import torch

np.Inf = np.inf  # surface-distance 0.1 was written for NumPy 1
np.NaN = np.nan
warnings.filterwarnings("ignore")

import SimpleITK as sitk
import surface_distance as sd
from monai.metrics import (
    compute_average_surface_distance,
    compute_hausdorff_distance,
    compute_surface_dice,
)

TOLERANCES = (1.0, 2.5)
MASK = (1 << 64) - 1


def splitmix64(seed):
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        word = state
        word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
        yield word ^ (word >> 31)


def surfels(pred, ref, spacing):
    d = sd.compute_surface_distances(ref, pred, spacing)
    u, v = sd.compute_average_surface_distance(d)
    a, b = d["surfel_areas_gt"], d["surfel_areas_pred"]
    pooled = (np.sum(d["distances_gt_to_pred"] * a) + np.sum(d["distances_pred_to_gt"] * b)) / (
        a.sum() + b.sum())
    return {
        "HD": sd.compute_robust_hausdorff(d, 100), "HD95": sd.compute_robust_hausdorff(d, 95),
        "HD50": sd.compute_robust_hausdorff(d, 50), "ASSD": pooled, "MASD": (u + v) / 2,
        **{f"NSD{t}": sd.compute_surface_dice_at_tolerance(d, t) for t in TOLERANCES},
    }


def voxels(pred, ref, spacing):
    p, r = (torch.from_numpy(m)[None, None].float() for m in (pred, ref))
    kw = dict(include_background=True, spacing=list(spacing))
    one = lambda t: float(t[0, 0])
    return {
        "HD": one(compute_hausdorff_distance(p, r, **kw)),
        "HD95": one(compute_hausdorff_distance(p, r, percentile=95, **kw)),
        "HD50": one(compute_hausdorff_distance(p, r, percentile=50, **kw)),
        "ASSD": one(compute_average_surface_distance(p, r, symmetric=True, **kw)),
        **{f"NSD{t}": one(compute_surface_dice(p, r, [t], **kw)) for t in TOLERANCES},
    }


def contours(pred, ref, spacing):
    def image(m):
        i = sitk.GetImageFromArray(np.ascontiguousarray(m.T).astype(np.uint8))
        i.SetSpacing([float(s) for s in spacing])
        return i

    d = []
    for x, y in ((ref, pred), (pred, ref)):
        maurer = sitk.SignedMaurerDistanceMap(image(x), squaredDistance=False, useImageSpacing=True)
        contour = sitk.LabelContour(image(y), fullyConnected=False)
        d.append(np.abs(sitk.GetArrayFromImage(maurer))[sitk.GetArrayFromImage(contour) == 1])
    joined = np.concatenate(d).astype(np.float64)
    return {
        "HD": joined.max(), "HD95": np.percentile(joined, 95), "HD50": np.percentile(joined, 50),
        "ASSD": joined.mean(), "MASD": (d[0].mean(dtype=float) + d[1].mean(dtype=float)) / 2,
        **{f"NSD{t}": (joined <= t).mean() for t in TOLERANCES},
    }


def values(pred, ref, spacing):
    labels = [int(k) for k in np.unique(ref) if k]
    result = {"spacing": [float(s) for s in spacing], "labels": labels}
    for convention in (surfels, voxels, contours):
        rows = [convention(pred == k, ref == k, spacing) for k in labels]
        result[convention.__name__] = {m: [float(r[m]) for r in rows] for m in rows[0]}
    return result


def moved(m):
    out = np.zeros_like(m)
    out[2:, :-1, 1:] = m[:-2, 1:, :-1]
    return out


def load(path):
    image = nib.load(path)
    # Spacings as the header has them: in single precision, then used in double.
    return np.asanyarray(image.dataobj), [float(z) for z in image.header.get_zooms()[:3]]


def real(folder):
    cases = {f"sts/{n}/CT_mask.nii.gz" for n in ("STS_002", "STS_008", "STS_040")}
    cases |= {"sts/STS_002/PET_mask.nii.gz", "totalsegmentator/example_ct_sm_seg104.nii.gz"}
    for path in sorted(cases):
        mask, spacing = load(os.path.join(folder, path))
        mask = np.rint(mask).astype(np.uint8)
        other = moved(mask)
        other[~np.isin(other, np.unique(mask))] = 0
        kept = [k for k in np.unique(mask) if k and (other == k).any()]
        mask, other = (np.where(np.isin(m, kept), m, 0) for m in (mask, other))
        yield path, values(other, mask, spacing)


if __name__ == "__main__":
    path = "surface_reference.json"
    result = json.load(open(path)) if os.path.exists(path) else {}
    generator = splitmix64(5)
    shape = (13, 11, 9)
    pred, ref = (
        np.array([next(generator) % 3 for _ in range(np.prod(shape))]).reshape(shape, order="F")
        for _ in range(2))
    for name, spacing in (("iso", (1, 1, 1)), ("aniso", (0.7, 1.3, 3.1))):
        result[f"noise/{name}"] = values(pred, ref, spacing)
    pred, ref = (load(f"seg_{n}.nii.gz")[0] for n in ("pred", "ref"))
    for name, spacing in (("iso", (1, 1, 1)), ("aniso", (0.8, 0.8, 2.0))):
        result[f"seg/{name}"] = values(pred, ref, spacing)
    if len(sys.argv) > 1:
        result.update(real(sys.argv[1]))
    with open(path, "w") as file:
        json.dump(result, file, indent=1, sort_keys=True)
        file.write("\n")
