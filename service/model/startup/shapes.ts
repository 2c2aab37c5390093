// What texts of the configuration must look like that are more than text: subjects, origins, channel names.
// Each shape says what is wrong as the end of a sentence: "... has a blank".

import { knows } from "../conf-schema/read-table.ts";

export interface Fault {
  readonly fault: string;
  /** Does the server refuse it? If not, it takes it for something else than was meant. */
  readonly refused: boolean;
}

/** What is wrong with the text; null where nothing is, or where nothing of the kind can be said. */
type Shape = (text: string, version: readonly number[] | undefined) => Fault | null;

/** From these on only what is subscribed to may name a queue; before, the server let it pass where it means nothing. */
const NO_QUEUES: readonly (readonly number[])[] = [
  [2, 12, 14],
  [2, 14, 4],
];

/** From these on an origin has to be a whole URL; before, the server started with any text, and took nobody who came from there. */
const STRICT_ORIGINS: readonly (readonly number[])[] = [
  [2, 11, 14],
  [2, 12, 5],
  [2, 14, 0],
];

export const SHAPES: Readonly<Record<string, Shape>> = {
  subject: (text) => subject(text),
  "subject or queue": (text) => subjectOrQueue(text),
  "permitted subject": (text, version) => {
    const fault = subject(text);
    const passes = fault?.refused === true && subjectOrQueue(text)?.refused !== true && (version === undefined || !knows(NO_QUEUES, version));
    return passes ? { fault: "a subject with a queue, which only a subscription has; servers from 2.12.14 on refuse it", refused: false } : fault;
  },
  // Nobody can import what is no subject, but the server takes it.
  "exported subject": (text) => {
    const fault = subject(text);
    return fault === null ? null : { ...fault, refused: false };
  },
  origin: (text, version) => {
    if (version !== undefined && !knows(STRICT_ORIGINS, version)) return null;
    if (!/^https?:\/\//i.test(text)) return shown("no absolute URL with http or https");
    if (/[\s"<>\\^`{|}]/.test(text) || /%(?![0-9a-f]{2})/i.test(text)) return shown("no URL: it has a character that must be escaped");
    const host = /^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(text)?.[1] ?? "";
    return host === "" ? shown("without a host") : /:(?!\d*$)[^\]]*$/.test(host) ? shown("without a port that is a number") : null;
  },
  channel: (text) => {
    const tokens = text.split(".");
    if (tokens.includes("")) return shown("not a channel's name: it has an empty part");
    if (text.includes("/")) return shown("not a channel's name: it has a slash");
    if (tokens.some((token, index) => token.includes(">") && (token !== ">" || index < tokens.length - 1)))
      return shown("not a channel's name: > may only be its last part");
    if (tokens.some((token) => token.includes("*") && token !== "*")) return shown("not a channel's name: * stands for a whole part");
    return null;
  },
};

/** Subjects are parts between dots. A wildcard is a part of its own; glued to others it is a letter like any other. */
function subject(text: string): Fault | null {
  if (text === "") return shown("empty");
  // What the server fills in for each user by the claims of a JWT.
  if (text.includes("{{")) return null;
  const tokens = text.split(".");
  if (tokens.includes("")) return shown("not a subject: it has an empty part, before, between or behind its dots");
  if (/[ \t\n\f\r]/.test(text)) return shown("not a subject: it has a blank");
  if (tokens.slice(0, -1).includes(">")) return shown("not a subject: > may only be its last part");
  const glued = tokens.find((token) => token.length > 1 && /[*>]/.test(token));
  if (glued === undefined) return null;
  return { fault: `taken word for word: ${glued.includes("*") ? "*" : ">"} is a wildcard only as a part of its own`, refused: false };
}

/** The name of a queue may stand behind a subject. */
function subjectOrQueue(text: string): Fault | null {
  const words = text.split(/[ \t\n\f\r]+/).filter((word) => word !== "");
  if (words.length !== 2) return subject(text);
  return words.map(subject).find((fault) => fault !== null) ?? null;
}

function shown(fault: string): Fault {
  return { fault, refused: true };
}
