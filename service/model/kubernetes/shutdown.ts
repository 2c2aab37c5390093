// How a server is told to end and to read its configuration anew: the hook before the end, reloaders, checksums.

import { at, isUnset, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import type { KubernetesObject, Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import { imageName, shellOfImage } from "./server-image.ts";

/** Programs whose arguments say all that they do to the server. */
const PLAIN = /^(?:.*\/)?(?:nats-server|gnatsd|nats-streaming-server|sleep|kill|pkill|killall|true|echo|sh|ash|bash)$/;

/**
 * The model's `lameDuckHook`: is the server told, before the pod ends, to send its clients away one after the other, by
 * `-sl=ldm`, `--signal ldm` or the signal itself? What a script of the image does is not known.
 */
export function lameDuckHook(container: MapNode): Node {
  const signal = at(container, "lifecycle", "stopSignal");
  if (text(signal) === "SIGUSR2") return scalar(true, (signal as Node).origin);
  const hook = at(container, "lifecycle", "preStop");
  const command = at(hook, "exec", "command");
  if (command?.kind !== "list") {
    if (command?.kind === "unknown") return command;
    const asks = at(hook, "httpGet") ?? at(hook, "tcpSocket");
    return asks === undefined ? scalar(false, container.origin) : unknown("what the hook asks for is not known", asks.origin);
  }
  const unread = command.items.find((word) => word.kind === "unknown");
  if (unread !== undefined) return unread;
  const words = command.items.map((word) => text(word) ?? "");
  if (words.some((word) => /\bldm\b|\b(?:SIG)?USR2\b|-12\b/.test(word))) return scalar(true, command.origin);
  if (!PLAIN.test(words[0] ?? "") || words.slice(1).some((word) => /\.sh\b|\bcurl\b|\bwget\b|\$\(|`/.test(word)))
    return unknown("what the hook's script does is not known", command.origin);
  return scalar(false, command.origin);
}

/** The model's `lameDuckPidFile`: the file by which the hook finds the server; null where it names none. */
export function lameDuckPidFile(container: MapNode): Node | undefined {
  const command = at(container, "lifecycle", "preStop", "exec", "command");
  if (command?.kind !== "list") return command?.kind === "unknown" ? command : undefined;
  for (const word of command.items) {
    if (word.kind === "unknown") return word;
    const path = /\bldm=(\/[\w./-]+)/.exec(text(word) ?? "")?.[1];
    if (path !== undefined) return scalar(path, word.origin);
  }
  return undefined;
}

/** The model's `reload`: what makes servers that run take up a changed configuration. */
export function reload(workload: KubernetesObject, pods: PodTemplate, { switches }: Unit): Node {
  const containers = at(pods.spec, "containers");
  const items = containers?.kind === "list" ? containers.items : [];
  const reloader = items.find(isReloader);
  const unsure = containers?.kind === "unknown" ? containers : items.find((one) => one.kind === "unknown");
  return map(
    [
      ["reloader", reloader === undefined ? (unsure ?? scalar(false, (switches?.reloader ?? pods.spec).origin)) : scalar(true, reloader.origin)],
      ["checksum", checksum(pods)],
      ["watcher", watcher(workload, pods)],
    ],
    pods.spec.origin,
  );
}

/** A container that tells the server to read its configuration again; it listens nowhere. */
export function isReloader(container: Node): boolean {
  return /reloader/.test(`${imageName(at(container, "image"))?.base ?? ""} ${text(at(container, "name")) ?? ""}`);
}

/** An annotation of the pods that changes with the configuration, so that they are replaced. */
function checksum({ annotations, spec }: PodTemplate): Node {
  if (annotations?.kind === "unknown") return annotations;
  if (annotations?.kind !== "map") return scalar(false, spec.origin);
  if ([...annotations.entries.keys()].some((key) => /checksum|hash|sha|digest|reloader/i.test(key))) return scalar(true, annotations.origin);
  return annotations.incomplete === undefined ? scalar(false, annotations.origin) : unknown(annotations.incomplete, annotations.origin);
}

/** An annotation by which something outside of the pods is told to restart them, as Stakater's Reloader is. */
function watcher({ node }: KubernetesObject, { annotations: ofPods }: PodTemplate): Node {
  const all = [at(node, "metadata", "annotations"), ofPods];
  const found = all.find((one) => one?.kind === "map" && [...one.entries.keys()].some((key) => /reload|restart/i.test(key)));
  if (found !== undefined) return scalar(true, found.origin);
  const open = all.find((one) => one?.kind === "unknown" || (one?.kind === "map" && one.incomplete !== undefined));
  return open === undefined ? scalar(false, node.origin) : unknown("not all annotations are known", open.origin);
}

/** The model's `shell`: has the server's image one? */
export function shell(container: MapNode): Node {
  const image = at(container, "image");
  const has = isUnset(image) ? undefined : shellOfImage(imageName(image));
  return has === undefined ? unknown("what the image holds is not known", (image ?? container).origin) : scalar(has, (image ?? container).origin);
}

const SHELL = /^(?:.*\/)?(?:sh|ash|bash|dash)$/;

/** The model's `shellUses`: what of the container a shell runs. */
export function shellUses(container: MapNode): Node {
  const life = at(container, "lifecycle");
  const commands: readonly (readonly [string, Node | undefined])[] = [
    ["command", at(container, "command")],
    ...["preStop", "postStart"].map((hook) => [hook, at(life, hook, "exec", "command")] as const),
    ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => [probe, at(container, probe, "exec", "command")] as const),
  ];
  const found = commands.flatMap(([by, command]): MapNode[] => {
    const program = at(command, 0);
    if (program === undefined || !SHELL.test(text(program) ?? "")) return [];
    return [
      map(
        [
          ["by", scalar(by, program.origin)],
          ["program", program],
        ],
        program.origin,
      ),
    ];
  });
  return list(found, container.origin);
}
