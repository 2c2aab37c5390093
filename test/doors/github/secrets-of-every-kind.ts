// Secrets of every kind, made up: wherever one of them is found, something leaked.

export const CANARIES = {
  password: "canaryPassw0rd-7f3a",
  token: "canaryT0ken-91bc",
  seed: `SU${"CANARYSEED"
    .repeat(6)
    .slice(0, 56)
    .replace(/[^A-Z2-7]/g, "A")}`,
  jwt: `eyJ0eXAiOiJKV1QifQ.${"canaryJwt".repeat(6)}.sig`,
  bcrypt: "$2a$11$canarycanarycanarycanaryO.canarycanarycanarycanary12",
  github: `ghs_${"canary".repeat(8)}`,
  /** User and password of a URL. */
  url: "canaryuser:canarypass",
};
