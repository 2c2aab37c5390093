// Addresses as Go reads them: what net/url and net.SplitHostPort refuse, the server refuses.

import type { ScalarNode } from "../../document/node.ts";

/** Would url.Parse take it, after trimming? Much that no client could use passes, such as `host:6222`. */
export function isGoUrl(written: string): boolean {
  const text = written.trim();
  if (/[\u0000-\u001f\u007f]/.test(text)) return false;
  const [before = "", fragment = ""] = text.split(/#(.*)/s);
  if (!isEscaped(fragment)) return false;
  if (before.startsWith(":")) return false;
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/.exec(before)?.[0];
  const [rest = ""] = (scheme === undefined ? before : before.slice(scheme.length + 1)).split(/\?(.*)/s);
  if (!rest.startsWith("/")) return scheme !== undefined || (!(rest.split("/")[0] ?? "").includes(":") && isEscaped(rest));
  if (!rest.startsWith("//") || (scheme === undefined && rest.startsWith("///"))) return isEscaped(rest);
  const slash = rest.indexOf("/", 2);
  const authority = rest.slice(2, slash < 0 ? undefined : slash);
  return isAuthority(authority) && (slash < 0 || isEscaped(rest.slice(slash)));
}

/**
 * Does the user or the password of a URL hold a character that ends it there? `refused` if Go sees that the rest is none,
 * `elsewhere` if it takes what stands before for the host.
 */
export function loginFault({ value }: ScalarNode): "refused" | "elsewhere" | null {
  const [, written = ""] = typeof value === "string" ? (/^\s*[A-Za-z][A-Za-z0-9+.-]*:\/\/(.*?)\s*$/s.exec(value) ?? []) : [];
  const [, login, host = ""] = /^(.+)@([^@]*)$/s.exec(written) ?? [];
  if (login === undefined || !/^[A-Za-z0-9._-]+(?::\d+)?\/?$/.test(host)) return null;
  if (!isGoUrl(value as string)) return /[/?#%\s]/.test(login) ? "refused" : null;
  return /^[^/?#@]*:[^/?#@]*[?#]/.test(login) ? "elsewhere" : null;
}

function isAuthority(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at >= 0 && (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text.slice(0, at)) || !isEscaped(text.slice(0, at)))) return false;
  const host = text.slice(at + 1);
  if (host.startsWith("[")) {
    const end = host.lastIndexOf("]");
    return end > 0 && /^(:\d*)?$/.test(host.slice(end + 1)) && isHost(host.slice(1, end).replace(/%25.*$/s, ""));
  }
  const colon = host.lastIndexOf(":");
  return (colon < 0 || /^:\d*$/.test(host.slice(colon))) && isHost(host);
}

/** Of ASCII only what may stand in a host; escapes only of bytes beyond ASCII. */
function isHost(text: string): boolean {
  return /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]|[\u0080-\uffff]|%[89A-Fa-f][0-9A-Fa-f])*$/.test(text);
}

function isEscaped(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}

/** `host:port` with a colon that must be there, IPv6 in brackets, the port any integer; null when it is none. */
export function hostPort(text: string): { readonly host: string; readonly port: number } | null {
  const found = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([+-]?\d{1,18})$/.exec(text);
  return found === null ? null : { host: found[1] ?? found[2] ?? "", port: Number(found[3]) };
}

/** A subject: tokens between dots, none empty or with blanks in it, `>` only at the end. */
export function isSubject(text: string): boolean {
  const tokens = text.split(".");
  return tokens.every((token, index) => token !== "" && !/[\t\n\f\r ]/.test(token) && (token !== ">" || index === tokens.length - 1));
}
