import { philoxStart } from "../../../runtime/base/random-key.ts";
import { referenceNormals } from "../../../runtime/base/random-normals.ts";
import { ofSumOne, type Kernel } from "./kernel.ts";

export interface Motion {
  /** Pixels a side. */
  readonly size: number;
  /** How much the camera turns: 0 a straight line, 1 a tangle. */
  readonly intensity: number;
  readonly seed: number;
}

/** Of the kernel's half side, how far the path may reach from its middle. */
const reach = 0.9;

/**
 * A kernel [size, size] of sum 1: the path of a camera that moves at constant speed while its direction drifts.
 * The direction's rate of change is a random walk that is drawn back to 0, so that the path is smooth. The path
 * is centred on its centre of mass and drawn with bilinear weights.
 */
export function motionKernel({ size, intensity, seed }: Motion): Kernel {
  const path = pathOf(intensity, seed, 16 * size);
  const [middleX, middleY] = [mean(path.map(({ x }) => x)), mean(path.map(({ y }) => y))];
  const centred = path.map(({ x, y }) => ({ x: x - middleX, y: y - middleY }));
  const half = (size - 1) / 2;
  const farthest = Math.max(...centred.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))));
  const scale = (reach * half) / farthest;
  const data = new Float64Array(size * size);
  const kernel = { height: size, width: size, data };
  for (const { x, y } of centred) drawPoint(kernel, half + scale * y, half + scale * x);
  return ofSumOne(kernel, "a motion kernel");
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function pathOf(intensity: number, seed: number, steps: number): readonly Point[] {
  const normals = new Float32Array(steps + 1);
  referenceNormals(normals, philoxStart({ seed, stream: "motion-blur", sample: 0, indices: [] }));
  const points: Point[] = [];
  let [x, y, turning] = [0, 0, 0];
  let angle = Math.PI * (normals[0] ?? 0);
  const dt = 1 / steps;
  for (let i = 1; i <= steps; i += 1) {
    points.push({ x, y });
    // An Ornstein–Uhlenbeck process; at intensity 1 the direction strays by about a turn and a half.
    turning += -4 * turning * dt + 40 * intensity * Math.sqrt(dt) * (normals[i] ?? 0);
    angle += turning * dt;
    x += Math.cos(angle) * dt;
    y += Math.sin(angle) * dt;
  }
  return points;
}

/** One unit of light at a place between pixels. */
function drawPoint({ height, width, data }: Kernel, row: number, column: number): void {
  const [i, j] = [Math.floor(row), Math.floor(column)];
  const [down, right] = [row - i, column - j];
  for (const [di, dj, weight] of [
    [0, 0, (1 - down) * (1 - right)],
    [0, 1, (1 - down) * right],
    [1, 0, down * (1 - right)],
    [1, 1, down * right],
  ] as const) {
    const at = (i + di) * width + j + dj;
    if (i + di < height && j + dj < width) data[at] = (data[at] ?? 0) + weight;
  }
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
