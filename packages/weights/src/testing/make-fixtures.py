"""Writes the PyTorch checkpoints that the tests read, into the folder given (by default fixtures/ beside this file).

    python3 make-fixtures.py [FOLDER]

Needs torch (2.15.0 made the committed files) and numpy. Values are small whole numbers, stated again in the tests.
"""

import collections
import pathlib
import sys

import torch


def arange(count, dtype=torch.float32):
    return torch.tensor(list(range(count))).to(dtype)


def all_types():
    names = "float64 float32 float16 bfloat16 int64 uint64 int32 uint32 int16 uint16 int8 uint8 bool".split()
    made = collections.OrderedDict((name, arange(3, getattr(torch, name))) for name in names)
    made["big"] = torch.tensor([2**62, -(2**62)])
    made["scalar"] = torch.tensor(7.0)
    made["empty"] = torch.zeros(0, 3)
    return made


def strided():
    base = arange(24).reshape(2, 3, 4)
    return collections.OrderedDict(
        base=base,
        transposed=base.permute(2, 0, 1),
        sliced=base[:, 1:, ::2],
        row=base[1, 2],
        expanded=torch.tensor([5.0]).expand(3, 2),
        channels_last=arange(16).reshape(1, 2, 2, 4).to(memory_format=torch.channels_last),
        half=arange(6, torch.float16).reshape(2, 3).t(),
        parameter=torch.nn.Parameter(arange(4).reshape(2, 2)),
    )


def nested():
    return {
        "epoch": 3,
        "rate": 0.5,
        "name": "näme",
        "done": True,
        "nothing": None,
        "huge": 2**70,
        "size": torch.Size([2, 3]),
        "dtype": torch.float16,
        "bytes": b"\x00\xff",
        "set": {1, 2},
        "state_dict": collections.OrderedDict([("fc.weight", arange(2)), ("fc.bias", arange(1))]),
        "list": [arange(1), (arange(2), {"deep": arange(3)})],
        0: arange(4),
    }


def model():
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2))
    with torch.no_grad():
        for value in net.state_dict().values():
            value.copy_(arange(value.numel()).reshape(value.shape))
    return net


def main():
    here = pathlib.Path(__file__).resolve().parent
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "fixtures"
    folder.mkdir(parents=True, exist_ok=True)
    net = model()
    made = {"all-types": all_types(), "strided": strided(), "nested": nested(), "state-dict": net.state_dict()}
    for name, value in made.items():
        torch.save(value, folder / f"{name}.zip.pth")
        torch.save(value, folder / f"{name}.legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(made["nested"], folder / "protocol-4.zip.pth", pickle_protocol=4)
    torch.save(net, folder / "whole-module.zip.pth")
    torch.serialization.set_crc32_options(False)
    torch.save(made["state-dict"], folder / "no-crc.zip.pth")


main()
