import { Menu, type MenuItemConstructorOptions } from "electron";

/**
 * The application menu. Commands are named by id and run in the window, where the one command table is;
 * accelerators are registered there too, so they are only shown here.
 */
export function buildMenu(run: (id: string) => void): void {
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => run(id),
    registerAccelerator: false,
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === "darwin" ? [{ role: "appMenu" } satisfies MenuItemConstructorOptions] : []),
    {
      label: "&File",
      submenu: [
        command("New message", "compose", "CmdOrCtrl+N"),
        { type: "separator" },
        command("Settings", "settings", "CmdOrCtrl+,"),
        { role: process.platform === "darwin" ? "close" : "quit" },
      ],
    },
    { role: "editMenu" },
    {
      label: "&View",
      submenu: [
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
      ],
    },
    {
      label: "&Message",
      submenu: [
        command("Reply", "reply", "R"),
        command("Reply to all", "reply-all", "A"),
        command("Forward", "forward", "F"),
      ],
    },
    { role: "windowMenu" },
    { label: "&Help", submenu: [command("Keyboard shortcuts", "keys", "?")] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
