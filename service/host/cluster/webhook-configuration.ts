// natslint's own ValidatingWebhookConfiguration: which authorities the API server trusts. GitOps tools and people write
// over it, so it is read again and put right, by server-side apply, which touches nothing else.

import type { Connection } from "./connection.ts";

const MANAGER = "natslint-certificates";

export interface WebhookConfiguration {
  /** The authorities of each webhook, by its name; empty where there is none. Throws a ClusterTrouble. */
  readonly read: () => Promise<ReadonlyMap<string, string>>;
  /** Sets the authorities of these webhooks. */
  readonly write: (webhooks: readonly string[], bundle: string) => Promise<void>;
}

export function webhookConfiguration({ json }: Pick<Connection, "json">, name: string): WebhookConfiguration {
  const path = `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${name}`;
  return {
    read: async () => {
      const { webhooks = [] } = (await json(path)) as {
        readonly webhooks?: readonly { readonly name: string; readonly clientConfig: { readonly caBundle?: string } }[];
      };
      return new Map(webhooks.map((one) => [one.name, Buffer.from(one.clientConfig.caBundle ?? "", "base64").toString("utf8")] as const));
    },
    write: async (webhooks, bundle) => {
      const caBundle = Buffer.from(bundle).toString("base64");
      await json(path, {
        method: "PATCH",
        contentType: "application/apply-patch+yaml",
        query: { fieldManager: MANAGER, force: "true" },
        body: {
          apiVersion: "admissionregistration.k8s.io/v1",
          kind: "ValidatingWebhookConfiguration",
          metadata: { name },
          webhooks: webhooks.map((one) => ({ name: one, clientConfig: { caBundle } })),
        },
      });
    },
  };
}
