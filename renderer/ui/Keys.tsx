import "./tooltip.css";

/** A key or a chord as it is on the keyboard: `Ctrl+Enter`. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keys.split(/(?<=.)\+(?=.)/).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
