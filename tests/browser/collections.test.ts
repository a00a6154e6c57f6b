import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts'
import { seriousFindings } from '../support/browser-axe.ts'
import { seedFailure, seedPictures } from '../support/browser-gallery.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('collections in a browser (needs CHROMIUM_PATH)', () => {
  let product: Product
  let browser: Browser
  let ids: string[] = []

  beforeAll(async () => {
    const dataFolder = await createDataFolder()
    await seedPictures(dataFolder, 12)
    await seedFailure(dataFolder, 'a blue heart in the snow')
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
  const tile = (page: Page, index: number) => page.locator(`[data-tile="${ids[index]}"]`)
  const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })
  const collections = async () =>
    (await product.invoke('list_collections', {})).collections.map(({ name, pictures }) => [name, pictures])
  const membersOf = async (name: string) =>
    (await product.invoke('search_history', { query: `collection:"${name}"` })).generations.map(
      ({ id }) => id,
    )

  test('[interface-collections] pictures are put into a new one, taken out and put back by Undo', async () => {
    const page = await open('/gallery/collections')
    await page.getByText('Collections keep pictures together.').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Pictures', exact: true }).click()
    for (const index of [1, 3]) await tile(page, index).click({ modifiers: ['Control'] })
    await bar(page).getByRole('button', { name: 'Collection' }).click()
    await page.getByRole('textbox', { name: /^Find a collection/ }).fill('Holiday')
    await page.keyboard.press('Enter')
    await expectSoon(collections).toEqual([['Holiday', 2]])
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Collections', exact: true }).click()
    await page
      .getByRole('list', { name: 'Collections' })
      .getByRole('link', { name: 'Holiday 2 pictures' })
      .click()
    await expectSoon(() => page.locator('[data-tile]').count()).toBe(2)
    await tile(page, 1).click()
    const about = page.getByRole('dialog').getByRole('complementary')
    await about.getByText('1 of 2').waitFor()
    await page.keyboard.press('ArrowRight')
    await about.getByText('2 of 2').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/gallery/collections/1/${ids[3]}`)
    await about.getByRole('button', { name: 'Take out of the collection Holiday' }).click()
    await expectSoon(() => membersOf('Holiday')).toEqual([ids[1]])
    await page.keyboard.press('Control+z')
    await expectSoon(() => membersOf('Holiday')).toEqual([ids[1], ids[3]])
    await page.keyboard.press('Escape')
    await tile(page, 3).click({ modifiers: ['Control'] })
    await bar(page).getByRole('button', { name: 'Take out' }).click()
    await expectSoon(() => tile(page, 3).count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await tile(page, 3).waitFor()
    await expectSoon(() => membersOf('Holiday')).toEqual([ids[1], ids[3]])
  })

  test('[interface-collections] renaming tells of a name that is taken, and deleting asks first', async () => {
    await product.invoke('create_collection', { name: 'Towers', generations: ids.slice(0, 3) })
    const page = await open('/gallery/collections')
    await page.getByRole('button', { name: 'Make a collection' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('towers')
    await dialog.getByRole('button', { name: 'Make it' }).click()
    await dialog.getByText('Another collection has this name.').waitFor()
    await dialog.getByRole('button', { name: 'Leave it' }).click()
    await page.getByRole('link', { name: 'Towers 3 pictures' }).click()
    await page.getByRole('button', { name: 'Rename the collection' }).click()
    await dialog.getByLabel('Name').fill('High towers')
    await dialog.getByRole('button', { name: 'Rename it' }).click()
    await page.getByRole('heading', { name: 'High towers' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Delete the collection' }).click()
    await dialog.getByText('stay in the gallery').waitFor()
    await dialog.getByRole('button', { name: 'Leave it' }).click()
    expect(await membersOf('High towers')).toHaveLength(3)
    await page.getByRole('button', { name: 'Delete the collection' }).click()
    await dialog.getByRole('button', { name: 'Delete the collection' }).click()
    await expectSoon(() => new URL(page.url()).pathname).toBe('/gallery/collections')
    await expectSoon(async () => (await collections()).length).toBe(1)
    expect((await product.invoke('list_generations', { state: 'completed' })).generations).toHaveLength(12)
  })

  test('[interface-narrow] [interface-collections] an empty and a missing collection say so, without scrolling sideways', async () => {
    const { id } = await product.invoke('create_collection', { name: 'A very long name '.repeat(5).trim() })
    const page = await open(`/gallery/collections/${id}`, { window: 'narrow' })
    await page.getByText('This collection is empty.').waitFor()
    expect(await scrollsSideways(page)).toBe(false)
    await page.goto(`${product.url}/gallery/collections`)
    await page.getByRole('list', { name: 'Collections' }).waitFor()
    expect(await scrollsSideways(page)).toBe(false)
    await page.goto(`${product.url}/gallery/collections/99`)
    await page.getByText('There is no such collection.').waitFor()
    await page.getByRole('link', { name: 'All collections' }).first().click()
    await page.getByRole('list', { name: 'Collections' }).waitFor()
  })

  test('[interface-jobs] a failed job is shown with its reason, and tried again it makes its picture', async () => {
    const page = await open('/system')
    const card = page.getByRole('region', { name: 'Jobs', exact: true })
    const job = card.getByRole('listitem', { name: 'Make a picture: a blue heart in the snow' })
    await job.getByText('The image engine failed.').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await job.getByRole('button', { name: 'Try again' }).click()
    await card.getByText('Nothing has failed.').waitFor()
    await card.getByRole('button', { name: 'Done' }).click()
    await expectSoon(() => job.count(), { timeout: 90_000 }).toBe(1)
    await job.getByRole('link', { name: 'a blue heart in the snow' }).waitFor()
  })
})
