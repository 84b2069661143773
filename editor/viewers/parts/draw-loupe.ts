import { pixelAt, type Picture } from "../draw/picture.ts";
import type { Placement } from "./lens.ts";
import type { Palette } from "./palette.ts";
import type { Room } from "./surface.tsx";

export interface LoupeScene {
  readonly raster: HTMLCanvasElement;
  readonly picture: Picture;
  readonly place: Placement;
  readonly hover: readonly [number, number];
  readonly room: Room;
  readonly colours: Palette;
}

/** Pixels across the loupe, odd so that one is in the middle. */
const across = 11;
const side = 77;

/** Where pixels are already large a loupe would only hide them; in a small room it would hide the picture. */
export const isLoupeNeeded = ({ place, room }: LoupeScene): boolean =>
  place.scale < 4 && room.width >= 2.2 * side && room.height >= 1.6 * side;

/** Outlines the pixel that is looked at, here or in another picture. */
export function drawMark(
  context: CanvasRenderingContext2D,
  { picture, place, hover }: LoupeScene,
): void {
  const [x, y] = [hover[0] * picture.width, hover[1] * picture.height];
  if (pixelAt(picture, x, y) === null) return;
  const size = Math.max(place.scale, 7);
  const left = place.left + (Math.floor(x) + 0.5) * place.scale - size / 2;
  const top = place.top + (Math.floor(y) + 0.5) * place.scale - size / 2;
  context.lineWidth = 3;
  context.strokeStyle = "rgb(0 0 0 / 65%)";
  context.strokeRect(left, top, size, size);
  context.lineWidth = 1.25;
  context.strokeStyle = "white";
  context.strokeRect(left, top, size, size);
}

/** The pixels around the place, enlarged, in the corner that is farthest from it. */
export function drawLoupe(context: CanvasRenderingContext2D, scene: LoupeScene): void {
  const { raster, picture, place, hover, room, colours } = scene;
  const [x, y] = [Math.floor(hover[0] * picture.width), Math.floor(hover[1] * picture.height)];
  if (pixelAt(picture, x + 0.5, y + 0.5) === null) return;
  const isLeft = place.left + x * place.scale > room.width / 2;
  const isTop = place.top + y * place.scale > room.height / 2;
  const left = isLeft ? 6 : room.width - side - 6;
  const top = isTop ? 6 : room.height - side - 6;
  const half = (across - 1) / 2;
  context.save();
  context.beginPath();
  context.roundRect(left, top, side, side, 6);
  context.fillStyle = colours.sunken;
  context.shadowColor = "rgb(0 0 0 / 40%)";
  context.shadowBlur = 8;
  context.fill();
  context.shadowBlur = 0;
  context.clip();
  context.imageSmoothingEnabled = false;
  context.drawImage(raster, x - half, y - half, across, across, left, top, side, side);
  const cell = side / across;
  context.strokeStyle = "black";
  context.lineWidth = 2.5;
  context.strokeRect(left + half * cell, top + half * cell, cell, cell);
  context.strokeStyle = "white";
  context.lineWidth = 1;
  context.strokeRect(left + half * cell, top + half * cell, cell, cell);
  context.restore();
  context.beginPath();
  context.roundRect(left + 0.5, top + 0.5, side - 1, side - 1, 6);
  context.strokeStyle = colours["line-strong"];
  context.stroke();
}
