"""Exact metrics of scores that are in memory already: scikit-learn's, AU-PRO with NumPy and SciPy, and anomalib's."""

from importlib.metadata import version

import numpy as np
from safetensors.numpy import load_file, save_file

from worker import serve, settings

given, _ = settings()
metric, by = given["metric"], given["by"]
state = {}


def au_pro(maps, masks, limit=0.3):
    """Area under the curve of per-region overlap up to a false-positive rate, from one ranking of all pixels [N,H,W]."""
    from scipy.ndimage import label

    regions = np.empty(masks.shape, np.int32)  # 0 outside, then counted on over all images
    count = 0
    for mask, own in zip(masks, regions):
        labels, found = label(mask, np.ones((3, 3)))
        np.copyto(own, np.where(labels > 0, labels + count, 0))
        count += found
    sizes = np.bincount(regions.ravel())
    order = np.argsort(maps, axis=None)[::-1]
    ranked, regions = maps.ravel()[order], regions.ravel()[order]
    false = np.cumsum(regions == 0)
    overlap = np.cumsum(np.concatenate([[0], 1 / sizes[1:]])[regions])
    ends = np.append(np.flatnonzero(ranked[1:] != ranked[:-1]), ranked.size - 1)  # the last of equal scores
    fpr = np.append(0, false[ends] / false[-1])
    pro = np.append(0, overlap[ends] / count)
    inside = np.searchsorted(fpr, limit, side="right")
    x = np.append(fpr[:inside], limit)
    y = np.append(pro[:inside], np.interp(limit, fpr, pro))
    return np.trapezoid(y, x) / limit


def anomalib_au_pro(maps, masks):
    """Batches of one image, as its evaluation gives them."""
    import torch
    from anomalib.data import ImageBatch
    from anomalib.metrics import AUPRO

    metric = AUPRO(fields=["anomaly_map", "gt_mask"])
    image = torch.zeros(1, 1, 1, 1).expand(1, 3, *maps.shape[1:])  # has to be there, takes no memory
    with torch.inference_mode():
        for one, mask in zip(torch.from_numpy(maps), torch.from_numpy(masks)):
            metric.update(ImageBatch(image=image, anomaly_map=one[None], gt_mask=mask[None] > 0))
        return float(metric.compute())


def prepare(folder):
    state.update(load_file(f"{folder}/scores.safetensors"))
    packages = {"scikit-learn": ["numpy", "scikit-learn"], "NumPy and SciPy": ["numpy", "scipy"], "anomalib": ["anomalib", "torch"]}
    return {"versions": {package: version(package) for package in packages[by]}}


def compute():
    scores, labels = state["scores"], state["labels"]
    if metric == "aupro":
        return {"anomalib": anomalib_au_pro, "NumPy and SciPy": au_pro}[by](scores, labels)
    from sklearn.metrics import average_precision_score, roc_auc_score

    return {"auroc": roc_auc_score, "ap": average_precision_score}[metric](labels.ravel(), scores.ravel())


def run():
    compute()


def outputs(file):
    save_file({metric: np.array([compute()], np.float64)}, file)


serve(prepare, run, outputs)
