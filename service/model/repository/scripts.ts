// What is fetched from elsewhere each time that something runs or is built: scripts that a shell reads as they come, pages
// taken for files, bases of Kustomizations that nothing holds to a version.

import { at, isUnset, members, type Node, text } from "../../document/node.ts";
import type { Environment } from "../../rule/rule.ts";
import type { FileObject } from "../read-sources.ts";
import { isOurs } from "./objects.ts";
import { type Entry, entry } from "./table.ts";

export interface Fetched {
  readonly how: "script" | "page" | "base";
  readonly url: string;
  readonly node: Node;
  readonly by: string;
  readonly environment: Environment | null;
}

export function fetchedIn(objects: readonly FileObject[], environmentOf: (path: string, namespace: string | null) => Environment | null): readonly Fetched[] {
  return objects.flatMap(({ path, object }): Fetched[] => {
    const { kind, name, namespace, node } = object;
    const by = `${kind} ${name ?? ""}`.trim();
    const environment = environmentOf(path, namespace);
    const isKustomization = kind === "Kustomization" && /^kustomize\.config\.k8s\.io\//.test(text(at(node, "apiVersion")) ?? "");
    const found = isKustomization ? bases(node) : isOurs(object) ? containers(node).flatMap(commands) : [];
    return found.map((one) => ({ ...one, by, environment }));
  });
}

export function fetched(found: readonly Fetched[]): Entry[] {
  return found.map(({ how, url, node: { origin }, by, environment }) => entry(environment, { url: [url, origin], how: [how, origin], by: [by, origin] }));
}

type Found = Pick<Fetched, "how" | "url" | "node">;

const FETCHES = /\b(?:curl|wget)\b(.*)/;
const URL = /https?:\/\/[^\s"')]+/;
const SHELL = /^\s*(?:sudo\s+(?:-\w+\s+)*)?(?:\/(?:usr\/)?bin\/)?(?:env\s+)?(?:(?:ba|da|z|a)?sh|python3?)\b/;
/** Its reach is bounded, because a line may be as long as somebody likes. */
const NESTED =
  /\b(?:(?:ba|da|z|a)?sh|eval|source) {1,9}(?:-\w{1,9} {1,9}){0,9}["']?(?:\$\(|<\() {0,9}(?:curl|wget)\b[^)\n]{0,400}?(https?:\/\/[^\s"'|;&)]{1,400})/g;
const PAGE = /https?:\/\/github\.com\/[^\s"')/]+\/[^\s"')/]+\/blob\/[^\s"')?]+(?!\S*[?&]raw=)/;

/** What a container's command fetches. A checksum in the same script is taken to be that of what it fetches. */
function commands(container: Node): Found[] {
  return ["command", "args"].flatMap((key) => {
    const list = at(container, key);
    return (list?.kind === "list" ? list.items : []).flatMap((node): Found[] => {
      const script = text(node) ?? "";
      const piped = script.split(/[\n;&]/).flatMap((line) => {
        const parts = line.split("|");
        return parts.map((part, index) => ({ fetched: FETCHES.exec(part)?.[1] ?? "", next: parts[index + 1] ?? "" }));
      });
      const scripts = [...piped.flatMap(({ fetched, next }) => (SHELL.test(next) ? (URL.exec(fetched) ?? []) : [])), ...nested(script)];
      const pages = piped.flatMap(({ fetched }) => PAGE.exec(fetched) ?? []);
      const isChecked = /sha\d+sum|shasum|gpg --verify|cosign verify/.test(script);
      return [
        ...(isChecked ? [] : scripts).map((url) => ({ how: "script" as const, url, node })),
        ...pages.map((url) => ({ how: "page" as const, url, node })),
      ];
    });
  });
}

function nested(script: string): string[] {
  return [...script.matchAll(NESTED)].map(([, url = ""]) => url);
}

/** The containers of a workload, or of what a CronJob makes. */
function containers(object: Node): readonly Node[] {
  const pods = [at(object, "spec"), at(object, "spec", "template", "spec"), at(object, "spec", "jobTemplate", "spec", "template", "spec")];
  return pods.flatMap((pod) => ["initContainers", "containers"].flatMap((key) => members(at(pod, key))));
}

/** Bases of NATS in other repositories at no commit, tag or branch: at whatever is there. */
function bases(kustomization: Node): Found[] {
  return ["resources", "bases", "components"]
    .flatMap((key) => members(at(kustomization, key)))
    .flatMap((node): Found[] => {
      const url = isUnset(node) ? "" : (text(node) ?? "");
      const isRemote = /^(?:https?:\/\/|git::|git@|ssh:\/\/|github\.com\/)/.test(url) && /nats|stan\b/i.test(url);
      if (!isRemote) return [];
      // A file by its address has the commit in its path; a repository has it behind.
      const isFile = /\.(?:ya?ml|json)$/.test(url);
      const isLoose = isFile ? /\/(?:master|main|HEAD)\//.test(url) : !/[?&](?:ref|version)=[^&]/.test(url);
      return isLoose ? [{ how: "base", url, node }] : [];
    });
}
