let live = 0;

const { createBuffer } = GPUDevice.prototype;
const { destroy } = GPUBuffer.prototype;
const sizes = new WeakMap<GPUBuffer, number>();

GPUDevice.prototype.createBuffer = function count(descriptor) {
  const buffer = createBuffer.call(this, descriptor);
  sizes.set(buffer, descriptor.size);
  live += descriptor.size;
  return buffer;
};

GPUBuffer.prototype.destroy = function discount() {
  live -= sizes.get(this) ?? 0;
  sizes.delete(this);
  return destroy.call(this);
};

/** Bytes of all GPU buffers that the page has made and not destroyed. */
export function bufferBytes(): number {
  return live;
}
