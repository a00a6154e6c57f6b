import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { browserPath, expectSoon, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts'
import { seriousFindings } from '../support/browser-axe.ts'
import { chooseFile, readForm } from '../support/browser-form.ts'
import { exifWith, jpegWith, pngWith } from '../support/foreign-pictures.ts'
import { foreignRecipes } from '../support/foreign-recipes.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')

describe.skipIf(browserPath === undefined)(
  'import, export and drag in a browser (needs CHROMIUM_PATH)',
  () => {
    let product: Product
    let browser: Browser
    const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-import-'))
    const originals: Buffer[] = []

    beforeAll(async () => {
      const files = {
        'castle.png': await pngWith({ parameters: foreignRecipes.a1111 }, 10),
        'knight.jpg': await jpegWith(exifWith(foreignRecipes.fooocus, 'utf-8'), 60),
        'boat.png': await pngWith({ prompt: foreignRecipes.comfy }, 120),
        'harbour.png': await pngWith({ invokeai_metadata: foreignRecipes.invokeAi }, 200),
      }
      for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(folder, name), content)
        originals.push(content)
      }
      writeFileSync(join(folder, 'broken.png'), (originals[0] ?? Buffer.alloc(0)).subarray(0, 300))
      writeFileSync(join(folder, 'notes.txt'), 'no picture')
      ;[product, browser] = await Promise.all([
        createDataFolder().then((dataFolder) => startProduct({ dataFolder })),
        launchBrowser(),
      ])
    })

    afterAll(async () => {
      await browser.close()
      await product.stop()
      await endProducts()
      removeDataFolders()
      rmSync(folder, { recursive: true })
    })

    const open = (path: string) => openPage(browser, product, path)
    const stored = async () => (await product.invoke('list_generations', { state: 'completed' })).generations
    const castleId = async () =>
      (await stored()).find(({ recipe }) => recipe.prompt.includes('castle'))?.id ?? ''

    test('[interface-import] a folder of pictures of many tools comes in, and the report names the broken one', async () => {
      const page = await open('/gallery')
      await page.getByRole('button', { name: 'Import' }).click()
      const dialog = page.getByRole('dialog', { name: 'Import pictures' })
      await dialog.getByPlaceholder('/home/me/pictures').fill('pictures')
      await dialog.getByRole('button', { name: 'Import', exact: true }).click()
      await dialog.getByRole('alert').getByText('"pictures" is not an absolute path.').waitFor()
      await dialog.getByPlaceholder('/home/me/pictures').fill(folder)
      await dialog.getByRole('button', { name: 'Import', exact: true }).click()
      await dialog.getByText('4 pictures imported').waitFor()
      await dialog.getByText('1 other file left out').waitFor()
      await dialog.getByRole('region', { name: 'Problems' }).getByText('broken.png').waitFor()
      expect(await seriousFindings(page)).toEqual([])
      const report = page.waitForEvent('download')
      await dialog.getByRole('link', { name: 'Report' }).click()
      const text = readFileSync(await (await report).path(), 'utf8')
      expect(text).toContain('broken.png\tpicture_unreadable')
      await dialog.getByRole('button', { name: 'Show the gallery' }).click()
      await expectSoon(() => tiles(page).count()).toBe(4)
      expect((await stored()).map(({ picture }) => picture?.sha256).toSorted()).toEqual(
        originals.map(hashOf).toSorted(),
      )
    })

    test('[interface-import] chosen files that are there already are counted and not doubled', async () => {
      const page = await open('/gallery')
      await page.getByRole('button', { name: 'Import' }).click()
      const buffer = originals[0] ?? Buffer.alloc(0)
      await chooseFile(page, 'Choose files', { name: 'again.png', mimeType: 'image/png', buffer })
      await page.getByText('0 pictures imported').waitFor()
      await page.getByText('1 picture there already').waitFor()
      await page.getByRole('button', { name: 'Import more' }).click()
      await page.getByRole('button', { name: 'Choose a folder' }).waitFor()
      expect(await stored()).toHaveLength(4)
    })

    test('[interface-import] files dropped on the gallery come in', async () => {
      const page = await open('/gallery')
      await tiles(page).first().waitFor()
      await dropFile(
        page.locator('body'),
        'dropped.png',
        await pngWith({ parameters: foreignRecipes.forge }, 300),
      )
      await page.getByText('1 picture imported').waitFor()
      await page.getByRole('button', { name: 'Show the gallery' }).click()
      await tiles(page).getByRole('img', { name: 'a lighthouse' }).waitFor()
      expect((await stored()).map(({ recipe }) => recipe.imported?.tool)).toContain('Forge')
    })

    test('[interface-export] the download holds every picture byte by byte', async () => {
      const page = await open('/gallery')
      await tiles(page).first().waitFor()
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Export' }).click()
      const file = await download
      expect(file.suggestedFilename()).toMatch(/^mysticanvas-\d{4}-\d\d-\d\d\.zip$/)
      const zip = await fromBufferPromise(readFileSync(await file.path()))
      const hashes: string[] = []
      for await (const entry of zip.eachEntry()) {
        if (!entry.fileName.startsWith('pictures/')) continue
        hashes.push(hashOf(Buffer.concat(await (await zip.openReadStreamPromise(entry)).toArray())))
      }
      expect(hashes.toSorted()).toEqual((await stored()).map(({ picture }) => picture?.sha256).toSorted())
      expect(hashes).toEqual(expect.arrayContaining(originals.map(hashOf)))
    })

    test('[interface-reuse-imported] the settings of an imported picture fill the form, and what cannot is said', async () => {
      const page = await open(`/gallery/${await castleId()}`)
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('row', { name: 'Made with AUTOMATIC1111' }).waitFor()
      await dialog.getByRole('row', { name: 'Model v1-5-pruned-emaonly' }).waitFor()
      await dialog.getByRole('row', { name: 'Lora hashes detail: a1b2c3d4' }).waitFor()
      await dialog.getByRole('button', { name: 'Reuse' }).click()
      await page.getByText('The model v1-5-pruned-emaonly is not here').first().waitFor()
      await expectSoon(() => readForm(page)).toMatchObject({
        Seed: '2914637105',
        Width: '512',
        Height: '768',
        Steps: '28',
        Guidance: '6.5',
        Sampler: 'dpm++2m',
        Scheduler: 'karras',
        Preset: 'MystiCanvas Sketch',
        'Negative prompt': 'blurry, text\nmore of it',
      })
    })

    test('[interface-drag] a picture from the wall is dragged to Generate, for its settings or as the source', async () => {
      const page = await open('/gallery')
      const tile = tiles(page).getByRole('img', { name: 'a harbour at dawn' })
      await tile.waitFor()
      await dragTo(page, tile, page.getByRole('link', { name: 'Generate' }))
      await page.waitForURL('**/generate')
      await page.getByRole('form', { name: 'Settings of the picture' }).waitFor()
      await dropOn(page, page.locator('[data-drop=settings]'))
      await expectSoon(() => readForm(page)).toMatchObject({ Prompt: 'a harbour at dawn', Steps: '26' })
      await page.getByLabel('Prompt', { exact: true }).fill('something else')

      const strip = page
        .getByRole('region', { name: 'Recent pictures' })
        .getByRole('img', { name: 'a paper boat' })
      await dragTo(page, strip, page.getByRole('region', { name: 'Result' }))
      await dropOn(page, page.locator('[data-drop=source]'))
      await page.getByRole('img', { name: 'The picture to start from' }).waitFor()
      expect(await readForm(page)).toMatchObject({ Prompt: 'something else' })
      expect(await page.locator('[data-drop]').count()).toBe(0)
    })

    test('[interface-drag] a file from the desktop gives its settings, whichever tool made it', async () => {
      const page = await open('/generate')
      const file = await pngWith({ parameters: foreignRecipes.swarm }, 310)
      const root = page.getByRole('form', { name: 'Settings of the picture' })
      await root.waitFor()
      await dropFile(page.locator('[data-drop=settings]'), 'swarm.png', file, root)
      await expectSoon(() => readForm(page)).toMatchObject({ Prompt: 'a glass cathedral', Seed: '305223794' })
      await dropFile(page.locator('[data-drop=settings]'), 'plain.png', await pngWith({}, 320), root)
      await page.getByText('No settings were taken from this picture.').first().waitFor()
      expect(await readForm(page)).toMatchObject({ Prompt: 'a glass cathedral' })
    })

    test('[interface-import] fits a narrow screen', async () => {
      const page = await openPage(browser, product, '/gallery', { window: 'narrow' })
      await page.getByRole('button', { name: 'Import' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Choose files' }).waitFor()
      expect(await scrollsSideways(page)).toBe(false)
      expect(await seriousFindings(page)).toEqual([])
    })
  },
)

