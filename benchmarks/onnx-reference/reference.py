#!/usr/bin/env python3
"""What OpenCV's networks make of Debian's photos: golden numbers for Frat.Onnx, computed by another program in another language.

Needs Debian's python3-opencv and python3-onnx. Prints one JSON object a line:
    python3 reference.py MODELS EXAMPLES embed PHOTO...    # aligned by points that YuNet finds here
    python3 reference.py MODELS EXAMPLES detect PHOTO...   # boxes, scores and points of YuNet, the whole photo as it is
MODELS holds mobilefacenet.onnx and yunet-n.onnx, EXAMPLES Debian's photos (libdlib19.1), and each PHOTO is a path below it.
"""
import json
import sys

import cv2
import numpy as np
import onnx
from onnx import helper, numpy_helper

TEMPLATE = np.float64([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
MEAN, DEVIATION = np.float64([0.485, 0.456, 0.406]), np.float64([0.229, 0.224, 0.225])


def load(path, *shape):
    """OpenCV 4.6 knows Clip with its limits as attributes only, and networks for one size only."""
    model = onnx.load(path)
    for dimension, size in zip(model.graph.input[0].type.tensor_type.shape.dim, shape):
        dimension.dim_value = size
    constants = {n.output[0]: numpy_helper.to_array(n.attribute[0].t) for n in model.graph.node if n.op_type == "Constant"}
    for node in model.graph.node:
        if node.op_type == "Clip" and len(node.input) == 3:
            low, high = (float(constants[name]) for name in node.input[1:])
            del node.input[1:]
            node.attribute.extend([helper.make_attribute("min", low), helper.make_attribute("max", high)])
    return cv2.dnn.readNetFromONNX(np.frombuffer(model.SerializeToString(), np.uint8))


def find(models, picture):
    """The surest face of each place: box (left, top, right, bottom), score, points."""
    height, width = picture.shape[:2]
    padded = cv2.copyMakeBorder(picture, 0, -height % 32, 0, -width % 32, cv2.BORDER_CONSTANT)
    net = load(f"{models}/yunet-n.onnx", 1, 3, *padded.shape[:2])
    net.setInput(cv2.dnn.blobFromImage(padded))
    faces = []
    for stride in (8, 16, 32):
        names = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox", "kps")]
        cls, obj, box, points = (out.reshape(-1, out.shape[-1]) for out in net.forward(names))
        columns = padded.shape[1] // stride
        score = np.sqrt(np.clip(cls, 0, 1) * np.clip(obj, 0, 1))[:, 0]
        for i in np.nonzero(score >= 0.9)[0]:
            cell = np.float64([i % columns, i // columns])
            middle, size = (cell + box[i, :2]) * stride, np.exp(box[i, 2:]) * stride
            faces.append((score[i], np.concatenate([middle - size / 2, middle + size / 2]), (cell + points[i].reshape(5, 2)) * stride))
    kept = []
    for score, box, points in sorted(faces, key=lambda face: -face[0]):
        if all(overlap(box, other) < 0.3 for _, other, _ in kept):
            kept.append((score, box, points))
    return kept


def overlap(a, b):
    common = np.prod(np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None))
    return common / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - common)


def align(picture, points):
    """The least-squares similarity by complex numbers; as with dlib, the chip's border pixels lie on the edges of the face's square."""
    size = 112
    a, b = (TEMPLATE + 0.5) @ [1, 1j], points @ [1, 1j]
    da, db = a - a.mean(), b - b.mean()
    turn = (db @ da.conj()) / (da @ da.conj()).real
    middle = b.mean() + turn * ((size / 2) * (1 + 1j) - a.mean())
    step = turn / abs(turn) * (size * abs(turn) - 1) / (size - 1)
    rows, columns = np.mgrid[:size, :size] - (size - 1) / 2
    place = middle + step * (columns + 1j * rows)
    x, y = place.real, place.imag
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    inside = (left >= 0) & (top >= 0) & (left + 1 < picture.shape[1]) & (top + 1 < picture.shape[0])
    left, top = np.where(inside, left, 0), np.where(inside, top, 0)
    right, down = (x - left)[..., None], (y - top)[..., None]
    upper = (1 - right) * picture[top, left] + right * picture[top, left + 1]
    lower = (1 - right) * picture[top + 1, left] + right * picture[top + 1, left + 1]
    return np.where(inside[..., None], (1 - down) * upper + down * lower, 0).astype(np.uint8)


def embed(net, chip):
    """The mean of a chip's and of its mirror image's numbers, of length 1."""
    total = 0
    for picture in (chip, chip[:, ::-1]):
        blob = ((picture[:, :, ::-1] / 255.0 - MEAN) / DEVIATION).transpose(2, 0, 1)[None].astype(np.float32)
        net.setInput(np.ascontiguousarray(blob))
        total = total + net.forward()[0].astype(np.float64)
    return total / np.linalg.norm(total)


def main(models, examples, what, *photos):
    mobile = load(f"{models}/mobilefacenet.onnx")
    for photo in photos:
        picture = cv2.imread(f"{examples}/{photo}")
        faces = find(models, picture)
        if what == "detect":
            faces = [dict(box=np.round(b, 2).tolist(), score=round(float(s), 4), points=np.round(p, 2).tolist()) for s, b, p in faces]
            print(json.dumps(dict(file=photo, faces=faces)))
        else:
            points = np.round(faces[0][2], 2)
            values = embed(mobile, align(picture, points))
            print(json.dumps(dict(file=photo, points=points.tolist(), encoding=[round(float(v), 6) for v in values])))


if __name__ == "__main__":
    main(*sys.argv[1:])
