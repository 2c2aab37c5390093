// The dialects by name.

import type { DialectName } from "../charts.ts";
import { bitnami } from "./bitnami.ts";
import { nack } from "./nack.ts";
import { nats0x } from "./nats-0x.ts";
import { nats1x } from "./nats-1x.ts";
import { natsOperator } from "./nats-operator.ts";
import { natsStreamingOperator } from "./nats-streaming-operator.ts";
import { qlik } from "./qlik.ts";
import { qlikStreaming } from "./qlik-streaming.ts";
import type { Dialect } from "./rendering.ts";
import { stableNats } from "./stable-nats.ts";
import { stan } from "./stan.ts";

const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  "nats-0x": nats0x,
  "nats-1x": nats1x,
  stan,
  "stable-nats": stableNats,
  qlik,
  "qlik-streaming": qlikStreaming,
  bitnami,
  nack,
  "nats-operator": natsOperator,
  "nats-streaming-operator": natsStreamingOperator,
};

export function dialectNamed(name: DialectName): Dialect {
  return DIALECTS[name];
}
