import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts'
import { seriousFindings } from '../support/browser-axe.ts'
import { seedPictures } from '../support/browser-gallery.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)(
  'a picture and its like in a browser (needs CHROMIUM_PATH)',
  () => {
    let product: Product
    let browser: Browser
    let ids: string[] = []

    beforeAll(async () => {
      const dataFolder = await createDataFolder()
      await seedPictures(dataFolder, 8)
      ;[product, browser] = await Promise.all([startProduct({ dataFolder }), launchBrowser()])
      const { generations } = await product.invoke('list_generations', { state: 'completed' })
      ids = generations.map(({ id }) => id)
    })

    afterAll(async () => {
      await browser.close()
      await product.stop()
      await endProducts()
      removeDataFolders()
    })

    const open = (path: string, options: Parameters<typeof openPage>[3] = {}) =>
      openPage(browser, product, path, options)
    const stored = (index: number) => product.invoke('get_generation', { generation: ids[index] ?? '' })
    const about = (page: Page) => page.getByRole('dialog').getByRole('complementary')

    test('[interface-details] F and 0 to 5 mark the picture that is shown, and Ctrl Z takes it back', async () => {
      const page = await open(`/gallery/${ids[0]}`)
      await about(page).getByRole('group', { name: 'Rating' }).waitFor()
      const marks = async () => {
        const { rating, favorite } = await stored(0)
        return [rating, favorite]
      }
      await page.keyboard.press('4')
      await expectSoon(marks).toEqual([4, false])
      await page.keyboard.press('f')
      await expectSoon(marks).toEqual([4, true])
      await about(page).getByRole('button', { name: 'No longer a favourite' }).waitFor()
      await page.keyboard.press('0')
      await expectSoon(marks).toEqual([null, true])
      await about(page).getByRole('status').getByRole('button', { name: 'Undo' }).click()
      await expectSoon(marks).toEqual([4, true])
      await page.keyboard.press('Control+z')
      await expectSoon(marks).toEqual([4, false])
      await about(page).getByRole('button', { name: 'Rated 4 of 5; take the rating away' }).click()
      await expectSoon(marks).toEqual([null, false])
      await page.keyboard.press('?')
      await about(page).getByRole('region', { name: 'Keys' }).waitFor()
      expect(await seriousFindings(page)).toEqual([])
    })

    test('[interface-details] tags are given by name or other name and taken away; writing presses no keys', async () => {
      await product.invoke('edit_tags', { generations: [ids[5] ?? ''], add: ['feline'] })
      await product.invoke('save_tag_alias', { tag: 'feline', alias: 'cat' })
      const page = await open(`/gallery/${ids[1]}`)
      const field = about(page).getByRole('combobox', { name: 'Add a tag' })
      const names = async () => (await stored(1)).tags.map(({ name }) => name)
      await field.fill('ca')
      await page.getByRole('option', { name: 'feline' }).waitFor()
      await field.fill('cat')
      await page.keyboard.press('Enter')
      await expectSoon(names).toEqual(['feline'])
      await field.pressSequentially('f5')
      await page.keyboard.press('Enter')
      await expectSoon(names).toEqual(['f5', 'feline'])
      expect(await stored(1)).toMatchObject({ rating: null, favorite: false })
      await about(page).getByRole('button', { name: 'Take away the tag feline' }).click()
      await expectSoon(names).toEqual(['f5'])
      expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    })

    test('[interface-details] notes are stored when one pauses or leaves, and a failure loses nothing', async () => {
      const page = await open(`/gallery/${ids[2]}`)
      const notes = about(page).getByRole('textbox', { name: 'Notes' })
      await notes.fill('for Anna')
      await about(page).getByText('Stored', { exact: true }).waitFor()
      expect((await stored(2)).notes).toBe('for Anna')
      await page.route('**/api/generations/rate', (route) => route.abort())
      await notes.fill('for Anna and Ben')
      await about(page).getByText('Not stored. MystiCanvas does not answer.').waitFor()
      expect(await notes.inputValue()).toBe('for Anna and Ben')
      await page.unroute('**/api/generations/rate')
      await about(page).getByRole('button', { name: 'Try again' }).click()
      await expectSoon(async () => (await stored(2)).notes).toBe('for Anna and Ben')
      await notes.fill('for all')
      await page.getByRole('dialog').getByRole('button', { name: 'Older picture' }).click()
      await expectSoon(async () => (await stored(2)).notes).toBe('for all')
      expect((await stored(3)).notes).toBe('')
      await expectSoon(() => notes.inputValue()).toBe('')
      // What could not be stored before one went on waits where it was written.
      await page.route('**/api/generations/rate', (route) => route.abort())
      await notes.fill('kept')
      await page.getByRole('dialog').getByRole('button', { name: 'Newer picture' }).click()
      await page.getByText('The notes of the last picture were not stored.').first().waitFor()
      await page.unroute('**/api/generations/rate')
      await page.getByRole('dialog').getByRole('button', { name: 'Older picture' }).click()
      await expectSoon(() => notes.inputValue()).toBe('kept')
      await about(page).getByRole('button', { name: 'Try again' }).click()
      await expectSoon(async () => (await stored(3)).notes).toBe('kept')
    })

    test('[generation-lineage] [interface-details] a picture leads to what it was made from, and on to what it led to', async () => {
      const source = ids[4] ?? ''
      const { generations } = await product.invoke('generate', {
        ...quick,
        generation: source,
        strength: 0.5,
      })
      const { id } = await product.finished(generations[0]?.id ?? '')
      const page = await open(`/gallery/${id}`)
      await about(page).getByRole('region', { name: 'Made from' }).getByRole('link').click()
      await expectSoon(() => new URL(page.url()).pathname).toBe(`/gallery/${source}`)
      await about(page).getByRole('region', { name: 'Led to 1' }).getByRole('link').click()
      await expectSoon(() => new URL(page.url()).pathname).toBe(`/gallery/${id}`)
      await product.invoke('delete_generation', { generation: id })
    })

    test('[interface-compare] two selected pictures: slider, one zoom for both, swap, differences and the way back', async () => {
      const page = await open('/gallery')
      const tile = (index: number) => page.locator(`[data-tile="${ids[index]}"]`)
      await tile(0).click({ modifiers: ['Control'] })
      const compare = page
        .getByRole('region', { name: 'Selection' })
        .getByRole('button', { name: /^Compare/ })
      expect(await compare.isDisabled()).toBe(true)
      await tile(1).click({ modifiers: ['Control'] })
      await compare.click()
      const dialog = page.getByRole('dialog', { name: 'Compare two pictures' })
      const transforms = () =>
        dialog.locator('img').evaluateAll((images) => images.map(({ style }) => style.transform))
      await dialog.getByRole('row', { name: 'Seed 1007 1006' }).waitFor()
      expect(await dialog.getByRole('row', { name: /^Steps/ }).count()).toBe(0)
      await dialog.getByRole('switch').click()
      await dialog.getByRole('row', { name: 'Steps 20 20' }).waitFor()
      await page.keyboard.press('+')
      await expectSoon(async () => new Set(await transforms()).size).toBe(1)
      expect((await transforms())[0]).toContain('scale(1.4)')
      await dialog.locator('img').first().hover()
      await page.mouse.wheel(0, -400)
      await expectSoon(async () => (await transforms())[0]).not.toContain('scale(1.4)')
      expect(new Set(await transforms()).size).toBe(1)
      await page.keyboard.press('0')
      await page.keyboard.press('s')
      const slider = dialog.getByRole('slider')
      expect(await slider.inputValue()).toBe('50')
      await page.keyboard.press('ArrowRight')
      await expectSoon(() => slider.inputValue()).toBe('55')
      await page.keyboard.press('x')
      await dialog.getByRole('row', { name: 'Seed 1006 1007' }).waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      expect(await page.getByRole('region', { name: 'Selection' }).getByText('2 pictures').isVisible()).toBe(
        true,
      )
    })

    test('[interface-narrow] [interface-compare] pictures lie one below the other, and a missing one is told', async () => {
      const page = await open(`/gallery/compare/${ids[0]}/${ids[1]}`, { window: 'narrow' })
      await page.getByRole('dialog').locator('img').nth(1).waitFor()
      const boxes = await page
        .getByRole('dialog')
        .locator('div:has(> div > img)')
        .evaluateAll((frames) => frames.map((frame) => frame.getBoundingClientRect().top))
      expect(boxes[1]).toBeGreaterThan(boxes[0] ?? 0)
      expect(await scrollsSideways(page)).toBe(false)
      await page.goto(`${product.url}/gallery/compare/${ids[0]}/77`)
      await page.getByText('There is no such picture.').waitFor()
    })

    test('[interface-tags] tags are found, renamed, given other names and merged, and a name that is taken is told', async () => {
      await product.invoke('edit_tags', { generations: ids.slice(0, 3), add: ['ocean', 'water'] })
      await product.invoke('edit_tags', { generations: ids.slice(0, 1), add: ['snow'] })
      const page = await open('/gallery')
      await page.getByRole('link', { name: 'Manage tags' }).click()
      const row = (name: string) =>
        page.getByRole('list', { name: 'Tags' }).getByRole('listitem', { name, exact: true })
      const dialog = page.getByRole('dialog')
      await row('snow').getByRole('button', { name: 'Rename' }).click()
      await dialog.getByLabel('Name').fill('Ocean')
      await dialog.getByRole('button', { name: 'Rename it' }).click()
      await dialog.getByText('Another tag has this name.').waitFor()
      await dialog.getByLabel('Name').fill('ice')
      await dialog.getByRole('button', { name: 'Rename it' }).click()
      await row('ice').getByRole('button', { name: 'Add another name' }).click()
      await dialog.getByLabel('Name').fill('frost')
      await dialog.getByRole('button', { name: 'Add the name' }).click()
      await row('ice').getByText('frost').waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await row('ice').getByRole('button', { name: 'Remove the other name frost' }).click()
      await row('ice').getByText('frost').waitFor({ state: 'detached' })
      await row('water').getByRole('button', { name: 'Merge into another tag' }).click()
      await dialog.getByLabel('Name').fill('ocean')
      await dialog.getByRole('button', { name: 'Go on' }).click()
      await page
        .getByRole('dialog', { name: 'Merge “water” into “ocean”?' })
        .getByRole('button', { name: 'Merge them' })
        .click()
      await row('water').waitFor({ state: 'detached' })
      await row('ocean').getByText('water').waitFor()
      await page.getByRole('searchbox', { name: 'Find a tag' }).fill('wat')
      await row('ice').waitFor({ state: 'detached' })
      expect(await row('ocean').isVisible()).toBe(true)
    })
  },
)
