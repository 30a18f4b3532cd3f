import { accounts } from "./accounts.ts";
import { app } from "./app.ts";
import { compose } from "./compose.ts";
import { mail } from "./mail.ts";

/** Everything a window may ask of the engine. */
export const engineContract = { accounts, mail, compose };
/** Everything a window may ask of main. */
export const mainContract = { app };
