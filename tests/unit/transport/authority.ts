import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Certificate } from "./server.ts";

/** A certificate authority of an organisation: a root, and an intermediate that signs the servers. */
export interface Authority {
  readonly root: string;
  readonly intermediate: string;
  /** A server's certificate, its chain with it unless told otherwise. Below nought days it has expired. */
  issue(names: string, options?: { readonly days?: number; readonly chain?: boolean }): Certificate;
  close(): void;
}

export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "authority-"));
  const path = (name: string) => join(folder, name);
  const openssl = (...words: readonly string[]) => execFileSync("openssl", [...words], { stdio: "ignore" });
  const read = (name: string) => readFileSync(path(name), "utf8");
  const key = (name: string) =>
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path(`${name}.key`));
  const sign = (name: string, issuer: string, extensions: string, days: number) => {
    key(name);
    openssl("req", "-new", "-key", path(`${name}.key`), "-subj", `/CN=${name}`, "-out", path(`${name}.req`));
    writeFileSync(path(`${name}.ext`), extensions);
    const by = ["-CA", path(`${issuer}.pem`), "-CAkey", path(`${issuer}.key`), "-CAcreateserial"];
    openssl(
      ...["x509", "-req", "-in", path(`${name}.req`), ...by, "-days", String(days)],
      ...["-extfile", path(`${name}.ext`), "-out", path(`${name}.pem`)],
    );
  };
  key("root");
  openssl(
    ...["req", "-x509", "-new", "-key", path("root.key"), "-subj", "/CN=root", "-days", "2"],
    ...["-addext", "basicConstraints=critical,CA:TRUE", "-out", path("root.pem")],
  );
  sign("intermediate", "root", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n", 2);
  return {
    root: read("root.pem"),
    intermediate: read("intermediate.pem"),
    issue(names, { days = 1, chain = true } = {}) {
      sign("server", "intermediate", `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`, days);
      const cert = read("server.pem");
      return { key: read("server.key"), cert: chain ? cert + read("intermediate.pem") : cert };
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
