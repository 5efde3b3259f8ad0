"""The peers of TrainingBenchmark: augmentation, loss and optimiser step of nnU-Net, MONAI and PyTorch.

    python training_peers.py inputs DATA               writes what is missing of the inputs
    python training_peers.py augment-nnunet|augment-monai|loss|optimiser DATA [REPETITIONS [THREADS]]

Prints one line of JSON per figure, in the form of TrainingBenchmark. Needs numpy, torch, monai,
nnunetv2 and batchgeneratorsv2.
"""

import json
import multiprocessing
import os
import resource
import statistics
import sys
import time
import warnings

for key in ("nnUNet_raw", "nnUNet_preprocessed", "nnUNet_results"):
    os.environ.setdefault(key, "unused")
warnings.filterwarnings("ignore")

import numpy as np
import torch

PATCH, PATCHES, TURN = (64, 64, 64), 128, np.pi / 6


def status(key):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith(key + ":"))


def processor_seconds():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def report(name, wall, cpu, peak, base):
    print(json.dumps({
        "name": name, "unit": "s", "value": round(statistics.median(wall), 6),
        "wall_min_s": round(min(wall), 6), "cpu_median_s": round(statistics.median(cpu), 6),
        "peak_rss_mb": round(peak, 1), "base_rss_mb": round(base, 1), "reps": len(wall)}), flush=True)


def measure(name, work, repetitions):
    work()
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    base, wall, cpu = status("VmRSS"), [], []
    for _ in range(repetitions):
        used, start = processor_seconds(), time.perf_counter()
        work()
        wall.append(time.perf_counter() - start)
        cpu.append(processor_seconds() - used)
    report(name, wall, cpu, status("VmHWM"), base)


def write_inputs(data):
    """Smooth noise with nested balls as labels; logits that favour the truth a little."""
    os.makedirs(data, exist_ok=True)
    random = np.random.default_rng(11)

    def balls(length):
        place = np.linspace(-1, 1, length)
        radius = np.sqrt(sum(axis ** 2 for axis in np.meshgrid(place, place, place, indexing="ij")))
        return (radius[..., None] < [0.3, 0.5, 0.8]).sum(-1)

    def save(name, make):
        if not os.path.exists(f"{data}/{name}.npy"):
            np.save(f"{data}/{name}.npy", make())

    save("aug_x", lambda: random.standard_normal((3, 102, 102, 102), np.float32))
    save("aug_y", lambda: balls(102)[None].astype(np.int16))
    save("train_y", lambda: np.stack([balls(64)[None]] * 2).astype(np.uint8))
    truth = np.load(f"{data}/train_y.npy")
    save("logits", lambda: (random.standard_normal((2, 4, *PATCH), np.float32)
                            + (truth == np.arange(4)[None, :, None, None, None])).astype(np.float32))


def nnunet_chain():
    from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer
    chain = nnUNetTrainer.get_training_transforms(PATCH, (-TURN, TURN), None, (0, 1, 2), False)
    return lambda x, y: chain(image=x.clone(), segmentation=y.clone())


def monai_chain():
    """The nearest that MONAI has, with nnU-Net's probabilities; blur and coarser scans, which nnU-Net
    applies to every other channel, half as often to all."""
    from monai import transforms as t
    both = ["image", "label"]
    chain = t.Compose([
        t.RandAffined(both, spatial_size=PATCH, prob=0.36, rotate_range=[TURN] * 3,
                      scale_range=[(-0.3, 0.4)] * 3, mode=("bilinear", "nearest"),
                      padding_mode="zeros"),
        t.RandGaussianNoised("image", prob=0.1, std=0.1, sample_std=True),
        t.RandGaussianSmoothd("image", sigma_x=(0.5, 1), sigma_y=(0.5, 1), sigma_z=(0.5, 1),
                              prob=0.1),
        t.RandScaleIntensityd("image", factors=0.25, prob=0.15, channel_wise=True),
        t.RandScaleIntensityFixedMeand("image", factors=0.25, prob=0.15, preserve_range=True),
        t.RandSimulateLowResolutiond("image", prob=0.125, zoom_range=(0.5, 1)),
        t.RandAdjustContrastd("image", prob=0.1, gamma=(0.7, 1.5), invert_image=True,
                              retain_stats=True),
        t.RandAdjustContrastd("image", prob=0.3, gamma=(0.7, 1.5), retain_stats=True),
        *[t.RandFlipd(both, prob=0.5, spatial_axis=axis) for axis in range(3)],
    ])
    return lambda x, y: chain({"image": x.clone(), "label": y.clone()})


