import { atLeast, type ProtocolVersion } from "../version.ts";
import { child, childInteger, children, childText, el, type WbxmlElement } from "../wbxml/index.ts";
import type { StatusTable } from "./status.ts";

/** The only policy type since 12.0 (MS-ASPROV 2.2.2.43). */
const policyType = "MS-EAS-Provisioning-WBXML";

/** Statuses of the answer as a whole (MS-ASPROV 2.2.2.54.2). */
export const provisionStatuses: StatusTable = {
  1: { recovery: "ok", meaning: "success" },
  2: { recovery: "give-up", meaning: "protocol error" },
  3: { recovery: "retry-later", meaning: "server error" },
};

/** Statuses of the policy (MS-ASPROV 2.2.2.54.1). */
export const policyStatuses: StatusTable = {
  1: { recovery: "ok", meaning: "success" },
  2: { recovery: "ok", meaning: "no policy for this device" },
  3: { recovery: "give-up", meaning: "unknown policy type" },
  4: { recovery: "retry-later", meaning: "policy data corrupt on the server" },
  5: { recovery: "provision", meaning: "wrong policy key acknowledged" },
};

export interface DeviceFacts {
  readonly model: string;
  readonly friendlyName: string;
  readonly os: string;
  readonly userAgent: string;
}

/** First phase: asks for the policy. From 14.1 on it must tell about the device (MS-ASPROV 2.2.2.53). */
export function policyRequest(version: ProtocolVersion, device: DeviceFacts): WbxmlElement {
  const information = atLeast(version, "14.1")
    ? el(
        "Settings",
        "DeviceInformation",
        el(
          "Settings",
          "Set",
          el("Settings", "Model", device.model),
          el("Settings", "FriendlyName", device.friendlyName),
          el("Settings", "OS", device.os),
          el("Settings", "UserAgent", device.userAgent),
        ),
      )
    : null;
  return el(
    "Provision",
    "Provision",
    information,
    el("Provision", "Policies", el("Provision", "Policy", el("Provision", "PolicyType", policyType))),
  );
}

/** Second phase: says that the policy with the temporary key is in force (status 1, MS-ASPROV 3.1.5.1.2). */
export function policyAcknowledgement(policyKey: string): WbxmlElement {
  return el(
    "Provision",
    "Provision",
    el(
      "Provision",
      "Policies",
      el(
        "Provision",
        "Policy",
        el("Provision", "PolicyType", policyType),
        el("Provision", "PolicyKey", policyKey),
        el("Provision", "Status", "1"),
      ),
    ),
  );
}

/** Says that the order to wipe was carried out (MS-ASPROV 3.1.5.1.3). */
export function wipeAcknowledgement(wipe: "device" | "account"): WbxmlElement {
  const name = wipe === "device" ? "RemoteWipe" : "AccountOnlyRemoteWipe";
  return el("Provision", "Provision", el("Provision", name, el("Provision", "Status", "1")));
}

export interface ProvisionAnswer {
  readonly status: number;
  /** Null when the server sent no policy at all. */
  readonly policyStatus: number | null;
  readonly policyKey: string | null;
  readonly wipe: "device" | "account" | null;
}

export function readProvision(root: WbxmlElement): ProvisionAnswer {
  const policies = children(child(root, "Provision", "Policies"), "Provision", "Policy");
  const policy =
    policies.find((one) => childText(one, "Provision", "PolicyType") === policyType) ?? policies[0];
  const key = childText(policy, "Provision", "PolicyKey")?.trim() ?? "";
  const wipe = child(root, "Provision", "RemoteWipe")
    ? "device"
    : child(root, "Provision", "AccountOnlyRemoteWipe")
      ? "account"
      : null;
  return {
    status: childInteger(root, "Provision", "Status") ?? 0,
    policyStatus: childInteger(policy, "Provision", "Status"),
    policyKey: /^\d{1,10}$/.test(key) ? key : null,
    wipe,
  };
}
