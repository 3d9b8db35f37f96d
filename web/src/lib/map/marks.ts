/** The marks of events as images for the map: the shape of the family, drawn as the status' group is. */
import { lookOf } from "../families";
import { colourOf } from "../colours";
import type { Group } from "../types";

const SIZE = 18;
/** Pixels of an image for one of the map's. */
export const MARK_SCALE = 2;

/** The name under which the map knows a mark. */
export function markName(family: string | null, group: Group): string {
  return `${family ?? ""}/${group}`;
}

/** Draw the mark that `name` stands for, in the colours of now. */
export function drawMark(name: string): ImageData {
  const [family, group] = name.split("/") as [string, Group];
  const look = lookOf(family);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * MARK_SCALE;
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  const hue = colourOf(look.colour);
  pen.scale(MARK_SCALE * (SIZE / 20), MARK_SCALE * (SIZE / 20));
  pen.translate(2, 2);
  const shape = new Path2D(look.path);
  // A rim of paper keeps marks apart where they touch.
  pen.lineJoin = "round";
  pen.strokeStyle = colourOf("--card");
  pen.lineWidth = 4;
  pen.stroke(shape);
  pen.fillStyle = pen.strokeStyle;
  pen.fill(shape);
  pen.fillStyle = pen.strokeStyle = hue;
  pen.lineWidth = 1.8;
  pen.globalAlpha = group === "happened" ? 1 : group === "unsure" ? 0.4 : group === "background" ? 0.25 : 0;
  pen.fill(shape);
  pen.globalAlpha = group === "background" ? 0.6 : 1;
  pen.setLineDash(group === "warning" ? [3, 2] : []);
  pen.stroke(shape);
  if (group === "denied") {
    pen.strokeStyle = colourOf("--fight");
    pen.lineWidth = 2.4;
    pen.stroke(new Path2D("M1 15 15 1"));
  }
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
