import { accounts } from "./accounts.ts";
import { app } from "./app.ts";
import { compose } from "./compose.ts";
import { control, secrets } from "./control.ts";
import { mail } from "./mail.ts";

/** Everything a window may ask of the engine. */
export const engineContract = { accounts, mail, compose };
/** Everything a window may ask of main. */
export const mainContract = { app };
/** Between main and the engine, each way. No window can reach these. */
export const controlContract = { control };
export const keeperContract = { secrets };