def augment(library, data, worker, repetitions, barrier, results):
    torch.set_num_threads(1)
    np.random.seed(worker)
    torch.manual_seed(worker)
    x, y = (torch.from_numpy(np.load(f"{data}/aug_{name}.npy")) for name in "xy")
    chain = {"nnunet": nnunet_chain, "monai": monai_chain}[library]()
    base = status("VmRSS")
    for repetition in range(repetitions + 1):  # the first one warms up
        barrier.wait()
        used, start = processor_seconds(), time.time()
        for _ in range(PATCHES // 2):
            assert tuple(chain(x, y)["image"].shape) == (3, *PATCH)
        results.put((repetition, start, time.time(), processor_seconds() - used,
                     status("VmHWM"), base))


def pipeline(library, data, repetitions):
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(2), context.Queue()
    workers = [context.Process(target=augment, args=(library, data, k, repetitions, barrier, results))
               for k in range(2)]
    for worker in workers:
        worker.start()
    rows = [results.get() for _ in range(2 * (repetitions + 1))]
    for worker in workers:
        worker.join()
    wall, cpu = [], []
    for repetition in range(1, repetitions + 1):
        pair = [row for row in rows if row[0] == repetition]
        wall.append(max(row[2] for row in pair) - min(row[1] for row in pair))
        cpu.append(sum(row[3] for row in pair))
    # Memory is that of both processes together.
    peak = sum(sorted(row[4] for row in rows)[-2:])
    report(f"augment/pipeline/{library}", wall, cpu, peak, 2 * rows[0][5])


def losses(data, repetitions, threads):
    from monai.losses import DiceCELoss
    from nnunetv2.training.loss.compound_losses import DC_and_CE_loss
    from nnunetv2.training.loss.dice import MemoryEfficientSoftDiceLoss

    torch.set_num_threads(threads)
    logits = torch.from_numpy(np.load(f"{data}/logits.npy")).requires_grad_()
    labels = torch.from_numpy(np.load(f"{data}/train_y.npy"))
    dice = {"batch_dice": True, "smooth": 1e-5, "do_bg": False, "ddp": False}
    for library, loss in {
        "nnunet": DC_and_CE_loss(dice, {}, dice_class=MemoryEfficientSoftDiceLoss),
        "monai": DiceCELoss(include_background=False, to_onehot_y=True, softmax=True, batch=True,
                            smooth_nr=1e-5, smooth_dr=1e-5),
    }.items():
        def work():
            logits.grad = None
            loss(logits, labels).backward()
        measure(f"loss/dice_ce/{library}", work, repetitions)
        value = loss(logits, labels).item()
        print(json.dumps({"name": f"loss/dice_ce/{library}/loss", "value": value}))


def shapes():
    result = []

    def block(inputs, outputs):
        result.extend([(outputs, inputs, 3, 3, 3), (outputs,), (outputs,), (outputs,)])

    before = 3
    for channels in (16, 32, 64, 128):
        block(before, channels)
        block(channels, channels)
        before = channels
    for channels in (64, 32, 16):
        result.extend([(2 * channels, channels, 2, 2, 2), (channels,)])
        block(2 * channels, channels)
        block(channels, channels)
    return result + [(4, 16, 1, 1, 1), (4,)]


def optimisers(repetitions, threads):
    torch.set_num_threads(threads)
    weights = [torch.nn.Parameter(torch.randn(shape) * 0.05) for shape in shapes()]
    for weight in weights:
        weight.grad = 2 * weight.detach()
    sgd = dict(lr=0.01, momentum=0.99, nesterov=True, weight_decay=3e-5)
    for name, optimiser in {
        "sgd/torch": torch.optim.SGD(weights, **sgd),
        "sgd/torch-foreach": torch.optim.SGD(weights, **sgd, foreach=True),
        "sgd/torch-fused": torch.optim.SGD(weights, **sgd, fused=True),
        "adamw/torch": torch.optim.AdamW(weights, lr=1e-3),
        "adamw/torch-foreach": torch.optim.AdamW(weights, lr=1e-3, foreach=True),
        "adamw/torch-fused": torch.optim.AdamW(weights, lr=1e-3, fused=True),
    }.items():
        def work():
            for _ in range(20):
                torch.nn.utils.clip_grad_norm_(weights, 12)
                optimiser.step()
        measure(f"optimiser/{name}", work, repetitions)


def main(what, data, repetitions="5", threads="2"):
    if what == "inputs":
        write_inputs(data)
    elif what.startswith("augment-"):
        pipeline(what.removeprefix("augment-"), data, int(repetitions))
    elif what == "loss":
        losses(data, int(repetitions), int(threads))
    elif what == "optimiser":
        optimisers(int(repetitions), int(threads))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
