import * as v from "valibot";
import {
  type Address,
  AddressSchema,
  type MeetingSummary,
  MeetingSummarySchema,
} from "../../shared/model/mail.ts";

const AddressesSchema = v.array(AddressSchema);

export function addressesJson(addresses: readonly Address[]): string {
  return JSON.stringify(addresses.map(({ name, email }) => ({ name, email })));
}

export function readAddresses(json: string): Address[] {
  return v.parse(AddressesSchema, JSON.parse(json));
}

export function readMeeting(json: string | null): MeetingSummary | null {
  return json === null ? null : v.parse(MeetingSummarySchema, JSON.parse(json));
}
