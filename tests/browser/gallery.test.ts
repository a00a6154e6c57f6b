import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Generation } from '../../contracts/entities/generation.ts'
import { browserPath, expectSoon, launchBrowser, openPage, patience } from '../support/browser.ts'
import { readForm } from '../support/browser-form.ts'
import { seedPictures } from '../support/browser-gallery.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

const seeded = 200

describe.skipIf(browserPath === undefined)('the gallery in a browser (needs CHROMIUM_PATH)', () => {
  let product: Product
  let browser: Browser

  beforeAll(async () => {
    const dataFolder = await createDataFolder()
    await seedPictures(dataFolder, seeded)
    ;[product, browser] = await Promise.all([startProduct({ dataFolder }), launchBrowser()])
  })

  afterAll(async () => {
    await browser.close()
    await product.stop()
    await endProducts()
    removeDataFolders()
  })

  const open = (path = '/gallery') => openPage(browser, product, path)
  const stored = async () =>
    (await product.invoke('list_generations', { state: 'completed', limit: 200 })).generations.map(
      ({ id }) => id,
    )

  test('[interface-gallery] scrolling shows every picture once, in order', async () => {
    const page = await open()
    await tiles(page).first().waitFor()
    const found: string[] = []
    await page.mouse.move(700, 500)
    for (let turn = 0; turn < 60; turn += 1) {
      const shown = await shownIds(page)
      expect(shown).toHaveLength(new Set(shown).size)
      found.push(...shown.filter((id) => !found.includes(id)))
      if (found.length === seeded) break
      await page.mouse.wheel(0, 700)
      await page.waitForTimeout(60)
    }
    expect(found).toEqual(await stored())
    // What is far away costs nothing: only a part of the wall exists as elements.
    expect(await tiles(page).count()).toBeLessThan(seeded / 2)
  })

  test('[interface-gallery] the detail view: arrow keys, place, recipe and the way back', async () => {
    const page = await open()
    const [first, second] = await stored()
    await tiles(page).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('complementary').getByText('1 of 80+').waitFor()
    expect(await dialog.getByRole('button', { name: 'Newer picture' }).count()).toBe(0)
    await page.keyboard.press('ArrowRight')
    await dialog.getByRole('complementary').getByText('2 of 80+').waitFor()
    expect(page.url()).toContain(`/gallery/${second}`)
    await dialog.getByRole('button', { name: 'Newer picture' }).click()
    await dialog.getByRole('complementary').getByText('1 of 80+').waitFor()
    expect(page.url()).toContain(`/gallery/${first}`)
    await dialog.getByRole('row', { name: `Seed ${1000 + seeded - 1}` }).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe('/gallery')
  })

  test('[interface-gallery] the arrow keys pass the end of what is loaded', async () => {
    const page = await open()
    await tiles(page).first().click()
    const dialog = page.getByRole('dialog')
    for (let place = 1; place <= 85; place += 1) {
      await dialog
        .getByRole('complementary')
        .getByText(new RegExp(`^${place} of`))
        .waitFor()
      await page.keyboard.press('ArrowRight')
    }
    expect(page.url()).toContain(`/gallery/${(await stored())[85]}`)
  })

  test('[interface-gallery] a picture deleted in the detail view comes back by Undo', async () => {
    const page = await open()
    const before = await stored()
    await tiles(page).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('complementary').getByText('1 of 80+').waitFor()
    await page.keyboard.press('Delete')
    await dialog.getByRole('status').getByText('Moved to the bin').waitFor()
    expect(page.url()).toContain(`/gallery/${before[1]}`)
    expect(await stored()).toEqual(before.slice(1))
    await dialog.getByRole('button', { name: 'Undo' }).click()
    await expectSoon(stored).toEqual(before)
    await expectSoon(() => page.url()).toContain(`/gallery/${before[0]}`)
    await dialog.getByRole('complementary').getByText('1 of 80+').waitFor()
  })

  test('[interface-gallery] a picture deleted on the wall comes back by Undo', async () => {
    const page = await open()
    const before = await stored()
    await tiles(page).nth(1).focus()
    await page.keyboard.press('Delete')
    await expectSoon(stored).toEqual(before.filter((id) => id !== before[1]))
    await expectSoon(() => shownIds(page).then((ids) => ids[1])).toBe(before[2])
    // The focus is on the picture that took its place.
    expect(await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['tile'])).toBe(
      before[2],
    )
    await page.getByRole('button', { name: 'Undo' }).click()
    await expectSoon(stored).toEqual(before)
    await expectSoon(() => shownIds(page).then((ids) => ids[1])).toBe(before[1])
  })

  test('[interface-gallery] a deleted picture lies in the bin and is restored from there', async () => {
    const page = await open()
    const [first = ''] = await stored()
    const { recipe } = await product.invoke('delete_generation', { generation: first })
    await page.getByRole('navigation', { name: 'Gallery' }).getByRole('link', { name: 'Bin' }).click()
    await tiles(page).getByRole('img', { name: recipe.prompt }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('In the bin since').waitFor()
    await dialog.getByRole('button', { name: 'Restore' }).click()
    await expectSoon(() => stored().then((ids) => ids[0])).toBe(first)
    await page.keyboard.press('Escape')
    await page.getByText('The bin is empty.').waitFor()
    await page.getByRole('navigation', { name: 'Gallery' }).getByRole('link', { name: 'Pictures' }).click()
    await expectSoon(() => shownIds(page).then((ids) => ids[0])).toBe(first)
  })

  test('[interface-gallery] a picture that comes while one looks at others moves nothing', async () => {
    const page = await open()
    await tiles(page).first().waitFor()
    await page.mouse.move(700, 500)
    await page.mouse.wheel(0, 1500)
    await page.waitForTimeout(300)
    const place = () =>
      page.evaluate(() => {
        const tile = document.elementFromPoint(700, 500)?.closest<HTMLElement>('[data-tile]')
        return tile && { id: tile.dataset['tile'], top: Math.round(tile.getBoundingClientRect().top) }
      })
    const before = await place()
    expect(before?.id).toBeDefined()
    const { generations } = await product.invoke('generate', {
      prompt: 'a pink fish',
      width: 64,
      height: 64,
      steps: 1,
    })
    const { id } = await product.finished(generations[0]?.id ?? '')
    await page.waitForTimeout(500)
    expect((await place())?.top).toBe(before?.top)
    await page.mouse.wheel(0, -3000)
    await expectSoon(() => shownIds(page).then((ids) => ids[0])).toBe(id)
  })

  test('[interface-reuse] a recipe fills every setting, and makes the same pixels again', async () => {
    const wanted = {
      prompt: 'a golden tower at dusk',
      negative_prompt: 'snow',
      width: 72,
      height: 96,
      steps: 4,
      guidance: 5.5,
      sampler: 'heun',
      scheduler: 'karras',
      clip_skip: 1,
      vae_tiling: true,
      seed: 4_000_000_007,
    } as const
    const { generations } = await product.invoke('generate', wanted)
    const original = await product.finished(generations[0]?.id ?? '')
    expect(original.recipe).toMatchObject(wanted)

    const page = await open(`/gallery/${original.id}`)
    await page.getByRole('dialog').getByRole('button', { name: 'Reuse' }).click()
    await expectSoon(() => readForm(page)).toEqual({
      Prompt: wanted.prompt,
      'Negative prompt': 'snow',
      Preset: 'MystiCanvas Sketch',
      Width: '72',
      Height: '96',
      Steps: '4',
      Guidance: '5.5',
      Sampler: 'heun',
      Scheduler: 'karras',
      Seed: '4000000007',
    })
    await page.getByRole('button', { name: 'More settings' }).click()
    expect(await page.getByLabel('Clip skip').inputValue()).toBe('1')
    expect(await page.getByRole('switch', { name: 'Decode in tiles' }).isChecked()).toBe(true)

    await page.keyboard.press('Control+Enter')
    const isNew = ({ id }: Generation) => id !== original.id
    const newest = async () =>
      (await product.invoke('list_generations', { state: 'completed', limit: 1 })).generations.find(isNew)
    await expectSoon(newest, patience).toBeDefined()
    const again = await newest()
    expect(again?.recipe).toMatchObject(wanted)
    expect(await pixelsOf(again?.picture?.url)).toBe(await pixelsOf(original.picture?.url))
  })

  /** The sha256 of what a picture shows; its file also tells when it was made. */
  async function pixelsOf(url = ''): Promise<string> {
    const file = Buffer.from(await (await product.request(url)).arrayBuffer())
    return createHash('sha256')
      .update(await sharp(file).raw().toBuffer())
      .digest('hex')
  }
})

const tiles = (page: Page) => page.getByRole('region', { name: 'Pictures' }).getByRole('link')

/** The pictures that exist as elements, as the wall orders them. */
function shownIds(page: Page): Promise<string[]> {
  return page.$$eval('[data-tile]', (elements) =>
    elements
      .map((element) => ({
        id: (element as HTMLElement).dataset['tile'] ?? '',
        box: element.getBoundingClientRect(),
      }))
      .toSorted((one, other) => one.box.top - other.box.top || one.box.left - other.box.left)
      .map(({ id }) => id),
  )
}
