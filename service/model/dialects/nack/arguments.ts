// The command line of NACK's controller, as its chart writes it.

import { at, type Node } from "../../../document/node.ts";
import { plainText, goText } from "../nats-0x/printed.ts";
import { beside, get, is, pickDecision, type Scope, some, spliced } from "../nats-0x/scope.ts";
import { both, computed, type Decision, either, joined, not, truth, type Written } from "../template.ts";
import { namespaceOf } from "./names.ts";

/** Until 0.20.3 all of it is the command. */
export function commandLine(scope: Scope): { readonly command: Written; readonly args: Written } {
  const words = [
    ...flag(scope, "-v=", get(scope, "jetstream", "klogLevel"), scope.since("0.11.2")),
    ...server(scope),
    ...credentials(scope, "creds", "credentials", scope.since("0.7.0")),
    ...credentials(scope, "nkey", "nkey", scope.since("0.17.5")),
    ...some(both(scope.since("0.8.7"), is(scope, "namespaced")), () =>
      word(scope, "--namespace=", namespaceOf(scope), beside(scope, get(scope, "namespaced"))),
    ),
    ...tls(scope),
    ...controlLoop(scope),
    ...some(scope.since("0.20.4"), () => spliced(get(scope, "jetstream", "additionalArgs"))),
    ...flag(scope, "--read-only=", get(scope, "readOnly"), scope.since("0.21.0")),
  ];
  const isApart = scope.since("0.20.4");
  const program = "/jetstream-controller";
  if (typeof isApart !== "boolean") return { command: isApart, args: isApart };
  return isApart ? { command: [program], args: list(scope, words) } : { command: [program, ...words], args: undefined };
}

/** A list whose place is what the arguments come from: there a person adds one. */
function list(scope: Scope, words: readonly Written[]): Node {
  return beside(scope, get(scope, "jetstream"))(words);
}

/** Without an address it connects only where resources say. */
function server(scope: Scope): readonly Written[] {
  const url = get(scope, "jetstream", "nats", "url");
  const is = truth(url);
  if (typeof is !== "boolean") return [is];
  return is ? word(scope, "-s=", url) : [beside(scope, url)("-crd-connect")];
}

function credentials(scope: Scope, name: string, key: string, since: Decision): readonly Written[] {
  const node = get(scope, "jetstream", "nats", key);
  return some(both(since, truth(node)), () => {
    const file = at(node, "secret", "key");
    // Without a key the template names the folder.
    const path = file === undefined ? beside(scope, node)(`/etc/jsc-${name}/`) : joined(computed(scope.title, file.origin), `/etc/jsc-${name}/`, goText(file));
    return word(scope, `--${name}=`, path);
  });
}

function tls(scope: Scope): readonly Written[] {
  const on = both(scope.since("0.8.9"), is(scope, "jetstream", "tls", "enabled"));
  const settings = get(scope, "jetstream", "tls", "settings");
  return [
    ...["cert", "key", "ca"].flatMap((name) => flag(scope, `--tls${name}=`, at(settings, `client_${name}`), on)),
    ...flag(scope, "--tlsfirst=", get(scope, "jetstream", "tls", "tlsFirst"), scope.since("0.26.0")),
  ];
}

/** Written once, though two values ask for it. */
function controlLoop(scope: Scope): readonly Written[] {
  const asked = get(scope, "jetstream", "controlLoop");
  const given = isGiven(get(scope, "jetstream", "additionalArgs"));
  const probed = wantsLoop(scope);
  return [
    ...some(probed, () => [beside(scope, asked)("--health-probe-bind-address=:8081")]),
    ...some(both(probed, not(given)), () => [asked === undefined ? scope.write("--control-loop") : computed(scope.title, asked.origin)("--control-loop")]),
  ];
}

/** Does the chart itself know of the control loop, and is it asked for? */
export function wantsLoop(scope: Scope): Decision {
  const asked = (): Decision => either(is(scope, "jetstream", "controlLoop"), isGiven(get(scope, "jetstream", "additionalArgs")));
  return pickDecision(scope, "0.32.0", asked);
}

function isGiven(args: Node | undefined): Decision {
  if (args?.kind === "unknown") return args;
  if (args?.kind !== "list") return false;
  if (args.items.some((item) => item.kind === "scalar" && item.value === "--control-loop")) return true;
  return args.items.find((item) => item.kind === "unknown") ?? false;
}

/** A flag with its value, where that is true for a template's `if`. */
function flag(scope: Scope, name: string, node: Node | undefined, on: Decision): readonly Written[] {
  return some(both(on, truth(node)), () => word(scope, name, node));
}

/** A value that is not known stands as a word of its own, which is the same to the controller, so that the flag is known. */
function word(scope: Scope, name: string, node: Node | undefined, otherwise = scope.write): readonly Written[] {
  const write = node?.kind !== "scalar" ? otherwise : computed(scope.title, node.origin);
  const text = goText(node);
  if (typeof text !== "string") return name === "--tlsfirst=" || name === "--read-only=" ? [text] : [write(name.slice(0, -1)), text];
  return [plainText(scope.title, write(`${name}${text}`))];
}
