"""Writes pictures.npz and pictures.json: metrics computed independently of the nodes, in float64."""
import json
import numpy as np

rng = np.random.default_rng(5)
B, C, H, W = 2, 2, 14, 18
yy, xx = np.mgrid[0:H, 0:W]
truth = np.stack([[np.sin(xx / 3 + b) * np.cos(yy / 4 - c) * 0.9 for c in range(C)] for b in range(B)])
truth = truth.astype(np.float32)
noise = np.array([0.1, 0.5]).reshape(2, 1, 1, 1) * rng.standard_normal(truth.shape)
x = (truth + noise).astype(np.float32)

window = np.exp(-0.5 * ((np.arange(11) - 5) / 1.5) ** 2)
window = np.outer(window, window) / window.sum() ** 2


def means(u):
    rows, columns = u.shape[0] - 10, u.shape[1] - 10
    return np.array([[np.sum(window * u[i : i + 11, j : j + 11]) for j in range(columns)] for i in range(rows)])


def ssim(u, v):
    mu, mv = means(u), means(v)
    vu, vv, cov = means(u * u) - mu**2, means(v * v) - mv**2, means(u * v) - mu * mv
    top = (2 * mu * mv + 0.01**2) * (2 * cov + 0.03**2)
    return (top / ((mu**2 + mv**2 + 0.01**2) * (vu + vv + 0.03**2))).mean()


def unit(u):
    return (np.clip(u, -1, 1) + 1) / 2


def average(u):
    return u.reshape(C, H // 2, 2, W // 2, 2).mean(axis=(2, 4))


a, b = x.astype(np.float64), truth.astype(np.float64)
y = np.stack([average(u) for u in b])
reference = {
    "mse": [float(np.mean((u - v) ** 2)) for u, v in zip(a, b)],
    "psnr": [float(-10 * np.log10(np.mean((unit(u) - unit(v)) ** 2))) for u, v in zip(a, b)],
    "ssim": [float(np.mean([ssim(unit(p), unit(q)) for p, q in zip(u, v)])) for u, v in zip(a, b)],
    "norm": [float(np.linalg.norm(average(u) - v)) for u, v in zip(a, y)],
    "residual": [float(np.sqrt(np.mean((average(u) - v) ** 2)) / 0.05) for u, v in zip(a, y)],
}
np.savez("pictures.npz", x=x, groundTruth=truth, measurement=y.astype(np.float32))
with open("pictures.json", "w", encoding="utf-8") as file:
    json.dump(reference, file, indent=2)
    file.write("\n")
