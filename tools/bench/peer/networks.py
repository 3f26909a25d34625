"""AST's teacher and student in PyTorch: a training step of either, or inference of both."""

import os

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torch import nn

import worker

settings, words = worker.settings()
layout = torch.channels_last if "channels_last" in words else torch.contiguous_format
torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


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


def build(part):
    common = (settings["channels"], settings["conditionChannels"])
    if part == "teacher":
        t = settings["teacher"]
        return Teacher(*common, t["hidden"], t["clamp"], t["kernels"])
    s = settings["student"]
    return Student(*common, s["hidden"], s["blocks"], s["slope"])


def nchw(array):
    return torch.from_numpy(array).permute(0, 3, 1, 2).contiguous(memory_format=layout)


def likelihood(z, log_det):
    return 0.5 * z.square().sum(1) - log_det


state = {}


def prepare(folder):
    arrays = load_file(os.path.join(folder, "inputs.safetensors"))
    parts = ["teacher", "student"] if settings["part"] == "score" else [settings["part"]]
    for part in parts:
        network = build(part)
        own = {name[len(part) + 1 :]: torch.from_numpy(a) for name, a in arrays.items() if name.startswith(part + "/")}
        missing, unexpected = network.load_state_dict(own, strict=False)
        if unexpected or any(not name.endswith("num_batches_tracked") for name in missing):
            raise ValueError(f"{part}: missing {missing}, unexpected {unexpected}")
        state[part] = network.to(memory_format=layout).train(settings["part"] != "score")
    n = settings["positions"]
    code = positional_encoding(settings["conditionChannels"], n, n).expand(settings["batch"], -1, -1, -1)
    state["condition"] = code.contiguous(memory_format=layout)
    state["x"] = nchw(arrays["x"])
    state["z"] = nchw(arrays["z"])
    if settings["part"] != "score":
        parameters = state[parts[0]].parameters()
        state["optimizer"] = torch.optim.Adam(parameters, lr=2e-4, weight_decay=1e-5, fused=True)
    return {"versions": {"PyTorch": torch.__version__, "Python": ".".join(map(str, os.sys.version_info[:3]))},
            "variant": "channels_last" if layout == torch.channels_last else "NCHW"}


def backward():
    x, condition = state["x"], state["condition"]
    if settings["part"] == "teacher":
        loss = likelihood(*state["teacher"](x, condition)).mean()
    else:
        loss = (state["student"](x, condition) - state["z"]).square().mean(1).mean()
    loss.backward()
    return loss


def infer():
    x, condition = state["x"], state["condition"]
    with torch.inference_mode():
        z, log_det = state["teacher"](x, condition)
        y = state["student"](x, condition)
        return z, log_det, y, (z - y).square().mean(1)


def run():
    if settings["part"] == "score":
        infer()[3].numpy()
        return
    state["optimizer"].zero_grad()
    loss = backward()
    state["optimizer"].step()
    loss.item()


def outputs(file):
    def array(tensor):
        return np.ascontiguousarray(tensor.detach().numpy())

    if settings["part"] == "score":
        z, log_det, y, distance = infer()
        named = {"z": z.permute(0, 2, 3, 1), "logAbsDet": log_det, "y": y.permute(0, 2, 3, 1), "distance": distance}
        return save_file({name: array(tensor) for name, tensor in named.items()}, file)
    network = state[settings["part"]]
    before = {name: p.detach().clone() for name, p in network.named_parameters()}
    loss = backward()
    result = {"loss": array(loss.reshape(1))}
    for name, p in network.named_parameters():
        result[f"grad/{name}"] = array(p.grad.clone(memory_format=torch.contiguous_format))
    state["optimizer"].step()
    for name, p in network.named_parameters():
        result[f"update/{name}"] = array((p - before[name]).contiguous())
    for name, b in network.named_buffers():
        if "running" in name:
            result[f"buffer/{name}"] = array(b)
    save_file(result, file)


worker.serve(prepare, run, outputs)
