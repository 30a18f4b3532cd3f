import { LoaderCircle } from "lucide-react";
import "./spinner.css";

/** Shows that something takes longer than expected; invisible for its first 300 ms. */
export function Spinner({ size = 16 }: { size?: number }) {
  return <LoaderCircle className="spinner" size={size} strokeWidth={2} aria-hidden />;
}
