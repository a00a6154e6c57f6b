import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, launchBrowser, openPage, patience } from '../support/browser.ts'
import { chooseFile, fillForm, readForm } from '../support/browser-form.ts'
import { removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('the Generate page in a browser (needs CHROMIUM_PATH)', () => {
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

  const open = () => openPage(browser, product, '/generate')
  const newest = async () => (await product.invoke('list_generations', { limit: 1 })).generations[0]

  test('[interface-states] says how to begin where no picture was made yet', async () => {
    const page = await open()
    await page.getByText('Your first picture starts with a few words.').waitFor()
    expect(await page.getByRole('button', { name: 'Generate' }).isDisabled()).toBe(true)
    expect(await page.locator('#generate-note').innerText()).toContain('Write a prompt first.')

    await page.getByRole('group', { name: 'Examples' }).getByRole('button').first().click()
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('a red boat on the sea')
    await expectSoon(() => page.getByRole('button', { name: 'Generate' }).isEnabled()).toBe(true)
  })

  test('[interface-generate] a prompt and Ctrl+Enter: the steps advance and the picture is there', async () => {
    const page = await open()
    await fillForm(page, { prompt: 'a red boat on the sea', width: 128, height: 128, steps: 12 })
    await watchProgress(page)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('article', { name: 'In the making: a red boat on the sea' }).waitFor()

    const made = page.getByRole('article', { name: 'Picture: a red boat on the sea' })
    await made.waitFor(patience)
    const picture = made.getByRole('img', { name: 'a red boat on the sea' })
    await expectSoon(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(128)
    const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen)
    expect(new Set(seen).size).toBeGreaterThan(2)
    expect(seen).toEqual(seen.toSorted((one, other) => one - other))

    const download = made.getByRole('link', { name: 'Download' })
    const saved = page.waitForEvent('download')
    await download.click()
    expect((await saved).suggestedFilename()).toMatch(/^mysticanvas-\d+\.png$/)
  })

  test('[interface-generate] tells which words the model knows, and offers those it does', async () => {
    const page = await open()
    await page.getByLabel('Prompt', { exact: true }).fill('a red submarine')
    await page.getByText('Knows red').waitFor()
    await page.getByText('Does not know submarine').waitFor()
    await page.getByRole('button', { name: 'Words and examples' }).click()
    const words = page.getByRole('region', { name: 'Words and examples' })
    await words.getByRole('button', { name: 'cottage', exact: true }).click()
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('a red submarine cottage')
    await words.getByRole('button', { name: 'a yellow star in outer space' }).click()
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('a yellow star in outer space')
  })

  test('[interface-generate] says why no picture can be made', async () => {
    const page = await open()
    const note = page.locator('#generate-note')
    await fillForm(page, { prompt: 'a red boat', width: 512, height: 512 })
    await expectSoon(() => page.getByRole('button', { name: 'Generate' }).isEnabled()).toBe(true)
    await page.getByLabel('Prompt', { exact: true }).fill('b'.repeat(4001))
    await expectSoon(() => note.innerText()).toContain('The prompt is too long; 4000 characters fit.')
    await page.getByLabel('Prompt', { exact: true }).fill('   ')
    await expectSoon(() => note.innerText()).toContain('Write a prompt first.')
    await page.keyboard.press('Control+Enter')
    expect(await page.getByRole('button', { name: 'Generate' }).isDisabled()).toBe(true)
  })

  test('[interface-cancel] a picture at work is cancelled, and the page says so', async () => {
    const page = await open()
    await fillForm(page, { prompt: 'a castle at dusk', width: 128, height: 128, steps: 150 })
    await page.getByRole('button', { name: 'Generate' }).click()
    const making = page.getByRole('article', { name: 'In the making: a castle at dusk' })
    await making.getByText(/Drawing, step \d+ of 150/).waitFor(patience)
    await making.getByRole('button', { name: 'Cancel' }).click()
    await expectSoon(async () => (await newest())?.state, patience).toBe('cancelled')
    const recent = page.getByRole('region', { name: 'Recent pictures' })
    await recent.getByRole('button', { name: 'Cancelled: a castle at dusk' }).click()
    await page.getByText('This picture was cancelled.').waitFor()
    expect(await page.getByRole('button', { name: 'Queue: Idle' }).count()).toBe(1)
  })

  test('[interface-generate] the draft survives a reload', async () => {
    const page = await open()
    await fillForm(page, { prompt: 'a cat in the woods', width: 96, steps: 7, seed: 99 })
    await page.reload()
    await page.getByLabel('Steps').waitFor()
    expect(await readForm(page)).toMatchObject({
      Prompt: 'a cat in the woods',
      Width: '96',
      Steps: '7',
      Seed: '99',
    })
    await page.getByRole('button', { name: 'Start afresh' }).click()
    expect(await readForm(page)).toMatchObject({ Prompt: '', Width: '128', Steps: '20', Seed: '' })
  })

  test('[interface-generate] a picture starts from a file that is chosen', async () => {
    const page = await open()
    const buffer = await sharp({ create: { width: 80, height: 80, channels: 3, background: '#b22' } })
      .png()
      .toBuffer()
    await chooseFile(page, 'Choose a picture', { name: 'red.png', mimeType: 'image/png', buffer })
    await page.getByRole('img', { name: 'The picture to start from' }).waitFor()
    await fillForm(page, { prompt: 'a red heart', steps: 4 })
    await page.getByRole('slider', { name: 'Strength' }).press('End')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('article', { name: 'Picture: a red heart' }).waitFor(patience)
    const made = await newest()
    expect(made?.recipe).toMatchObject({ mode: 'img2img', strength: 1 })
    expect(made?.recipe.source_picture).toMatch(/^[0-9a-f]{64}$/)
    await page.getByRole('button', { name: 'Remove the source picture' }).click()
    await page.getByRole('button', { name: 'Choose a picture' }).waitFor()
  })

  test('[interface-states] a file that is no picture is refused with a sentence', async () => {
    const page = await open()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    await chooseFile(page, 'Choose a picture', { name: 'a.svg', mimeType: 'image/svg+xml', buffer: svg })
    await page.getByText('Only PNG, JPEG and WebP pictures can be used.').first().waitFor()
    // The same under the name of a picture: the server looks at the content.
    await chooseFile(page, 'Choose a picture', { name: 'a.png', mimeType: 'image/png', buffer: svg })
    await page.getByText('This kind of file is not accepted.').first().waitFor()
    await page.getByRole('button', { name: 'Copy the request id' }).waitFor()
    const text = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('steps: 20') }
    await chooseFile(page, 'Settings from a picture', text)
    await page.getByText('No settings were taken from this picture.').first().waitFor()
    expect(await page.getByRole('button', { name: 'Choose a picture' }).count()).toBe(1)
  })

  test('[interface-reuse] the settings come out of a picture file', async () => {
    const page = await open()
    const { generations } = await product.invoke('list_generations', { state: 'completed' })
    const boat = generations.find(({ recipe }) => recipe.prompt === 'a red boat on the sea')
    const buffer = Buffer.from(await (await product.request(boat?.picture?.url ?? '')).arrayBuffer())
    await chooseFile(page, 'Settings from a picture', { name: 'boat.png', mimeType: 'image/png', buffer })
    const settings = { Prompt: 'a red boat on the sea', Steps: '12', Seed: String(boat?.recipe.seed) }
    await expectSoon(() => readForm(page)).toMatchObject(settings)
  })
})

/** Notes every value the progress bar shows. */
async function watchProgress(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = []
    Object.assign(window, { seen })
    const look = (): void => {
      const bar = document.querySelector('main [role=progressbar]')
      const value = bar?.getAttribute('aria-valuenow') ?? null
      if (value !== null && seen.at(-1) !== Number(value)) seen.push(Number(value))
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
}
