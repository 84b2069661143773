import type { Tensor } from "onnxruntime-common";
import { viewElements } from "../onnx/proto/view-elements.ts";
import { bytesPerElement, sizeOf, type TensorData } from "../tensor/tensor.ts";
import { runError } from "./ort-errors.ts";
import { dtypeOf } from "./ort-tensor.ts";

/**
 * The values of a tensor in a GPU buffer, which stays as it is. The copy comes after all that the device was
 * handed before, and nothing that it is handed later is waited for: onnxruntime may be called meanwhile.
 *
 * @throws IssueError `backend.run` when the device is lost, `backend.memory`.
 */
export async function readGpuTensor(device: GPUDevice, value: Tensor): Promise<TensorData> {
  const dtype = dtypeOf(value);
  const length = sizeOf(value.dims) * bytesPerElement[dtype];
  // Copies are of whole words.
  const size = 4 * Math.ceil(length / 4);
  const staging = device.createBuffer({
    size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(value.gpuBuffer, 0, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const bytes = new Uint8Array(staging.getMappedRange().slice(0, length));
    return viewElements(dtype, value.dims, bytes);
  } catch (cause) {
    throw runError(cause, [], {});
  } finally {
    staging.destroy();
  }
}
