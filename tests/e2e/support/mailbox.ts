import type { Locator, Page } from "playwright-core";

/** The window in the words of what a person does with it. */
export function mailWindow(page: Page) {
  const rows = page.locator("[data-focus-target=list] [role=row]");
  return {
    page,
    rows,
    row: (subject: string): Locator => rows.filter({ hasText: subject }).first(),
    /** How many messages the list shows in all; -1 while there is no list. */
    async count(): Promise<number> {
      const grid = page.locator("[role=grid][aria-rowcount]");
      return (await grid.count()) === 0 ? -1 : Number(await grid.first().getAttribute("aria-rowcount"));
    },
    async addAccount(account: {
      readonly address: string;
      readonly password: string;
      readonly server: string;
      readonly userName: string;
    }): Promise<void> {
      await page.getByLabel("Mail address").fill(account.address);
      await page.getByLabel("Password", { exact: true }).fill(account.password);
      await page.getByLabel("Server").fill(account.server);
      await page.getByLabel("User name").fill(account.userName);
      await page.getByRole("button", { name: "Add account" }).click();
    },
    async usable(): Promise<void> {
      await page.waitForSelector('html[data-ready="inbox"]', { state: "attached", timeout: 60_000 });
    },
    async folder(name: string): Promise<void> {
      await page.locator("nav[aria-label=Folders]").getByText(name, { exact: true }).first().click();
    },
    /** The words of the open message, from inside its locked frame. */
    bodyText: (): Promise<string> =>
      page
        .frameLocator("article iframe")
        .locator("body")
        .textContent()
        .then((text) => text ?? ""),
    /** Answers the open message, with files from memory, and sends. */
    async reply(
      text: string,
      files: readonly { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }[] = [],
    ): Promise<void> {
      await page.keyboard.press("r");
      await page.locator("[contenteditable=true]").first().waitFor();
      await page.keyboard.type(text);
      if (files.length > 0) await page.locator(".composer input[type=file]").setInputFiles([...files]);
      for (const { name } of files) await page.getByRole("button", { name: `Remove ${name}` }).waitFor();
      await page.keyboard.press("Control+Enter");
      await page.getByText("Message goes out").or(page.getByText("Message waits")).first().waitFor();
    },
  };
}
