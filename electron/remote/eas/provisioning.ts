import { err, ok, type Result } from "../../../shared/base/result.ts";
import type { RemoteFault } from "../../ports/remote.ts";
import {
  type DeviceFacts,
  type ProvisionAnswer,
  policyAcknowledgement,
  policyRequest,
  policyStatuses,
  provisionStatuses,
  readProvision,
  wipeAcknowledgement,
} from "../../protocol/eas/commands/provision.ts";
import { recoveryOf } from "../../protocol/eas/commands/status.ts";
import { encode, type WbxmlElement } from "../../protocol/eas/wbxml/index.ts";
import { readDocument } from "./answers.ts";
import type { Channel } from "./channel.ts";
import { fromStatus } from "./faults.ts";

type Outcome<T> = Promise<Result<T, RemoteFault>>;

/**
 * Repeats a call after provisioning, once, when the server asked for that. Calls that are refused at the same
 * time share one handshake: each handshake makes the key of the one before it worthless.
 */
export function createProvisioner(channel: Channel, device: DeviceFacts) {
  let underWay: Outcome<void> | null = null;
  const { session } = channel.options;

  return async function provisioned<T>(call: () => Outcome<T>, signal?: AbortSignal): Outcome<T> {
    const keyBefore = session.load().policyKey;
    const first = await call();
    if (first.ok || first.error.kind !== "status" || first.error.recovery !== "provision") return first;
    // Another key than the one that was refused is worth a try of its own.
    if (underWay !== null || session.load().policyKey === keyBefore) {
      underWay ??= handshake(channel, device, signal).finally(() => {
        underWay = null;
      });
      const done = await underWay;
      if (!done.ok) return done;
    }
    return call();
  };
}

/** Asks for the policy and acknowledges it (MS-ASPROV 3.1.5.1). Wipes are acknowledged and reported as faults. */
async function handshake(channel: Channel, device: DeviceFacts, signal?: AbortSignal): Outcome<void> {
  const version = await channel.version(signal);
  if (!version.ok) return version;
  const { session } = channel.options;
  session.save({ ...session.load(), policyKey: "0" });
  const offered = await ask(channel, policyRequest(version.value, device), signal);
  if (!offered.ok) return offered;
  if (offered.value.wipe !== null) {
    await ask(channel, wipeAcknowledgement(offered.value.wipe), signal);
    return err({ kind: "wipe", detail: `${offered.value.wipe} wipe ordered` });
  }
  // No policy for us, as SOGo answers: nothing to acknowledge.
  if (offered.value.policyKey === null) return ok(undefined);
  session.save({ ...session.load(), policyKey: offered.value.policyKey });
  const final = await ask(channel, policyAcknowledgement(offered.value.policyKey), signal);
  if (!final.ok) return final;
  if (final.value.policyKey !== null) session.save({ ...session.load(), policyKey: final.value.policyKey });
  channel.options.log("info", "provisioned");
  return ok(undefined);
}

async function ask(channel: Channel, request: WbxmlElement, signal?: AbortSignal): Outcome<ProvisionAnswer> {
  const sent = await channel.post({
    command: "Provision",
    body: encode(request),
    timeoutMs: 60_000,
    maxBytes: 4 << 20,
    signal,
  });
  if (!sent.ok) return sent;
  const document = await readDocument(sent.value);
  if (!document.ok) return document;
  if (document.value === null) return err({ kind: "garbage", detail: "empty answer to Provision" });
  const answer = readProvision(document.value);
  const recovery = recoveryOf(provisionStatuses, answer.status);
  if (recovery !== "ok") return err(fromStatus("Provision", answer.status, recovery));
  if (answer.policyStatus === null) return ok(answer);
  const policyRecovery = recoveryOf(policyStatuses, answer.policyStatus);
  return policyRecovery === "ok"
    ? ok(answer)
    : err(fromStatus("Provision", answer.policyStatus, policyRecovery));
}
