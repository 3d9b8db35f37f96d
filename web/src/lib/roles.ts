/** The letter that stands for a role beside its colour: the same as in the exported report. */
export type Role = "trigger" | "actor" | "target" | "place" | "time" | "number";

export const LETTERS: Record<Role, string> = {
  trigger: "",
  actor: "A",
  target: "T",
  place: "P",
  time: "W",
  number: "N",
};
