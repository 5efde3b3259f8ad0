"""The peers of MetricsBenchmark: the same four metrics of the same masks, one library per process.

    python metrics_peers.py LIBRARY PREDICTION REFERENCE [REPETITIONS]

LIBRARY is monai, surface-distance, simpleitk or medpy. Prints one line of JSON in the form of
MetricsBenchmark: reading, imports and one call that is not counted come before the clock starts.
Needs numpy, nibabel and the library.
"""

import ctypes
import gc
import json
import os
import resource
import statistics
import sys
import time
import warnings

THREADS = str(os.cpu_count())
for key in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS",
            "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS"):
    os.environ.setdefault(key, THREADS)

import nibabel as nib
import numpy as np

warnings.filterwarnings("ignore")
np.Inf, np.NaN = np.inf, np.nan  # surface-distance 0.1 was written for NumPy 1
LABELS = (1, 2, 3)


def monai(pred, ref):
    import torch
    from monai.metrics import (
        compute_average_surface_distance, compute_dice, compute_hausdorff_distance,
        compute_surface_dice)

    p, r = (torch.from_numpy(np.stack([m == k for k in range(4)]))[None].float() for m in (pred, ref))
    options = dict(include_background=False)

    def work():
        compute_dice(p, r, **options)
        compute_hausdorff_distance(p, r, percentile=95, **options)
        compute_surface_dice(p, r, [1.0] * 3, **options)
        compute_average_surface_distance(p, r, symmetric=True, **options)

    return work


def surface_distance(pred, ref):
    import surface_distance as sd

    def work():
        for k in LABELS:
            g, p = ref == k, pred == k
            distances = sd.compute_surface_distances(g, p, (1.0, 1.0, 1.0))
            sd.compute_robust_hausdorff(distances, 95)
            sd.compute_surface_dice_at_tolerance(distances, 1.0)
            sd.compute_average_surface_distance(distances)
            sd.compute_dice_coefficient(g, p)

    return work


def simpleitk(pred, ref):
    import SimpleITK as sitk

    p, r = (sitk.GetImageFromArray(np.ascontiguousarray(m.T)) for m in (pred, ref))

    def work():
        overlap = sitk.LabelOverlapMeasuresImageFilter()
        overlap.Execute(r, p)
        for k in LABELS:
            overlap.GetDiceCoefficient(k)
            distances = []
            for x, y in ((r == k, p == k), (p == k, r == k)):
                maurer = sitk.Abs(
                    sitk.SignedMaurerDistanceMap(x, squaredDistance=False, useImageSpacing=True))
                contour = sitk.LabelContour(y, fullyConnected=False)
                distances.append(
                    sitk.GetArrayViewFromImage(maurer)[sitk.GetArrayViewFromImage(contour) == 1])
            joined = np.concatenate(distances)
            np.percentile(joined, 95), joined.mean(), (joined <= 1).mean()

    return work


def medpy(pred, ref):
    from medpy.metric import binary

    def work():  # it has no surface Dice
        for k in LABELS:
            binary.dc(pred == k, ref == k)
            binary.hd95(pred == k, ref == k)
            binary.assd(pred == k, ref == k)

    return work


def status(key):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith(key + ":"))


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main(library, prediction, reference, repetitions="5"):
    pred, ref = (np.asanyarray(nib.load(path).dataobj) for path in (prediction, reference))
    makers = {"monai": monai, "surface-distance": surface_distance, "simpleitk": simpleitk,
              "medpy": medpy}
    report(f"metrics/all4/{library}", makers[library](pred, ref), int(repetitions))


def report(name, work, repetitions):
    """Measures `work` and prints the figure."""
    work()
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    base, wall, cpu = status("VmRSS"), [], []
    for _ in range(repetitions):
        used, start = processor_seconds(), time.perf_counter()
        work()
        wall.append(time.perf_counter() - start)
        cpu.append(processor_seconds() - used)
    print(json.dumps({
        "name": name, "unit": "s", "value": round(statistics.median(wall), 6),
        "wall_min_s": round(min(wall), 6), "cpu_median_s": round(statistics.median(cpu), 6),
        "peak_rss_mb": round(status("VmHWM"), 1), "base_rss_mb": round(base, 1),
        "reps": len(wall)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
