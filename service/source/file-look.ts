// What became of one file that was looked at.

export interface FileLook {
  readonly path: string;
  readonly state: "linted" | "irrelevant" | "not-understood" | "unreadable";
  /** One sentence; null when there is nothing to say. */
  readonly why: string | null;
}
