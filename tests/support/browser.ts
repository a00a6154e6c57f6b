import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'

/** The Chromium to test with; without one the tests that need it are skipped by name. */
export const browserPath = process.env['CHROMIUM_PATH']

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The window sizes the interface is tested at. */
export const windows = {
  wide: { width: 1440, height: 900 },
  medium: { width: 1024, height: 768 },
  narrow: { width: 390, height: 844 },
} as const

/** A product that pages can be opened from. */
export interface Address {
  readonly url: string
  readonly token: string
}

interface PageOptions {
  readonly window?: keyof typeof windows
  readonly theme?: 'dark' | 'light'
  readonly signedIn?: boolean
}

/** How long an engine on a busy machine may take for a picture. */
export const patience = { timeout: 90_000 }

/** Asks again and again until the answer fits what is expected of it. */
export const expectSoon = <Answer>(ask: () => Answer | Promise<Answer>, { timeout } = { timeout: 20_000 }) =>
  expect.poll(ask, { timeout, interval: 100 })

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ args: flags, ...(browserPath !== undefined && { executablePath: browserPath }) })
}

/**
 * Opens a page of the product in a browser profile of its own, closed with the test.
 * A script that throws, or that the content security policy stops, fails the test.
 */
export async function openPage(
  browser: Browser,
  product: Address,
  path: string,
  options: PageOptions = {},
): Promise<Page> {
  const { window = 'wide', theme = 'dark', signedIn = true } = options
  const context = await browser.newContext({ viewport: windows[window], reducedMotion: 'reduce' })
  context.setDefaultTimeout(20_000)
  await context.addInitScript(
    `localStorage.getItem('mysticanvas-theme') ?? localStorage.setItem('mysticanvas-theme', '${theme}')`,
  )
  if (signedIn) await signIn(context, product)
  const page = await context.newPage()
  const problems = watchProblems(page)
  onTestFinished(async () => {
    await context.close()
    expect(problems).toEqual([])
  })
  await page.goto(product.url + path)
  return page
}

/** A code that signs one browser in, as the command line gets it. */
export async function signInCode({ url, token }: Address): Promise<string> {
  const reply = await fetch(`${url}/api/sign-in-codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await reply.json()) as { code: string }).code
}

async function signIn(context: BrowserContext, product: Address): Promise<void> {
  await context.request.get(`${product.url}/login?code=${await signInCode(product)}`)
}

function watchProblems(page: Page): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    // A failed call is what many tests are about, and the page words it itself.
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text()))
      problems.push(message.text())
  })
  return problems
}

/** True where the page would have to be scrolled sideways to be seen as a whole. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    [document.scrollingElement, document.querySelector('main')].some(
      (element) => element !== null && element.scrollWidth > element.clientWidth,
    ),
  )
}
