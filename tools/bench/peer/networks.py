"""AST's teacher and student in PyTorch: a training step of either, or inference of both."""

import os

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

import worker
from ast_networks import Student, Teacher, likelihood, positional_encoding

settings, words = worker.settings()
layout = torch.channels_last if "channels_last" in words else torch.contiguous_format
torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def build(part):
    common = (settings["channels"], settings["conditionChannels"])
    if part == "teacher":
        t = settings["teacher"]
        return Teacher(*common, t["hidden"], t["clamp"], t["kernels"])
    s = settings["student"]
    return Student(*common, s["hidden"], s["blocks"], s["slope"])


def nchw(array):
    return torch.from_numpy(array).permute(0, 3, 1, 2).contiguous(memory_format=layout)


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
