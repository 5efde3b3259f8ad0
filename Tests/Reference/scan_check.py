"""Compares Chiasm with nibabel and SimpleITK on every scan of a folder.

    python Tests/Reference/scan_check.py CHIASM FOLDER [...] > table.md

CHIASM is the program. Every file is read by nibabel (NIfTI) or SimpleITK (the rest); `inspect --json`
must give the same size, frames, affine (1e-4 mm), extremes and mean (1e-5), and `convert`, for the
first and the last frame, a file with the same values (1e-5), affine, type and form codes. Prints a
line per file, and the sum at the end; the status is 1 when something differs. Written for nibabel
5.4.2, SimpleITK 2.5.7 and numpy 2.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import nibabel
import numpy
import SimpleITK

ENDINGS = (".nii", ".nii.gz", ".hdr", ".mha", ".mhd", ".nrrd", ".nhdr", ".png")
LPS_TO_RAS = numpy.diag([-1.0, -1.0, 1.0, 1.0])


def by_nibabel(path):
    """Values [x, y, z, frame], affine, type and form codes."""
    voxels = path.with_suffix(".img.gz")
    if path.suffix == ".hdr" and voxels.exists():
        holder = nibabel.FileHolder
        image = nibabel.Nifti1Pair.from_file_map({"header": holder(path), "image": holder(voxels)})
    else:
        image = nibabel.load(path)
    if not isinstance(image, (nibabel.Nifti1Pair, nibabel.Nifti2Pair)):
        raise ValueError(f"nibabel takes it for {type(image).__name__}")
    if image.header.get_data_dtype().fields or image.header.get_data_dtype().kind == "c":
        raise ValueError("colours or complex numbers")
    values = numpy.asarray(image.dataobj, dtype=numpy.float64)
    codes = int(image.header["qform_code"]), int(image.header["sform_code"])
    values = values.reshape(values.shape[:3] + (1,) * (3 - values.ndim) + (-1,), order="F")
    return values, image.affine, image.header.get_data_dtype().name, codes


def by_simpleitk(path):
    image = SimpleITK.ReadImage(str(path))
    rank = image.GetDimension()
    array = SimpleITK.GetArrayFromImage(image)
    name = array.dtype.name
    if image.GetNumberOfComponentsPerPixel() > 1:
        colours = array[..., :3].astype(numpy.float64)
        is_grey = (colours == colours[..., :1]).all()
        array = colours @ [0.299, 0.587, 0.114]
        name = name if is_grey and path.suffix == ".png" else "float32"
    affine = numpy.eye(4)
    size = min(rank, 3)
    direction = numpy.array(image.GetDirection()).reshape(rank, rank)[:size, :size]
    affine[:size, :size] = direction * numpy.array(image.GetSpacing())[:size]
    affine[:size, 3] = image.GetOrigin()[:size]
    values = array.T.astype(numpy.float64)
    values = values.reshape(values.shape[:3] + (1,) * (3 - values.ndim) + (-1,), order="F")
    return values, LPS_TO_RAS @ affine, name, None


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True)


def close(found, expected, tolerance):
    found, expected = numpy.asarray(found, float), numpy.asarray(expected, float)
    same = found.shape == expected.shape
    return same and bool((abs(found - expected) <= tolerance * numpy.maximum(1, abs(expected))).all())


def inspect(program, path, values, affine, name):
    result = run(program, "inspect", path, "--json")
    if result.returncode != 0:
        return [f"inspect leaves with {result.returncode}: {result.stderr.strip()}"]
    report = json.loads(result.stdout)
    facts = [("size", report["size"], values.shape[:3], 0), ("frames", report["frames"], values.shape[3], 0),
             ("affine", report["affine"], affine, 0), ("minimum", report["minimum"], values.min(), 1e-5),
             ("maximum", report["maximum"], values.max(), 1e-5), ("mean", report["mean"], values.mean(), 1e-5)]
    faults = [f"{what} {found} for {wanted}" for what, found, wanted, tolerance in facts
              if not close(found, wanted, tolerance or 1e-4)]
    return faults + ([f"type {report['type']} for {name}"] if report["type"] != name else [])


def convert(program, path, values, affine, name, codes):
    faults = []
    frames = values.shape[3]
    with tempfile.TemporaryDirectory() as folder:
        for frame in sorted({0, frames - 1}):
            output = Path(folder) / "out.nii.gz"
            options = ("--frame", frame) if frames > 1 else ()
            result = run(program, "convert", path, output, *options)
            if result.returncode != 0:
                return faults + [f"convert leaves with {result.returncode}: {result.stderr.strip()}"]
            image = nibabel.load(output)
            data = numpy.asarray(image.dataobj, dtype=numpy.float64)
            data = data.reshape(data.shape + (1,) * (3 - data.ndim))
            if not close(data, values[..., frame], 1e-5):
                faults.append(f"values of frame {frame} differ")
            if abs(image.affine - affine).max() > 1e-4:
                faults.append("the written affine differs")
            if image.header.get_data_dtype().name != name:
                faults.append(f"written as {image.header.get_data_dtype().name}")
            found = int(image.header["qform_code"]), int(image.header["sform_code"])
            if codes and found != codes:
                faults.append(f"form codes {found} for {codes}")
            if isinstance(image, nibabel.Nifti2Image):
                continue  # SimpleITK 2.5 reads no NIfTI-2.
            other = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(output))).T
            if not close(other.reshape(data.shape), data, 1e-5):
                faults.append("SimpleITK reads other values from what is written")
    return faults


def main(program, *folders):
    rows, wrong, left_out = 0, 0, 0
    print("| file | size | frames | type | against | result |\n|---|---|--:|---|---|---|")
    for folder in map(Path, folders):
        for path in sorted(p for p in folder.rglob("*") if p.name.lower().endswith(ENDINGS)):
            name = path.relative_to(folder.parent)
            reader = by_nibabel if path.name.endswith((".nii", ".gz", ".hdr")) else by_simpleitk
            try:
                values, affine, kind, codes = reader(path)
            except Exception as error:
                left_out += 1
                answer = run(program, "inspect", path, "--json")
                reason = str(error).splitlines()[-1][:70]
                print(f"| {name} | | | | refused: {reason} | {answer.returncode}: "
                      f"{answer.stderr.strip().replace(str(path), path.name)} |")
                continue
            faults = inspect(program, path, values, affine, kind)
            faults += convert(program, path, values, affine, kind, codes)
            rows, wrong = rows + 1, wrong + bool(faults)
            size = " × ".join(map(str, values.shape[:3]))
            print(f"| {name} | {size} | {values.shape[3]} | {kind} | {reader.__name__[3:]} "
                  f"| {'; '.join(faults) or 'equal'} |", flush=True)
    print(f"\n{rows} files compared, {wrong} differ; {left_out} that the reference refuses.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
