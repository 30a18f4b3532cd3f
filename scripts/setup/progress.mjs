/** Words for a person, with no stack trace: what is missing and what to do about it. */
export class SetupError extends Error {}

/**
 * One step of the set-up, told as it happens: what it does, that it still does it, how it ended.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  say(`${title} …`);
  const pulse = setInterval(() => say(`${title} … ${seconds()} s`), 10_000);
  try {
    const result = await work();
    say(`${title}: done (${seconds()} s)`);
    return result;
  } finally {
    clearInterval(pulse);
  }
}

/**
 * Set-up talks on standard error, so that a command's own output stays clean.
 * @param {string} words
 */
export function say(words) {
  process.stderr.write(`set-up: ${words}\n`);
}
