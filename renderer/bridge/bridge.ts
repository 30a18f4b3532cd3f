import { type Client, createClient } from "../../shared/contract/client.ts";
import { engineContract, mainContract } from "../../shared/contract/index.ts";
import { createEventHub, type EventMap, type PayloadOf } from "./events.ts";
import type { Host } from "./host.ts";
import { createLine, type PortLike } from "./line.ts";

const contract = { ...engineContract, ...mainContract };
type Whole = typeof contract;

/** What the window can ask for and hear. */
export interface Bridge {
  readonly engine: Client<typeof engineContract>;
  readonly main: Client<typeof mainContract>;
  /** Listens to an event by its wire name (`mail.changed`) until the returned function is called. */
  on<Name extends keyof EventMap<Whole> & string>(
    name: Name,
    listener: (payload: PayloadOf<Whole, Name>) => void,
  ): () => void;
  /** Calls when a fresh engine answers: everything shown from the old one should be asked for again. */
  onFreshEngine(listener: () => void): () => void;
}

/** Connects to the host that the preload offers. */
export function createBridge(host: Host): Bridge {
  const engineEvents = createEventHub(engineContract);
  const mainEvents = createEventHub(mainContract);
  const both = createEventHub(contract);
  const fresh = new Set<() => void>();
  // An event is only taken from the side that owns it: the engine cannot speak for main.
  const line = createLine((data) => engineEvents.owns(data) && both.deliver(data));
  host.onMainEvent((data) => mainEvents.owns(data) && both.deliver(data));
  host.onEnginePort((port: PortLike) => {
    line.connect(port);
    for (const listener of [...fresh]) listener();
  });
  host.ready();
  return {
    engine: createClient(engineContract, line.send),
    main: createClient(mainContract, host.invoke),
    on: both.on,
    onFreshEngine(listener) {
      fresh.add(listener);
      return () => {
        fresh.delete(listener);
      };
    },
  };
}
