"""Writes .onnx files by hand: just enough protobuf for the operators that the exporter at hand does not know."""
import os
import struct

import numpy as np

CODES = {"float32": 1, "uint8": 2, "int32": 6, "int64": 7, "bool": 9}


def varint(n):
    n &= (1 << 64) - 1
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def field(number, value):
    """An int as a varint, a float as 32 bits, anything else as bytes."""
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, (int, np.integer)):
        return varint(number << 3) + varint(int(value))
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def attribute(name, value):
    if isinstance(value, float):
        body = field(2, value) + field(20, 1)
    elif isinstance(value, int):
        body = field(3, value) + field(20, 2)
    elif isinstance(value, str):
        body = field(4, value) + field(20, 3)
    else:
        body = b"".join(field(8, v) for v in value) + field(20, 7)
    return field(1, name) + body


def node(op, inputs, outputs, **attributes):
    body = b"".join(field(1, i) for i in inputs) + b"".join(field(2, o) for o in outputs) + field(4, op)
    return body + b"".join(field(5, attribute(k, v)) for k, v in attributes.items())


def tensor(name, array):
    dims = b"".join(field(1, d) for d in array.shape)
    return dims + field(2, CODES[str(array.dtype)]) + field(8, name) + field(9, array.tobytes())


def outside_tensor(name, array, location):
    """A float32 tensor whose elements fill the file `location`."""
    entries = b"".join(field(13, field(1, key) + field(2, str(value))) for key, value in [("location", location), ("offset", 0), ("length", array.nbytes)])
    return b"".join(field(1, d) for d in array.shape) + field(2, CODES["float32"]) + field(8, name) + entries + field(14, 1)


def value_info(name, dtype, shape):
    dims = b"".join(field(1, field(1, d) if isinstance(d, int) else field(2, d)) for d in shape)
    return field(1, name) + field(2, field(1, field(1, CODES[dtype]) + field(2, dims)))


class Graph:
    """Nodes in order; `const` and `op` return the names of what they make."""

    def __init__(self):
        self.nodes, self.weights, self.files = [], [], {}

    def const(self, values, dtype="int64"):
        name = f"c{len(self.weights)}"
        self.weights.append(tensor(name, np.asarray(values, dtype=dtype)))
        return name

    def outside(self, array, location):
        """A float32 weight that lies in a file beside the model."""
        name = f"c{len(self.weights)}"
        self.weights.append(outside_tensor(name, array, location))
        self.files[location] = array.astype("float32").tobytes()
        return name

    def op(self, op, *inputs, outputs=1, **attributes):
        names = [f"{op}{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(node(op, inputs, names, **attributes))
        return names[0] if outputs == 1 else names

    def save(self, path, x_shape, out, out_shape, opset):
        graph = b"".join(field(1, n) for n in self.nodes) + field(2, "handmade") + b"".join(field(5, w) for w in self.weights)
        graph += field(11, value_info("x", "float32", x_shape)) + field(11, value_info("t", "float32", x_shape[:1]))
        graph += field(12, value_info(out, "float32", out_shape))
        with open(path, "wb") as file:
            file.write(field(1, 10) + field(7, graph) + field(8, field(2, opset)))
        for location, data in self.files.items():
            with open(os.path.join(os.path.dirname(path), location), "wb") as file:
                file.write(data)
