"""Image files as batches for PyTorch, and the folders of MVTec AD."""

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

SUFFIXES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"}


class ImageFiles(Dataset):
    """Files as levels [size,size,3], resized as PIL does, and the height and width of each file."""

    def __init__(self, paths, size):
        self.paths, self.size = paths, size

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        image = Image.open(self.paths[index]).convert("RGB")
        width, height = image.size
        if (width, height) != (self.size, self.size):
            image = image.resize((self.size, self.size), Image.BILINEAR)
        return torch.from_numpy(np.array(image)), (height, width)


def stacked(items):
    return torch.stack([levels for levels, _ in items]), [size for _, size in items]


def image_batches(paths, size, batch, workers):
    """Yields images [N,3,size,size] in [0,1], channels last in memory, and the sizes of their files."""
    loader = DataLoader(ImageFiles(paths, size), batch_size=batch, num_workers=workers, collate_fn=stacked)
    for levels, sizes in loader:
        yield levels.permute(0, 3, 1, 2).to(torch.float32).div_(255), sizes


def list_mvtec(root, category):
    """Paths of the good training images, and of test images (path, defect, path of the mask or None), good ones first."""
    folder = Path(root) / category
    train = images_in(folder / "train" / "good")
    test = []
    kinds = sorted(entry.name for entry in (folder / "test").iterdir() if entry.is_dir())
    for kind in sorted(kinds, key=lambda name: (name != "good", name)):
        for path in images_in(folder / "test" / kind):
            mask = None if kind == "good" else folder / "ground_truth" / kind / f"{path.stem}_mask.png"
            test.append((path, kind, mask))
    return train, test


def images_in(folder):
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
