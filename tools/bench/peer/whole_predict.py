"""What `blemish predict` does, in PyTorch: for each image its scores, its map as TIFF, and a picture with the heat over it."""

import argparse
import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.numpy import load_file

from whole_model import load_ast, scores, upsample

COLUMNS = ["image", "score", "score_mean", "score_max", "map", "picture"]
ALPHA = 0.6

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--colours", required=True, help="safetensors file with the 256 colours of heat")
parser.add_argument("--out", required=True, type=Path)
parser.add_argument("images", nargs="+", type=Path)


def main():
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model, header = load_ast(options.model)
    colours = load_file(options.colours)["colours"].astype(np.float32)
    rows, writing = [], []

    def write(path, name, heat):
        Image.fromarray(heat).save(options.out / f"{name}.tiff")
        picture = overlay(np.asarray(Image.open(path).convert("RGB")), heat, header["heatScale"], colours)
        Image.fromarray(picture).save(options.out / f"{name}.png", compress_level=6)

    # One thread writes while the next images are scored; more than one takes the cores from PyTorch.
    with ThreadPoolExecutor(1) as writer:
        for path, name, (features, (height, width)) in zip(options.images, names(options.images), model.features(options.images)):
            distance = model.distances(features[None])[0]
            mean, top = scores(distance)
            writing.append(writer.submit(write, path, name, upsample(distance, height, width).numpy()))
            if len(writing) > 4:
                writing.pop(0).result()
            rows.append([path, mean, mean, top, f"{name}.tiff", f"{name}.png"])
            print(path, f"{mean:.5g}", options.out / f"{name}.png", sep="\t")
        for job in writing:
            job.result()
    with open(options.out / "scores.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def names(paths):
    """A name for each image, each once."""
    seen = {}
    for path in paths:
        seen[path.stem] = seen.get(path.stem, 0) + 1
        yield path.stem if seen[path.stem] == 1 else f"{path.stem}-{seen[path.stem]}"


def overlay(levels, heat, scale, colours):
    """Heat over an image [H,W,3]: cold is invisible, half way to the hottest covers by ALPHA."""
    share = np.clip((heat - scale["low"]) / (scale["high"] - scale["low"]), 0, 1)
    opacity = (ALPHA * np.minimum(1, 2 * share))[..., None]
    colour = colours[np.rint(share * 255).astype(np.uint8)]
    return np.rint(levels + opacity * (colour - levels)).astype(np.uint8)


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()
