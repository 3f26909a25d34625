"""AST as a user of PyTorch would put it together: frozen EfficientNet-B4, teacher, student, distance, map."""

import json

import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import save_file

from ast_networks import Student, Teacher, positional_encoding
from efficientnet import load_efficientnet
from whole_images import image_batches

SIZE, SIDE, CHANNELS, CONDITION = 768, 24, 272, 32
# Preset quick.
TEACHER = dict(hidden=64, clamp=1.9, kernels=[3, 3, 3, 5])
STUDENT = dict(hidden=256, blocks=4, slope=0.01)
MAX_SIZE = 192
# What is fastest on two cores: images one at a time, decoded in the process, since workers take the cores away.
WORKERS, FEATURE_BATCH = 0, 1
LAYOUT = torch.channels_last


class Ast:
    """Networks and their frozen backbone."""

    def __init__(self, backbone_weights):
        self.backbone_weights = backbone_weights
        self.backbone = load_efficientnet("b4", 29, backbone_weights, folded=True, channels_last=True)
        self.teacher = Teacher(CHANNELS, CONDITION, **TEACHER).to(memory_format=LAYOUT)
        self.student = Student(CHANNELS, CONDITION, **STUDENT).to(memory_format=LAYOUT)
        self.condition = positional_encoding(CONDITION, SIDE, SIDE)

    def conditions(self, count):
        return self.condition.expand(count, -1, -1, -1)

    @torch.inference_mode()
    def features(self, paths):
        """Yields features [C,h,w] and the file's size, one image after the other."""
        for images, sizes in image_batches(paths, SIZE, FEATURE_BATCH, WORKERS):
            yield from zip(self.backbone(images), sizes)

    @torch.inference_mode()
    def distances(self, features):
        """[N,C,h,w] -> [N,h,w]; both networks in evaluation mode."""
        condition = self.conditions(len(features))
        z, _ = self.teacher(features, condition)
        return (self.student(features, condition) - z).square().mean(1)

    def save(self, path, header):
        groups = {"teacher": self.teacher.state_dict(), "student": self.student.state_dict(), "backbone": self.backbone_weights}
        tensors = {f"{group}/{name}": tensor.contiguous() for group, named in groups.items() for name, tensor in named.items()}
        save_file(tensors, path, {"blemish": json.dumps(header)})


def load_ast(path):
    """A model file, ours or that of `blemish train`, for scoring; and what its metadata says."""
    with safe_open(path, "pt") as file:
        header = json.loads(file.metadata()["blemish"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    group = lambda prefix: {name[len(prefix) :]: tensor for name, tensor in tensors.items() if name.startswith(prefix)}
    model = Ast(group("backbone/"))
    for network, prefix in ((model.teacher, "teacher/"), (model.student, "student/")):
        missing, unexpected = network.load_state_dict(group(prefix), strict=False)
        if unexpected or any(not name.endswith("num_batches_tracked") for name in missing):
            raise ValueError(f"{path}: missing {missing}, unexpected {unexpected}")
        network.eval()
    return model, header


def upsample(distance, height, width):
    """[h,w] -> [height,width]"""
    return F.interpolate(distance[None, None], (height, width), mode="bicubic", align_corners=False)[0, 0]


def scores(distance):
    """The two scores of a distance map [h,w]: its mean, and the largest value at a fixed size."""
    return float(distance.mean()), float(upsample(distance, MAX_SIZE, MAX_SIZE).max())
