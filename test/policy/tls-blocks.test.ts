// The policies' list of blocks called tls has each that the model's schema has.
import { expect, test } from "vitest";
import { type RootSchema, resolvedIn, type Schema } from "../../service/model/schema.ts";
import { testEngine, testKnowledge } from "../engine.ts";

const { schema } = testKnowledge();
const places = tlsPlaces(schema);

test("the schema has some", () => {
  expect(places).toContainEqual(["tls"]);
  expect(places).toContainEqual(["leafnodes", "remotes", 0, "tls"]);
});

test.each(places.map((place) => [place.join("."), place] as const))("%s", async (_, place) => {
  const { policies } = await testEngine();
  const block = { cert_file: "tls.crt", key_file: null, cert_store: null };
  const config = [...place].reverse().reduce<unknown>((below, step) => (typeof step === "number" ? [below] : { [step]: below }), block);
  const said = policies.evaluate({ model: { servers: [{ config }] }, options: {} }).filter(({ rule }) => rule === "tls-cert-without-key");
  expect(said.map(({ at }) => at)).toEqual([["servers", 0, "config", ...place, "cert_file"]]);
});

function tlsPlaces(root: RootSchema): (string | number)[][] {
  const whole = resolvedIn(root);
  const below = (given: Schema, path: readonly (string | number)[]): (string | number)[][] => {
    const { properties = {}, items } = whole(given);
    const own = Object.entries(properties).flatMap(([name, property]) => (name === "tls" ? [[...path, name]] : below(property, [...path, name])));
    return items === undefined ? own : [...own, ...below(items, [...path, 0])];
  };
  return below({ $ref: "#/$defs/config" }, []);
}
