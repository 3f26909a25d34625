"""Writes state_dicts as the official AST code would, from the golden parameters, in both containers of torch.save.

    python3 tools/acceptance/make-official-checkpoints.py FOLDER [GOLDEN]

FOLDER receives teacher.zip.pth, teacher.legacy.pth, student.zip.pth, student.legacy.pth; GOLDEN is ../shared/golden unless
said otherwise. Needs torch and safetensors. Afterwards

    BLEMISH_OFFICIAL_CHECKPOINTS=FOLDER npm run jest -- official-checkpoints

holds what Blemish reads to the golden arrays, bit for bit.
"""

import collections
import pathlib
import sys

import torch
from safetensors.torch import load_file


def state_dict(arrays, *prefixes):
    """The tensors below the prefixes as a state_dict, names without them."""
    made = collections.OrderedDict()
    for prefix in prefixes:
        for name, value in arrays.items():
            if name.startswith(prefix):
                made[name[len(prefix):]] = value
    return made


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: make-official-checkpoints.py FOLDER [GOLDEN]")
    folder = pathlib.Path(sys.argv[1])
    golden = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else pathlib.Path("..") / "shared" / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "teacher": state_dict(load_file(golden / "flow" / "small_24_cond.safetensors"), "param/"),
        "student": state_dict(load_file(golden / "student" / "small.safetensors"), "param/", "buffer_before/"),
    }
    for name, value in made.items():
        torch.save(value, folder / f"{name}.zip.pth")
        torch.save(value, folder / f"{name}.legacy.pth", _use_new_zipfile_serialization=False)
        print(f"{name}: {len(value)} tensors, torch {torch.__version__}")


main()
