// Which .conf files are the server's? Other programs use some of its words.

import { describe, expect, it } from "vitest";
import { isServerConf } from "../../../service/document/conf/is-server-conf.ts";

const others: readonly (readonly [what: string, path: string, text: string])[] = [
  ["nginx, which has a resolver", "nginx/conf.d/base.conf", "resolver 10.0.0.10 valid=30s;\nsendfile on;\nserver_tokens off;\nkeepalive_timeout 65;\n"],
  ["plugins of CoreDNS", "plugin.cfg", "root:root\nhttps:https\ndebug:debug\ntrace:trace\ntls:tls\ncache:cache\nhosts:hosts\nforward:forward\nloop:loop\n"],
  [
    "Alloy",
    "alloy/metrics.cfg",
    'prometheus.scrape "nats" {\n  http_port = 7777\n}\nloki.write "a" {\n  url = "http://loki"\n}\ndiscovery.kubernetes "pods" {\n  role = "pod"\n}\n',
  ],
];

const own: readonly (readonly [what: string, path: string, text: string])[] = [
  ["whatever it is called", "conf/a.conf", "port: 4222\nhttp: 8222\njetstream {\n  store_dir: /data\n  max_mem: 1G\n}\n"],
  [
    "with variables",
    "conf/b.conf",
    'TOKEN: "a"\nuser_one = "b"\nuser_two = "c"\nuser_three = "d"\nauthorization { users: [$user_one, $user_two, $user_three] }\nserver_name: b\n',
  ],
  ["with braces around it", "conf/c.conf", "{\n  port: 4222\n  jetstream {\n    store_dir: /data\n  }\n  accounts { A { users: [] }, B {}, C {} }\n}\n"],
  ["by its name, full of mistakes", "nats.conf", "port: 4222\nauth_token: a\nlog_level: info\nmax_mem: 1G\n"],
];

describe("a .conf file", () => {
  it.each(others)("of %s is not the server's", (_what, path, text) => {
    expect(isServerConf(path, text)).toBe("no");
  });
  it.each(own)("is the server's %s", (_what, path, text) => {
    expect(isServerConf(path, text)).toBe("yes");
  });
});
