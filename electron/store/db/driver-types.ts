/** A value that SQLite can hold, as the driver takes it. */
export type Value = string | number | bigint | null | Uint8Array;
export type Bindings = readonly Value[] | Readonly<Record<string, Value>>;
export type Arguments<P extends Bindings> = P extends readonly Value[] ? P : [P];

export interface Statement<P extends Bindings, Row> {
  run(...values: Arguments<P>): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  get(...values: Arguments<P>): Row | undefined;
  all(...values: Arguments<P>): Row[];
  /** The first column alone. */
  pluck(): this;
}

export interface Connection {
  readonly open: boolean;
  readonly inTransaction: boolean;
  /** The row type is the caller's promise about the statement's columns. */
  prepare<P extends Bindings = Value[], Row = unknown>(sql: string): Statement<P, Row>;
  exec(sql: string): unknown;
  pragma(sql: string, options?: { readonly simple?: boolean }): unknown;
  key(key: Buffer): number;
  close(): unknown;
}

export interface Driver {
  new (path: string, options: { readonly timeout: number }): Connection;
  readonly SqliteError: new (message: string, code: string) => Error & { readonly code: string };
}
