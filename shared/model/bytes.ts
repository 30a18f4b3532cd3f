import * as v from "valibot";

/** Bytes, whatever buffer they stand on. */
export const BytesSchema = v.custom<Uint8Array>((input) => input instanceof Uint8Array, "bytes");
