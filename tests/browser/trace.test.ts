import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFindings } from '../support/browser-axe.ts'
import { browserPath, expectSoon, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts'
import { removeDataFolders } from '../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)(
  'what happened to a request, in a browser (needs CHROMIUM_PATH)',
  () => {
    let product: Product
    let browser: Browser

    beforeAll(async () => {
      ;[product, browser] = await Promise.all([startProduct({ scripted: true }), launchBrowser()])
      await ask('crash', 'crash-1')
    })
    afterAll(async () => {
      await browser.close()
      await endProducts()
      removeDataFolders()
    })

    async function ask(prompt: string, requestId: string, waits = true): Promise<string> {
      const reply = await product.request('/api/generations', {
        method: 'POST',
        body: JSON.stringify({ ...quick, prompt }),
        headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      })
      const { generations } = (await reply.json()) as { generations: { id: string }[] }
      const id = generations[0]?.id ?? ''
      if (waits) await product.finished(id)
      return id
    }

    const open = (path: string, options = {}) => openPage(browser, product, path, options)
    const timeline = (page: Page) => page.getByRole('list', { name: 'Timeline' }).getByRole('listitem')

    test('[trace-page] a failed picture leads to its story: attempts, last words, and on request the log', async () => {
      const page = await open('/generate')
      const failed = page.getByRole('article', { name: 'Not made: crash' })
      await failed.getByRole('link', { name: 'What happened' }).click()
      await page.waitForURL('**/system/requests/crash-1')
      const story = page.getByRole('region', { name: 'What happened' })
      await story.getByText('The picture failed after 2 attempts. The image engine failed.').waitFor()
      await story.getByText('Failed', { exact: true }).waitFor()
      const attempts = page.getByRole('list', { name: 'Attempts' }).getByRole('listitem')
      await expectSoon(() => attempts.count()).toBe(2)
      await page.getByLabel('Last words before the failure').getByText('GGML_ASSERT failed').waitFor()
      const before = await timeline(page).count()
      await page.getByRole('button', { name: /^Also the log/ }).click()
      await timeline(page).filter({ hasText: 'image worker' }).first().waitFor()
      expect(await timeline(page).count()).toBeGreaterThan(before)
      await page.getByRole('link', { name: 'System', exact: true }).last().click()
      await page.getByRole('region', { name: 'Jobs' }).waitFor()
    })

    test('[trace-page] the page fits a narrow window and is accessible, dark and light', async () => {
      const page = await open('/system/requests/crash-1', { window: 'narrow' })
      await page.getByRole('button', { name: /^Also the log/ }).click()
      await timeline(page).first().waitFor()
      expect(await scrollsSideways(page)).toBe(false)
      expect(await seriousFindings(page)).toEqual([])
    })

    test('[trace-page] jobs and events lead there, and a request that is not known is told as such', async () => {
      const page = await open('/system')
      const job = page
        .getByRole('region', { name: 'Jobs' })
        .getByRole('listitem')
        .filter({ hasText: 'crash' })
      await job.getByRole('link', { name: 'What happened' }).click()
      await page.getByRole('region', { name: 'Timeline' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/system/requests/crash-1')
      await page.goto(`${product.url}/system/requests/never-heard-of`)
      await page.getByRole('alert').getByText('Nothing is known about this request.').waitFor()
    })

    test('[workers-told] a worker that is killed over a picture is told of at once, and so is its recovery', async () => {
      const page = await open('/generate')
      await page.getByLabel('Prompt', { exact: true }).waitFor()
      const id = await ask('mute', 'mute-1', false)
      // Before the worker has begun, its end would concern nobody.
      const isAtWork = () =>
        product.feed.events.some(
          ({ event }) => event.type === 'generation-progressed' && event.progress.phase !== 'preparing',
        )
      await expectSoon(async () => isAtWork()).toBe(true)
      process.kill(product.worker().pid, 'SIGKILL')
      const notice = page.getByText(
        'The image worker stopped unexpectedly and is starting again; your picture will be retried.',
      )
      await notice.first().waitFor()
      await page.getByText('The image worker has recovered and is ready again.').first().waitFor()
      await page.getByRole('button', { name: 'What happened' }).first().click()
      await page.waitForURL('**/system/requests/mute-1')
      await timeline(page).filter({ hasText: 'has recovered' }).first().waitFor()
      expect(await timeline(page).filter({ hasText: 'stopped unexpectedly' }).count()).toBe(1)
      await product.invoke('cancel_generation', { generation: id })
      await page
        .getByRole('region', { name: 'What happened' })
        .getByText('Cancelled', { exact: true })
        .waitFor()
    })
  },
)
