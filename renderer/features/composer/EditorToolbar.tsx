import { useEditorState } from "@tiptap/react";
import { Bold, Italic, Link, List, ListOrdered, TextQuote, Underline } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Input, Toolbar } from "react-aria-components";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import type { WritingEditor } from "./Editor.tsx";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

/** How the text looks, with the keys that do the same. */
export function EditorToolbar({ editor, mac }: { editor: WritingEditor; mac: boolean }) {
  const [linking, setLinking] = useState(false);
  const mod = mac ? "⌘" : "Ctrl";
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive("bold"),
      italic: now.isActive("italic"),
      underline: now.isActive("underline"),
      bulletList: now.isActive("bulletList"),
      orderedList: now.isActive("orderedList"),
      blockquote: now.isActive("blockquote"),
      link: now.isActive("link"),
    }),
  });
  const chain = () => editor.chain().focus();
  return (
    <>
      <Toolbar className="editor-tools" aria-label="Formatting">
        <IconButton
          size="small"
          label="Bold"
          keys={`${mod}+B`}
          icon={<Bold {...ICON} />}
          aria-pressed={active.bold}
          onPress={() => chain().toggleBold().run()}
        />
        <IconButton
          size="small"
          label="Italic"
          keys={`${mod}+I`}
          icon={<Italic {...ICON} />}
          aria-pressed={active.italic}
          onPress={() => chain().toggleItalic().run()}
        />
        <IconButton
          size="small"
          label="Underline"
          keys={`${mod}+U`}
          icon={<Underline {...ICON} />}
          aria-pressed={active.underline}
          onPress={() => chain().toggleUnderline().run()}
        />
        <IconButton
          size="small"
          label="Bulleted list"
          icon={<List {...ICON} />}
          aria-pressed={active.bulletList}
          onPress={() => chain().toggleBulletList().run()}
        />
        <IconButton
          size="small"
          label="Numbered list"
          icon={<ListOrdered {...ICON} />}
          aria-pressed={active.orderedList}
          onPress={() => chain().toggleOrderedList().run()}
        />
        <IconButton
          size="small"
          label="Quote"
          icon={<TextQuote {...ICON} />}
          aria-pressed={active.blockquote}
          onPress={() => chain().toggleBlockquote().run()}
        />
        <IconButton
          size="small"
          label="Link"
          icon={<Link {...ICON} />}
          aria-pressed={active.link}
          onPress={() => setLinking(!linking)}
        />
      </Toolbar>
      {linking ? <LinkForm editor={editor} onDone={() => setLinking(false)} /> : null}
    </>
  );
}

function LinkForm({ editor, onDone }: { editor: WritingEditor; onDone: () => void }) {
  const before: unknown = editor.getAttributes("link").href;
  const [href, setHref] = useState(typeof before === "string" ? before : "");
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const target = href.trim();
    const full = /^[a-z][a-z0-9+.-]*:/i.test(target) ? target : `https://${target}`;
    const chain = editor.chain().focus().extendMarkRange("link");
    if (target === "") chain.unsetLink().run();
    else if (editor.state.selection.empty && before === undefined) {
      chain
        .insertContent({ type: "text", text: target, marks: [{ type: "link", attrs: { href: full } }] })
        .run();
    } else chain.setLink({ href: full }).run();
    onDone();
  };
  return (
    <form className="link-form" onSubmit={apply}>
      <Input
        aria-label="Address of the link"
        className="field-input"
        placeholder="https://"
        value={href}
        autoFocus
        onChange={(event) => setHref(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          editor.commands.focus();
          onDone();
        }}
      />
      <Button type="submit" size="small">
        {href.trim() === "" ? "Remove link" : "Set link"}
      </Button>
    </form>
  );
}
