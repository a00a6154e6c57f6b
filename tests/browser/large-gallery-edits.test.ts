import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { browserPath, expectSoon, launchBrowser, openPage } from '../support/browser.ts'
import { chooseFile } from '../support/browser-form.ts'
import { tiles, tilesShown } from '../support/browser-wall.ts'
import { pngWith } from '../support/foreign-pictures.ts'
import { foreignRecipes } from '../support/foreign-recipes.ts'
import { seedLargeGallery } from '../support/large-gallery.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

const seeded = 100_000

describe.skipIf(browserPath === undefined)(
  'what is done in a gallery of 100,000 pictures (needs CHROMIUM_PATH)',
  () => {
    let product: Product
    let browser: Browser
    let dataFolder: string

    beforeAll(async () => {
      dataFolder = await createDataFolder()
      await seedLargeGallery(dataFolder, seeded)
      ;[product, browser] = await Promise.all([startProduct({ dataFolder }), launchBrowser()])
    }, 300_000)

    afterAll(async () => {
      await browser.close()
      await product.stop()
      await endProducts()
      removeDataFolders()
    })

    const open = async (path: string) => {
      const page = await openPage(browser, product, path)
      await tiles(page).first().waitFor()
      return page
    }
    const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })
    const total = async (query: string) => (await product.invoke('get_search_facets', { query })).total

    /** Selects the first pictures one sees, and gives their ids. */
    const select = async (page: Page, count: number) => {
      const ids = (await tilesShown(page)).slice(0, count)
      for (const id of ids) await page.locator(`[data-tile="${id}"]`).click({ modifiers: ['Control'] })
      return ids
    }

    test('[interface-undo] many are tagged in the middle of it, found by the tag, and Ctrl Z takes it back', async () => {
      const page = await open('/gallery?at=2025-06-11')
      const ids = await select(page, 3)
      await bar(page).getByRole('button', { name: 'Tag' }).click()
      const field = page.getByRole('combobox', { name: 'Add a tag' })
      await field.fill('breakwater')
      await page.keyboard.press('Enter')
      await expectSoon(() => total('tag:breakwater')).toBe(3)
      const found = await product.invoke('search_history', { query: 'tag:breakwater' })
      expect(found.generations.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
      await page.keyboard.press('Escape')
      await field.waitFor({ state: 'detached' })
      await page.locator(`[data-tile="${ids[0]}"]`).focus()
      await page.keyboard.press('Control+z')
      await expectSoon(() => total('tag:breakwater')).toBe(0)
    })

    test('[interface-undo] many found by a search are deleted, and come back where they were', async () => {
      const page = await open('/gallery?q=favorite%3A')
      const before = await total('favorite:')
      const ids = await select(page, 4)
      await bar(page).getByRole('button', { name: 'Delete' }).click()
      await expectSoon(() => total('favorite:')).toBe(before - 4)
      await expectSoon(async () => (await tilesShown(page)).filter((id) => ids.includes(id))).toEqual([])
      await page.getByRole('button', { name: 'Undo' }).click()
      await expectSoon(() => total('favorite:')).toBe(before)
      await expectSoon(async () => (await tilesShown(page)).slice(0, 4)).toEqual(ids)
    })

    test('[interface-import] [interface-export] a picture comes in among them, is found, and goes out as it was', async () => {
      const page = await open('/gallery')
      const buffer = await pngWith({ parameters: foreignRecipes.a1111 }, 10)
      await page.getByRole('button', { name: 'Import' }).click()
      await chooseFile(page, 'Choose files', { name: 'castle.png', mimeType: 'image/png', buffer })
      await page.getByText('1 picture imported').waitFor()
      await page.getByRole('button', { name: 'Show the gallery' }).click()
      await page.goto(`${product.url}/gallery?q=castle`)
      await tiles(page).first().waitFor()
      expect(await tiles(page).count()).toBe(1)
      await select(page, 1)
      const download = page.waitForEvent('download')
      await bar(page).getByRole('button', { name: 'Export' }).click()
      const zip = await fromBufferPromise(readFileSync(await (await download).path()))
      const pictures: Buffer[] = []
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.startsWith('pictures/'))
          pictures.push(Buffer.concat(await (await zip.openReadStreamPromise(entry)).toArray()))
      }
      expect(pictures).toEqual([buffer])
    })

    test('[interface-export] a selection of pictures from long ago goes out with a recipe each', async () => {
      const page = await open('/gallery?at=2024-02-03')
      await select(page, 2)
      const download = page.waitForEvent('download')
      await bar(page).getByRole('button', { name: 'Export' }).click()
      const zip = await fromBufferPromise(readFileSync(await (await download).path()))
      const names: string[] = []
      for await (const entry of zip.eachEntry()) names.push(entry.fileName)
      expect(names.filter((name) => name.startsWith('pictures/'))).toHaveLength(2)
      expect(names.filter((name) => name.startsWith('recipes/'))).toHaveLength(2)
    })
  },
)
