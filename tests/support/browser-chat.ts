import type { Browser, Locator, Page } from 'playwright-core'
import { startScriptedModel, type ScriptedModel } from '../fixtures/language/scripted-model.ts'
import { launchBrowser, openPage } from './browser.ts'
import { endpointOf, startChatProduct, type ChatProduct } from './chat.ts'
import { createDataFolder, removeDataFolders } from './product-folder.ts'

/** What tests of the chat page need: a product whose assistant has a model that says what the test tells it to. */
export interface ChatBench {
  readonly product: ChatProduct
  readonly model: ScriptedModel
  readonly browser: Browser
  /** Opens a page in a browser profile of its own, where nothing was said yet. */
  open(path?: string, options?: Parameters<typeof openPage>[3]): Promise<Page>
  close(): Promise<void>
}

export async function startChatBench(): Promise<ChatBench> {
  const [model, browser] = await Promise.all([startScriptedModel(), launchBrowser()])
  const product = await startChatProduct(await createDataFolder(), () => endpointOf(model))
  return {
    product,
    model,
    browser,
    open: (path = '/', options = {}) => openPage(browser, product, path, options),
    async close() {
      await browser.close()
      await product.stop()
      await model.close()
      removeDataFolders()
    },
  }
}

/** A call that makes a picture in no time. */
export const makes = (prompt: string, more: object = {}) => ({
  calls: [{ name: 'generate', arguments: { prompt, width: 64, height: 64, steps: 2, ...more } }],
})

export const promptOf = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'Message to the assistant' })

/** Says something as a person does. */
export async function sayOn(page: Page, text: string): Promise<void> {
  await promptOf(page).fill(text)
  await promptOf(page).press('Enter')
}

export const answers = (page: Page): Locator => page.getByRole('article', { name: 'Assistant' })
export const questions = (page: Page): Locator => page.getByRole('article', { name: 'You' })

/** Waits until nothing is being answered any more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
}
