/** Colours of app.css for what is drawn on a canvas, as they are now, in light or dark. */

/** The colour that `token` ("--land") stands for, as rgb(). */
export function colourOf(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
