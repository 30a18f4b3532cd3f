import { contextBridge, type IpcRendererEvent, ipcRenderer } from "electron";

/*
 * The one bridge. It forwards and holds no logic: what crosses is declared in shared/contract and parsed
 * where it arrives. The engine's port is handed on to the page, so that mail never passes through main.
 */
ipcRenderer.on("engine-port", (event: IpcRendererEvent) => {
  window.postMessage({ type: "bulkhead:engine-port" }, location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld("bulkhead", {
  ready: () => ipcRenderer.send("window-ready"),
  invoke: (name: string, payload: unknown) => ipcRenderer.invoke("call", { id: 0, name, payload }),
  on: (listener: (event: unknown) => void) => {
    const forward = (_event: IpcRendererEvent, data: unknown) => listener(data);
    ipcRenderer.on("event", forward);
    return () => ipcRenderer.off("event", forward);
  },
});
