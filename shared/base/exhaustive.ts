/** Makes the compiler prove that a switch has a branch for every case. Throws if the types lied. */
export function exhaustive(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
