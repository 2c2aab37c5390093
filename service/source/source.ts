// What natslint is given: a text and the path it came from. Nothing here reads a file.

/** One text to look at. `path` is posix, relative to the working directory, and only a name. */
export interface Source {
  readonly path: string;
  readonly text: string;
}
