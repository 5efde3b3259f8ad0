"""`chiasm register` beside SimpleITK's Mattes mutual information on the same pairs.

    python registration_peers.py --chiasm PROGRAM --prostate FOLDER [--cases 0-17]
    python registration_peers.py --chiasm PROGRAM --phantom FOLDER [--degrees 10] [--shift 10]

--prostate: folders of case*/ with mr_image, us_image, mr_labels and us_labels. The ultrasound is
brought on to the MR; the figure is the Dice of the gland (the labels' first volume) on the MR's
grid: as the headers place the scans, with the middles of their boxes on one another, after each
method, and after the best rigid alignment that is found for the two glands themselves.

--phantom: a dataset of `chiasm phantom`. The header of the second scan of each pair is turned by up
to --degrees and shifted by up to --shift mm along each axis, seeded; no voxel is interpolated. The
figure is the mean distance in millimetres, over the labelled voxels, from where they should come to
lie.

Every registration is a process of its own. SimpleITK's takes its processor time from after the
imports to the found transform; Chiasm's is that of the whole program, which also writes the result.
Prints one JSON line per pair and method, then one per method. Needs SimpleITK, nibabel and numpy.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

METHODS = {
    f"chiasm {metric} {model}": ["--metric", metric, "--transform", model]
    for metric in ("nmi", "mind") for model in ("rigid", "similarity", "affine")
}
# A strong belief in the beginning: the numbers were chosen on the prostate's first six pairs.
NEAR = ["--max-rotation", "5", "--max-shift", "2.5"]
METHODS |= {
    "chiasm nmi rigid, near": ["--metric", "nmi", *NEAR],
    "chiasm nmi similarity, near": ["--metric", "nmi", "--transform", "similarity", *NEAR],
    "chiasm mind rigid, near": ["--metric", "mind", *NEAR],
}
METHODS["chiasm nmi rigid, search"] = ["--metric", "nmi", "--search"]
PEERS = {"SimpleITK Mattes rigid": "rigid", "SimpleITK Mattes affine": "affine"}


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--chiasm")
    parser.add_argument("--prostate", type=pathlib.Path)
    parser.add_argument("--cases", default="0-17")
    parser.add_argument("--phantom", type=pathlib.Path)
    parser.add_argument("--degrees", type=float, default=10)
    parser.add_argument("--shift", type=float, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--worker", nargs=3, metavar=("FIXED", "MOVING", "MODEL"))
    return parser.parse_args()


# What runs in a process of its own.

def mattes(fixed_path, moving_path, model, threads):
    """SimpleITK's usual recipe: 32 bins, three levels, regular step gradient descent."""
    import SimpleITK as sitk

    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(threads)
    begun = time.process_time()
    fixed, moving = (
        sitk.Cast(sitk.ReadImage(path), sitk.sitkFloat32) for path in (fixed_path, moving_path))
    kind = sitk.Euler3DTransform() if model == "rigid" else sitk.AffineTransform(3)
    start = sitk.CenteredTransformInitializer(
        fixed, moving, kind, sitk.CenteredTransformInitializerFilter.GEOMETRY)
    method = sitk.ImageRegistrationMethod()
    method.SetMetricAsMattesMutualInformation(32)
    method.SetMetricSamplingStrategy(method.RANDOM)
    method.SetMetricSamplingPercentage(min(1.0, 100_000 / fixed.GetNumberOfPixels()), 1)
    method.SetInterpolator(sitk.sitkLinear)
    method.SetOptimizerAsRegularStepGradientDescent(1.0, 1e-4, 200)
    method.SetOptimizerScalesFromPhysicalShift()
    method.SetShrinkFactorsPerLevel([4, 2, 1])
    method.SetSmoothingSigmasPerLevel([2, 1, 0])
    method.SetInitialTransform(start, True)
    method.Execute(fixed, moving)
    used = time.process_time() - begun
    affine = sitk.AffineTransform(3)
    affine.SetMatrix(start.GetMatrix())
    affine.SetTranslation(start.GetTranslation())
    affine.SetCenter(start.GetCenter())
    # ITK's points are LPS: turned twice into RAS.
    import numpy
    flip = numpy.diag([-1.0, -1.0, 1.0])
    linear = flip @ numpy.array(affine.GetMatrix()).reshape(3, 3) @ flip
    shift = flip @ numpy.array(affine.TransformPoint((0.0, 0.0, 0.0)))
    rows = numpy.vstack([numpy.column_stack([linear, shift]), [0, 0, 0, 1]])
    print(json.dumps({"matrix": rows.tolist(), "userSeconds": used}))