const tiles = (page: Page) => page.getByRole('region', { name: 'Pictures' }).getByRole('link')

/** Takes hold of an element with the mouse and moves it over another one, without letting go. */
async function dragTo(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover()
  await page.mouse.down()
  await to.hover()
  await to.hover()
}

/** Moves on as a hand does, until the place to drop on is there: browsers tell of entering first, then of being over. */
async function dropOn(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 100 && !(await target.isVisible()); step += 1) {
    await page.mouse.move(700 + step, 300)
    await page.waitForTimeout(50)
  }
  await target.hover()
  await target.hover()
  await page.mouse.up()
}

/** Drops a file as from the desktop: over the page first where something appears only then. */
async function dropFile(
  target: Locator,
  name: string,
  content: Buffer,
  over: Locator = target,
): Promise<void> {
  const page = target.page()
  const transfer = await page.evaluateHandle(
    ({ file, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
      const data = new DataTransfer()
      data.items.add(new File([bytes], file, { type: 'image/png' }))
      return data
    },
    { file: name, base64: content.toString('base64') },
  )
  await over.dispatchEvent('dragover', { dataTransfer: transfer })
  await target.dispatchEvent('dragover', { dataTransfer: transfer })
  await target.dispatchEvent('drop', { dataTransfer: transfer })
}
