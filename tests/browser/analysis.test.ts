import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Generation } from '../../contracts/entities/generation.ts'
import { browserPath, expectSoon, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts'
import { readForm } from '../support/browser-form.ts'
import { seriousFindings } from '../support/browser-axe.ts'
import { removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)(
  'analyses and enhancements in a browser (needs CHROMIUM_PATH)',
  () => {
    let product: Product
    let browser: Browser
    /** A picture the engine made, kept dark by the one it started from. */
    let dark: Generation

    beforeAll(async () => {
      ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
      const night = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#0a0a12' } })
        .composite([
          {
            input: { create: { width: 20, height: 30, channels: 3, background: '#2a2f52' } },
            left: 20,
            top: 30,
          },
        ])
        .png()
        .toBuffer()
      const { init_image } = await product.invoke('upload_picture', { data_base64: night.toString('base64') })
      const size = { width: 64, height: 64, steps: 8, seed: 5 }
      const request = { prompt: 'a castle at night', init_image, strength: 0.2, ...size }
      const { generations } = await product.invoke('generate', request)
      dark = await product.finished(generations[0]?.id ?? '')
      // Twice, so that one is like the other.
      const { generations: twin } = await product.invoke('generate', request)
      await product.finished(twin[0]?.id ?? '')
      await product.feed.first(
        ({ event }) =>
          event.type === 'generation-updated' &&
          event.generation.id === twin[0]?.id &&
          event.generation.picture?.thumbnail_url !== null,
      )
    })

    afterAll(async () => {
      await browser.close()
      await product.stop()
      await endProducts()
      removeDataFolders()
    })

    test('[interface-analyze] shows colours, sentences and similar pictures, and says what it cannot see', async () => {
      const page = await openPage(browser, product, `/gallery/${dark.id}`)
      const analysis = page.getByRole('region', { name: 'Analysis' })
      await analysis.getByRole('button', { name: 'Analyze' }).click()
      await analysis.getByText(/^Mostly /).waitFor()
      await analysis.getByText('It cannot see what the picture shows.').waitFor()
      expect(
        await analysis.getByRole('list', { name: 'Colours' }).getByRole('listitem').count(),
      ).toBeGreaterThan(0)
      await analysis.getByText('Figures').click()
      await analysis.getByRole('row', { name: /^Brightness \d+%$/ }).waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await analysis.getByRole('link', { name: 'a castle at night' }).click()
      await expectSoon(() => new URL(page.url()).pathname).not.toBe(`/gallery/${dark.id}`)
      // Another picture, another analysis: it begins closed.
      await analysis.getByRole('button', { name: 'Analyze' }).waitFor()
      expect(await analysis.getByText(/^Mostly /).count()).toBe(0)
    })

    test('[interface-analyze] a suggestion fills the draft with the recipe and the change, and Undo takes it back', async () => {
      const page = await openPage(browser, product, '/generate')
      await page.getByLabel('Prompt', { exact: true }).fill('my own words')
      await page.goto(`${product.url}/gallery/${dark.id}`)
      const analysis = page.getByRole('region', { name: 'Analysis' })
      await analysis.getByRole('button', { name: 'Analyze' }).press('Enter')
      await analysis.getByRole('button', { name: 'night → dusk' }).click()
      await expectSoon(() => analysis.getByRole('button', { name: 'night → dusk' }).isDisabled()).toBe(true)
      await analysis.getByRole('link', { name: 'Open Generate' }).click()
      await expectSoon(() => readForm(page)).toMatchObject({
        Prompt: 'a castle at dusk',
        Steps: '8',
        Seed: '5',
      })

      await page.getByLabel('Prompt', { exact: true }).fill('my own words')
      await page.goto(`${product.url}/gallery/${dark.id}`)
      await analysis.getByRole('button', { name: 'Analyze' }).click()
      await analysis.getByRole('button', { name: 'night → dusk' }).click()
      await analysis.getByRole('button', { name: 'Undo' }).click()
      expect(await analysis.getByRole('button', { name: 'night → dusk' }).isEnabled()).toBe(true)
      await page.goto(`${product.url}/generate`)
      await expectSoon(() => page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('my own words')
    })

    test('[interface-analyze] a picture whose file is gone gets an error with a way on', async () => {
      const page = await openPage(browser, product, `/gallery/${dark.id}`)
      await page.route('**/api/analysis**', (route) =>
        route.fulfill({
          status: 404,
          json: { error: { code: 'picture_not_found', message: 'Gone.', details: {}, request_id: 'r-1' } },
        }),
      )
      const analysis = page.getByRole('region', { name: 'Analysis' })
      await analysis.getByRole('button', { name: 'Analyze' }).click()
      await analysis.getByRole('alert').getByText('Gone.').waitFor()
      await page.unroute('**/api/analysis**')
      await analysis.getByRole('button', { name: 'Try again' }).click()
      await analysis.getByText(/^Mostly /).waitFor()
      expect(await analysis.getByRole('alert').count()).toBe(0)
    })

    test('[interface-enhance] proposes changes, takes some of them, and undoes that', async () => {
      const page = await openPage(browser, product, '/generate', { window: 'narrow' })
      const prompt = page.getByLabel('Prompt', { exact: true })
      const enhance = page.getByRole('button', { name: 'Enhance' })
      await prompt.fill('')
      await expectSoon(() => enhance.isDisabled()).toBe(true)
      await prompt.fill('a red boat')
      await enhance.click()
      const proposal = page.getByRole('region', { name: 'Proposed changes' })
      await proposal.getByText('by rules and without a language model').waitFor()
      expect(await proposal.locator('ins').allInnerTexts()).toEqual([', on the sea', ', clear daylight'])
      expect(await scrollsSideways(page)).toBe(false)
      expect(await seriousFindings(page)).toEqual([])
      await proposal.getByRole('checkbox', { name: '+ clear daylight' }).click()
      await proposal.getByRole('button', { name: 'Use these' }).click()
      expect(await prompt.inputValue()).toBe('a red boat, on the sea')
      await page.getByRole('button', { name: 'Undo' }).click()
      expect(await prompt.inputValue()).toBe('a red boat')

      await enhance.click()
      await proposal.getByRole('button', { name: 'Dismiss' }).click()
      await proposal.waitFor({ state: 'detached' })
      expect(await prompt.inputValue()).toBe('a red boat')
      await enhance.click()
      await proposal.waitFor()
      // A proposal is about the words it was made for.
      await prompt.fill('a red boat and a cat')
      await proposal.waitFor({ state: 'detached' })
    })

    test('[interface-enhance] says so where there is nothing to add', async () => {
      const page = await openPage(browser, product, '/generate')
      await page.getByLabel('Prompt', { exact: true }).fill('ein Boot auf dem Meer')
      await page.getByRole('button', { name: 'Enhance' }).click()
      const proposal = page.getByRole('region', { name: 'Proposed changes' })
      await proposal.getByText('Nothing was added:').waitFor()
      expect(await proposal.getByRole('button', { name: 'Use these' }).count()).toBe(0)
    })
  },
)
