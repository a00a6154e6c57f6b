"""Writes tensors as GGUF (github.com/ggml-org/ggml/blob/master/docs/gguf.md): a weight of zeros takes 2.6 bits a number."""

from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, GGUFWriter

from .tensors import Tensors, Zeros

#: What zeros are written as. A block without a scale is zero whatever else is in it.
ZERO_TYPE = GGMLQuantizationType.Q2_K


def write_gguf(path: Path, tensors: Tensors, zero_type: GGMLQuantizationType = ZERO_TYPE) -> None:
    writer = GGUFWriter(path, "sd1")
    writer.add_name("MystiCanvas Sketch")
    writer.add_license("MIT")
    for name, tensor in tensors.items():
        if isinstance(tensor, Zeros):
            block, size = GGML_QUANT_SIZES[zero_type]
            bytes_of_row = tensor.shape[-1] // block * size
            writer.add_tensor(name, np.zeros((*tensor.shape[:-1], bytes_of_row), np.uint8), raw_dtype=zero_type)
        else:
            writer.add_tensor(name, np.ascontiguousarray(tensor))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
