"""Writes augmentation_reference.json: what other libraries make of one small patch.

Run with batchgeneratorsv2 0.3.6 (nnU-Net's transforms), PyTorch 2.15 and SciPy 1.17.1:
    python Tests/Reference/augmentation_reference.py
Arrays are [z, y, x] and written x fastest; the tests make the same patch up themselves.
"""

import json
import pathlib

import numpy as np
import scipy.ndimage
import torch
from batchgeneratorsv2.transforms.intensity.contrast import ContrastTransform
from batchgeneratorsv2.transforms.intensity.gamma import GammaTransform
from batchgeneratorsv2.transforms.noise.gaussian_blur import GaussianBlurTransform
from batchgeneratorsv2.transforms.spatial.low_resolution import SimulateLowResolutionTransform
from batchgeneratorsv2.transforms.spatial.spatial import SpatialTransform

SHAPE = (7, 9, 11)
COUNT = 7 * 9 * 11
image = torch.tensor(np.sin(np.arange(COUNT) * 0.37) * 2 + np.cos(np.arange(COUNT) * 0.011),
                     dtype=torch.float32).reshape(1, *SHAPE)
labels = torch.tensor(np.arange(COUNT) // 5 % 3, dtype=torch.int16).reshape(1, *SHAPE)
values = {}


def keep(name, array):
    values[name] = [round(float(v), 6) for v in np.asarray(array).ravel()]


blur = GaussianBlurTransform((0.5, 1), False, False, 1, benchmark=False)
keep("blur", blur._apply_to_image(
    image.clone(), apply_to_channel=torch.tensor([True]), sigmas=[[1.0, 0.9, 0.6]]))

contrast = ContrastTransform((1.2, 1.2), True, False, 1)
keep("contrast", contrast._apply_to_image(
    image.clone(), apply_to_channel=torch.tensor([0]), multipliers=torch.tensor([1.2])))

for name, inverted, exponent in (("gamma", False, 0.8), ("inverted gamma", True, 1.4)):
    gamma = GammaTransform((exponent, exponent), int(inverted), False, 1, 1)
    keep(name, gamma._apply_to_image(
        image.clone(), apply_to_channel=torch.tensor([0]), retain_stats=torch.tensor([True]),
        invert_image=torch.tensor([inverted]), gamma=torch.tensor([exponent])))

low = SimulateLowResolutionTransform((0.6, 0.6), False, True, None, None, 1)
keep("low resolution", low._apply_to_image(
    image.clone(), apply_to_channel=[0], scales=torch.tensor([[0.6, 0.6, 0.6]])))

# A turn and zoom about the middle; the patch reaches beyond the volume at its corners.
spatial = SpatialTransform((6, 8, 10), 0, False, p_rotation=1,
                           rotation=lambda image, dim: (0.3, -0.2, 0.5)[dim], p_scaling=1,
                           scaling=(0.9, 0.9), p_synchronize_scaling_across_axes=1,
                           border_mode_seg="constant", padding_value_seg=-1)
parameters = spatial.get_parameters(image=image)
values["matrix"] = parameters["affine"].ravel().tolist()
keep("turned", spatial._apply_to_image(image, **parameters))
keep("turned labels", spatial._apply_to_segmentation(labels, **parameters).clamp(min=0))

middle = (np.array(SHAPE) - 1) / 2
offset = middle - parameters["affine"] @ ((np.array((6, 8, 10)) - 1) / 2)
keep("turned by SciPy", scipy.ndimage.affine_transform(
    image[0].numpy().astype(np.float64), parameters["affine"], offset, output_shape=(6, 8, 10),
    order=1, mode="grid-constant"))
print(np.abs(np.array(values["turned"]) - np.array(values["turned by SciPy"])).max())

path = pathlib.Path(__file__).parent / "augmentation_reference.json"
path.write_text(json.dumps(values) + "\n")
