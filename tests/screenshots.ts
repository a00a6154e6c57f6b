/**
 * `npm run screenshots [-- part-of-a-name …]`: renders every page and state, dark and light, at three widths, into
 * screenshots/, to be looked at. Against real products: one nobody has used yet, and one with pictures.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findBrowser } from '../packaging/test/browser.mjs'
import { startScriptedModel, type ScriptedModel } from './fixtures/language/scripted-model.ts'
import { endpointOf, startChatProduct, type ChatProduct } from './support/chat.ts'
import { endProducts, startProduct, type Product } from './support/product.ts'
import { EventFeed } from './support/product-events.ts'
import { createDataFolder, removeDataFolders } from './support/product-folder.ts'
import { pageStates, screenshotConversation, type PageState } from './support/screenshot-states.ts'

const folder = join(import.meta.dirname, '..', 'screenshots')
const widths = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const
const themes = ['dark', 'light'] as const

const prompts = [
  'a yellow star in outer space',
  'a green tree in a meadow',
  'a large red heart in a snowy field',
  'a pink flower in a grassy field',
  'a large orange fish in the ocean',
  'a red boat on the sea',
]

const wanted = process.argv.slice(2)
const states = pageStates.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
)
const executablePath = findBrowser(console.log)
if (executablePath === undefined) process.exitCode = 1
else await takeAll(executablePath)

async function takeAll(executable: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const model = await startScriptedModel()
  const filled = await startChatProduct(await createDataFolder(), () => endpointOf(model))
  try {
    const empty = await startProduct()
    await makePictures(filled)
    await holdConversation(filled, model)
    mkdirSync(folder, { recursive: true })
    for (const viewport of widths) {
      for (const theme of themes) {
        const contexts = {
          empty: await open(browser, viewport, theme, empty),
          filled: await open(browser, viewport, theme, filled),
          visitor: await open(browser, viewport, theme, null),
        }
        for (const state of states) {
          const { url } = state.product === 'empty' ? empty : filled
          await take(contexts[state.product], url, state, `${state.name}-${viewport.width}-${theme}`)
        }
        await Promise.all(Object.values(contexts).map((context) => context.close()))
      }
    }
  } finally {
    await browser.close()
    await filled.stop()
    await model.close()
    await endProducts()
    removeDataFolders()
  }
}

/** Some pictures, one of them in the bin, each with its thumbnails. */
async function makePictures(product: ChatProduct): Promise<void> {
  const feed = await EventFeed.open(product.url, product.token)
  for (const [seed, prompt] of prompts.entries()) {
    const { generations } = await product.invoke('generate', { prompt, seed })
    const id = generations[0]?.id ?? ''
    await feed.firstOf('generation-updated', id)
    if (seed === 1) await product.invoke('delete_generation', { generation: id })
    console.log(`made: ${prompt}`)
  }
  feed.close()
}

/** A conversation that shows what the assistant can do, with a model that says what it is told to. */
async function holdConversation(product: ChatProduct, model: ScriptedModel): Promise<void> {
  const call = (name: string, given: object) => ({ calls: [{ name, arguments: given }] })
  model.script([
    call('search_history', { query: 'red OR yellow' }),
    { say: 'These are the red and yellow ones.' },
  ])
  await product.say(screenshotConversation, 'find red and yellow pictures')
  model.script([
    call('generate', { prompt: 'a red boat on the sea', style: 'Watercolor', seed: 3 }),
    { say: 'Here is your boat. Shall I try another style?' },
  ])
  await product.say(screenshotConversation, 'draw a red boat on the sea in watercolor')
}

/** A browser of its own, signed in where a product is given. */
async function open(
  browser: Browser,
  viewport: { width: number; height: number },
  theme: string,
  product: Pick<Product, 'url' | 'request'> | null,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  await context.addInitScript((chosen) => localStorage.setItem('mysticanvas-theme', chosen), theme)
  if (product !== null) {
    const reply = await product.request('/api/sign-in-codes', { method: 'POST' })
    const { code } = (await reply.json()) as { code: string }
    await context.request.get(`${product.url}/login?code=${code}`)
  }
  return context
}

async function take(context: BrowserContext, url: string, state: PageState, name: string): Promise<void> {
  const page = await context.newPage()
  try {
    await state.before?.(page)
    await page.goto(url + state.path)
    await settle(page)
    await state.after?.(page)
    await settle(page)
    await page.screenshot({ path: join(folder, `${name}.png`) })
    console.log(`${name}.png`)
  } catch (error) {
    process.exitCode = 1
    console.error(`${name} could not be taken: ${(error as Error).message.split('\n')[0]}`)
  } finally {
    await page.close()
  }
}

/** The event stream never ends, so quiet has to be judged by the page: pictures are there, and nothing is a placeholder. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('#app')?.childElementCount !== 0 &&
      document.querySelector('.animate-pulse') === null &&
      [...document.images].every((image) => image.complete),
    undefined,
    { timeout: 10_000 },
  )
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(300)
}
