"""AST's teacher and student in PyTorch (Rudolph et al., WACV 2023), with the parameter names of the released code."""

import numpy as np
import torch
from torch import nn


def positional_encoding(channels, height, width):
    """[1, channels, height, width]: sine and cosine of the column, then of the row, at falling frequencies."""
    half = channels // 2
    frequency = 10000.0 ** (-2 * np.arange(half // 2) / half)
    code = np.zeros((channels, height, width))
    for k, f in enumerate(frequency):
        code[2 * k] = np.sin(f * np.arange(width))[None, :]
        code[2 * k + 1] = np.cos(f * np.arange(width))[None, :]
        code[half + 2 * k] = np.sin(f * np.arange(height))[:, None]
        code[half + 2 * k + 1] = np.cos(f * np.arange(height))[:, None]
    return torch.from_numpy(code.astype(np.float32))[None]


class SubNetwork(nn.Module):
    def __init__(self, inputs, hidden, outputs, kernel):
        super().__init__()
        options = dict(padding=kernel // 2, padding_mode="replicate")
        self.conv1 = nn.Conv2d(inputs, hidden, kernel, **options)
        self.conv2 = nn.Conv2d(hidden, outputs, kernel, **options)
        self.relu = nn.ReLU(inplace=True)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.conv2(self.relu(self.conv1(x))) * self.gamma


class Coupling(nn.Module):
    def __init__(self, channels, condition, hidden, kernel, clamp):
        super().__init__()
        self.first = channels // 2
        self.second = channels - self.first
        self.clamp = clamp
        self.s1 = SubNetwork(self.first + condition, hidden, 2 * self.second, kernel)
        self.s2 = SubNetwork(self.second + condition, hidden, 2 * self.first, kernel)

    def scale_and_shift(self, network, x, condition):
        s, t = network(torch.cat([x, condition], 1)).chunk(2, 1)
        return self.clamp * 0.636 * torch.atan(s / self.clamp), t

    def forward(self, x, condition):
        x1, x2 = x.split([self.first, self.second], 1)
        e2, t2 = self.scale_and_shift(self.s2, x2, condition)
        y1 = x1 * torch.exp(e2) + t2
        e1, t1 = self.scale_and_shift(self.s1, y1, condition)
        y2 = x2 * torch.exp(e1) + t1
        return torch.cat([y1, y2], 1), e1.sum(1) + e2.sum(1)


class Teacher(nn.Module):
    def __init__(self, channels, condition, hidden, clamp, kernels):
        super().__init__()
        self.module_list = nn.ModuleDict()
        for k, kernel in enumerate(kernels):
            np.random.seed(k)
            self.register_buffer(f"order{k}", torch.from_numpy(np.random.permutation(channels)), persistent=False)
            self.module_list[str(3 + 2 * k)] = Coupling(channels, condition, hidden, kernel, clamp)

    def forward(self, x, condition):
        log_det = 0
        for k, block in enumerate(self.module_list.values()):
            x, j = block(x[:, getattr(self, f"order{k}")], condition)
            log_det = log_det + j
        return x, log_det


class Block(nn.Module):
    def __init__(self, channels, slope):
        super().__init__()
        self.l1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.l2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(channels)
        self.bn2 = nn.BatchNorm2d(channels)
        self.act = nn.LeakyReLU(slope, inplace=True)

    def forward(self, x):
        h = self.act(self.bn1(self.l1(x)))
        return x + self.act(self.bn2(self.l2(h)))


class Student(nn.Module):
    def __init__(self, channels, condition, hidden, blocks, slope):
        super().__init__()
        self.conv1 = nn.Conv2d(condition + channels, hidden, 3, padding=1)
        self.conv2 = nn.Conv2d(hidden, channels, 3, padding=1)
        self.res = nn.ModuleList(Block(hidden, slope) for _ in range(blocks))
        self.act = nn.LeakyReLU(slope, inplace=True)

    def forward(self, x, condition):
        h = self.act(self.conv1(torch.cat([condition, x], 1)))
        for block in self.res:
            h = block(h)
        return self.conv2(h)


def likelihood(z, log_det):
    return 0.5 * z.square().sum(1) - log_det
