/**
 * A script: a function from a canvas to a text that is another one when the picture is. It looks at a small copy: to
 * encode the whole picture at every frame would keep the page longer than the page's own work does.
 */
export const sketch = `(() => {
  const small = new OffscreenCanvas(96, 64).getContext("2d", { willReadFrequently: true });
  return (canvas) => {
    small.clearRect(0, 0, 96, 64);
    small.drawImage(canvas, 0, 0, 96, 64);
    return small.getImageData(0, 0, 96, 64).data.join();
  };
})()`;
