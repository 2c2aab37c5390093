// The one Secret that natslint writes and reads: its own, with the certificates that it made. Nobody can write over what
// another wrote meanwhile.

import type { Connection } from "./connection.ts";
import { isStatus } from "./lease.ts";

/** What stands in the Secret: texts by key. `version` is the one that was read. */
export interface SecretTexts {
  readonly version: string;
  readonly texts: Readonly<Record<string, string>>;
}

export interface CertificateSecret {
  /** Throws a ClusterTrouble: it is not there, or not to be read. */
  readonly read: () => Promise<SecretTexts>;
  /** False when it changed since it was read. */
  readonly write: (secret: SecretTexts) => Promise<boolean>;
}

export function certificateSecret(
  { json }: Pick<Connection, "json">,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): CertificateSecret {
  const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
  return {
    read: async () => {
      const { metadata, data } = (await json(path)) as {
        readonly metadata: { readonly resourceVersion: string };
        readonly data?: Readonly<Record<string, string>>;
      };
      const texts = Object.entries(data ?? {}).map(([key, text]) => [key, Buffer.from(text, "base64").toString("utf8")] as const);
      return { version: metadata.resourceVersion, texts: Object.fromEntries(texts) };
    },
    write: async ({ version, texts }) => {
      const data = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString("base64")]));
      // A merge keeps the labels that the chart gave it; the version makes it fail where another was quicker.
      const body = { metadata: { resourceVersion: version }, data };
      try {
        const current = (await json(path)) as { readonly data?: Readonly<Record<string, string>> };
        const gone = Object.fromEntries(
          Object.keys(current.data ?? {})
            .filter((key) => !(key in data))
            .map((key) => [key, null]),
        );
        await json(path, { method: "PATCH", contentType: "application/merge-patch+json", body: { ...body, data: { ...gone, ...data } } });
        return true;
      } catch (thrown) {
        if (isStatus(thrown, 409)) return false;
        throw thrown;
      }
    },
  };
}
