import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, type Ref, useEffect, useState } from "react";
import {
  Button as AriaButton,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Tag,
  TagGroup,
  TagList,
  Text,
} from "react-aria-components";
import type { Address } from "../../../shared/model/mail.ts";
import { useAppState } from "../../state/context.tsx";
import { classNames } from "../../ui/class-names.ts";
import "../../ui/menu.css";
import "./recipients.css";
import { addRecipients, isSendable, meantBy, readRecipients } from "./recipients.ts";

interface RecipientFieldProps {
  readonly label: string;
  readonly people: readonly Address[];
  readonly onChange: (people: Address[]) => void;
  /** Whether an address belongs to the person's own organisation. */
  readonly isInternal: (address: Address) => boolean;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A line of recipients: chips, and a field that suggests people from stored mail. */
export function RecipientField({
  label,
  people,
  onChange,
  isInternal,
  autoFocus,
  inputRef,
}: RecipientFieldProps) {
  const [text, setText] = useState("");
  const suggestions = useSuggestions(text, people);

  const suggested = suggestions.map(({ address }) => address);
  const add = (added: readonly Address[]) => {
    setText("");
    if (added.length > 0) onChange(addRecipients(people, added));
  };
  const commit = () => add(readRecipients(text));
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const choosing = event.currentTarget.getAttribute("aria-activedescendant") !== null;
    if (event.key === "Backspace" && text === "" && people.length > 0) {
      onChange(people.slice(0, -1));
    } else if (text.trim() === "" || choosing) {
      return;
    } else if ([",", ";", "Enter"].includes(event.key)) {
      event.preventDefault();
      const meant = event.key === "Enter" ? meantBy(text, suggested) : undefined;
      if (meant === undefined) commit();
      else add([meant]);
    } else if (event.key === "Tab") {
      const meant = meantBy(text, suggested);
      if (meant !== undefined) add([meant]);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!/[,;\n@]/.test(pasted)) return;
    event.preventDefault();
    add(readRecipients(text + pasted));
  };

  return (
    <div className="recipients">
      <TagGroup
        className="recipients-tags"
        aria-label={`${label}: chosen`}
        onRemove={(keys) => onChange(people.filter((address) => !keys.has(address.email)))}
      >
        <TagList
          className="recipients-list"
          items={people.map((address) => ({ id: address.email, address }))}
        >
          {({ address }) => <Chip address={address} internal={isInternal(address)} />}
        </TagList>
      </TagGroup>
      <ComboBox
        className="recipients-box"
        allowsCustomValue
        allowsEmptyCollection={false}
        items={suggestions}
        inputValue={text}
        onInputChange={setText}
        selectedKey={null}
        onSelectionChange={(key) => {
          const chosen = suggestions.find((suggestion) => suggestion.id === key);
          if (chosen !== undefined) add([chosen.address]);
        }}
        onBlur={commit}
        menuTrigger="input"
      >
        <Label className="recipients-label">{label}</Label>
        <Input
          ref={inputRef ?? null}
          className="recipients-input"
          autoFocus={autoFocus ?? false}
          autoComplete="off"
          spellCheck={false}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <Popover className="popover recipients-popover" placement="bottom start" offset={6}>
          <ListBox className="menu">
            {({ id, address }: Suggestion) => (
              <ListBoxItem id={id} textValue={id} className="recipients-option">
                <Text slot="label">{address.name || address.email}</Text>
                {address.name === "" ? null : <Text slot="description">{address.email}</Text>}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </div>
  );
}

function Chip({ address, internal }: { address: Address; internal: boolean }) {
  const valid = isSendable(address);
  const name = address.name || address.email;
  return (
    <Tag
      id={address.email}
      textValue={valid ? name : `${name}, not a mail address`}
      className={classNames("chip", !valid && "chip-invalid", valid && !internal && "chip-external")}
    >
      <span title={valid ? `${address.email}${internal ? "" : " (external)"}` : "Not a mail address"}>
        {name}
      </span>
      <AriaButton slot="remove" className="chip-remove" aria-label={`Remove ${name}`}>
        <X size={12} aria-hidden />
      </AriaButton>
    </Tag>
  );
}

interface Suggestion {
  readonly id: string;
  readonly address: Address;
}

/** People whose name or address fits what is typed; answers that come late are dropped. */
function useSuggestions(text: string, chosen: readonly Address[]): Suggestion[] {
  const { engine } = useAppState().bridge;
  const [found, setFound] = useState<readonly Address[]>([]);
  const wanted = text.trim();
  useEffect(() => {
    let late = false;
    if (wanted === "") setFound([]);
    else {
      void engine.compose.suggest({ text: wanted.slice(0, 200) }).then((result) => {
        if (!late) setFound(result.ok ? result.value : []);
      });
    }
    return () => {
      late = true;
    };
  }, [engine, wanted]);
  const taken = new Set(chosen.map((address) => address.email.toLowerCase()));
  const free = addRecipients([], found).filter((address) => !taken.has(address.email.toLowerCase()));
  return free.slice(0, 8).map((address) => ({ id: address.email, address }));
}
