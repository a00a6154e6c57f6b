import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { errorTable, type ErrorCode } from '../../../contracts/errors.ts'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, failToStart, startProduct } from '../../support/product.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mysticanvas-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

/** Starts where that must fail, and checks that the code, what happened and what to do are told. */
async function expectFailure(code: ErrorCode, extra: string[] = []): Promise<string> {
  const { code: exitCode, stderr } = await failToStart(folder, extra)
  expect(exitCode).toBe(1)
  expect(stderr).toContain(`Error ${code}:`)
  expect(stderr).toContain(errorTable[code].advice)
  expect(stderr).not.toMatch(/^\s+at /m)
  return stderr
}

const databasePath = () => join(folder, 'mysticanvas.sqlite')
const digest = () => createHash('sha256').update(readFileSync(databasePath())).digest('hex')

test('[errors-start] a port that is taken is named', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  expect(await expectFailure('port_in_use', ['--port', String(port)])).toContain(String(port))
  expect(readdirSync(join(folder, 'run'))).not.toContain('token')
})

test('[errors-start] [storage-single-owner] a second start on a data folder is refused, and the first goes on', async () => {
  const product = await startProduct()
  folder = product.dataFolder
  await expectFailure('data_folder_in_use')
  expect((await product.invoke('get_system_status', {})).data_folder).toBe(folder)
  expect(readFileSync(join(folder, 'run', 'token'), 'utf8')).toBe(product.token)
  await product.stop()
  const next = await startProduct({ dataFolder: folder })
  expect(await next.stop()).toBe(0)
})

test('[errors-start] a file in the way of the data folder is told', async () => {
  writeFileSync(join(folder, 'file'), '')
  folder = join(folder, 'file')
  await expectFailure('data_folder_read_only')
})

test('[errors-start] a place where nothing can be made is told', async () => {
  const made = folder
  folder = '/proc/mysticanvas'
  await expectFailure('data_folder_read_only')
  folder = made
})

test('[errors-start] a data folder that is mounted for reading only is told', async (context) => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return context.skip('mounting takes a privileged user')
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  for (const name of ['models', 'backups', 'logs', 'run']) mkdirSync(join(folder, name))
  execFileSync('mount', ['-o', 'remount,ro', folder])
  await expectFailure('data_folder_read_only')
})

test('[errors-start] [storage-refuses] a newer database is refused and left as it is', async () => {
  const handle = new Sqlite(databasePath())
  handle.exec('CREATE TABLE of_the_future (id INTEGER); PRAGMA user_version = 9999')
  handle.close()
  const before = digest()
  await expectFailure('database_newer')
  expect(digest()).toBe(before)
})

test.each([
  ['no database', () => Buffer.from('This is a letter to my aunt. '.repeat(500))],
  ['empty', () => Buffer.alloc(0)],
  ['torn', () => tornDatabase()],
])(
  '[errors-start] [storage-refuses] a database that is %s is refused and left as it is',
  async (_, content) => {
    writeFileSync(databasePath(), content())
    const before = digest()
    await expectFailure('database_damaged')
    expect(digest()).toBe(before)
    expect(readdirSync(folder).filter((name) => name.startsWith('mysticanvas'))).toEqual([
      'mysticanvas.sqlite',
    ])
  },
)

test.each([
  ['{"port": 7801', 'not valid JSON'],
  ['[]', 'not a JSON object'],
  ['{"prot": 7801}', 'prot'],
  ['{"image_worker": {"threads": "many"}}', 'image_worker.threads'],
  [Buffer.from([0, 255, 1, 254]), 'not valid JSON'],
])('[errors-start] [contracts-config] the configuration %j is refused', async (text, named) => {
  writeFileSync(join(folder, 'config.json'), text)
  expect(await expectFailure('invalid_config')).toContain(named)
})

/** A database with its middle overwritten. */
function tornDatabase(): Buffer {
  const path = join(folder, 'torn.sqlite')
  const handle = new Sqlite(path)
  handle.exec('CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT)')
  const insert = handle.prepare('INSERT INTO things (text) VALUES (?)')
  for (let row = 0; row < 500; row += 1) insert.run('x'.repeat(100))
  handle.close()
  const content = readFileSync(path)
  rmSync(path)
  return Buffer.from(content.fill('y', 6000, 20_000))
}
