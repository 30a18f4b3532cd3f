import { child, e, text, type WbxmlOutput } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, isLegacy, reply } from "./context.ts";

const WBXML_POLICY = "MS-EAS-Provisioning-WBXML";

function policyKey(context: Context, phase: number): string {
  let hash = 2166136261 ^ phase;
  for (const character of `${context.device.id}/${context.options.policy?.revision ?? 0}/${phase}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  }
  return String(hash === 0 ? 1 : hash);
}

function answer(...parts: readonly WbxmlOutput[]): CommandAnswer {
  return reply(e("Provision:Provision", parts));
}

function policyAnswer(...parts: readonly WbxmlOutput[]): CommandAnswer {
  return answer(
    e("Provision:Status", 1),
    e("Provision:Policies", e("Provision:Policy", e("Provision:PolicyType", WBXML_POLICY), parts)),
  );
}

/** Provision (MS-ASPROV 3.2.5): policy, acknowledgement, and the order to wipe. */
export async function provision(context: Context): Promise<CommandAnswer> {
  const { device, options, request } = context;
  if (request === null) return answer(e("Provision:Status", 2));
  const wiped = child(request, "Provision:RemoteWipe") ?? child(request, "Provision:AccountOnlyRemoteWipe");
  if (wiped !== null) {
    if (text(wiped, "Provision:Status") === "1" && device.wipe !== "none") device.wipe = "acknowledged";
    return answer(e("Provision:Status", 1));
  }
  if (device.wipe === "device" || device.wipe === "acknowledged") {
    return answer(e("Provision:Status", 1), e("Provision:RemoteWipe"));
  }
  if (device.wipe === "account")
    return answer(e("Provision:Status", 1), e("Provision:AccountOnlyRemoteWipe"));

  const policy = child(request, "Provision:Policies");
  const wanted = policy === null ? null : child(policy, "Provision:Policy");
  if (wanted === null) return answer(e("Provision:Status", 2));
  if (text(wanted, "Provision:PolicyType") !== WBXML_POLICY) {
    return answer(
      e("Provision:Status", 1),
      e(
        "Provision:Policies",
        e(
          "Provision:Policy",
          e("Provision:PolicyType", text(wanted, "Provision:PolicyType") ?? ""),
          e("Provision:Status", 3),
        ),
      ),
    );
  }
  const key = text(wanted, "Provision:PolicyKey");
  if (key === null) {
    // The first phase has to say what device it is (MS-ASPROV 2.2.2.53; 14.1 and later).
    const late = !isLegacy(context) && context.version !== "14.0";
    if (late && child(request, "Settings:DeviceInformation") === null)
      return answer(e("Provision:Status", 165));
    if (options.policy === null) return policyAnswer(e("Provision:Status", 2));
    device.temporaryPolicyKey = policyKey(context, 1);
    return policyAnswer(
      e("Provision:Status", 1),
      e("Provision:PolicyKey", device.temporaryPolicyKey),
      e(
        "Provision:Data",
        e(
          "Provision:EASProvisionDoc",
          Object.entries(options.policy.settings).map(([name, value]) =>
            value === "" ? e(`Provision:${name}`) : e(`Provision:${name}`, value),
          ),
        ),
      ),
    );
  }
  const status = text(wanted, "Provision:Status");
  if (status === null) return answer(e("Provision:Status", 2));
  if (key !== device.temporaryPolicyKey) return policyAnswer(e("Provision:Status", 5));
  // A device that does not apply the policy (2 partly, 3 not at all) gets no key.
  if (status !== "1") return policyAnswer(e("Provision:Status", 1));
  device.temporaryPolicyKey = null;
  device.policyKey = policyKey(context, 2);
  device.policyRevision = options.policy?.revision ?? 0;
  return policyAnswer(e("Provision:Status", 1), e("Provision:PolicyKey", device.policyKey));
}

/** The status that keeps a device out until it has provisioned; null when it may pass. */
export function policyFault(context: Omit<Context, "request" | "gone" | "body">): number | null {
  const { device, options, query } = context;
  if (device.wipe !== "none") return 140;
  if (options.policy === null) return null;
  if (device.policyKey === null || query.policyKey === null || query.policyKey === "0") return 142;
  if (query.policyKey !== device.policyKey) return 144;
  return device.policyRevision === options.policy.revision ? null : 143;
}
