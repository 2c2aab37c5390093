// The security advisories of nats-server, from https://advisories.nats.io (repository nats-io/advisories, as of
// 2026-06-29). This file is the one place to edit when there is another.
//
// Columns, two blanks or more apart: the advisory's name; how grave it is (`critical` from a CVSS score of 9.0 on, or where
// whoever reaches the port needs no credentials to read or write data; else `serious`); the first version that has the
// fault; the first fixed version of each line of releases (a line without one is fixed by the newest alone); what must be
// configured for it, in words that the policy image-known-advisory knows; what can be done with it, as the end of a sentence.
//
// Left out are those of libraries, of builds, and those that hang on more than a configuration shows.

export const ADVISORIES = `
CVE-2020-26521       serious   2.0.0   2.1.9                  operator                     a JWT of an account crashes the server
CVE-2020-26892       serious   2.0.0   2.1.9                  operator                     credentials hold on after they have expired
CVE-2021-3127        serious   2.0.0   2.2.0                  operator                     an account imports what was exported to another
CVE-2022-24450       serious   2.0.0   2.7.2                  users                        every user can enter every account
CVE-2022-26652       serious   2.2.0   2.7.4                  jetstream                    a backup of a stream writes any file
CVE-2022-29946       serious   2.0.0   2.8.2                  subscribe-deny               queue subscriptions get denied subjects
CVE-2022-42708       serious   2.2.0   2.9.3                  jetstream                    every user of JetStream can crash the server
CVE-2022-42709       serious   2.0.0   2.9.3                  operator                     imports in a circle crash the server
CVE-2023-46129       serious   2.10.0  2.10.4                 auth-callout-encryption      the encryption of auth callouts is void
CVE-2025-30215       critical  2.2.0   2.10.27,2.11.1         jetstream-accounts           users destroy streams of other accounts
CVE-2026-27571       serious   2.2.0   2.11.12,2.12.3         websocket                    anybody can exhaust the memory by websocket
CVE-2026-27889       serious   2.2.0   2.11.14,2.12.5         websocket                    anybody can crash the server by websocket
CVE-2026-29785       serious   2.10.0  2.11.14,2.12.5         leafnodes-compressed         anybody can crash the server by its port of leaf nodes
CVE-2026-33216       serious   2.2.0   2.11.15,2.12.6         mqtt                         monitoring shows passwords of MQTT
CVE-2026-33215       serious   2.2.0   2.11.15,2.12.6         mqtt                         clients of MQTT take over sessions of others
CVE-2026-33217       serious   2.2.0   2.11.15,2.12.6         mqtt                         permissions do not hold for subjects of MQTT
CVE-2026-33218       serious   2.0.0   2.11.15,2.12.6         leafnodes                    anybody can crash the server by its port of leaf nodes
CVE-2026-33219       serious   2.2.0   2.11.15,2.12.6         websocket                    anybody can exhaust the memory by websocket
CVE-2026-33248       serious   2.0.0   2.11.15,2.12.6         verify-and-map               certificates of some names pass for those of others
GHSA-38x3-76xf-cq45  critical  2.0.0   2.11.16,2.12.7,2.14.0  no-auth-user-with-listeners  anybody can join as a route or a leaf node
GHSA-wh7g-5m82-pmhr  serious   2.0.0   2.11.16,2.12.7,2.14.0  subscribe-deny               wildcards get denied subjects
GHSA-3g5q-cfh2-cq67  serious   2.10.0  2.11.17,2.12.8         leafnodes-compressed         anybody can crash the server by its port of leaf nodes
GHSA-4g68-3pwx-5vfj  serious   2.2.0   2.12.12,2.14.3         mqtt                         clients of MQTT see sessions of others
GHSA-qrcv-3558-gj4f  serious   2.2.0   2.12.9,2.14.1          mqtt-forwarded               clients of MQTT inject commands into routes and leaf nodes
GHSA-g33f-6538-grxh  serious   2.0.0   2.12.10,2.14.2         operator                     anybody can crash the server by a JWT
GHSA-r72h-j7qq-v6qg  serious   2.2.0   2.12.12,2.14.3         mqtt                         anybody can exhaust the memory by MQTT
GHSA-7qmq-8cc4-hxwg  serious   2.2.0   2.12.12,2.14.3         mqtt-deny                    clients of MQTT get denied messages
GHSA-p957-7v2w-g93g  serious   2.2.0   2.12.12,2.14.3         websocket-without-mqtt       anybody can crash the server by websocket
`;
