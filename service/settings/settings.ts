// Every way of configuring natslint in one normal form: the settings file, flags, an Action's inputs.

import { posix } from "node:path";
import type { Preset } from "../rule/presets.ts";
import type { Environment, Level, Severity } from "../rule/rule.ts";

export interface Settings {
  /** The folder that the patterns are relative to, as a prefix to take off a path; or, when it is above, one to put before it. */
  readonly base: { readonly strip: string; readonly prepend: string };
  /** Path globs (as in .gitignore) that declare an environment. */
  readonly environments: Readonly<Partial<Record<Environment, readonly string[]>>>;
  /** Holds for everything, whatever the globs say. */
  readonly environment: Environment | null;
  /** Which rules are heard, where `rules` does not say it; of two presets that speak of a rule the later counts. */
  readonly extends: readonly Preset[];
  readonly rules: Readonly<Record<string, RuleSettings>>;
  /** Paths that are not looked at. */
  readonly ignore: readonly string[];
  readonly releases: readonly ReleaseSettings[];
  readonly cluster: ClusterFacts | null;
  /** What the admission webhook does with findings. */
  readonly admission: AdmissionSettings;
  readonly failOn: Severity;
  /** The day of the run, 2026-11-21: dates in suppressions are compared with it. */
  readonly today: string;
  /** Files that were named one by one: natslint says something about each, whatever they hold. */
  readonly named: readonly string[];
  /** For what the files themselves do not say. */
  readonly assume: Assumptions;
  /** Set where one configuration is to be judged as a server would that starts with it. */
  readonly alone?: Alone;
}

/** A configuration that nothing else belongs to but what it includes, which is among the sources or missing. */
export interface Alone {
  readonly path: string;
  /** The whole environment. */
  readonly environment: ReadonlyMap<string, string>;
  readonly server: "nats" | "stan";
}

export interface RuleSettings {
  readonly level?: Level;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** From nothing at all to a refusal; `dryrun` is seen in metrics, log and audit log only. */
export type AdmissionMode = "off" | "dryrun" | "warn" | "deny";

export interface AdmissionModes {
  readonly mode?: AdmissionMode;
  readonly rules?: Readonly<Record<string, AdmissionMode>>;
}

export interface AdmissionSettings extends AdmissionModes {
  /** The first whose names match a namespace holds there; `*` stands for any letters. */
  readonly namespaces?: readonly (AdmissionModes & { readonly match: readonly string[] })[];
  /** When something that the object names is not known; left out: warn, but allow what may come later. */
  readonly onUnresolved?: "allow" | "warn" | "deny";
  readonly onTooLarge?: "warn" | "deny";
  /** `apiserver`: the webhook's failurePolicy decides. */
  readonly onError?: "apiserver" | "allow" | "deny";
}

/** One release and the values files that make it, in Helm's order: the last wins. */
export interface ReleaseSettings {
  readonly name?: string;
  readonly namespace?: string;
  /** [REPOSITORY/]NAME[@VERSION] */
  readonly chart?: string;
  readonly values: readonly string[];
  readonly environment?: Environment;
  /** What the command line sets on top of the files, in Helm's order. */
  readonly sets?: readonly SetFlag[];
}

/** One `--set` and its like, as it was given. */
export interface SetFlag {
  readonly flag: "--set-json" | "--set" | "--set-string" | "--set-file";
  readonly text: string;
  /** Of `--set-file`: what the files hold that it names. */
  readonly contents?: Readonly<Record<string, string>>;
}

export interface ClusterFacts {
  /** A number of schedulable nodes, or the nodes with what decides about them. */
  readonly nodes?: number | readonly ClusterNode[];
  /** How many zones the nodes are in; of nodes with labels their labels tell it. */
  readonly zones?: number;
  /** Nodes are added when pods need them. */
  readonly autoscaled?: boolean;
  /** Does the network plugin enforce NetworkPolicies? */
  readonly networkPolicies?: boolean;
  /** All that the cluster has. */
  readonly storageClasses?: readonly ClusterStorageClass[];
}

export interface ClusterStorageClass {
  readonly name: string;
  readonly provisioner?: string;
  readonly allowVolumeExpansion?: boolean;
  /** Claims that name no class get this one. */
  readonly default?: boolean;
}

export interface ClusterNode {
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly unschedulable?: boolean;
}

export interface Assumptions {
  readonly release?: string;
  readonly namespace?: string;
  readonly chart?: string;
  readonly serverVersion?: string;
}

/** A path as the patterns of the settings see it: from the folder that they stand in. Outside of it, it begins with `..`. */
export function settingsPath(settings: Settings, path: string): string {
  const { strip, prepend } = settings.base;
  if (strip === "") return posix.normalize(prepend + path);
  return path.startsWith(strip) ? path.slice(strip.length) : posix.relative(`/${strip}`, `/${path}`);
}

export const DEFAULT_SETTINGS: Settings = {
  base: { strip: "", prepend: "" },
  environments: {},
  environment: null,
  extends: ["recommended"],
  rules: {},
  ignore: [],
  releases: [],
  cluster: null,
  admission: {},
  failOn: "error",
  today: "",
  named: [],
  assume: {},
};
