import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import "./splitter.css";

export interface SplitterProps {
  readonly label: string;
  /** Width in pixels of the pane before it. */
  readonly width: number;
  readonly min: number;
  readonly max: number;
  readonly onResize: (width: number) => void;
  /** The person let go: the width may be remembered. */
  readonly onDone: () => void;
}

const STEP = 16;

/** The edge between two panes: dragged, or moved with the arrow keys. */
export function Splitter({ label, width, min, max, onResize, onDone }: SplitterProps) {
  const from = useRef<{ x: number; width: number } | null>(null);
  const resize = (wanted: number) => onResize(Math.round(Math.min(max, Math.max(min, wanted))));
  const down = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent) => {
    if (from.current !== null) resize(from.current.width + event.clientX - from.current.x);
  };
  const up = () => {
    from.current = null;
    onDone();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    event.stopPropagation();
    resize(width + (event.key === "ArrowRight" ? STEP : -STEP));
    onDone();
  };
  const handle = {
    role: "separator",
    tabIndex: 0,
    "aria-label": label,
    "aria-orientation": "vertical",
    "aria-valuenow": width,
    "aria-valuemin": min,
    "aria-valuemax": max,
    onPointerDown: down,
    onPointerMove: move,
    onPointerUp: up,
    onKeyDown: key,
  } as const;
  return <div className="splitter" {...handle} />;
}
