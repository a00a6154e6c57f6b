import type { Page } from 'playwright-core'
import { ProductError, toErrorBody } from '../../contracts/errors.ts'

/** The conversation of the product that has pictures. */
export const screenshotConversation = 'd6f9a9d4-58a1-4b06-9a1e-2f2c5f0a7c01'

/** A page in one of the states a person can find it in. */
export interface PageState {
  /** The name of its files. */
  readonly name: string
  readonly path: string
  /** Which product it is looked at in; `visitor` has not signed in. */
  readonly product: 'empty' | 'filled' | 'visitor'
  /** Brings the page there, before it is opened. */
  readonly before?: (page: Page) => Promise<unknown>
  /** What is done on the page, once it is there. */
  readonly after?: (page: Page) => Promise<unknown>
}

const prompt = 'a red boat under a purple dragon'

/** Every page in every state. */
export const pageStates: readonly PageState[] = [
  { name: 'chat-empty', path: '/', product: 'empty' },
  { name: 'chat', path: '/', product: 'filled', before: openConversation },
  {
    name: 'chat-commands',
    path: '/',
    product: 'empty',
    after: (page) => page.getByRole('textbox', { name: 'Message to the assistant' }).fill('/'),
  },
  {
    name: 'chat-error',
    path: '/',
    product: 'filled',
    before: (page) => fail(page, '**/api/conversations**'),
  },
  {
    name: 'chat-drawer',
    path: '/gallery',
    product: 'filled',
    before: openConversation,
    after: (page) => page.getByRole('button', { name: 'Chat', exact: true }).click(),
  },
  { name: 'generate-empty', path: '/generate', product: 'empty' },
  { name: 'generate', path: '/generate', product: 'filled' },
  {
    name: 'generate-unknown-words',
    path: '/generate',
    product: 'filled',
    after: (page) => write(page, prompt),
  },
  { name: 'gallery-empty', path: '/gallery', product: 'empty' },
  { name: 'gallery', path: '/gallery', product: 'filled' },
  {
    name: 'gallery-error',
    path: '/gallery',
    product: 'filled',
    before: (page) => fail(page, '**/api/generations?*'),
  },
  { name: 'gallery-search', path: '/gallery?q=red OR green size:square', product: 'filled' },
  { name: 'gallery-nothing-found', path: '/gallery?q=purple rating:5', product: 'filled' },
  {
    name: 'gallery-suggestions',
    path: '/gallery',
    product: 'filled',
    after: (page) => page.getByRole('combobox', { name: 'Search pictures' }).fill('s'),
  },
  {
    name: 'gallery-filters',
    path: '/gallery?q=size:square',
    product: 'filled',
    after: (page) => page.getByRole('button', { name: 'Filters' }).click(),
  },
  { name: 'picture', path: '/gallery', product: 'filled', after: openFirstPicture },
  { name: 'selection', path: '/gallery', product: 'filled', after: (page) => select(page, 3) },
  { name: 'compare', path: '/gallery', product: 'filled', after: comparePictures },
  { name: 'collections-empty', path: '/gallery/collections', product: 'filled' },
  { name: 'tags', path: '/gallery/tags', product: 'filled' },
  { name: 'bin', path: '/gallery/bin', product: 'filled' },
  { name: 'styles', path: '/styles', product: 'filled' },
  { name: 'presets', path: '/presets', product: 'filled' },
  {
    name: 'presets-error',
    path: '/presets',
    product: 'filled',
    before: (page) => fail(page, '**/api/presets'),
  },
  { name: 'system', path: '/system', product: 'filled' },
  { name: 'not-found', path: '/nowhere', product: 'filled' },
  { name: 'signed-out', path: '/generate', product: 'visitor' },
]

/** Lets calls to some addresses fail as a bug in the server would. */
function fail(page: Page, addresses: string): Promise<unknown> {
  const error = toErrorBody(new ProductError('internal_error'), 'screenshot')
  return page.route(addresses, (route) => route.fulfill({ status: 500, json: { error } }))
}

/** Opens the conversation that was held before the pictures were taken. */
function openConversation(page: Page): Promise<unknown> {
  const open = `localStorage.setItem('mysticanvas-conversation', '${screenshotConversation}')`
  return page.addInitScript(open)
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').first().fill(text)
}

async function openFirstPicture(page: Page): Promise<void> {
  await page.locator('a[href*="/gallery/"]:has(img)').first().click()
  await page.getByRole('dialog').waitFor()
}

async function select(page: Page, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await page
      .locator('[data-tile]')
      .nth(index)
      .click({ modifiers: ['Control'] })
}

async function comparePictures(page: Page): Promise<void> {
  await select(page, 2)
  await page.keyboard.press('c')
  await page.getByRole('dialog').locator('img').nth(1).waitFor()
}
