import { broken, runKills } from "./run-kills.ts";

// The long share of the kill test: [COUNT] [SEED]. Started by `npm run soak -- kill`.
const count = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? 1);
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  throw new Error("kill [COUNT] [SEED]: whole numbers");
}
const report = await runKills({
  count,
  seed,
  onProgress: (done) => {
    if (done % 10 === 0) console.log(`${done} of ${count} kills`);
  },
});
const { queued, sent, storeLines, requests } = report;
console.log(
  `${queued.length} queued, ${sent.length} sent, ${storeLines.length} messages, ${requests} requests`,
);
const faults = broken(report);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
