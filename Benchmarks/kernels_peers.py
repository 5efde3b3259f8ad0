"""Convolutions one by one in PyTorch, on the sizes of SpeedBenchmark's `kernels`.

    python kernels_peers.py [REPETITIONS [THREADS]]

One line of JSON per figure: the median wall time of a call and its GFLOP/s, contiguous and channels last.
"""

import json
import statistics
import sys
import time

import torch

SIZES = [
    (2, 16, 16, 64, 3, 1), (2, 32, 16, 64, 3, 1), (2, 16, 32, 64, 3, 2), (2, 32, 32, 32, 3, 1),
    (2, 64, 64, 16, 3, 1), (2, 128, 128, 8, 3, 1), (1, 32, 32, 32, 3, 1), (2, 16, 16, 64, 1, 1),
    (2, 8, 8, 32, 3, 1), (2, 8, 8, 32, 5, 1),
]
LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last_3d}


def median(call, repetitions):
    call()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def figures(size, layout, repetitions):
    images, inputs, outputs, edge, kernel, stride = size
    x = torch.randn(images, inputs, edge, edge, edge).to(memory_format=LAYOUTS[layout])
    w = torch.randn(outputs, inputs, kernel, kernel, kernel).to(memory_format=LAYOUTS[layout])
    sizes = [stride] * 3, [kernel // 2] * 3, [1] * 3
    y = torch.convolution(x, w, None, *sizes, False, [0] * 3, 1)
    g = torch.randn_like(y)

    def backward(data, weight):
        return torch.ops.aten.convolution_backward(
            g, x, w, None, *sizes, False, [0] * 3, 1, [data, weight, False])

    calls = {
        "forward": lambda: torch.convolution(x, w, None, *sizes, False, [0] * 3, 1),
        "data_gradient": lambda: backward(True, False),
        "weight_gradient": lambda: backward(False, True),
    }
    operations = 2 * images * inputs * outputs * kernel**3 * y[0, 0].numel()
    for kind, call in calls.items():
        seconds = median(call, repetitions)
        yield {
            "name": f"kernels/{'-'.join(map(str, size))}/{kind}/torch_{torch.__version__}/{layout}",
            "unit": "s", "value": seconds, "gflop_per_s": operations / seconds / 1e9,
            "reps": repetitions,
        }


def main():
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
    with torch.no_grad():
        for size in SIZES:
            for layout in LAYOUTS:
                for figure in figures(size, layout, repetitions):
                    print(json.dumps(figure), flush=True)


main()
