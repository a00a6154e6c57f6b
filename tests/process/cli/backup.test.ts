import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Finding } from '../../../orchestrator/commands/doctor/finding.ts'
import { endCommands, runCommand } from '../../support/command.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

afterEach(async () => {
  await endCommands()
  await endProducts()
})
afterAll(removeDataFolders)

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

async function makePicture(product: Product): Promise<string> {
  const { generations } = await product.invoke('generate', { ...quick, steps: 1 })
  const id = generations[0]?.id ?? ''
  expect(await product.finished(id)).toMatchObject({ state: 'completed' })
  await product.feed.firstOf('generation-updated', id)
  return id
}

/** A data folder in which the product has made a picture, once for all tests. */
let used = { folder: '', id: '' }

beforeAll(async () => {
  const folder = await createDataFolder()
  const product = await startProduct({ dataFolder: folder })
  used = { folder, id: await makePicture(product) }
  await product.stop()
})

/** A copy of that data folder. */
async function usedDataFolder(): Promise<{ folder: string; id: string; database: string }> {
  const folder = await createDataFolder({ port: 0 })
  for (const name of ['images', 'thumbnails', 'previews', 'mysticanvas.sqlite'])
    cpSync(join(used.folder, name), join(folder, name), { recursive: true })
  return { folder, id: used.id, database: join(folder, 'mysticanvas.sqlite') }
}

async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return runCommand(args)
}

async function backUp(folder: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('backup', '--json', '--data', folder, ...args)
  expect(code, stderr).toBe(0)
  return (JSON.parse(stdout) as { path: string }).path
}

async function findings(folder: string, ...args: string[]): Promise<Map<string, Finding>> {
  const { stdout, stderr } = await run('doctor', '--json', '--data', folder, ...args)
  expect(stderr).toBe('')
  return new Map((JSON.parse(stdout) as Finding[]).map((finding) => [finding.subject, finding]))
}

test('[cli-backup] [storage-backup] a backup made while pictures are being made is whole, and going back keeps what came since', async () => {
  const folder = await createDataFolder()
  const product = await startProduct({ dataFolder: folder })
  const early = await makePicture(product)
  const busy = product.invoke('generate', { ...quick, count: 2, steps: 1 })
  const path = await backUp(folder)
  const copy = new Sqlite(join(path, 'mysticanvas.sqlite'), { readonly: true })
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(copy.pragma('foreign_key_check')).toEqual([])
  copy.close()
  const late = await Promise.all((await busy).generations.map(({ id }) => product.finished(id)))

  const refused = await run('restore', path, '--data', folder)
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('Error data_folder_in_use')
  await product.stop()
  const { code, stdout } = await run('restore', path, '--data', folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/kept: .*undo-\d{8}T\d{9}Z\.sqlite/)
  expect(stdout).toMatch(/All of its \d+ picture files are there/)

  const mended = await findings(folder, '--repair')
  expect(mended.get('Repair of the pictures')?.found).toContain('taken in')
  const next = await startProduct({ dataFolder: folder })
  for (const { id } of late)
    expect(await next.finished(id)).toMatchObject({ state: expect.stringMatching('completed') })
  expect(await next.invoke('get_generation', { generation: early })).toMatchObject({ state: 'completed' })
  await next.stop()
})

