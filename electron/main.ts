import { startApp } from "./app/start.ts";

startApp();
