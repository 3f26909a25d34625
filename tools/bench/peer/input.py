"""Image files to batches of float32: in this process, or by a DataLoader's workers."""

import os

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image
from safetensors.torch import save_file
from torch.utils.data import DataLoader, Dataset
from torchvision.io import ImageReadMode, decode_image
from torchvision.transforms.v2 import functional

from worker import serve, settings

given, words = settings()
size, drawn = given["size"], 16
state = {}


def pillow_levels(path):
    """Levels [size,size,3]."""
    image = Image.open(path).convert("RGB")
    return image if image.size == (size, size) else image.resize((size, size), Image.BILINEAR)


def pillow_alone(paths):
    """Yields batches [N,size,size,3]."""
    for start in range(0, len(paths), given["batch"]):
        yield np.stack([np.asarray(pillow_levels(path), dtype=np.float32) / 255 for path in paths[start : start + given["batch"]]])


class Files(Dataset):
    """Files as levels or numbers, [size,size,3] from Pillow and [3,size,size] from torchvision."""

    def __init__(self, paths):
        self.paths = paths

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        if "torchvision" in words:
            levels = decode_image(self.paths[index], mode=ImageReadMode.RGB)
            if levels.shape[1:] != (size, size):
                levels = functional.resize(levels, [size, size], antialias=True)
        else:
            levels = torch.from_numpy(np.array(pillow_levels(self.paths[index])))
        return levels if "levels" in words else levels.to(torch.float32).div_(255)


def loader(paths):
    return DataLoader(Files(paths), batch_size=given["batch"], num_workers=given["workers"], persistent_workers=True)


def batches(source):
    for batch in source:
        yield batch.to(torch.float32).div_(255) if "levels" in words else batch


def prepare(folder):
    files = os.path.join(folder, "images")
    state["paths"] = [os.path.join(files, name) for name in sorted(os.listdir(files))]
    state["loader"] = None if given["how"] == "alone" else loader(state["paths"])
    return {"versions": {"torch": torch.__version__, "torchvision": torchvision.__version__, "pillow": PIL.__version__}}


def all_batches(paths=None):
    if given["how"] == "alone":
        return pillow_alone(paths or state["paths"])
    return batches(loader(paths) if paths else state["loader"])


def run():
    seen = sum(len(batch) for batch in all_batches())
    assert seen == given["images"], seen


def outputs(file):
    images = torch.cat([torch.as_tensor(batch) for batch in all_batches(state["paths"][:drawn])])
    if "torchvision" in words:
        images = images.permute(0, 2, 3, 1)
    save_file({"images": images.contiguous()}, file)


serve(prepare, run, outputs)
