import type { ReactNode } from "react";
import {
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
  type PopoverProps,
  Text,
} from "react-aria-components";
import { classNames } from "./class-names.ts";
import { Keys } from "./Keys.tsx";
import "./menu.css";

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

interface MenuListProps {
  readonly label: string;
  readonly items: readonly MenuEntry[];
  readonly onAction: (id: string) => void;
}

function MenuList({ label, items, onAction }: MenuListProps) {
  return (
    <AriaMenu className="menu" aria-label={label} onAction={(key) => onAction(String(key))}>
      {items.map((item) => (
        <MenuItem
          key={item.id}
          id={item.id}
          textValue={item.label}
          isDisabled={item.disabled ?? false}
          className={classNames("menu-item", item.danger === true && "menu-item-danger")}
        >
          {item.icon ?? <span />}
          <Text slot="label">{item.label}</Text>
          {item.keys === undefined ? null : <Keys keys={item.keys} />}
        </MenuItem>
      ))}
    </AriaMenu>
  );
}

/** A menu that opens from `trigger`, which must be a Button or IconButton. */
export function Menu({
  trigger,
  placement,
  ...list
}: MenuListProps & { readonly trigger: ReactNode; readonly placement?: PopoverProps["placement"] }) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" offset={4} {...(placement === undefined ? {} : { placement })}>
        <MenuList {...list} />
      </Popover>
    </MenuTrigger>
  );
}
