/** The store's key while it is open: 32 random bytes, never written anywhere in the clear. */
export interface KeySource {
  databaseKey(): Uint8Array;
}
