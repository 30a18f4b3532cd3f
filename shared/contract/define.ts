import type * as v from "valibot";

type Schema = v.GenericSchema<unknown, unknown>;

/** A request with one answer. `errors` lists the codes it may fail with besides `internal` and `invalid`. */
export interface Call<In extends Schema = Schema, Out extends Schema = Schema, Code extends string = string> {
  readonly kind: "call";
  readonly in: In;
  readonly out: Out;
  readonly errors: readonly Code[];
}

/** Something announced to the window. */
export interface Event<Out extends Schema = Schema> {
  readonly kind: "event";
  readonly out: Out;
}

export type Entry = Call | Event;
/** One group: its entries by name. The wire name is `group.entry`. */
export type Group = Readonly<Record<string, Entry>>;
export type Contract = Readonly<Record<string, Group>>;

export function call<In extends Schema, Out extends Schema, const Code extends string = never>(spec: {
  in: In;
  out: Out;
  errors?: readonly Code[];
}): Call<In, Out, Code> {
  return { kind: "call", in: spec.in, out: spec.out, errors: spec.errors ?? [] };
}

export function event<Out extends Schema>(spec: { out: Out }): Event<Out> {
  return { kind: "event", out: spec.out };
}

/** How a call fails: a stable code, and words that can be shown. */
export interface CallError<Code extends string = string> {
  readonly code: Code | "internal" | "invalid";
  readonly message: string;
}

export type CallIn<C> = C extends Call<infer In, Schema, string> ? v.InferOutput<In> : never;
/** What the caller may write, before brands are put on it. */
export type CallArg<C> = C extends Call<infer In, Schema, string> ? v.InferInput<In> : never;
export type CallOut<C> = C extends Call<Schema, infer Out, string> ? v.InferOutput<Out> : never;
export type CallCode<C> = C extends Call<Schema, Schema, infer Code> ? Code : never;
export type EventOut<E> = E extends Event<infer Out> ? v.InferOutput<Out> : never;

/** Names of a group's entries of one kind. */
export type CallNames<G> = { [K in keyof G]: G[K] extends Call ? K : never }[keyof G];
export type EventNames<G> = { [K in keyof G]: G[K] extends Event ? K : never }[keyof G];

/** Messages on the port between the window and the engine. */
export type WireRequest = { readonly id: number; readonly name: string; readonly payload: unknown };
export type WireReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: CallError };
export type WireEvent = { readonly event: string; readonly payload: unknown };
