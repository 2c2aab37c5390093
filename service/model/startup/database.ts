// How NATS Streaming reaches its SQL database, out of a text that itself never enters the model.

import { at, isUnset, map, type Node, type Origin, scalar, text, unknown } from "../../document/node.ts";

/** The model's `database`; null for a server without one, or with an empty source. `beside` is where it would be. */
export function databaseOf(streaming: Node | undefined, beside: Origin): Node {
  const sql = at(streaming, "sql") ?? at(streaming, "sql_options");
  const source = at(sql, "source");
  const hidden = [streaming, sql].find((one) => one?.kind === "map" && one.incomplete !== undefined);
  if (source === undefined && hidden !== undefined) return unknown("the configuration is not known as a whole", hidden.origin);
  const said = text(source);
  if (source === undefined || isUnset(source) || said === "") return scalar(null, (source ?? sql ?? streaming)?.origin ?? beside);
  if (said === undefined) return source.kind === "unknown" ? source : unknown("something else than a text stands there", source.origin);
  // What variables and templates stand for is not known, least of all the host.
  const isOpen = /\$|\{\{/.test(said);
  const mode = /(?:^|[\s?&])(?:sslmode|tls)=["']?([\w-]+)/.exec(said)?.[1] ?? null;
  return map(
    [
      ["mode", scalar(mode, source.origin)],
      ["local", isOpen ? unknown("the source is put together elsewhere", source.origin) : scalar(isLocal(hostOf(said)), source.origin)],
    ],
    source.origin,
  );
}

/** The host of `postgres://`, of key and value pairs, and of MySQL's `user@tcp(host:port)/`; null where there is none. */
function hostOf(source: string): string | null {
  const url = /^\w+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?]*)/.exec(source)?.[1];
  return url ?? /(?:^|\s)host=["']?([^\s"']*)/.exec(source)?.[1] ?? /@tcp\((\[[^\]]*\]|[^:)]*)/.exec(source)?.[1] ?? null;
}

/** No host is this one, and a path is a socket. */
function isLocal(host: string | null): boolean {
  return host === null || host === "" || host.startsWith("/") || /^(?:localhost|127\.[\d.]+|\[?::1\]?)$/.test(host);
}
