import { chmodSync, readFileSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { getGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import { listGenerations } from '../../../orchestrator/storage/generation-list.ts'
import { countJobs } from '../../../orchestrator/storage/jobs.ts'
import { drawPicture, exifWith, jpegWith, pngWith, webpWith } from '../../support/foreign-pictures.ts'
import { foreignRecipes } from '../../support/foreign-recipes.ts'
import { hugePng } from '../../support/huge-png.ts'
import { codeOf } from '../domain/support.ts'
import { folderWith, openTransfer, type TestTransfer } from './support.ts'

const all = { cursor: null, limit: 100, state: 'completed', deleted: false } as const

function stored({ database, views }: TestTransfer) {
  return views.of(listGenerations(database, all).rows)
}

test('[transfer-import] takes a mixed folder in as it is, with recipes, dates, thumbnails and tags to follow', async () => {
  const a1111 = await pngWith({ parameters: foreignRecipes.a1111 })
  const files = {
    'a1111.png': a1111,
    'deeper/still/fooocus.jpg': await jpegWith(exifWith(foreignRecipes.fooocus, 'utf-8')),
    'deeper/comfy.webp': await webpWith(
      exifWith('', 'bare', { fields: { 0x010f: `prompt:${foreignRecipes.comfy}` } }),
    ),
    'plain.png': await drawPicture(100, 101, 67).png().toBuffer(),
    'again.png': a1111,
    'notes.txt': 'no picture',
    'wrong-name.txt': await drawPicture(110).png().toBuffer(),
    '.hidden/secret.png': await drawPicture(120).png().toBuffer(),
    'empty.png': '',
  }
  const folder = folderWith(files)
  const july = new Date('2023-07-01T10:00:00Z')
  utimesSync(join(folder, 'a1111.png'), july, july)
  utimesSync(join(folder, 'again.png'), july, july)
  const transfer = openTransfer()
  const view = await transfer.take(folder)
  expect(view).toMatchObject({
    state: 'completed',
    imported: 5,
    duplicates: 1,
    skipped: 2,
    failed: 0,
    without_recipe: 2,
    looked_at: 8,
  })
  const pictures = stored(transfer)
  const byFile = new Map(pictures.map((one) => [one.recipe.imported?.file.replace('again', 'a1111'), one]))
  const castle = byFile.get('a1111.png')
  expect(castle).toMatchObject({
    state: 'completed',
    created_at: july.toISOString(),
    recipe: { seed: 2_914_637_105, preset: { id: 'imported', name: 'v1-5-pruned-emaonly' }, width: 512 },
    picture: { width: 96, height: 64 },
  })
  expect(castle?.recipe.imported?.gaps).toEqual(['source_picture', 'model'])
  // The oldest one comes last, in its own month.
  expect(pictures.at(-1)?.id).toBe(castle?.id)
  expect(byFile.get('plain.png')?.recipe).toMatchObject({ prompt: '', width: 104, height: 64 })
  expect(byFile.get('plain.png')?.recipe.imported?.tool).toBeNull()
  // Byte by byte what was there.
  for (const [path, content] of Object.entries(files)) {
    const one = byFile.get(path.split('/').at(-1) ?? '')
    if (one === undefined || path === 'again.png') continue
    const original = getGenerationFile(transfer.database, Number(one.id), 'original')
    expect(
      readFileSync(join(transfer.dataFolder, original?.path ?? '')).equals(content as Buffer),
      path,
    ).toBe(true)
  }
  expect(countJobs(transfer.database)).toContainEqual({ kind: 'thumbnail', state: 'queued', count: 5 })
  expect(countJobs(transfer.database)).toContainEqual({ kind: 'autotag_prompt', state: 'queued', count: 3 })
})

test('[transfer-import] the same folder again adds nothing', async () => {
  const folder = folderWith({ 'one.png': await pngWith({}, 1), 'two.png': await pngWith({}, 2) })
  const transfer = openTransfer()
  await transfer.take(folder)
  expect(await transfer.take(folder)).toMatchObject({ imported: 0, duplicates: 2 })
  expect(stored(transfer)).toHaveLength(2)
})

test('[transfer-import-report] names every file that could not be taken in, and why', async () => {
  const good = await pngWith({}, 3)
  const folder = folderWith({
    'broken.png': good.subarray(0, good.length - 40),
    'huge.png': hugePng(17_000),
    'heavy.png': Buffer.concat([good, Buffer.alloc(81 * 1024 * 1024)]),
    'good.png': good,
  })
  const transfer = openTransfer()
  const view = await transfer.take(folder)
  expect(view).toMatchObject({ state: 'completed', imported: 1, failed: 3 })
  const { problems } = transfer.imports.problems({ import: view.id, cursor: 0, limit: 100 })
  expect(Object.fromEntries(problems.map(({ path, code }) => [path, code]))).toEqual({
    'broken.png': 'picture_unreadable',
    'huge.png': 'import_picture_too_large',
    'heavy.png': 'picture_file_too_large',
  })
  const report = [...transfer.imports.report(view.id)].join('')
  expect(report).toContain('1 imported, 0 there already, 3 with a problem')
  expect(report).toContain('broken.png\tpicture_unreadable\tThe file is not a readable picture.')
  const paged = transfer.imports.problems({ import: view.id, cursor: 0, limit: 2 })
  expect(paged.problems).toHaveLength(2)
  expect(transfer.imports.problems({ import: view.id, cursor: paged.next_cursor ?? 0, limit: 2 })).toEqual({
    problems: [problems[2]],
    next_cursor: null,
  })
})

test('[transfer-import-folder] a folder that cannot be used is refused by name', async () => {
  const transfer = openTransfer()
  const file = join(folderWith({ 'a.txt': 'text' }), 'a.txt')
  for (const folder of [
    'pictures',
    '../pictures',
    '/no/such/folder',
    '/',
    file,
    `/tmp/${'x'.repeat(4000)}`,
    '/tmp/\0',
  ])
    expect(await codeOf(() => transfer.imports.start({ folder })), folder).toBe('import_folder_unusable')
  expect(transfer.imports.list({ limit: 10 }).imports).toEqual([])
})

test('[transfer-import-folder] links lead nowhere: neither out of the folder nor in circles', async () => {
  const outside = folderWith({ 'private.png': await pngWith({}, 4) })
  const folder = folderWith({ 'inside.png': await pngWith({}, 5) })
  symlinkSync(join(outside, 'private.png'), join(folder, 'link.png'))
  symlinkSync(outside, join(folder, 'elsewhere'))
  symlinkSync(folder, join(folder, 'circle'))
  const transfer = openTransfer()
  expect(await transfer.take(folder)).toMatchObject({ imported: 1, skipped: 3, failed: 0 })
})

test.skipIf(process.getuid?.() === 0)('[transfer-import-folder] what may not be read is named', async () => {
  const folder = folderWith({ 'open.png': await pngWith({}, 6), 'closed/one.png': await pngWith({}, 7) })
  chmodSync(join(folder, 'closed'), 0)
  onTestFinished(() => chmodSync(join(folder, 'closed'), 0o700))
  expect(await openTransfer().take(folder)).toMatchObject({ imported: 1, failed: 1 })
})

test('[transfer-import-resume] what one attempt has done the next one passes over, and counts as its own', async () => {
  const files = Object.fromEntries(
    await Promise.all(
      Array.from(
        { length: 130 },
        async (_, index) => [`${index}.png`, await pngWith({}, 1000 + index)] as const,
      ),
    ),
  )
  const folder = folderWith(files)
  const first = openTransfer()
  const { id } = await first.imports.start({ folder })
  await first.until(id, (view) => view.imported >= 40)
  await first.importing.stop()
  expect(first.imports.get(id)).toMatchObject({ state: 'queued', finished_at: null })
  const kept = stored(first).length
  expect(kept).toBeGreaterThanOrEqual(40)
  expect(kept).toBeLessThan(130)
  const next = openTransfer(first.dataFolder, first.database)
  expect(await next.until(id)).toMatchObject({ state: 'completed', imported: 130, duplicates: 0, failed: 0 })
  expect(listGenerations(next.database, { ...all, limit: 200 }).rows).toHaveLength(130)
}, 60_000)

test('[transfer-import-cancel] an import at work stops, keeps what it has, and says so', async () => {
  const files = Object.fromEntries(
    await Promise.all(
      Array.from(
        { length: 150 },
        async (_, index) => [`${index}.png`, await pngWith({}, 2000 + index)] as const,
      ),
    ),
  )
  const transfer = openTransfer()
  const { id } = await transfer.imports.start({ folder: folderWith(files) })
  await transfer.until(id, (view) => view.imported >= 40)
  const view = await transfer.imports.cancel(id)
  expect(view.state).toBe('cancelled')
  expect(stored(transfer).length).toBe(Math.min(view.imported, 100))
  expect(view.imported).toBeLessThan(150)
  expect(await codeOf(() => transfer.imports.cancel(id))).toBe('import_not_cancellable')
  expect(transfer.told.map(({ event }) => event.type)).toContain('import-progressed')
  expect(transfer.told.at(-1)?.message).toMatch(/^The import was stopped: \d+ imported/)
}, 60_000)

test('[transfer-import] pictures of one moment get ids of their own', async () => {
  const moment = new Date('2022-01-01T00:00:00Z')
  const folder = folderWith({ 'a.png': await pngWith({}, 8), 'b.png': await pngWith({}, 9) })
  for (const name of ['a.png', 'b.png']) utimesSync(join(folder, name), moment, moment)
  const transfer = openTransfer()
  await transfer.take(folder)
  expect(stored(transfer).map(({ id, created_at }) => [id, created_at])).toEqual([
    [String(moment.getTime() * 1024 + 1), moment.toISOString()],
    [String(moment.getTime() * 1024), moment.toISOString()],
  ])
})
