import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, launchBrowser, openPage, patience } from '../support/browser.ts'
import { removeDataFolders } from '../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('memory in the interface', () => {
  let product: Product
  let browser: Browser

  beforeAll(async () => {
    product = await startProduct()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await endProducts()
    removeDataFolders()
  })

  test('[memory-shown] the System page tells and draws what each memory holds, with the model in it', async () => {
    const { generations } = await product.invoke('generate', quick)
    await product.finished(generations[0]?.id ?? '')
    const page = await openPage(browser, product, '/system')
    const card = page.getByRole('region', { name: 'Memory of this machine' })
    await expectSoon(() => card.textContent(), patience).toMatch(/Loaded: mysticanvas-sketch/)
    expect(
      await card
        .getByRole('img', { name: /Use of this memory/ })
        .locator('canvas')
        .count(),
    ).toBe(1)
    await page.getByRole('button', { name: /^Memory: MystiCanvas uses/ }).click()
    const popover = page.getByRole('dialog').getByRole('region', { name: 'Memory' })
    await expectSoon(() => popover.textContent()).toMatch(/Other programs/)
    const shots = process.env['MEMORY_SCREENSHOTS']
    if (shots !== undefined) await page.screenshot({ path: `${shots}/wide-dark.png`, fullPage: true })
  })

  test('[memory-shown] on a narrow, light window nothing is cut off', async () => {
    const page = await openPage(browser, product, '/system', { window: 'narrow', theme: 'light' })
    const card = page.getByRole('region', { name: 'Memory of this machine' })
    await card.getByRole('img', { name: /Use of this memory/ }).waitFor()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    const shots = process.env['MEMORY_SCREENSHOTS']
    if (shots !== undefined) await page.screenshot({ path: `${shots}/narrow-light.png`, fullPage: true })
  })
})
