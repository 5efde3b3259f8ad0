"""The peers of ResamplingBenchmark: the same CT and labels on the same grids, one library per process.

    python resampling_peers.py inputs FOLDER                    writes ct.nii.gz and labels.nii.gz
    python resampling_peers.py LIBRARY FOLDER [REPETITIONS]

LIBRARY is simpleitk, nnunet, scipy, torch or monai. Prints lines of JSON in the form of
ResamplingBenchmark, with the largest difference from its voxels, which lie in FOLDER, and the share of
voxels that differ by more than 0.01 (for labels: at all). torch and scipy blend with the outside, or cut
off, within half a voxel of the volume's edge, where ITK goes on: oblique grids differ there. Reading,
conversion to float32 and imports come before the clock starts.
"""

import ctypes
import gc
import json
import os
import resource
import statistics
import sys
import time

THREADS = str(os.cpu_count())
for key in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS",
            "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS"):
    os.environ.setdefault(key, THREADS)
for key in ("nnUNet_raw", "nnUNet_preprocessed", "nnUNet_results"):
    os.environ.setdefault(key, "unused")

import nibabel as nib
import numpy as np

SPACING = (0.8, 0.8, 2.0)


def inputs(folder):
    """A body of 45 HU with two lungs, a spine and noise, and three nested organs."""
    from scipy.ndimage import gaussian_filter

    rng = np.random.default_rng(20)
    x, y, z = np.ogrid[-1:1:256j, -1:1:256j, -1:1:160j]

    def inside(centre, radii, rough=0):
        return sum(((a - c) / r) ** 2 for a, c, r in zip((x, y, z), centre, radii)) + rough < 1

    grain = gaussian_filter(rng.standard_normal((256, 256, 160), np.float32), 0.7)
    hu = np.where(inside((0, 0, 0), (0.8, 0.65, 1.5)), 45, -1000).astype(np.float32)
    for side in (-0.35, 0.35):
        hu[inside((side, -0.1, 0.3), (0.28, 0.38, 0.6))] = -820
    hu[inside((0, 0.4, 0), (0.1, 0.12, 2))] = 420
    hu = gaussian_filter(hu, 0.7) + 60 * grain
    labels = np.zeros(hu.shape, np.uint8)
    rough = gaussian_filter(grain, 5)
    rough *= 0.1 / rough.std()
    for label, scale in ((1, 1), (2, 0.7), (3, 0.4)):
        labels[inside((-0.2, 0, -0.3), np.array((0.36, 0.36, 0.45)) * scale, rough)] = label
    ct = np.clip(np.rint(hu), -1024, 3071).astype(np.int16)
    for name, array in (("ct", ct), ("labels", labels)):
        image = nib.Nifti1Image(array, np.diag([*SPACING, 1.0]))
        nib.save(image, f"{folder}/{name}.nii.gz")


def grid(size):
    """The size, spacing and first centre of the same box in voxels of about 1 mm."""
    shape = tuple(int(round(n * s)) for n, s in zip(size, SPACING))
    spacing = [n * s / m for n, s, m in zip(size, SPACING, shape)]
    return shape, spacing, [(new - old) / 2 for new, old in zip(spacing, SPACING)]


def tilted():
    """The directions of the oblique grid, as columns."""
    a, b = 0.2, 0.1
    return np.array([
        [np.cos(a), -np.sin(a) * np.cos(b), np.sin(a) * np.sin(b)],
        [np.sin(a), np.cos(a) * np.cos(b), -np.cos(a) * np.sin(b)],
        [0, np.sin(b), np.cos(b)]])


def oblique(size):
    """From an index of the oblique grid to one of the old grid: a matrix and a shift."""
    _, spacing, origin = grid(size)
    return tilted() * spacing / np.array(SPACING)[:, None], np.array(origin) / SPACING


def simpleitk(ct, labels):
    import SimpleITK as sitk

    shape, spacing, origin = grid(ct.shape)
    tilt = tilted()

    def image_of(array):
        image = sitk.GetImageFromArray(np.ascontiguousarray(array.T))
        image.SetSpacing(SPACING)
        return image

    image, mask = image_of(ct), image_of(labels)

    def image_on(volume, how, direction=np.eye(3)):
        return lambda: sitk.Resample(
            volume, shape, sitk.Transform(), how, origin, spacing, direction.flatten().tolist(),
            0.0, volume.GetPixelID())

    def to(*grid):
        work = image_on(*grid)
        return lambda: sitk.GetArrayFromImage(work())

    return {
        "linear/simpleitk": (to(image, sitk.sitkLinear), "linear-chiasm-float"),
        "cubic/simpleitk": (to(image, sitk.sitkBSpline), "cubic-chiasm-simpleitk"),
        "labels/simpleitk/nearest": (to(mask, sitk.sitkNearestNeighbor), "labels-chiasm-nearest"),
        "labels/simpleitk/vote": (to(mask, sitk.sitkLabelLinear), "labels-chiasm-vote"),
        "oblique/simpleitk/linear": (to(image, sitk.sitkLinear, tilt), "oblique-chiasm-linear"),
        # The filter alone, without the copy that makes an array of its own of the image.
        "oblique/simpleitk/linear-image": (
            image_on(image, sitk.sitkLinear, tilt), "oblique-chiasm-linear"),
        "oblique/simpleitk/cubic": (to(image, sitk.sitkBSpline, tilt), "oblique-chiasm-cubic"),
        "oblique/simpleitk/vote": (to(mask, sitk.sitkLabelLinear, tilt), "oblique-chiasm-vote"),
    }


