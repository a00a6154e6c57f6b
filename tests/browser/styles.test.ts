import { readFileSync } from 'node:fs'
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
import { seriousFindings } from '../support/browser-axe.ts'
import { fillForm, readForm } from '../support/browser-form.ts'
import { removeDataFolders } from '../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('styles in a browser (needs CHROMIUM_PATH)', () => {
  let product: Product
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  })

  afterAll(async () => {
    await browser.close()
    await product.stop()
    await endProducts()
    removeDataFolders()
  })

  const open = (path = '/styles') => openPage(browser, product, path)
  const cards = (page: Page) => page.getByRole('region', { name: 'Styles' }).getByRole('article')
  const choose = async (page: Page, name: string, action: string) => {
    await page.getByRole('button', { name: `More for ${name}` }).click()
    await page.getByRole('menuitem', { name: action }).click()
  }

  test('[interface-styles] a style is used for a picture, which keeps it, and is reused with it', async () => {
    const page = await open()
    await page.getByLabel('Search styles').fill('watercolor paint')
    await expectSoon(() => cards(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Use Watercolor' }).click()
    await page.getByText('watercolor painting').waitFor()
    await fillForm(page, { prompt: 'a red boat', steps: 2 })
    await page.keyboard.press('Control+Enter')
    const made = page.getByRole('article', { name: /^Picture: a red boat/ })
    await made.waitFor(patience)
    await made.getByRole('link', { name: 'Style: Watercolor' }).waitFor()
    const [newest] = (await product.invoke('list_generations', { limit: 1 })).generations
    expect(newest?.recipe).toMatchObject({
      style: 'Watercolor',
      prompt: 'a red boat, watercolor painting',
      own_prompt: 'a red boat',
    })

    await page.getByRole('button', { name: 'Start afresh' }).click()
    expect(await page.getByRole('button', { name: 'Use no style' }).count()).toBe(0)
    await made.getByRole('button', { name: 'Reuse' }).click()
    await expectSoon(() => readForm(page)).toMatchObject({ Prompt: 'a red boat', Steps: '2' })
    await page.getByLabel('Style', { exact: true }).click()
    await page.getByPlaceholder('Search styles').fill('noir')
    await page.getByRole('option', { name: /Film noir/ }).click()
    await page.getByText(', film noir').waitFor()
    await page.getByRole('button', { name: 'Use no style' }).click()
    expect(await page.getByText(', film noir').count()).toBe(0)
  })

  test('[interface-styles] the settings of a style stand in the form until it is taken away', async () => {
    await product.invoke('save_style', {
      name: 'Wide and quick',
      prompt_template: 'wide',
      parameters: { steps: 3, guidance: 2, aspect: 'landscape' },
    })
    const page = await open()
    await page.getByRole('button', { name: 'Use Wide and quick' }).click()
    const styled = { Steps: '3', Guidance: '2', Width: '160', Height: '104' }
    await expectSoon(() => readForm(page)).toMatchObject(styled)
    await page.getByRole('button', { name: 'Use no style' }).click()
    await expectSoon(() => readForm(page)).toMatchObject({ Steps: '20', Width: '128', Height: '128' })
  })

  test('[interface-styles] a style is written, changed, copied, deleted and brought back', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'New style' }).click()
    await page.getByRole('button', { name: 'Save the style' }).click()
    await page.getByText('Give it a name.').waitFor()
    await page.getByText('Write what it adds to a prompt.').waitFor()
    await page.getByLabel('Name').fill('Chalkboard')
    await page.getByLabel('Template').fill('chalk drawing of {prompt}')
    await page.getByText('chalk drawing of a red boat on the sea').waitFor()
    await page.getByRole('button', { name: 'Save the style' }).click()
    await page.getByRole('button', { name: 'Yours' }).click()
    await page.getByRole('article', { name: 'Chalkboard', exact: true }).waitFor()

    await choose(page, 'Chalkboard', 'Edit')
    await page.getByLabel('Name').fill('Watercolor')
    await page.getByRole('button', { name: 'Save the style' }).click()
    await page.getByText('Another style has this name.').waitFor()
    await page.getByLabel('Name').fill('Slate')
    await page.getByRole('button', { name: 'Save the style' }).click()
    await page.getByRole('article', { name: 'Slate', exact: true }).waitFor()

    await choose(page, 'Slate', 'Duplicate')
    await page.getByRole('article', { name: 'Slate 2' }).waitFor()
    await choose(page, 'Slate 2', 'Delete')
    await page.getByRole('article', { name: 'Slate 2' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('article', { name: 'Slate 2' }).waitFor()
    const { styles } = await product.invoke('get_styles', { query: 'chalk drawing' })
    expect(styles.map(({ name }) => name)).toEqual(['Slate', 'Slate 2'])
  })

  test('[interface-styles] a picture becomes a style', async () => {
    const { generations } = await product.invoke('generate', { ...quick, prompt: 'a cat in thick oil' })
    const id = generations[0]?.id ?? ''
    await product.finished(id)
    const page = await open(`/gallery/${id}`)
    await page.getByRole('link', { name: 'Save as style' }).click()
    const dialog = page.getByRole('dialog', { name: 'New style from a picture' })
    await expectSoon(() => dialog.getByLabel('Template').inputValue()).toBe('{prompt}, a cat in thick oil')
    await dialog.getByLabel('Name').fill('Thick oil')
    await dialog.getByRole('button', { name: 'Save the style' }).click()
    await page.getByRole('article', { name: 'Thick oil' }).waitFor()
    const { styles } = await product.invoke('get_styles', { query: 'thick oil' })
    const style = styles.find(({ name }) => name === 'Thick oil')
    expect(style).toMatchObject({ parameters: { steps: 2, aspect: 'square' }, built_in: false })
  })

  test('[interface-styles] styles come from a file and go into one, and what is wrong with a file is told', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'Import and export' }).click()
    await page.getByRole('menuitem', { name: 'Import styles' }).click()
    const give = async (name: string, text: string) => {
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Choose a file' }).click()
      await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    }
    await give('notes.csv', 'time,place\n1,2\n')
    await page.getByText('The first line of the table names no columns of styles.').waitFor()
    await give('styles.csv', 'name,prompt,negative_prompt\nGlass,"{prompt}, glass",\nNeon,x,\nEmpty,,\n')
    await page.getByText('1 style added').waitFor()
    await page.getByText('because the name is taken: Neon').waitFor()
    await page.getByText('Row 3, Empty: It adds nothing to a prompt.').waitFor()
    await page.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('article', { name: 'Glass', exact: true }).waitFor()

    await page.getByRole('button', { name: 'Import and export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Export yours', exact: true }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe('mysticanvas-styles.json')
    const { styles } = JSON.parse(readFileSync(await saved.path(), 'utf8')) as { styles: { name: string }[] }
    expect(styles.map(({ name }) => name)).toContain('Glass')
    expect(styles.map(({ name }) => name)).not.toContain('Watercolor')
  })

  test('[interface-styles] opening the page has previews made, and they appear', async () => {
    const page = await open()
    const first = cards(page).first().locator('img')
    await first.waitFor(patience)
    await expectSoon(() => first.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
  })

  test('[interface-styles] is chosen from the command palette, and a style that went is told', async () => {
    await product.invoke('save_style', { name: 'Short lived', prompt_template: 'short' })
    const page = await open('/generate')
    await fillForm(page, { prompt: 'a red boat' })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commands' }).fill('style: short')
    await page.getByRole('option', { name: 'Use style: Short lived' }).click()
    await page.getByText('your words, short').waitFor()
    const [style] = (await product.invoke('get_styles', { query: 'short lived' })).styles
    await product.invoke('delete_style', { style: style?.id ?? 0 })
    await page.getByText('There is no style "Short lived" any more.').waitFor()
    await page.getByRole('button', { name: 'Use no style' }).click()
    await expectSoon(() => page.getByRole('button', { name: 'Generate' }).isEnabled()).toBe(true)
  })

  test('[interface-styles] empty, failed and narrow, it says what is the matter', async () => {
    const page = await open()
    await page.getByLabel('Search styles').fill('nothing is called like this')
    await page.getByText('No style fits.').waitFor()
    await page.getByRole('button', { name: 'Show all styles' }).click()
    await cards(page).first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'New style' }).click()
    await page.getByLabel('Template').waitFor()
    expect(await seriousFindings(page)).toEqual([])

    const narrow = await openPage(browser, product, '/styles', { window: 'narrow', theme: 'light' })
    await cards(narrow).first().waitFor()
    expect(await scrollsSideways(narrow)).toBe(false)
    expect(await seriousFindings(narrow)).toEqual([])

    const failing = await open('/generate')
    await failing.getByLabel('Style', { exact: true }).waitFor()
    await failing.route('**/api/styles?*', (route) => route.fulfill({ status: 500, body: '{}' }))
    await failing.goto(`${product.url}/styles`)
    await failing.getByRole('button', { name: 'Try again' }).waitFor()
    await failing.unroute('**/api/styles?*')
    await failing.getByRole('button', { name: 'Try again' }).click()
    await cards(failing).first().waitFor()
  })
})
