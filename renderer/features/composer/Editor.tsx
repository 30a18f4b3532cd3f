import { Placeholder } from "@tiptap/extensions";
import { EditorContent, type Editor as TiptapEditor, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import "./editor.css";

export type WritingEditor = TiptapEditor;

interface EditorOptions {
  readonly html: string;
  readonly autoFocus: boolean;
  readonly onChange: (html: string) => void;
}

/** The text being written: paragraphs, marks, lists, quotes and links, and nothing else. */
export function useWritingEditor({ html, autoFocus, onChange }: EditorOptions): WritingEditor | null {
  return useEditor({
    content: html,
    autofocus: autoFocus ? "start" : false,
    // The policy allows no style sheet but the window's own; editor.css has what tiptap would inject.
    injectCSS: false,
    extensions: [
      StarterKit.configure({
        heading: false,
        codeBlock: false,
        code: false,
        horizontalRule: false,
        link: { openOnClick: false, defaultProtocol: "https", protocols: ["http", "https", "mailto", "tel"] },
      }),
      Placeholder.configure({ placeholder: "Write your message" }),
    ],
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": "Message",
        class: "editor-text",
      },
    },
    onUpdate: ({ editor }) => onChange(editor.getHTML()),
  });
}

export function Editor({ editor }: { editor: WritingEditor | null }) {
  return <EditorContent editor={editor} className="editor" />;
}
