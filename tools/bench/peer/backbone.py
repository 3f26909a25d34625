"""Features of images that are decoded already."""

import torch
from safetensors.torch import load_file, save_file

from efficientnet import load_efficientnet
from worker import serve, settings

given, words = settings()
channels_last = "channels_last" in words
state = {}


def prepare(folder):
    network = load_efficientnet(given["variant"], given["tap"], load_file(f"{folder}/weights.safetensors"), given["folded"], channels_last)
    images = load_file(f"{folder}/images.safetensors")["images"].permute(0, 3, 1, 2)  # [N,3,H,W], in memory as channels last
    state.update(network=network, images=images if channels_last else images.contiguous())
    return {"versions": {"torch": torch.__version__}}


@torch.inference_mode()
def features():
    return state["network"](state["images"])


def run():
    features()


def outputs(file):
    save_file({"features": features().permute(0, 2, 3, 1).contiguous()}, file)


serve(prepare, run, outputs)
