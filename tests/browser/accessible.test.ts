import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, launchBrowser, openPage, patience } from '../support/browser.ts'
import { seriousFindings } from '../support/browser-axe.ts'
import { seedFailure, seedPictures } from '../support/browser-gallery.ts'
import { tabTo } from '../support/browser-keyboard.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('the interface for everyone (needs CHROMIUM_PATH)', () => {
  let product: Product
  let browser: Browser

  beforeAll(async () => {
    const dataFolder = await createDataFolder()
    await seedPictures(dataFolder, 20)
    await seedFailure(dataFolder, 'a blue heart in the snow')
    ;[product, browser] = await Promise.all([startProduct({ dataFolder }), launchBrowser()])
  })

  afterAll(async () => {
    await browser.close()
    await product.stop()
    await endProducts()
    removeDataFolders()
  })

  test('[interface-accessible] axe finds nothing serious on the Generate page, in dark and light, wide and narrow', async () => {
    const page = await openPage(browser, product, '/generate')
    await showPicture(page)
    await page.getByLabel('Prompt', { exact: true }).fill('a red submarine')
    await page.getByRole('button', { name: 'More settings' }).click()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Failed: a blue heart in the snow' }).click()
    await page.getByRole('button', { name: 'Words and examples' }).click()
    await page.getByRole('region', { name: 'Words and examples' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  test('[interface-accessible] axe finds nothing serious in the gallery and in the detail view', async () => {
    const page = await openPage(browser, product, '/gallery')
    const tile = page.getByRole('region', { name: 'Pictures' }).getByRole('link').first()
    await tile.getByRole('img').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('/')
    await page.keyboard.type('rat')
    await page.getByRole('option', { name: 'rating:none' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Nothing was found.' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${product.url}/gallery?q=boat OR tree size:square`)
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByRole('region', { name: 'Filters' }).getByRole('button', { name: '2026' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${product.url}/gallery`)
    await tile.click()
    await page.getByRole('dialog').getByRole('complementary').getByText('1 of').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${product.url}/gallery/bin`)
    await page.getByText('The bin is empty.').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  test('[interface-accessible] axe finds nothing serious on the other pages', async () => {
    const page = await openPage(browser, product, '/presets')
    await page.getByRole('article', { name: 'MystiCanvas Sketch' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Add a preset' }).click()
    await page.getByRole('button', { name: 'Save the preset' }).click()
    await page.getByText('Choose the model file.').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${product.url}/system`)
    await page.getByRole('region', { name: 'What happened' }).getByRole('listitem').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.context().clearCookies()
    await page.goto(product.url)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  test('[interface-accessible] axe finds nothing of ours while a list is open or a toast is shown', async () => {
    const page = await openPage(browser, product, '/generate')
    await page.getByRole('combobox', { name: 'Sampler' }).click()
    await page.getByRole('option', { name: 'heun' }).waitFor()
    // The library hides the page behind an open list, with the elements in it that can take the focus, and scrolls
    // the list with the arrow keys although its options are no tab stops.
    expect(await seriousFindings(page, ['aria-hidden-focus', 'scrollable-region-focusable'])).toEqual([])
    await page.keyboard.press('Escape')
    await showPicture(page)
    await page
      .getByRole('article', { name: /^Picture:/ })
      .getByRole('button', { name: 'Delete' })
      .click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    // The library's toasts are bracketed by hidden elements that lead the focus into them.
    expect(await seriousFindings(page, ['aria-hidden-focus'])).toEqual([])
    const [gone] = (await product.invoke('list_generations', { deleted: true })).generations
    await product.invoke('restore_generation', { generation: gone?.id ?? '' })
  })

  test('[interface-accessible] the keyboard alone makes a picture, opens the gallery, deletes and undoes', async () => {
    const page = await openPage(browser, product, '/gallery')
    await page.getByRole('region', { name: 'Pictures' }).getByRole('link').first().waitFor()
    await tabTo(page, page.getByRole('link', { name: 'Skip to the page' }))
    await tabTo(page, page.getByRole('link', { name: 'Generate', exact: true }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByLabel('Prompt', { exact: true }))
    await page.keyboard.type('a purple star')
    await enter(page, 'Width', '64')
    await enter(page, 'Height', '64')
    await enter(page, 'Steps', '2')
    await tabTo(page, page.getByRole('button', { name: 'Generate', exact: true }))
    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: 'Picture: a purple star' }).waitFor(patience)

    await tabTo(page, page.getByRole('link', { name: 'Gallery', exact: true }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    const star = page.getByRole('region', { name: 'Pictures' }).getByRole('link', { name: 'a purple star' })
    await tabTo(page, star)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('complementary').getByText('1 of 21').waitFor()
    await page.keyboard.press('Delete')
    await tabTo(page, dialog.getByRole('button', { name: 'Undo' }))
    await page.keyboard.press('Enter')
    await dialog.getByRole('cell', { name: 'a purple star' }).waitFor()
    await page.keyboard.press('Escape')
    // The focus is back where the dialog was opened.
    await expectSoon(() => star.evaluate((link) => link === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowRight')
    expect(await star.evaluate((link) => link === document.activeElement)).toBe(false)
  })

  test('[interface-accessible] the commands open, filter and run by keyboard', async () => {
    const page = await openPage(browser, product, '/generate')
    await page.getByLabel('Prompt', { exact: true }).waitFor()
    await page.keyboard.press('Control+k')
    const box = page.getByRole('combobox', { name: 'Commands' })
    await expectSoon(() => box.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type('go sys')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'System' }).waitFor()
    await page.keyboard.press('Control+k')
    await box.waitFor()
    const selected = page.getByRole('option', { selected: true })
    await page.keyboard.press('ArrowDown')
    expect(await selected.innerText()).toBe(await page.getByRole('option').nth(1).innerText())
    while ((await selected.innerText()) !== 'Use light colours') await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Use dark colours' }).waitFor()
  })
})

async function showPicture(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: 'Recent pictures' })
    .getByRole('button', { name: /number 20$/ })
    .click()
  await page
    .getByRole('article', { name: /^Picture:/ })
    .getByRole('img', { name: /number 20$/ })
    .waitFor()
}

async function enter(page: Page, label: string, value: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }))
  await page.keyboard.press('Control+a')
  await page.keyboard.type(value)
}
