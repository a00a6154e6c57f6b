import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { z } from 'zod'
import { recipeSchema } from '../../../contracts/entities/recipe.ts'
import { exportName } from '../../../orchestrator/domain/transfer/export-names.ts'
import { getGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import { exifWith, jpegWith, pngWith } from '../../support/foreign-pictures.ts'
import { foreignRecipes } from '../../support/foreign-recipes.ts'
import { codeOf } from '../domain/support.ts'
import { folderWith, openTransfer, type TestTransfer } from './support.ts'

const manifestSchema = z.object({
  format: z.literal('mysticanvas-export'),
  version: z.literal(1),
  missing: z.array(z.object({ id: z.string(), reason: z.string() })),
  pictures: z.array(z.looseObject({ id: z.string(), recipe: z.string(), sha256: z.string() })),
})

function openFile(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    return ''
  }
}

/** The files of an archive, by name. */
async function unpack(archive: ReadableStream<Uint8Array>): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(Buffer.from(await new Response(archive).arrayBuffer()))
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry)
    files.set(entry.fileName, Buffer.concat(await stream.toArray()))
  }
  return files
}

async function exportOf(transfer: TestTransfer, wanted: { generations?: string[]; query?: string }) {
  const { url, pictures } = await transfer.exports.prepare(wanted)
  const files = await unpack(transfer.exports.open(url.split('/').at(-1) ?? ''))
  return { pictures, files, manifest: manifestSchema.parse(JSON.parse(String(files.get('manifest.json')))) }
}

async function filled(): Promise<{ transfer: TestTransfer; originals: Buffer[] }> {
  const originals = [
    await pngWith({ parameters: foreignRecipes.a1111 }),
    await jpegWith(exifWith(foreignRecipes.fooocus, 'utf-8')),
    await pngWith({ prompt: foreignRecipes.comfy }),
  ]
  const transfer = openTransfer()
  const [a = '', b = '', c = ''] = originals
  await transfer.take(folderWith({ 'a.png': a, 'b.jpg': b, 'c.png': c }))
  return { transfer, originals }
}

test('[transfer-export] the originals byte by byte, a recipe each, and a manifest; imported again they are all known', async () => {
  const { transfer, originals } = await filled()
  const { pictures, files, manifest } = await exportOf(transfer, { query: '' })
  expect(pictures).toBe(3)
  expect(files.size).toBe(7)
  const packed = [...files].filter(([name]) => name.startsWith('pictures/')).map(([, content]) => content)
  const hashes = (list: readonly Buffer[]) =>
    list.map((content) => createHash('sha256').update(content).digest('hex')).toSorted()
  expect(hashes(packed)).toEqual(hashes(originals))
  expect(manifest.pictures.map(({ sha256 }) => sha256).toSorted()).toEqual(hashes(originals))
  expect(manifest.missing).toEqual([])
  for (const { recipe, id } of manifest.pictures) {
    const parsed = recipeSchema.parse(JSON.parse(String(files.get(recipe))))
    expect(parsed).toEqual(transfer.views.one(Number(id)).recipe)
  }
  const folder = folderWith(Object.fromEntries(files))
  expect(await transfer.take(folder)).toMatchObject({ imported: 0, duplicates: 3, failed: 0 })
})

test('[transfer-export] a search chooses the pictures', async () => {
  const { transfer } = await filled()
  const { files } = await exportOf(transfer, { query: 'paper' })
  expect([...files.keys()].filter((name) => name.startsWith('pictures/'))).toEqual([
    expect.stringMatching(/^pictures\/\d+-a-paper-boat\.png$/),
  ])
  expect(await codeOf(() => transfer.exports.prepare({ query: 'xylophone' }))).toBe('export_empty')
  expect(await codeOf(() => transfer.exports.prepare({ generations: ['1'] }))).toBe('export_empty')
})

test('[transfer-export] what is gone when its turn comes is named in the manifest, and the archive stays whole', async () => {
  const { transfer } = await filled()
  const all = (await exportOf(transfer, { query: '' })).manifest.pictures.map(({ id }) => id)
  const { url } = await transfer.exports.prepare({ generations: [...all, '77'] })
  const gone = getGenerationFile(transfer.database, Number(all[1]), 'original')
  rmSync(join(transfer.dataFolder, gone?.path ?? ''))
  const files = await unpack(transfer.exports.open(url.split('/').at(-1) ?? ''))
  const manifest = manifestSchema.parse(JSON.parse(String(files.get('manifest.json'))))
  expect(manifest.missing).toEqual([
    { id: all[1], reason: 'Its file is not there.' },
    { id: '77', reason: 'There is no such picture.' },
  ])
  expect(manifest.pictures.map(({ id }) => id)).toEqual([all[0], all[2]])
})

test.runIf(process.platform === 'linux')(
  '[transfer-export] a download that is broken off closes its file',
  async () => {
    const folder = folderWith({
      'large.png': Buffer.concat([await pngWith({}, 70), Buffer.alloc(8_000_000)]),
    })
    const transfer = openTransfer()
    await transfer.take(folder)
    const { url } = await transfer.exports.prepare({ query: '' })
    const reader = transfer.exports.open(url.split('/').at(-1) ?? '').getReader()
    await reader.read()
    await reader.cancel().catch(() => undefined)
    const isOpen = () =>
      readdirSync('/proc/self/fd').some((name) =>
        openFile(name).startsWith(join(transfer.dataFolder, 'images')),
      )
    await expect.poll(isOpen).toBe(false)
  },
)

test('[transfer-export] a ticket that was never given opens nothing', async () => {
  const transfer = openTransfer()
  expect(await codeOf(() => transfer.exports.open('guess'))).toBe('export_expired')
})

test.each([
  ['a red boat, on the sea!', '5-a-red-boat-on-the-sea'],
  ['../../etc/passwd', '5-etc-passwd'],
  ['CON', '5-con'],
  ['trailing dots...', '5-trailing-dots'],
  ['日本の城', '5-日本の城'],
  ['\0\n\t', '5'],
  ['x'.repeat(70), `5-${'x'.repeat(60)}`],
])('[transfer-export-names] %j is named safely on every system', (prompt, name) => {
  expect(exportName('5', prompt)).toBe(name)
})

test('[transfer-export] more pictures than are looked up at a time', async () => {
  const transfer = openTransfer()
  const content = await pngWith({}, 90)
  mkdirSync(join(transfer.dataFolder, 'many'))
  for (let index = 0; index < 60; index += 1)
    writeFileSync(
      join(transfer.dataFolder, 'many', `${index}.png`),
      Buffer.concat([content, Buffer.from([index % 256, index >> 8])]),
    )
  await transfer.take(join(transfer.dataFolder, 'many'))
  const { url, pictures } = await transfer.exports.prepare({ query: '' })
  expect(pictures).toBe(60)
  const reader = transfer.exports.open(url.split('/').at(-1) ?? '').getReader()
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length
  expect(bytes).toBeGreaterThan(60 * content.length)
}, 60_000)
