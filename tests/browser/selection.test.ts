import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts'
import { seriousFindings } from '../support/browser-axe.ts'
import { seedPictures } from '../support/browser-gallery.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('many pictures in a browser (needs CHROMIUM_PATH)', () => {
  let product: Product
  let browser: Browser
  let ids: string[] = []

  beforeAll(async () => {
    const dataFolder = await createDataFolder()
    await seedPictures(dataFolder, 100)
    ;[product, browser] = await Promise.all([startProduct({ dataFolder }), launchBrowser()])
    ids = (await pictures()).map(({ id }) => id)
  })

  afterAll(async () => {
    await browser.close()
    await product.stop()
    await endProducts()
    removeDataFolders()
  })

  const pictures = async () =>
    (await product.invoke('list_generations', { state: 'completed', limit: 200 })).generations
  const open = async (options: Parameters<typeof openPage>[3] = {}) => {
    const page = await openPage(browser, product, '/gallery', options)
    await tile(page, 0).waitFor()
    return page
  }
  const tile = (page: Page, index: number) => page.locator(`[data-tile="${ids[index]}"]`)
  const mark = (page: Page, index: number) =>
    page.locator(`div:has(> [data-tile="${ids[index]}"])`).getByRole('checkbox')
  const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })
  const selected = async (page: Page) =>
    (await bar(page).isVisible()) && bar(page).locator('p').first().innerText()
  const tagsOf = async (index: number) =>
    (await pictures())[index]?.tags.map(({ name, source }) => [name, source])

  test('[interface-selection] the mark, Shift and Ctrl select; the bar rises; Escape clears; scrolling keeps', async () => {
    const page = await open()
    expect(await bar(page).count()).toBe(0)
    await tile(page, 1).hover()
    await mark(page, 1).click()
    expect(await mark(page, 1).getAttribute('aria-checked')).toBe('true')
    expect(await selected(page)).toBe('1 picture')
    await tile(page, 4).click({ modifiers: ['Shift'] })
    await tile(page, 6).click({ modifiers: ['Control'] })
    expect(await selected(page)).toBe('5 pictures')
    // Once something is selected, a plain click selects as well.
    await tile(page, 6).click()
    expect(await selected(page)).toBe('4 pictures')
    await expectSoon(() => page.locator('p[role="status"]').last().innerText()).toBe('4 pictures selected.')
    await page.mouse.move(700, 500)
    for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, 1500)
    await expectSoon(() => tile(page, 1).count()).toBe(0)
    expect(await selected(page)).toBe('4 pictures')
    await page.keyboard.press('Escape')
    await bar(page).waitFor({ state: 'detached' })
    expect(page.url()).toContain('/gallery')
  })

  test('[interface-selection] the keyboard alone selects, one by one, a range and all that are loaded', async () => {
    const page = await open()
    await tile(page, 2).focus()
    await page.keyboard.press('x')
    expect(await selected(page)).toBe('1 picture')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    expect(await selected(page)).toBe('3 pictures')
    await page.keyboard.press('Shift+ArrowLeft')
    expect(await selected(page)).toBe('2 pictures')
    await page.keyboard.press('Space')
    expect(await selected(page)).toBe('1 picture')
    await page.keyboard.press('Control+a')
    expect(await selected(page)).toMatch(/^(80|100) pictures$/)
    // Enter opens a picture whatever is selected, and the selection is there afterwards.
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await selected(page)).toMatch(/^(80|100) pictures$/)
    await page.keyboard.press('Escape')
    await bar(page).waitFor({ state: 'detached' })
  })

  test('[interface-undo] tags are given to many and taken away, and Ctrl Z gives each back from whom it was', async () => {
    await product.invoke('restore_tags', {
      before: [{ tag: 'sea', source: 'vision_auto', confidence: 0.5, generations: [ids[0] ?? ''] }],
    })
    await product.invoke('edit_tags', { generations: [ids[1] ?? ''], add: ['sea', 'seal'] })
    const page = await open()
    for (const index of [0, 1, 2]) await tile(page, index).click({ modifiers: ['Control'] })
    await bar(page).getByRole('button', { name: 'Tag' }).click()
    const field = page.getByRole('combobox', { name: 'Add a tag' })
    await field.fill('seal')
    await page.getByRole('option', { name: 'seal' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expectSoon(() => tagsOf(2)).toEqual([['seal', 'user']])
    await field.fill('holiday')
    await page.keyboard.press('Enter')
    await expectSoon(() => tagsOf(2)).toEqual([
      ['holiday', 'user'],
      ['seal', 'user'],
    ])
    const list = page.getByRole('list', { name: 'Tags of the selection' })
    await list.getByText('2 of 3').waitFor()
    await list.getByRole('button', { name: 'Take away: sea', exact: true }).click()
    await expectSoon(() => tagsOf(0)).toEqual([
      ['holiday', 'user'],
      ['seal', 'user'],
    ])
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
    expect(await selected(page)).toBe('3 pictures')
    await tile(page, 0).focus()
    for (let turn = 0; turn < 3; turn += 1) {
      const before = JSON.stringify(await tagsOf(0))
      await page.keyboard.press('Control+z')
      await expectSoon(async () => JSON.stringify(await tagsOf(0))).not.toBe(before)
    }
    expect(await tagsOf(0)).toEqual([['sea', 'vision_auto']])
    expect(await tagsOf(1)).toEqual([
      ['sea', 'user'],
      ['seal', 'user'],
    ])
    expect(await tagsOf(2)).toEqual([])
  })

  test('[interface-undo] ratings and favourites of many come back as each of them was', async () => {
    await product.invoke('rate_generations', { generations: [ids[3] ?? ''], rating: 2 })
    const marks = async () => (await pictures()).slice(3, 6).map(({ rating, favorite }) => [rating, favorite])
    const page = await open()
    await tile(page, 3).click({ modifiers: ['Control'] })
    await tile(page, 5).click({ modifiers: ['Shift'] })
    await bar(page).getByRole('button', { name: 'Rate' }).click()
    await page.getByRole('button', { name: 'Rate 4 of 5' }).click()
    await expectSoon(marks).toEqual([
      [4, false],
      [4, false],
      [4, false],
    ])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Rate 4 of 5' }).waitFor({ state: 'detached' })
    await tile(page, 5).focus()
    await page.keyboard.press('f')
    await expectSoon(marks).toEqual([
      [4, true],
      [4, true],
      [4, true],
    ])
    await page.getByText('3 pictures were marked as favourite', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expectSoon(marks).toEqual([
      [4, false],
      [4, false],
      [4, false],
    ])
    await page.keyboard.press('Control+z')
    await expectSoon(marks).toEqual([
      [2, false],
      [null, false],
      [null, false],
    ])
    // There is nothing more to take back.
    await page.keyboard.press('Control+z')
    await page.waitForTimeout(300)
    expect((await marks())[0]).toEqual([2, false])
  })

  test('[interface-undo] many are deleted by key, come back by Undo, and from the bin together', async () => {
    const page = await open()
    await tile(page, 0).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Delete')
    await expectSoon(async () => (await pictures()).map(({ id }) => id)).toEqual(ids.slice(3))
    await expectSoon(() => tile(page, 1).count()).toBe(0)
    await bar(page).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await expectSoon(async () => (await pictures()).map(({ id }) => id)).toEqual(ids)
    await tile(page, 1).waitFor()

    await product.invoke('delete_generations', { generations: ids.slice(0, 2) })
    await page.getByRole('navigation', { name: 'Gallery' }).getByRole('link', { name: 'Bin' }).click()
    await tile(page, 0).focus()
    await page.keyboard.press('Control+a')
    expect(await bar(page).getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await bar(page).getByRole('button', { name: 'Restore' }).click()
    await page.getByText('The bin is empty.').waitFor()
    expect((await pictures()).map(({ id }) => id)).toEqual(ids)
  })

  test('[interface-undo] a change that fails is told, and nothing is offered to take back', async () => {
    const page = await open()
    await page.route('**/api/generations/rate', (route) => route.abort())
    await tile(page, 0).click({ modifiers: ['Control'] })
    await page.keyboard.press('5')
    await page.getByText('The rating was not stored.').waitFor()
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    expect(await selected(page)).toBe('1 picture')
  })

  test('[interface-narrow] [interface-selection] a finger that rests on a picture selects it, and taps select more', async () => {
    const page = await open({ window: 'narrow' })
    await tile(page, 1).evaluate(async (element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const at = { clientX: x + width / 2, clientY: y + height / 2, bubbles: true, cancelable: true }
      const touch = { ...at, pointerType: 'touch', pointerId: 7, isPrimary: true }
      element.dispatchEvent(new PointerEvent('pointerdown', touch))
      await new Promise((resolve) => setTimeout(resolve, 700))
      element.dispatchEvent(new PointerEvent('pointerup', touch))
      element.dispatchEvent(new MouseEvent('click', { ...at, detail: 1 }))
    })
    expect(await selected(page)).toBe('1 picture')
    await tile(page, 2).click()
    expect(await selected(page)).toBe('2 pictures')
    expect(new URL(page.url()).pathname).toBe('/gallery')
    expect(await scrollsSideways(page)).toBe(false)
    for (const name of ['Tag', 'Rate', 'Favourite', 'Collection', 'Compare', 'Delete']) {
      const box = await bar(page).getByRole('button', { name, exact: true }).boundingBox()
      expect((box?.x ?? -1) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
      expect(box?.x).toBeGreaterThanOrEqual(0)
    }
  })

  test('[interface-accessible] axe finds nothing serious while pictures are selected and tags are edited', async () => {
    const page = await open()
    for (const index of [5, 6]) await tile(page, index).click({ modifiers: ['Control'] })
    expect(await seriousFindings(page)).toEqual([])
    await bar(page).getByRole('button', { name: 'Tag' }).click()
    await page.getByRole('combobox', { name: 'Add a tag' }).fill('se')
    await page.getByRole('option').first().waitFor()
    // The library hides the page behind an open panel, with the elements in it that can take the focus.
    expect(await seriousFindings(page, ['aria-hidden-focus'])).toEqual([])
  })
})
