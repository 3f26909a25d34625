"""What `blemish train --preset quick` does, in PyTorch: features, teacher, student, heat scale, model, evaluation."""

import argparse
import csv
import hashlib
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

from ast_networks import likelihood
from pixel_metrics import pixel_metrics
from whole_images import list_mvtec
from whole_model import CHANNELS, LAYOUT, SIDE, Ast, scores, upsample

BATCH, CALIBRATION_IMAGES = 8, 64
LIMITS = {"AUPRO": 0.3, "AUPRO_0.05": 0.05, "AUPRO_0.01": 0.01}

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--category", required=True)
parser.add_argument("--weights", required=True)
parser.add_argument("--out", required=True, type=Path)
parser.add_argument("--cache", required=True, type=Path, help="features are kept here between runs")
parser.add_argument("--epochs", type=int, nargs=2, default=[24, 16], help="of the teacher and of the student")
parser.add_argument("--seed", type=int, default=0)


def main():
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    clock = Clock()
    train, test = list_mvtec(options.data, options.category)
    model = Ast(load_file(options.weights))
    clock.stop("start")

    features = all_features(model, train, options.cache)
    clock.stop("features")
    losses = fit_teacher(model, features, options.epochs[0])
    torch.save({"teacher": model.teacher.state_dict()}, options.out / "checkpoint.pt")
    clock.stop("teacher")
    with torch.inference_mode():
        outputs = torch.cat([model.teacher(x, model.conditions(len(x)))[0] for x in features.split(BATCH)])
    outputs = outputs.clone(memory_format=LAYOUT)
    clock.stop("teacher outputs")
    losses += fit_student(model, features, outputs, options.epochs[1])
    torch.save({"teacher": model.teacher.state_dict(), "student": model.student.state_dict()}, options.out / "checkpoint.pt")
    clock.stop("student")

    model.student.eval()
    chosen = features[[i * len(features) // CALIBRATION_IMAGES for i in range(CALIBRATION_IMAGES)]]
    good = torch.cat([model.distances(x) for x in chosen.split(BATCH)]).numpy()
    clock.stop("calibration")
    path = options.out / "model.safetensors"
    model.save(path, {"heatScale": heat_scale(good)})
    write_csv(options.out / "losses.csv", ["phase", "epoch", "loss"], losses)
    clock.stop("model file")

    metrics = evaluate(model, test, options, clock)
    metrics["model_sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (options.out / "metrics.json").write_text(json.dumps(metrics, indent=2))
    (options.out / "checkpoint.pt").unlink()
    print(json.dumps({"metrics": metrics, "seconds": clock.seconds, "peak megabytes": clock.megabytes}))


class Clock:
    """Seconds of each phase, and the most memory that the process held until its end."""

    def __init__(self):
        self.seconds, self.megabytes, self.last = {}, {}, time.perf_counter()

    def stop(self, phase):
        now = time.perf_counter()
        self.seconds[phase] = now - self.last
        self.megabytes[phase] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.last = now


def cached_features(model, paths, cache):
    """Yields features [C,h,w] and the file's size: kept ones where all are there."""
    cache.mkdir(parents=True, exist_ok=True)
    kept = [cache / ("-".join(path.parts[-3:]) + ".npy") for path in paths]
    if all(place.exists() for place in kept):
        for path, place in zip(paths, kept):
            yield torch.from_numpy(np.load(place)), Image.open(path).size[::-1]
    else:
        for place, (features, size) in zip(kept, model.features(paths)):
            np.save(place, features.numpy())
            yield features, size


def all_features(model, paths, cache):
    features = torch.empty(len(paths), CHANNELS, SIDE, SIDE).to(memory_format=LAYOUT)
    for i, (one, _) in enumerate(cached_features(model, paths, cache)):
        features[i] = one
    return features


def fit(phase, network, features, epochs, loss_of):
    """Adam with L2, a new order every epoch, the last incomplete batch dropped. loss_of: indices to the loss."""
    optimizer = torch.optim.Adam(network.parameters(), lr=2e-4, weight_decay=1e-5, fused=True)
    network.train()
    rows = []
    for epoch in range(epochs):
        total, steps = 0.0, len(features) // BATCH
        order = torch.randperm(len(features))
        for batch in order[: steps * BATCH].split(BATCH):
            optimizer.zero_grad()
            loss = loss_of(batch)
            loss.backward()
            optimizer.step()
            total += loss.item()
        rows.append([phase, epoch + 1, total / steps])
        print(f"{phase} {epoch + 1}/{epochs}: {total / steps:.4f}", file=sys.stderr)
    return rows


def fit_teacher(model, features, epochs):
    condition = model.conditions(BATCH)
    return fit("teacher", model.teacher, features, epochs, lambda i: likelihood(*model.teacher(features[i], condition)).mean())


def fit_student(model, features, outputs, epochs):
    condition = model.conditions(BATCH)

    def loss_of(i):
        return (model.student(features[i], condition) - outputs[i]).square().mean(1).mean()

    return fit("student", model.student, features, epochs, loss_of)


def heat_scale(distances):
    low, middle, top = (float(np.quantile(distances, q)) for q in (0.99, 0.5, 0.999))
    return {"low": low, "high": middle + 4 * (top - middle)}


def evaluate(model, test, options, clock):
    """Scores and maps of the test images as files, and every metric."""
    rows, maps, masks = [], [], []
    paths = [path for path, _, _ in test]
    for (path, kind, mask), (features, (height, width)) in zip(test, cached_features(model, paths, options.cache)):
        distance = model.distances(features[None])[0]
        mean, top = scores(distance)
        label = int(mask is not None)
        rows.append([f"test/{kind}/{path.name}", kind, label, mean, mean, top])
        maps.append(upsample(distance, height, width).numpy())
        masks.append(np.asarray(Image.open(mask).convert("L")) > 0 if label else np.zeros((height, width), bool))
        place = options.out / "maps" / options.category / "test" / kind / f"{path.stem}.tiff"
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(maps[-1]).save(place)
    clock.stop("test images")
    write_csv(options.out / "scores.csv", ["image", "defect", "label", "score", "score_mean", "score_max"], rows)
    labels, means, tops = ([row[column] for row in rows] for column in (2, 4, 5))
    precision, recall, _ = precision_recall_curve(labels, means)
    metrics = {
        "image_AUROC": roc_auc_score(labels, means),
        "image_AP": average_precision_score(labels, means),
        "image_F1Max": float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-12))),
        "image_AUROC_max": roc_auc_score(labels, tops),
        **pixel_metrics(maps, masks, LIMITS),
    }
    clock.stop("metrics")
    return metrics


def write_csv(path, columns, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