def nnunet(ct, labels):
    from nnunetv2.preprocessing.resampling.default_resampling import resample_data_or_seg_to_shape

    shape, spacing, _ = grid(ct.shape)

    def to(array, is_seg, order):
        return lambda: resample_data_or_seg_to_shape(
            array[None], shape, SPACING, spacing, is_seg=is_seg, order=order, order_z=0,
            force_separate_z=None)[0].T

    return {
        "linear/nnunet": (to(ct, False, 1), "linear-chiasm-float"),
        "cubic/nnunet": (to(ct, False, 3), "cubic-chiasm-nnunet"),
        "labels/nnunet/vote": (to(labels.astype(np.int8), True, 1), "labels-chiasm-vote"),
    }


def scipy(ct, labels):
    from scipy.ndimage import affine_transform, zoom

    shape, _, _ = grid(ct.shape)
    factors = [m / n for n, m in zip(ct.shape, shape)]
    matrix, shift = oblique(ct.shape)

    def turned(order):
        return lambda: affine_transform(ct, matrix, shift, shape, order=order, cval=0).T

    def to(array, order):
        return lambda: zoom(array, factors, order=order, mode="nearest", grid_mode=True).T

    return {
        "linear/scipy": (to(ct, 1), "linear-chiasm-float"),
        "cubic/scipy": (to(ct, 3), "cubic-chiasm-nnunet"),
        "labels/scipy/nearest": (to(labels, 0), "labels-chiasm-nearest"),
        "oblique/scipy/linear": (turned(1), "oblique-chiasm-linear"),
        "oblique/scipy/cubic": (turned(3), "oblique-chiasm-cubic"),
    }


def torch(ct, labels):
    import torch
    import torch.nn.functional as functional

    shape, _, _ = grid(ct.shape)
    image = torch.from_numpy(ct.T.copy())[None, None]

    def work():
        with torch.inference_mode():
            return functional.interpolate(
                image, shape[::-1], mode="trilinear", align_corners=False)[0, 0].numpy()

    # grid_sample counts from -1 to 1 across all voxels, x first.
    (matrix, shift), new, old = oblique(ct.shape), np.array(shape), np.array(ct.shape)
    middle = (2 * (matrix @ ((new - 1) / 2) + shift) + 1) / old - 1
    theta = torch.tensor(
        np.column_stack([matrix * new / old[:, None], middle]), dtype=torch.float32)[None]

    def turned():
        with torch.inference_mode():
            places = functional.affine_grid(theta, (1, 1, *shape[::-1]), align_corners=False)
            return functional.grid_sample(
                image, places, mode="bilinear", align_corners=False)[0, 0].numpy()

    return {
        "linear/torch-interpolate": (work, "linear-chiasm-float"),
        "oblique/torch-grid-sample/linear": (turned, "oblique-chiasm-linear"),
    }


def monai(ct, labels):
    import torch
    from monai.data import MetaTensor
    from monai.transforms import SpatialResample

    shape, spacing, origin = grid(ct.shape)

    def to(array, mode, padding, direction=np.eye(3)):
        image = MetaTensor(torch.from_numpy(array.copy())[None], affine=np.diag([*SPACING, 1.0]))
        affine = np.eye(4)
        affine[:3, :3], affine[:3, 3] = direction * spacing, origin
        resample = SpatialResample(mode=mode, padding_mode=padding, align_corners=True)
        return lambda: resample(
            image, dst_affine=affine, spatial_size=shape)[0].numpy().astype(array.dtype).T

    return {
        "linear/monai": (to(ct, "bilinear", "border"), "linear-chiasm-float"),
        "cubic/monai": (to(ct, 3, "nearest"), "cubic-chiasm-nnunet"),
        "labels/monai/nearest": (to(labels, "nearest", "border"), "labels-chiasm-nearest"),
        "oblique/monai/linear": (to(ct, "bilinear", "zeros", tilted()), "oblique-chiasm-linear"),
    }


def status(key):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith(key + ":"))


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measure(name, work, repetitions):
    made = work()
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
    return made, {
        "name": f"resample/{name}", "unit": "s", "value": round(statistics.median(wall), 6),
        "wall_min_s": round(min(wall), 6), "cpu_median_s": round(statistics.median(cpu), 6),
        "peak_rss_mb": round(status("VmHWM"), 1), "base_rss_mb": round(base, 1), "reps": len(wall)}


def difference(made, path):
    if not isinstance(made, np.ndarray):
        import SimpleITK as sitk

        made = sitk.GetArrayViewFromImage(made)
    if made.dtype == np.float32:
        own = np.fromfile(path, np.float32).reshape(made.shape)
        apart = np.abs(own - made)
        return {"largest_difference": float(apart.max()),
                "share_differing": float((apart > 0.01).mean())}
    own = np.fromfile(path, np.uint16).reshape(made.shape)
    return {"share_differing": float((own != made).mean())}


def main(library, folder, repetitions="5"):
    if library == "inputs":
        inputs(folder)
        return
    ct, labels = (np.asanyarray(nib.load(f"{folder}/{name}.nii.gz").dataobj)
                  for name in ("ct", "labels"))
    makers = {
        "simpleitk": simpleitk, "nnunet": nnunet, "scipy": scipy, "torch": torch, "monai": monai}
    for name, (work, own) in makers[library](ct.astype(np.float32), labels).items():
        made, figure = measure(name, work, int(repetitions))
        print(json.dumps(figure | difference(made, f"{folder}/{own}")), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
