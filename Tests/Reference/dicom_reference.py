#!/usr/bin/env python3
"""Compares what Chiasm reads from DICOM with what other readers read, and prints a table.

    dicom_reference.py CHIASM SCANS [--verb convert]

CHIASM is the program, SCANS a folder with DICOM series in folders of their own. Each is read by
`chiasm convert`, by SimpleITK's series reader (GDCM), by pydicom (values alone), and by dcm2niix.
Voxels are compared where they lie: index -> RAS+ millimetres, whatever the order of the axes.
Wants pydicom, SimpleITK, nibabel, numpy and the program dcm2niix. Status 1 when something differs.
"""

import argparse
import glob
import os
import subprocess
import sys
import tempfile

import nibabel
import numpy
import pydicom
import SimpleITK

VALUES, MILLIMETRES = 1e-5, 1e-4

# dcm2niix takes the distance of two neighbouring slices in float32, whose error adds up.
ROUNDED = 2e-3


def chiasm(program, verb, path, folder):
    """What Chiasm makes of a path: (voxels, affine), or the sentence that it refuses it with."""
    out = os.path.join(folder, "chiasm.nii.gz")
    done = subprocess.run([program, verb, path, out], capture_output=True, text=True)
    if done.returncode != 0:
        return None, done.stderr.strip()
    image = nibabel.load(out)
    return (image.get_fdata(dtype=numpy.float64), image.affine), None


def simpleitk(files):
    """(voxels, affine) by GDCM through SimpleITK; files are in its own order along the normal."""
    if len(files) > 1:
        folder = os.path.dirname(files[0])
        files = SimpleITK.ImageSeriesReader.GetGDCMSeriesFileNames(folder)
        image = SimpleITK.ReadImage(list(files))
    else:
        image = SimpleITK.ReadImage(files[0])
    voxels = SimpleITK.GetArrayFromImage(image).astype(numpy.float64)
    if image.GetNumberOfComponentsPerPixel() == 3:
        voxels = voxels @ numpy.array([0.299, 0.587, 0.114])
    affine = numpy.eye(4)
    direction = numpy.array(image.GetDirection()).reshape(3, 3)
    affine[:3, :3] = direction * numpy.array(image.GetSpacing())
    affine[:3, 3] = image.GetOrigin()
    return voxels.transpose(2, 1, 0), numpy.diag([-1, -1, 1, 1]) @ affine


def with_pydicom(files):
    """Voxels by pydicom, slices in order of their place; no affine."""
    slices = []
    for path in files:
        dataset = pydicom.dcmread(path)
        pixels = dataset.pixel_array.astype(numpy.float64)
        if dataset.SamplesPerPixel == 3:
            # pydicom has turned brightness and colour differences into red, green and blue.
            pixels = grey(pixels)
        slope = float(dataset.get("RescaleSlope", None) or 1)
        pixels = pixels * slope + float(dataset.get("RescaleIntercept", None) or 0)
        height = 0.0
        if "ImagePositionPatient" in dataset:
            cosines = numpy.array(dataset.ImageOrientationPatient, float)
            normal = numpy.cross(cosines[:3], cosines[3:])
            height = float(numpy.dot(normal, numpy.array(dataset.ImagePositionPatient, float)))
        slices.append((height, pixels.reshape(-1, *pixels.shape[-2:])))
    slices.sort(key=lambda pair: pair[0])
    return numpy.concatenate([pixels for _, pixels in slices]).transpose(2, 1, 0)


def grey(pixels):
    return pixels @ numpy.array([0.299, 0.587, 0.114])


def dcm2niix(folder_in, folder):
    """(voxels, affine) of the only image that dcm2niix makes of a folder, or None."""
    out = os.path.join(folder, "dcm2niix")
    os.makedirs(out)
    command = ["dcm2niix", "-b", "n", "-z", "n", "-f", "image", "-o", out, folder_in]
    subprocess.run(command, capture_output=True)
    images = glob.glob(out + "/*.nii")
    if len(images) != 1:
        return None
    image = nibabel.load(images[0])
    data = numpy.asanyarray(image.dataobj)
    if data.dtype.fields:
        return None
    data = data.astype(numpy.float64)
    return data.reshape(data.shape + (1,) * (3 - data.ndim)), image.affine


