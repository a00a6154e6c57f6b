import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import type { ImportView } from '../../../contracts/entities/import.ts'
import { endCommands, runCommand } from '../../support/command.ts'
import { pngWith } from '../../support/foreign-pictures.ts'
import { foreignRecipes } from '../../support/foreign-recipes.ts'
import { createDataFolder, fillDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../../support/product.ts'

afterEach(async () => {
  await endCommands()
  await endProducts()
  removeDataFolders()
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-transfer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function until(
  product: Product,
  id: number,
  isThere: (view: ImportView) => boolean,
): Promise<ImportView> {
  for (;;) {
    const view = await product.invoke('get_import', { import: id })
    if (isThere(view)) return view
    await wait(20)
  }
}

async function countPictures(product: Product): Promise<number> {
  return (await product.invoke('list_generations', { state: 'completed', limit: 200 })).generations.length
}

test('[transfer-command-line] a folder goes in and an archive comes out', async () => {
  const place = newFolder()
  const pictures = join(place, 'pictures')
  mkdirSync(pictures)
  const castle = await pngWith({ parameters: foreignRecipes.a1111 })
  writeFileSync(join(pictures, 'castle.png'), castle)
  writeFileSync(join(pictures, 'broken.png'), castle.subarray(0, 200))
  const data = await createDataFolder()
  const imported = await runCommand(['import', pictures, '--data', data])
  expect(imported).toEqual({
    code: 0,
    stdout: '1 imported, 0 there already, 0 no pictures, 1 with a problem\n',
    stderr: expect.stringMatching(/^broken\.png: The file is not a readable picture\./) as string,
  })
  const out = join(place, 'all.zip')
  const exported = await runCommand(['export', out, '--data', data])
  expect(exported).toEqual({ code: 0, stdout: `${out}\n`, stderr: '1 pictures\n' })
  const zip = await fromBufferPromise(readFileSync(out))
  const names: string[] = []
  for await (const entry of zip.eachEntry()) {
    names.push(entry.fileName.replace(/\d+-/, ''))
    if (!entry.fileName.startsWith('pictures/')) continue
    const content = Buffer.concat(await (await zip.openReadStreamPromise(entry)).toArray())
    expect(content.equals(castle)).toBe(true)
  }
  expect(names).toEqual([
    expect.stringMatching(/^pictures\/masterpiece-a-castle.*\.png$/),
    expect.stringMatching(/^recipes\/masterpiece-a-castle.*\.json$/),
    'manifest.json',
  ])
  const nothing = await runCommand(['export', out, '--query', 'xylophone', '--data', data])
  expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining('Error export_empty') as string })
  const nowhere = await runCommand(['import', join(place, 'nowhere'), '--data', data])
  expect(nowhere).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Error import_folder_unusable') as string,
  })
})

test('[transfer-import-resume] an import that is killed goes on at the next start, without doubles', async () => {
  const pictures = newFolder()
  for (let index = 0; index < 150; index += 1)
    writeFileSync(join(pictures, `${index}.png`), await pngWith({}, 5000 + index))
  const dataFolder = await createDataFolder()
  const first = await startProduct({ dataFolder })
  const { id } = await first.invoke('start_import', { folder: pictures })
  await until(first, id, ({ imported }) => imported >= 40)
  await first.kill()
  const next = await startProduct({ dataFolder })
  const view = await until(next, id, ({ finished_at }) => finished_at !== null)
  expect(view).toMatchObject({ state: 'completed', imported: 150, duplicates: 0, failed: 0 })
  expect(await countPictures(next)).toBe(150)
})

test('[transfer-import-resume] a full disk holds an import, which goes on by itself and loses nothing', async (context) => {
  const folder = newFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=44m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return context.skip('mounting takes a privileged user')
  }
  onTestFinished(async () => {
    await endProducts()
    execFileSync('umount', ['-l', folder])
  })
  await fillDataFolder(folder)
  const pictures = newFolder()
  for (let index = 0; index < 60; index += 1) {
    const noise = {
      create: { width: 300, height: 300, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 60 } },
    }
    writeFileSync(
      join(pictures, `${index}.png`),
      await sharp(noise as never)
        .png()
        .toBuffer(),
    )
  }
  const product = await startProduct({ dataFolder: folder })
  const { id } = await product.invoke('start_import', { folder: pictures })
  const held = await until(product, id, ({ error, finished_at }) => error !== null || finished_at !== null)
  expect(held).toMatchObject({ state: 'queued', error: { code: 'disk_full' } })
  execFileSync('mount', ['-o', 'remount,size=200m', folder])
  const view = await until(product, id, ({ finished_at }) => finished_at !== null)
  expect(view).toMatchObject({ state: 'completed', imported: 60, duplicates: 0, failed: 0, error: null })
  expect(await countPictures(product)).toBe(60)
})
