// What is hidden of a line that is shown, and that it takes no longer the stranger the line is.
import { describe, expect, test } from "vitest";
import { isSecretKey, redactLine } from "../../service/model/secrets.ts";
import { worked } from "../worked.ts";

describe("hidden", () => {
  test.each([
    ["password: abc", "password: ********"],
    ["  password = abc # mine", "  password = ********"],
    ["passwrd: abc", "passwrd: ********"],
    ["{ user: a, password: abc, trace: true }", "{ user: a, password: ********, trace: true }"],
    ['{ user: a, password: "a, b", trace: true }', "{ user: a, password: ********, trace: true }"],
    ['password: "abc" def', "password: ********"],
    ['password: "abc', "password: ********"],
    ["tokens: [a, b]", "tokens: ********"],
    ["args: [--user, me, --pass, abc, -T]", "args: [--user, me, --pass, ********, -T]"],
    ["nats-server --pass abc -T", "nats-server --pass ********"],
    ["nats://me:abc@host:4222", "nats://********@host:4222"],
    ["- {name: APP_PASSWORD, value: abc}", "- {name: APP_PASSWORD, value: ********"],
  ])("%s", (line, shown) => {
    expect(redactLine(line)).toBe(shown);
  });
});

describe("shown", () => {
  test.each([
    "password: $APP_PASSWORD",
    "password: << $APP_PASSWORD >>",
    "automountServiceAccountToken: false",
    "existingSecret: nats-auth",
    "secretName: nats-tls",
    "https: 8443",
    "authorization {",
    "password:",
  ])("%s", (line) => {
    expect(redactLine(line)).toBe(line);
  });
});

test("keys are secret by their last word", () => {
  expect(["password", "auth.password", "dbPassword", "NATS_TOKEN", "secret", "client_secret"].filter((key) => !isSecretKey(key))).toEqual([]);
  expect(["existingSecret", "secretName", "key", "user", "auth", "replicas"].filter(isSecretKey)).toEqual([]);
});

test.each(["a.", "password: ", "name: PASS, ", "://", '"', "x@", "eyJ", "password "])("a long line of %j takes no time", (piece) => {
  const line = piece.repeat(500_000 / piece.length);
  const start = worked();
  redactLine(line);
  expect(worked() - start).toBeLessThan(1000);
});