def difference(mine, theirs):
    """(largest relative difference of values, largest distance in mm) of voxels at one place."""
    (voxels, affine), (others, other_affine) = mine, theirs
    if sorted(voxels.shape) != sorted(others.shape[:3]) or others.ndim > 3:
        return None
    into = numpy.linalg.inv(other_affine) @ affine
    corners = numpy.array([[(c >> a & 1) * (voxels.shape[a] - 1) for a in range(3)] + [1] for c in range(8)])
    places = corners @ into.T
    distance = numpy.abs((numpy.round(places) - places) @ other_affine.T)[:, :3].max()
    whole = numpy.round(into).astype(int)
    index = numpy.indices(voxels.shape).reshape(3, -1)
    origin = numpy.round(places[0, :3]).astype(int)
    moved = whole[:3, :3] @ index + origin[:, None]
    if moved.min() < 0 or (moved.max(axis=1) >= numpy.array(others.shape)).any():
        return None
    found = others[tuple(moved)]
    return relative(voxels.reshape(-1), found), distance


def relative(mine, theirs):
    scale = max(1e-30, numpy.abs(theirs).max())
    return float(numpy.abs(mine - theirs).max() / scale)


def series(root):
    """The folders and single files below root that are to be read, each with its DICOM pictures."""
    for folder, _, names in sorted(os.walk(root)):
        files = sorted(os.path.join(folder, n) for n in names if n.endswith(".dcm"))
        pictures = [f for f in files if "Rows" in pydicom.dcmread(f, stop_before_pixels=True)]
        instances = {str(pydicom.dcmread(f, stop_before_pixels=True).SeriesInstanceUID) for f in pictures}
        if not pictures:
            continue
        if len(instances) == 1 and len(pictures) > 1 and "pydicom" not in folder:
            yield folder, pictures
        else:
            for picture in pictures:
                yield picture, [picture]


def row(program, verb, path, files, root):
    """One line of the table, and whether all is well."""
    with tempfile.TemporaryDirectory() as folder:
        mine, sentence = chiasm(program, verb, path, folder)
        cells, well = [], True
        readers = {
            "SimpleITK": lambda: simpleitk(files),
            "pydicom": lambda: with_pydicom(files),
            "dcm2niix": lambda: dcm2niix(alone(path, files, folder), folder),
        }
        for name, read in readers.items():
            try:
                theirs = read()
            except Exception as error:  # Whatever a reader says about a file is its answer.
                theirs = None
                refusal = type(error).__name__
            else:
                refusal = "no single image"
            if mine is None or theirs is None:
                cells.append(f"refuses ({refusal})" if theirs is None else "reads it")
                well = well and (mine is not None or theirs is None or name == "dcm2niix")
                continue
            if name == "pydicom":
                value, distance = relative(mine[0].reshape(-1), theirs.reshape(-1)), 0.0
                cells.append(f"{value:.1e}")
            else:
                found = difference(mine, theirs)
                if found is None:
                    cells.append("another grid")
                    well = False
                    continue
                value, distance = found
                cells.append(f"{value:.1e}, {distance:.1e} mm")
            limit = ROUNDED if name == "dcm2niix" else MILLIMETRES
            well = well and value <= VALUES and distance <= limit
        shape = " × ".join(map(str, mine[0].shape)) if mine else "refused"
        print(f"| {os.path.relpath(path, root)} | {shape} | {' | '.join(cells)} | {'yes' if well else '**no**'} |")
        if sentence:
            print(f"  {sentence}", file=sys.stderr)
        return well


def alone(path, files, folder):
    """A folder that holds these files only: dcm2niix reads folders."""
    if os.path.isdir(path):
        return path
    place = os.path.join(folder, "alone")
    os.makedirs(place)
    for file in files:
        os.symlink(os.path.abspath(file), os.path.join(place, os.path.basename(file)))
    return place


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("scans")
    parser.add_argument("--verb", default="convert")
    options = parser.parse_args()
    print("| scan | voxels | SimpleITK | pydicom | dcm2niix | agrees |")
    print("|---|---|---|---|---|---|")
    found = [row(options.program, options.verb, path, files, options.scans)
             for path, files in series(options.scans)]
    sys.exit(0 if all(found) else 1)


main()
