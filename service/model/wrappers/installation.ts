// What every wrapper comes to: a chart, the release that is made of it, and the values it gets in Helm's order.

import type { MapNode, Node, Origin } from "../../document/node.ts";
import type { ReleaseSettings } from "../../settings/settings.ts";
import type { Assignment } from "./assignments.ts";
import type { IgnoredReplicas } from "./ignored-replicas.ts";

/** One layer of values; a later one wins over those before it. */
export type Layer =
  | {
      readonly path: string;
      /** Unknown where something stands there that cannot be read from the files. */
      readonly root: Node;
      /** A whole file, which is no release of its own then; else a part of the wrapper. */
      readonly isFile: boolean;
      /** The path of a file that is named and is not there. */
      readonly missing?: string;
    }
  | { readonly path: string; readonly assignments: readonly Assignment[]; readonly isFile: false };

/** The chart that a wrapper names: a published one, or a folder of the repository. */
export type ChartReference =
  | {
      readonly kind: "published";
      readonly chart: string;
      readonly repository: string | null;
      readonly version: string | null;
      /** It is taken from the repository in which it is written: no version is chosen, but a revision. */
      readonly inGit?: true;
    }
  /** `replaced`: other files stand in for the chart's own values.yaml. */
  | { readonly kind: "folder"; readonly folder: string; readonly replaced?: boolean };

/** How a wrapper says it: the nodes that a person would edit. */
export interface Wrapper {
  readonly kind: string;
  /** The object, or the entry of a list, that installs the chart. */
  readonly object: Node;
  readonly version: Node | undefined;
  readonly repository: Node | undefined;
}

export interface Installation {
  /** The file that says it. */
  readonly path: string;
  /** The Kustomization that deploys it, where one does: its path tells the environment before that of the base. */
  readonly by?: string;
  /** What stands for values that nobody wrote: where the chart is named. */
  readonly origin: Origin;
  readonly layers: readonly Layer[];
  /** Files that something is filled in from, and that are no values by themselves. */
  readonly parameters?: readonly string[];
  /** Absent where values files lie there and nothing says what installs them. */
  readonly chart?: ChartReference;
  /** Absent where no wrapper says it. */
  readonly wrapper?: Wrapper;
  /** Null when it is not known. */
  readonly release: string | null;
  readonly namespace: string | null;
  /** What whoever installs it does not compare with Git. */
  readonly ignored?: readonly IgnoredReplicas[];
  readonly settings?: ReleaseSettings;
  /** Set where what is rendered is changed before it is applied: its servers cannot be known. Ends "not linted, because ...". */
  readonly changed?: string;
  /** What becomes of the chart's objects before they are applied, and the objects that are applied with them: Kustomize, by itself or within Flux. */
  readonly transform?: (objects: readonly MapNode[]) => Transformed;
}

/** A chart's objects as they are applied, and those beside them; without any said, what lies in the folder is beside them. */
export interface Transformed {
  readonly own: readonly MapNode[];
  readonly beside?: readonly MapNode[];
  /** Set where they cannot be known. Ends "not linted, because ...". */
  readonly because?: string;
}

/** What a reader of wrappers sees of the repository. It asks by path, and what is not there is noted as wanted. */
export interface Sight {
  /** The tree of a file's first document; undefined when the file is not at hand. */
  readonly tree: (path: string) => Node | undefined;
  /** The trees of all its documents. */
  readonly documents: (path: string) => readonly Node[] | undefined;
  readonly text: (path: string) => string | undefined;
  /** Is the file among the sources? Asking wants it. */
  readonly has: (path: string) => boolean;
  /** All files among the sources. */
  readonly paths: readonly string[];
}