def measured(command):
    """The JSON that a process prints, its user seconds and its peak memory in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"{command} left with {status}")
    return json.loads(output), usage.ru_utime, usage.ru_maxrss / 1024


def registered(name, fixed, moving, arguments):
    """RAS+ millimetres of the fixed scan to those of the moving one, user seconds, MiB."""
    import numpy

    threads = str(arguments.threads)
    if name in PEERS:
        found, _, memory = measured(
            [sys.executable, __file__, "--threads", threads, "--worker", fixed, moving, PEERS[name]])
        return numpy.array(found["matrix"]), found["userSeconds"], memory
    with tempfile.TemporaryDirectory() as folder:
        found, seconds, memory = measured(
            [arguments.chiasm, "register", moving, "--to", fixed, "--output", f"{folder}/o.nii.gz",
             "--threads", threads, "--json", *METHODS[name]])
    return numpy.array(found["matrix"]), seconds, memory


# The prostate.

def gland(path):
    import nibabel

    image = nibabel.load(path)
    voxels = image.get_fdata()
    return (voxels[..., 0] if voxels.ndim == 4 else voxels) > 0.5, image.affine


def dice(fixed, moving, matrix, step=1):
    """Of two masks with their affines, by the nearest voxel; of every `step`-th along each axis."""
    import numpy

    (target, target_affine), (mask, affine) = fixed, moving
    to_voxel = numpy.linalg.inv(affine) @ matrix @ target_affine
    target = target[::step, ::step, ::step]
    places = step * numpy.indices(target.shape).reshape(3, -1)
    voxels = numpy.floor(to_voxel[:3, :3] @ places + to_voxel[:3, 3:] + 0.5).astype(int)
    inside = ((voxels >= 0) & (voxels < numpy.array(mask.shape)[:, None])).all(0)
    seen = numpy.zeros(places.shape[1], bool)
    seen[inside] = mask[tuple(voxels[:, inside])]
    whole = target.sum() + mask.sum() / step ** 3
    return 2 * float((seen & target.ravel()).sum()) / float(whole)


def centred(fixed_shape, fixed_affine, moving_shape, moving_affine):
    import numpy

    middles = [
        (affine @ numpy.append((numpy.array(shape) - 1) / 2, 1))[:3]
        for shape, affine in ((fixed_shape, fixed_affine), (moving_shape, moving_affine))]
    matrix = numpy.eye(4)
    matrix[:3, 3] = middles[1] - middles[0]
    return matrix


def ceiling(fixed, moving):
    """The best Dice of rigid alignments of two masks, by Powell's method from several angles."""
    import numpy
    from scipy.optimize import minimize
    from scipy.spatial.transform import Rotation

    def middle(mask, affine):
        return affine[:3, :3] @ numpy.argwhere(mask).mean(0) + affine[:3, 3]

    centre, other = middle(*fixed), middle(*moving)

    def matrix(numbers):
        result = numpy.eye(4)
        result[:3, :3] = Rotation.from_rotvec(numbers[:3] / 10).as_matrix()
        result[:3, 3] = other + numbers[3:] - result[:3, :3] @ centre
        return result

    starts = [numpy.zeros(6)] + [
        numpy.eye(6)[axis] * sign * 2.5 for axis in range(3) for sign in (-1, 1)]
    found = [minimize(lambda numbers: -dice(fixed, moving, matrix(numbers), 2), start,
                      method="Powell", options={"maxiter": 3, "xtol": 0.02}).x
             for start in starts]
    return max(dice(fixed, moving, matrix(numbers)) for numbers in found)


