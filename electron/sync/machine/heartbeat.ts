/** What is known about how long a Ping may hang on this network. All in seconds. */
export interface Heartbeat {
  /** To ask for next. */
  readonly seconds: number;
  /** The server's bounds, as far as it has told them. */
  readonly min: number;
  readonly max: number;
  /** The longest that was held to its end. */
  readonly good: number | null;
  /** The shortest that was cut by something on the way (a router forgets idle connections). */
  readonly cutAt: number | null;
}

/** MS-ASCMD 2.2.3.79.1: servers accept 60 to 3540 seconds unless they say otherwise. */
const LONGEST = 3540;
const SHORTEST = 60;
/** Narrower than this, searching for a longer heartbeat is not worth another cut. */
const CLOSE_ENOUGH = 30;

export function firstHeartbeat(seconds: number): Heartbeat {
  const wanted = Number.isFinite(seconds) ? Math.round(seconds) : SHORTEST;
  return {
    seconds: Math.min(LONGEST, Math.max(SHORTEST, wanted)),
    min: SHORTEST,
    max: LONGEST,
    good: null,
    cutAt: null,
  };
}

/** A Ping of `held` seconds hung to its end without a change. */
export function heartbeatHeld(heartbeat: Heartbeat, held: number): Heartbeat {
  const good = Math.max(heartbeat.good ?? 0, held);
  const { cutAt } = heartbeat;
  if (cutAt === null) {
    return { ...heartbeat, good, seconds: Math.min(heartbeat.max, Math.round(good * 1.5)) };
  }
  const middle = Math.floor((good + cutAt) / 2);
  const seconds = cutAt - good > CLOSE_ENOUGH ? Math.min(heartbeat.max, middle) : good;
  return { ...heartbeat, good, seconds };
}

/** A Ping of `asked` seconds was cut or timed out. */
export function heartbeatCut(heartbeat: Heartbeat, asked: number): Heartbeat {
  const good = heartbeat.good !== null && heartbeat.good < asked ? heartbeat.good : null;
  const seconds = Math.max(heartbeat.min, good ?? Math.floor(asked / 2));
  return { ...heartbeat, good, cutAt: asked, seconds };
}

/** The server answered status 5 with the nearest bound to the `asked` value that it accepts. */
export function heartbeatBound(heartbeat: Heartbeat, asked: number, bound: number): Heartbeat {
  const limit = Math.min(LONGEST, Math.max(1, Math.round(bound)));
  const min = limit > asked ? limit : Math.min(heartbeat.min, limit);
  const max = limit < asked ? limit : Math.max(heartbeat.max, limit);
  return { ...heartbeat, min, max, seconds: limit };
}

/** On another network the old limits of the way say nothing. */
export function heartbeatElsewhere(heartbeat: Heartbeat): Heartbeat {
  return { ...heartbeat, good: null, cutAt: null };
}
