"""Exact pixel metrics with NumPy: one ranking of all pixels, every distinct score a threshold."""

import numpy as np
from scipy.ndimage import label


def pixel_metrics(maps, masks, limits):
    """
    maps: float32 arrays; masks: boolean arrays of the same shapes
    limits: {name: false-positive rate} up to which the area under the PRO curve is taken
    """
    scores = np.concatenate([m.ravel() for m in maps])
    defect = np.concatenate([m.ravel() for m in masks])
    shares, regions = [], 0
    for mask in masks:
        labels, count = label(mask, np.ones((3, 3)))
        sizes = np.bincount(labels.ravel())
        sizes[0] = 1
        shares.append(np.where(labels > 0, 1 / sizes[labels], 0).ravel())
        regions += count
    share = np.concatenate(shares)

    order = np.argsort(-scores)
    ranked = scores[order]
    ends = np.append(np.flatnonzero(ranked[1:] != ranked[:-1]), ranked.size - 1)  # last of each run of equal scores
    true = np.cumsum(defect[order])[ends]
    false = ends + 1 - true
    overlap = np.cumsum(share[order])[ends] / regions
    positives, negatives = true[-1], false[-1]
    fpr = np.append(0, false / negatives)
    recall = np.append(0, true / positives)
    precision = true / (true + false)
    result = {
        "pixel_AUROC": np.trapezoid(recall, fpr),
        "pixel_AP": np.sum(np.diff(recall) * precision),
        "pixel_F1Max": np.max(2 * true / (true + false + positives)),
    }
    pro = np.append(0, overlap)
    for name, limit in limits.items():
        inside = np.searchsorted(fpr, limit, side="right")
        x = np.append(fpr[:inside], limit)
        y = np.append(pro[:inside], np.interp(limit, fpr, pro))
        result[name] = np.trapezoid(y, x) / limit
    return {name: float(value) for name, value in result.items()}