test('[cli-backup] a backup has a place and a time of its own, is never written over, and takes pictures along', async () => {
  const { folder, id } = await usedDataFolder()
  const place = mkdtempSync(join(tmpdir(), 'mysticanvas-backup-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const own = await run('backup', '--data', folder)
  expect(own.stdout).toMatch(
    /^The backup lies in .*backups.backup-\d{8}T\d{9}Z: .* 3 picture files .*without the pictures\.\n$/,
  )
  const target = await backUp(folder, join(place, 'mine'), '--pictures')
  const again = await run('backup', join(place, 'mine'), '--data', folder)
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('Error backup_exists')])

  const [picture = ''] = readdirSync(join(folder, 'images'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith(`${id}.png`),
  )
  const before = digest(join(folder, 'images', picture))
  unlinkSync(join(folder, 'images', picture))
  const missing = await findings(folder)
  expect(missing.get('Pictures')).toMatchObject({
    state: 'problem',
    found: expect.stringContaining('missing'),
  })
  const { code } = await run('restore', target, '--data', folder, '--verify')
  expect(code).toBe(0)
  expect(digest(join(folder, 'images', picture))).toBe(before)
})

test('[cli-backup] what is no backup is refused and changes nothing', async () => {
  const { folder, database } = await usedDataFolder()
  const before = digest(database)
  for (const [source, error] of [
    [join(folder, 'nowhere'), 'backup_not_found'],
    [folder, 'backup_not_found'],
    [join(folder, 'config.json'), 'database_damaged'],
  ] as const) {
    const { code, stderr } = await run('restore', source, '--data', folder)
    expect([code, stderr]).toEqual([1, expect.stringContaining(`Error ${error}`)])
  }
  expect(digest(database)).toBe(before)
  const empty = await createDataFolder()
  const { code, stderr } = await run('backup', '--data', empty)
  expect([code, stderr]).toEqual([1, expect.stringContaining('Error database_missing')])
})

test('[cli-repair] a damaged database is replaced by the newest good backup and kept beside it', async () => {
  const { folder, id, database } = await usedDataFolder()
  const good = await backUp(folder)
  const bad = await backUp(folder)
  writeFileSync(join(bad, 'mysticanvas.sqlite'), 'spoilt')
  writeFileSync(database, Buffer.alloc(8192, 'not a database'))
  const before = digest(database)
  const found = await findings(folder, '--repair')
  expect(found.get('Repair of the database')?.found).toContain(good)
  expect(found.get('Database')?.state).toBe('good')
  const kept = readdirSync(folder).find((name) => name.startsWith('mysticanvas.sqlite.damaged-')) ?? ''
  expect(digest(join(folder, kept))).toBe(before)
  const product = await startProduct({ dataFolder: folder })
  expect(await product.invoke('get_generation', { generation: id })).toMatchObject({ state: 'completed' })
  await product.stop()
})

test('[cli-repair] without a good backup the damaged file stays, and the pictures can be taken in by a new one', async () => {
  const { folder, id, database } = await usedDataFolder()
  writeFileSync(database, Buffer.alloc(8192, 'not a database'))
  const before = digest(database)
  const repair = (await findings(folder, '--repair')).get('Repair of the database')
  expect(repair).toMatchObject({ state: 'problem', advice: expect.stringContaining('safe place') })
  expect(digest(database)).toBe(before)

  rmSync(database)
  await (await startProduct({ dataFolder: folder })).stop()
  expect((await findings(folder, '--repair')).get('Unknown files')?.state).toBe('good')
  const product = await startProduct({ dataFolder: folder })
  expect(await product.invoke('get_generation', { generation: id })).toMatchObject({
    state: 'completed',
    recipe: { prompt: quick.prompt },
  })
  await product.stop()
})

test('[cli-repair] small pictures that are gone are made anew by the next start; while one runs nothing is mended', async () => {
  const { folder, id } = await usedDataFolder()
  rmSync(join(folder, 'thumbnails'), { recursive: true })
  expect((await findings(folder)).get('Pictures')).toMatchObject({ state: 'note' })
  const found = await findings(folder, '--repair', '--verify')
  expect(found.get('Repair of the pictures')?.found).toContain(
    '1 pictures and styles get their small pictures anew',
  )
  const product = await startProduct({ dataFolder: folder })
  const refused = await run('doctor', '--repair', '--data', folder)
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('Error data_folder_in_use')])
  await expect
    .poll(async () => (await product.request(`/api/pictures/${id}/thumbnail`)).status, { timeout: 20_000 })
    .toBe(200)
  await product.stop()
  expect(existsSync(join(folder, 'lost-and-found'))).toBe(false)
})
