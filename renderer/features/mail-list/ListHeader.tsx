import { Search, X } from "lucide-react";
import type { Ref } from "react";
import { Input, SearchField, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { ListScope } from "../../../shared/contract/mail.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import "./list-header.css";

export type Filter = ListScope["filter"];

export interface ListHeaderProps {
  readonly title: string;
  readonly unread: number;
  readonly total: number;
  readonly selected: number;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Esc in the search box when it is empty, or Enter: back to the list. */
  readonly onLeaveSearch: () => void;
  readonly searchRef: Ref<HTMLInputElement>;
}

const FILTERS: readonly { id: Filter; label: string }[] = [
  { id: "all", label: "All" },
  { id: "unread", label: "Unread" },
  { id: "flagged", label: "Flagged" },
];

/** The count that says the most: what is chosen, else what is unread, else how many there are. */
export function countText(selected: number, unread: number, total: number): string {
  if (selected > 1) return `${selected.toLocaleString()} selected`;
  if (unread > 0) return `${unread.toLocaleString()} unread`;
  if (total === 0) return "";
  return total === 1 ? "1 message" : `${total.toLocaleString()} messages`;
}

export function ListHeader(props: ListHeaderProps) {
  return (
    <header className="list-header">
      <div className="list-header-top">
        <h1 className="list-header-title">{props.title}</h1>
        <span className="list-header-count">{countText(props.selected, props.unread, props.total)}</span>
      </div>
      <SearchField
        className="search"
        aria-label={`Search ${props.title}`}
        value={props.query}
        onChange={props.onQuery}
        onSubmit={props.onLeaveSearch}
        onKeyDown={(event) => {
          if (event.key === "Escape" && props.query === "") props.onLeaveSearch();
        }}
      >
        <Search size={14} aria-hidden />
        <Input
          ref={props.searchRef}
          className="search-input"
          placeholder={`Search ${props.title}`}
          maxLength={500}
        />
        {props.query === "" ? (
          <kbd className="search-key" aria-hidden>
            /
          </kbd>
        ) : (
          <IconButton label="Clear search" size="small" icon={<X size={14} />} />
        )}
      </SearchField>
      <ToggleButtonGroup
        className="segments"
        aria-label="Show"
        disallowEmptySelection
        selectedKeys={[props.filter]}
        onSelectionChange={(keys) => {
          const chosen = FILTERS.find(({ id }) => keys.has(id));
          if (chosen !== undefined) props.onFilter(chosen.id);
        }}
      >
        {FILTERS.map(({ id, label }) => (
          <ToggleButton key={id} id={id} className="segment">
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </header>
  );
}
