"""EfficientNet (Tan and Le, ICML 2019) in PyTorch as a frozen feature extractor, with the weight names of
efficientnet_pytorch and TensorFlow's SAME padding: what a user of PyTorch would run instead of @blemish/features.

Two forms of one network: the ordinary module, and the one a careful user makes of it for inference, with every batch
normalisation folded into its convolution and every elementwise operation in place.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

# Repeats, kernel, stride of the first block, expansion, channels in, channels out of B0's stages.
STAGES = (
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
)
WIDTH_AND_DEPTH = {"b0": (1.0, 1.0), "b4": (1.4, 1.8), "b5": (1.6, 2.2)}
EPSILON = 1e-3
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def scaled(channels: int, width: float) -> int:
    """Channels of B0 scaled: the nearest multiple of 8, never more than a tenth below."""
    wanted = channels * width
    nearest = max(8, int(wanted + 4) // 8 * 8)
    return nearest + 8 if nearest < 0.9 * wanted else nearest


class SameConv2d(nn.Conv2d):
    """A convolution with TensorFlow's SAME padding: one zero more at the end where the number is odd."""

    def forward(self, x: Tensor) -> Tensor:
        (top, bottom), (left, right) = (self.pads(size) for size in x.shape[2:])
        padding = (top, left)
        if top != bottom or left != right:
            x = F.pad(x, (left, right, top, bottom))
            padding = (0, 0)
        return F.conv2d(x, self.weight, self.bias, self.stride, padding, self.dilation, self.groups)

    def pads(self, size: int) -> tuple[int, int]:
        stride = self.stride[0]
        total = max((math.ceil(size / stride) - 1) * stride + self.kernel_size[0] - size, 0)
        return total // 2, total - total // 2


class Block(nn.Module):
    """Inverted bottleneck: expand 1x1, depthwise k x k, squeeze-excite, project 1x1, and the skip."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int):
        super().__init__()
        expanded, squeezed = inputs * expansion, max(1, inputs // 4)
        if expansion != 1:
            self._expand_conv = nn.Conv2d(inputs, expanded, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(expanded, EPSILON)
        self._depthwise_conv = SameConv2d(expanded, expanded, kernel, stride, groups=expanded, bias=False)
        self._bn1 = nn.BatchNorm2d(expanded, EPSILON)
        self._se_reduce = nn.Conv2d(expanded, squeezed, 1)
        self._se_expand = nn.Conv2d(squeezed, expanded, 1)
        self._project_conv = nn.Conv2d(expanded, outputs, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(outputs, EPSILON)
        self._swish = nn.SiLU()
        self.expands = expansion != 1
        self.skips = stride == 1 and inputs == outputs
        self.in_place = False

    def forward(self, inputs: Tensor) -> Tensor:
        x = self._swish(self._bn0(self._expand_conv(inputs))) if self.expands else inputs
        x = self._swish(self._bn1(self._depthwise_conv(x)))
        gate = self._se_expand(self._swish(self._se_reduce(F.adaptive_avg_pool2d(x, 1)))).sigmoid()
        x = x.mul_(gate) if self.in_place else x * gate
        x = self._bn2(self._project_conv(x))
        if self.skips:
            x = x.add_(inputs) if self.in_place else x + inputs
        return x

    def fold(self) -> None:
        for convolution, norm in (("_expand_conv", "_bn0"), ("_depthwise_conv", "_bn1"), ("_project_conv", "_bn2")):
            if hasattr(self, convolution):
                fold_into(self, convolution, norm)
        self._swish = nn.SiLU(inplace=True)
        self.in_place = True


class EfficientNet(nn.Module):
    """Stem and blocks up to the tap: images [N,3,H,W] in [0,1] to one feature map [N,C,h,w]."""

    def __init__(self, variant: str, tap: int):
        super().__init__()
        width, depth = WIDTH_AND_DEPTH[variant]
        stem = scaled(32, width)
        self._conv_stem = SameConv2d(3, stem, 3, 2, bias=False)
        self._bn0 = nn.BatchNorm2d(stem, EPSILON)
        self._swish = nn.SiLU()
        blocks = [
            Block(scaled(inputs if i == 0 else outputs, width), scaled(outputs, width), kernel, stride if i == 0 else 1, expansion)
            for repeats, kernel, stride, expansion, inputs, outputs in STAGES
            for i in range(math.ceil(repeats * depth))
        ]
        self._blocks = nn.ModuleList(blocks[: tap + 1])
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1), persistent=False)

    def forward(self, images: Tensor) -> Tensor:
        x = (images - self.mean).div_(self.std)
        x = self._swish(self._bn0(self._conv_stem(x)))
        for block in self._blocks:
            x = block(x)
        return x

    def fold(self) -> "EfficientNet":
        """Folds batch normalisation into convolutions and makes activations, gates and skips work in place."""
        fold_into(self, "_conv_stem", "_bn0")
        self._swish = nn.SiLU(inplace=True)
        for block in self._blocks:
            block.fold()
        return self


def fold_into(module: nn.Module, convolution: str, norm: str) -> None:
    setattr(module, convolution, fuse_conv_bn_eval(getattr(module, convolution), getattr(module, norm)))
    setattr(module, norm, nn.Identity())


def load_efficientnet(variant: str, tap: int, weights: dict[str, Tensor], folded: bool, channels_last: bool) -> EfficientNet:
    """A network ready for inference. Weights beyond the tap are ignored; missing ones are an error."""
    network = EfficientNet(variant, tap)
    needed = {name for name in network.state_dict() if not name.endswith("num_batches_tracked")}
    missing = needed - weights.keys()
    if missing:
        raise ValueError(f"{len(missing)} weights are missing, such as {min(missing)}")
    network.load_state_dict({name: weights[name] for name in needed}, strict=False)
    network.eval().requires_grad_(False)
    if folded:
        network.fold()
    return network.to(memory_format=torch.channels_last if channels_last else torch.contiguous_format)
