import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  browserPath,
  expectSoon,
  launchBrowser,
  openPage,
  patience,
  scrollsSideways,
} from '../support/browser.ts'
import { fillForm } from '../support/browser-form.ts'
import { seedPictures } from '../support/browser-gallery.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('the interface at 390 pixels (needs CHROMIUM_PATH)', () => {
  let product: Product
  let browser: Browser

  beforeAll(async () => {
    const dataFolder = await createDataFolder()
    await seedPictures(dataFolder, 12)
    ;[product, browser] = await Promise.all([startProduct({ dataFolder }), launchBrowser()])
  })

  afterAll(async () => {
    await browser.close()
    await product.stop()
    await endProducts()
    removeDataFolders()
  })

  test('[interface-narrow] make a picture, cancel one, look through the gallery, delete and undo', async () => {
    const page = await openPage(browser, product, '/generate', { window: 'narrow' })
    await fillForm(page, { prompt: 'a green tree in a meadow', steps: 3 })
    expect(await scrollsSideways(page)).toBe(false)
    await page.getByRole('button', { name: 'Generate' }).click()
    const made = page.getByRole('article', { name: 'Picture: a green tree in a meadow' })
    await made.waitFor(patience)
    // The result lies below the form and is scrolled to.
    await expectSoon(() => isInView(page, 'article[aria-label^="Picture:"] img')).toBe(true)
    expect(await scrollsSideways(page)).toBe(false)

    await fillForm(page, { prompt: 'a large castle', width: 128, height: 128, steps: 150 })
    await page.getByRole('button', { name: 'Generate' }).click()
    const making = page.getByRole('article', { name: 'In the making: a large castle' })
    await making.getByText('Drawing').waitFor(patience)
    await making.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Cancelled: a large castle' }).waitFor()

    await go(page, 'Gallery')
    const tiles = page.getByRole('region', { name: 'Pictures' }).getByRole('link')
    await tiles.first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('complementary').getByText('1 of 13').waitFor()
    expect(await scrollsSideways(page)).toBe(false)
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Undo' }).click()
    await dialog.getByText('a green tree in a meadow').first().waitFor()
    await dialog.getByRole('button', { name: 'Close' }).first().click()
    await expectSoon(() => tiles.count()).toBe(13)
  })

  test('[interface-narrow] no page scrolls sideways, and everything in the header can be reached', async () => {
    const page = await openPage(browser, product, '/generate', { window: 'narrow' })
    for (const name of ['Chat', 'Generate', 'Gallery', 'Presets', 'System']) {
      await go(page, name)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await page.waitForTimeout(200)
      expect(await scrollsSideways(page), name).toBe(false)
    }
    await page.getByRole('button', { name: /^Queue:/ }).click()
    await page.getByText('Nothing waits.').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Memory:/ }).click()
    await page.getByRole('dialog').getByRole('heading', { name: 'Memory of this machine' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Use light colours' }).click()
    expect(await page.locator('html').getAttribute('class')).not.toContain('dark')
  })

  test('[interface-narrow] the detail view shows a picture of any shape as a whole', async () => {
    const page = await openPage(browser, product, '/gallery', { window: 'narrow' })
    await page.getByRole('region', { name: 'Pictures' }).getByRole('link').last().click()
    const about = page.getByRole('dialog').getByRole('complementary')
    const shapes = new Set<number>()
    for (let turn = 0; turn < 4; turn += 1) {
      await page.getByRole('dialog').getByRole('figure').waitFor()
      const picture = await page.getByRole('dialog').getByRole('figure').boundingBox()
      const below = await about.boundingBox()
      expect(picture?.y).toBeGreaterThanOrEqual(0)
      expect((picture?.y ?? 0) + (picture?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0)
      shapes.add(Math.round(((picture?.width ?? 0) / (picture?.height ?? 1)) * 10))
      const place = await about.getByText(/of 1\d$/).innerText()
      await page.keyboard.press('ArrowLeft')
      await expectSoon(() => about.getByText(/of 1\d$/).innerText()).not.toBe(place)
    }
    expect([...shapes].toSorted((one, other) => one - other)).toEqual([7, 10, 15])
  })

  test('[interface-narrow] a preset can be added', async () => {
    const page = await openPage(browser, product, '/presets', { window: 'narrow' })
    await page.getByRole('button', { name: 'Add a preset' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Save the preset' }).click()
    await dialog.getByText('Choose the model file.').waitFor()
    expect(await scrollsSideways(page)).toBe(false)
    await dialog.getByRole('button', { name: 'Leave it' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
})

function isInView(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const box = document.querySelector(wanted)?.getBoundingClientRect()
    return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= window.innerHeight
  }, selector)
}

function go(page: Page, name: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click()
}