def prostate(arguments, record):
    import numpy

    first, last = map(int, (arguments.cases + "-" + arguments.cases).split("-")[:2])
    for number in range(first, last + 1):
        case = arguments.prostate / f"case{number:06d}"
        scans = [str(case / f"{name}_image.nii.gz") for name in ("mr", "us")]
        masks = [gland(case / f"{name}_labels.nii.gz") for name in ("mr", "us")]
        middle = centred(masks[0][0].shape, masks[0][1], masks[1][0].shape, masks[1][1])
        record(case.name, "as the headers say", "dice", dice(*masks, numpy.eye(4)))
        record(case.name, "middles of the boxes", "dice", dice(*masks, middle))
        record(case.name, "the glands themselves, rigid", "dice", ceiling(*masks))
        for name in [*METHODS, *PEERS]:
            matrix, seconds, memory = registered(name, *scans, arguments)
            record(case.name, name, "dice", dice(*masks, matrix), seconds, memory)


# The phantom.

def phantom(arguments, record):
    import nibabel
    import numpy
    from scipy.spatial.transform import Rotation

    for number, case in enumerate(sorted(arguments.phantom.glob("case_*"))):
        generator = numpy.random.default_rng(number)
        labels = nibabel.load(case / "labels.nii.gz")
        places = numpy.argwhere(numpy.asarray(labels.dataobj) > 0)
        points = (labels.affine @ numpy.c_[places, numpy.ones(len(places))].T)[:3]
        centre = points.mean(1)
        truth = numpy.eye(4)
        turn = numpy.radians(generator.uniform(-arguments.degrees, arguments.degrees, 3))
        truth[:3, :3] = Rotation.from_rotvec(turn).as_matrix()
        shift = generator.uniform(-arguments.shift, arguments.shift, 3)
        truth[:3, 3] = centre + shift - truth[:3, :3] @ centre
        for pair in ("ct mri", "ct ultrasound", "mri ultrasound"):
            fixed, moving = (case / f"{name}.nii.gz" for name in pair.split())
            scan = nibabel.load(moving)
            with tempfile.TemporaryDirectory() as folder:
                path = f"{folder}/moved.nii.gz"
                nibabel.save(
                    nibabel.Nifti1Image(numpy.asarray(scan.dataobj), truth @ scan.affine), path)
                for name in [*METHODS, *PEERS]:
                    matrix, seconds, memory = registered(name, str(fixed), path, arguments)
                    away = (matrix - truth)[:3, :3] @ points + (matrix - truth)[:3, 3:]
                    record(f"{case.name} {pair}", name, "millimetres",
                           float(numpy.linalg.norm(away, axis=0).mean()), seconds, memory)


def summarize(found):
    import numpy

    for (method, unit), rows in found.items():
        values = numpy.array([row[1] for row in rows])
        centre = numpy.array(
            [row[1] for row in found.get(("middles of the boxes", unit), [])])
        line = {"method": method, "unit": unit, "pairs": len(rows), "mean": values.mean(),
                "median": float(numpy.median(values)),
                "worst": values.min() if unit == "dice" else values.max()}
        if unit == "dice":
            before = numpy.array([row[1] for row in found[("as the headers say", unit)]])
            line["worseThanHeaders"] = int((values < before).sum())
            line["worseThanCentred"] = int((values < centre).sum())
        if rows[0][2] is not None:
            line["medianUserSeconds"] = float(numpy.median([row[2] for row in rows]))
            line["peakMiB"] = max(row[3] for row in rows)
        print(json.dumps(line, default=float))


def main():
    arguments = parse()
    if arguments.worker:
        mattes(*arguments.worker, arguments.threads)
        return
    found = {}

    def record(case, method, unit, value, seconds=None, memory=None):
        found.setdefault((method, unit), []).append((case, value, seconds, memory))
        print(json.dumps({"case": case, "method": method, unit: value, "userSeconds": seconds,
                          "peakMiB": memory}), flush=True)

    if arguments.prostate:
        prostate(arguments, record)
    if arguments.phantom:
        phantom(arguments, record)
    summarize(found)


main()
