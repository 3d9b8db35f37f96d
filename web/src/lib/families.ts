/**
 * Families of event types: each has a colour (a token of app.css) and a shape, so that neither tells alone.
 * Paths are drawn in a square of 16 by 16 around its centre, for SVG and for the map's canvas alike.
 */
export interface Look {
  colour: string;
  path: string;
}

const LOOKS: Record<string, Look> = {
  combat: { colour: "--combat", path: "M3 1.5 8 6 13 1.5 14.5 3 10 8 14.5 13 13 14.5 8 10 3 14.5 1.5 13 6 8 1.5 3Z" },
  remote: { colour: "--remote", path: "M8 1 15 14H1Z" },
  violence: { colour: "--violence", path: "M8 0.8 15.2 8 8 15.2 0.8 8Z" },
  control: { colour: "--control", path: "M2 2H14V14H2Z" },
  demonstration: { colour: "--demonstration", path: "M8 1.5A6.5 6.5 0 1 1 7.99 1.5Z" },
  movement: { colour: "--movement", path: "M1.5 5.5H8V1.5L15 8 8 14.5V10.5H1.5Z" },
  politics: { colour: "--politics", path: "M8 1 14.5 5.8 12 14H4L1.5 5.8Z" },
};
const UNKNOWN: Look = { colour: "--quiet", path: "M5 5H11V11H5Z" };

/** How the events of a family are drawn; a family that is not known gets a small grey square. */
export function lookOf(family: string | null | undefined): Look {
  return LOOKS[family ?? ""] ?? UNKNOWN;
}

/** The families, in the order of a legend. */
export const FAMILIES = Object.keys(LOOKS);
