import { type ReactNode, useRef } from "react";
import { Menu as AriaMenu, MenuItem, Popover, Text } from "react-aria-components";
import { classNames } from "./class-names.ts";
import { Keys } from "./Keys.tsx";
import "./menu.css";

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly danger?: boolean;
}

export interface ContextMenuProps {
  readonly label: string;
  /** Where the pointer was, in the window's coordinates. */
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuEntry[];
  readonly onAction: (id: string) => void;
  readonly onClose: () => void;
}

/** A menu at the place of a right click. */
export function ContextMenu({ label, at, items, onAction, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: at.x, top: at.y }} />
      <Popover
        className="popover"
        triggerRef={anchor}
        placement="bottom start"
        offset={0}
        isOpen
        onOpenChange={(open) => open || onClose()}
      >
        <AriaMenu
          className="menu"
          aria-label={label}
          autoFocus
          onAction={(key) => onAction(String(key))}
          onClose={onClose}
        >
          {items.map((item) => (
            <MenuItem
              key={item.id}
              id={item.id}
              textValue={item.label}
              className={classNames("menu-item", item.danger === true && "menu-item-danger")}
            >
              {item.icon ?? <span />}
              <Text slot="label">{item.label}</Text>
              {item.keys === undefined ? null : <Keys keys={item.keys} />}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </>
  );
}
