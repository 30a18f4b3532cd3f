import type { Arguments, Bindings, Connection, Statement, Value } from "./driver-types.ts";
import { storeError } from "./errors.ts";

/** The connection as all code of the store has it: what fails at run time is thrown as a `StoreError`. */
export function guarded(connection: Connection): Connection {
  return new GuardedConnection(connection);
}

function guard<T>(task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw storeError(error);
  }
}

class GuardedConnection implements Connection {
  readonly #inner: Connection;

  constructor(inner: Connection) {
    this.#inner = inner;
  }

  get open(): boolean {
    return this.#inner.open;
  }

  get inTransaction(): boolean {
    return this.#inner.inTransaction;
  }

  prepare<P extends Bindings = Value[], Row = unknown>(sql: string): Statement<P, Row> {
    return new GuardedStatement(guard(() => this.#inner.prepare<P, Row>(sql)));
  }

  exec(sql: string): unknown {
    return guard(() => this.#inner.exec(sql));
  }

  pragma(sql: string, options?: { readonly simple?: boolean }): unknown {
    return guard(() => this.#inner.pragma(sql, options));
  }

  key(key: Buffer): number {
    return this.#inner.key(key);
  }

  close(): unknown {
    return guard(() => this.#inner.close());
  }
}

// Without `guard`: these run for every row of a sync.
class GuardedStatement<P extends Bindings, Row> implements Statement<P, Row> {
  readonly #inner: Statement<P, Row>;

  constructor(inner: Statement<P, Row>) {
    this.#inner = inner;
  }

  run(...values: Arguments<P>): { readonly changes: number; readonly lastInsertRowid: number | bigint } {
    try {
      return this.#inner.run(...values);
    } catch (error) {
      throw storeError(error);
    }
  }

  get(...values: Arguments<P>): Row | undefined {
    try {
      return this.#inner.get(...values);
    } catch (error) {
      throw storeError(error);
    }
  }

  all(...values: Arguments<P>): Row[] {
    try {
      return this.#inner.all(...values);
    } catch (error) {
      throw storeError(error);
    }
  }

  pluck(): this {
    this.#inner.pluck();
    return this;
  }
}
