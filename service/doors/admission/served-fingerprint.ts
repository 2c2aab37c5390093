// Which certificate the listener answers with, seen from outside: what is on disk is no proof.

import { connect } from "node:tls";

/** Null when it does not answer in time. */
export function servedFingerprint(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const here = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
    const socket = connect({ port, host: here, rejectUnauthorized: false, timeout: 2_000 });
    const end = (fingerprint: string | null): void => {
      socket.end();
      resolve(fingerprint);
    };
    socket
      .once("secureConnect", () => end(socket.getPeerX509Certificate()?.fingerprint256 ?? null))
      .once("error", () => end(null))
      .once("timeout", () => end(null));
  });
}
