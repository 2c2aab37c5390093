// The webhook's route alone, with a queue that only remembers: what tests of the receiver post to.
import express, { type Express } from "express";
import request from "supertest";
import { mountReceiver, type Received, WEBHOOK_PATH } from "../../../service/doors/github/receiver.ts";
import type { Letter } from "../../../service/host/queue/queue.ts";
import { headersFor, SECRET } from "./events.ts";

interface Around {
  readonly secrets?: readonly string[];
  readonly put?: (letter: Letter) => Promise<"queued" | "duplicate">;
  readonly largest?: number;
}

export function receiver({ secrets = [SECRET], put, largest }: Around = {}): { readonly app: Express; readonly letters: Letter[]; readonly told: Received[] } {
  const app = express();
  const letters: Letter[] = [];
  const told: Received[] = [];
  mountReceiver(app, {
    host: "api.github.com",
    appId: 5,
    isServed: ({ owner }) => owner !== "stranger",
    secrets,
    put: put ?? (async (letter) => (letters.push(letter), "queued")),
    told: (one) => told.push(one),
    ...(largest === undefined ? {} : { largest }),
  });
  return { app, letters, told };
}

export const post = (app: Express, body: string | Uint8Array, headers: Record<string, string>): request.Test =>
  // superagent would make JSON of a Buffer otherwise: the bytes are to go as they are.
  request(app)
    .post(WEBHOOK_PATH)
    .set(headers)
    .serialize((sent) => sent as unknown as string)
    .send(body as string);

export const send = (app: Express, event: object, sent: Parameters<typeof headersFor>[1] = {}): request.Test => {
  const body = JSON.stringify(event);
  return post(app, body, headersFor(body, sent));
};
