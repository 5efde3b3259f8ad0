"""The peers of ScanBenchmark: one library reads or writes one .nii.gz in a process of its own.

    python scans_peers.py LIBRARY read|write FILE [REPETITIONS]

LIBRARY is nibabel or simpleitk. Prints lines of JSON in the form of ScanBenchmark; imports and one
call that is not counted come before the clock starts. Files are read from the system's cache.
"""

import os
import sys
import tempfile

from metrics_peers import report

os.environ.setdefault("ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS", str(os.cpu_count()))


def nibabel(path, output):
    import nibabel as nib
    import numpy as np

    def write():
        image = nib.load(path)
        image = nib.Nifti1Image(np.asanyarray(image.dataobj), image.affine, image.header)
        return lambda: nib.save(image, output)

    return {"read": {"nibabel/stored": lambda: np.asanyarray(nib.load(path).dataobj),
                     "nibabel/float": lambda: nib.load(path).get_fdata(dtype=np.float32)},
            "write": {"nibabel": write}}


def simpleitk(path, output):
    import SimpleITK as sitk

    def write():
        image = sitk.ReadImage(path)
        return lambda: sitk.WriteImage(image, output, True)

    # The image alone spares the copy that makes an array of its own of it.
    return {"read": {"simpleitk/stored": lambda: sitk.GetArrayFromImage(sitk.ReadImage(path)),
                     "simpleitk/image": lambda: sitk.ReadImage(path)},
            "write": {"simpleitk": write}}


def main(library, verb, path, repetitions="5"):
    name = os.path.basename(path).split(".")[0]
    with tempfile.TemporaryDirectory() as folder:
        jobs = {"nibabel": nibabel, "simpleitk": simpleitk}[library](path, folder + "/x.nii.gz")
        for label, work in jobs[verb].items():
            report(f"{verb}/{name}/{label}", work() if verb == "write" else work, int(repetitions))


if __name__ == "__main__":
    main(*sys.argv[1:])
