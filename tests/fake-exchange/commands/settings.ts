import { child, e, type WbxmlOutput } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, reply } from "./context.ts";

/** Settings (MS-ASCMD 2.2.1.20): device information is taken, the user's addresses are given. */
export async function settings(context: Context): Promise<CommandAnswer> {
  const { request, account } = context;
  const parts: WbxmlOutput[] = [];
  if (request !== null && child(request, "Settings:DeviceInformation") !== null) {
    parts.push(e("Settings:DeviceInformation", e("Settings:Status", 1)));
  }
  if (request !== null && child(request, "Settings:UserInformation") !== null) {
    const addresses = e("Settings:EmailAddresses", e("Settings:SMTPAddress", account.person.email));
    const named =
      context.version === "12.1" || context.version === "14.0"
        ? addresses
        : e("Settings:Accounts", e("Settings:Account", addresses));
    parts.push(e("Settings:UserInformation", e("Settings:Status", 1), e("Settings:Get", named)));
  }
  return reply(e("Settings:Settings", e("Settings:Status", parts.length === 0 ? 2 : 1), parts));
}
