#!/usr/bin/env python3
"""Counts what gdcm::Reader and gdcm::ImageReader do with damaged files: docs/decisions/0010.

    gdcm_aborts.py [MUTANTS]

Makes one small DICOM file, damages it in ways with a name and then at random (one to four bytes, by a
seed), and reads each with GDCM in a process of its own. Wants g++ and libgdcm-dev.
"""

import collections
import os
import random
import struct
import subprocess
import sys
import tempfile

PROGRAM = r"""
#include <gdcm-3.0/gdcmImageReader.h>
#include <gdcm-3.0/gdcmTrace.h>
#include <vector>
int main(int count, char **words) {
  gdcm::Trace::DebugOff(); gdcm::Trace::WarningOff(); gdcm::Trace::ErrorOff();
  if (count > 2) {
    gdcm::ImageReader reader;
    reader.SetFileName(words[1]);
    if (!reader.Read()) return 10;
    std::vector<char> pixels(reader.GetImage().GetBufferLength());
    return reader.GetImage().GetBuffer(pixels.data()) ? 0 : 10;
  }
  gdcm::Reader reader;
  reader.SetFileName(words[1]);
  return reader.Read() ? 0 : 10;
}
"""


def element(tag, kind, value, length=None):
    length = len(value) if length is None else length
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + kind.encode()
    if kind in ("OB", "OW", "SQ"):
        return head + struct.pack("<HI", 0, length) + value
    return head + struct.pack("<H", length) + value


def slice_(extra=b"", samples=1, frames=b"1 ", pixels=b"\0" * 64, syntax=b"1.2.840.10008.1.2.1\0"):
    short = lambda number: struct.pack("<H", number)
    return (b"\0" * 128 + b"DICM" + element(0x00020010, "UI", syntax)
            + element(0x00080016, "UI", b"1.2.840.10008.5.1.4.1.1.4\0") + element(0x00080060, "CS", b"MR")
            + element(0x00200032, "DS", b"0\\0\\0 ") + element(0x00200037, "DS", b"1\\0\\0\\0\\1\\0 ")
            + element(0x00280002, "US", short(samples)) + element(0x00280004, "CS", b"MONOCHROME2 ")
            + element(0x00280008, "IS", frames) + element(0x00280010, "US", short(8))
            + element(0x00280011, "US", short(8)) + element(0x00280030, "DS", b"1\\1 ")
            + element(0x00280100, "US", short(8)) + element(0x00280101, "US", short(8))
            + element(0x00280102, "US", short(7)) + element(0x00280103, "US", short(0))
            + extra + element(0x7FE00010, "OW", pixels))


def named():
    deep = b"".join(struct.pack("<HH2sHIHHI", 0x40, 0x275, b"SQ", 0, 0xFFFFFFFF, 0xFFFE, 0xE000, 0xFFFFFFFF)
                    for _ in range(100_000))
    items = lambda data: (struct.pack("<HHI", 0xFFFE, 0xE000, 0) + struct.pack("<HHI", 0xFFFE, 0xE000, len(data))
                          + data + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0))
    runs = slice_(syntax=b"1.2.840.10008.1.2.5\0", pixels=b"")[:-12]
    runs += element(0x7FE00010, "OB", items(b"\0" * 64), 0xFFFFFFFF)
    return {
        "sound": slice_(),
        "a length of 4 GB": slice_(element(0x00282000, "OB", b"ab", 0xFFFFFFF0)),
        "sequences 100,000 deep": slice_(deep),
        "2 samples per pixel": slice_(samples=2),
        "2,000,000,000 frames": slice_(frames=b"2000000000"),
        "run lengths without a segment": runs,
    }


def outcome(program, path, mode):
    """One word for how a process ended."""
    command = f"ulimit -v 8000000; exec timeout 20 {program} {path} {mode}"
    code = subprocess.run(["bash", "-c", command], capture_output=True).returncode
    code = code - 128 if code > 128 else -code if code < 0 else code
    names = {0: "read", 10: "refused", 6: "abort", 11: "segfault", 8: "SIGFPE", 124: "hang"}
    return names.get(code, f"status {code}")


def main():
    mutants = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        source, program, path = (os.path.join(folder, name) for name in ("a.cpp", "a.out", "a.dcm"))
        open(source, "w").write(PROGRAM)
        subprocess.run(["g++", "-O1", source, "-o", program, "-lgdcmMSFF", "-lgdcmDSED", "-lgdcmCommon"],
                       check=True)
        for name, data in named().items():
            open(path, "wb").write(data)
            print(f"{name}: Reader {outcome(program, path, '')}, ImageReader {outcome(program, path, 'image')}")
        random.seed(1)
        counts = {"": collections.Counter(), "image": collections.Counter()}
        for _ in range(mutants):
            data = bytearray(slice_())
            for _ in range(random.randint(1, 4)):
                data[random.randrange(132, len(data) - 64)] = random.randrange(256)
            open(path, "wb").write(data)
            for mode, counter in counts.items():
                counter[outcome(program, path, mode)] += 1
        for mode, counter in counts.items():
            print(f"{mutants} mutants, {'ImageReader' if mode else 'Reader'}: {dict(counter)}")


main()
