// Makes certificates for tests of the deployment with openssl, which is not what natslint itself makes and checks them with.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Files in PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** `names` as openssl writes them: `DNS:localhost`, `IP:127.0.0.1`. */
export interface Wanted {
  readonly names?: readonly string[];
  /** As openssl writes it, `/O=system:masters/CN=admin`. */
  readonly subject?: string;
  readonly days?: number;
}

/** A new authority whose files are `NAME.crt` and `NAME.key` in the folder. */
export function makeAuthority(folder: string, name: string): KeyPair {
  const pair = files(folder, name);
  openssl(["req", "-x509", ...newKey, "-days", "3", "-subj", `/CN=${name}`, "-keyout", pair.key, "-out", pair.certificate]);
  return pair;
}

/** A new key and a certificate for it that the authority signs, as `NAME.crt` and `NAME.key` in the folder; what was there is replaced. */
export function makeCertificate(authority: KeyPair, folder: string, name: string, { names = [], subject = `/CN=${name}`, days = 3 }: Wanted): KeyPair {
  const pair = files(folder, name);
  const request = join(folder, `${name}.csr`);
  const extensions = join(folder, `${name}.ext`);
  const alternatives = names.length === 0 ? "" : `subjectAltName=${names.join(",")}\n`;
  writeFileSync(extensions, `${alternatives}extendedKeyUsage=serverAuth,clientAuth\n`);
  openssl(["req", ...newKey, "-subj", subject, "-keyout", pair.key, "-out", request]);
  const signed = ["-CA", authority.certificate, "-CAkey", authority.key, "-CAcreateserial", "-days", `${days}`, "-extfile", extensions];
  openssl(["x509", "-req", "-in", request, ...signed, "-out", pair.certificate]);
  return pair;
}

/** The key with which the API server signs the tokens of service accounts. */
export function makeRsaKey(path: string): string {
  openssl(["genrsa", "-out", path, "2048"]);
  return path;
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

function files(folder: string, name: string): KeyPair {
  return { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
}

function openssl(args: readonly string[]): void {
  execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
}
