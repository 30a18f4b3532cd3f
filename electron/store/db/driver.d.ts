/** The package ships types, but its `exports` hides them; these are the parts used here. */
declare module "better-sqlite3-multiple-ciphers" {
  const Database: import("./driver-types.ts").Driver;
  export default Database;
}
