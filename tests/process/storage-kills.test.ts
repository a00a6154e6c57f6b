import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { handleOf, readAll, readOne, type ReadableDatabase } from '../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../orchestrator/storage/database.ts'
import { findOrphanPictures } from '../../orchestrator/storage/picture-upkeep.ts'
import { randomFrom } from '../support/random.ts'
import { pngWithRecipe } from '../unit/storage/backup-support.ts'
import { recipe, temporaryFolder } from '../unit/storage/support.ts'
import { startProgram, wait, type Program } from './storage-programs.ts'

/*
 * Kills a program that writes with the product's own storage, job runner and jobs, at moments from a seed: while it takes
 * up what was left, between two writes, in the middle of one. What it acknowledged over the pipe must be there in the end.
 */

const kills = Number(process.env['CHAOS_KILLS'] ?? 200)
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 2 ** 32)
const random = randomFrom(seed)

test(`[storage-kills] ${kills} kills during writes and jobs lose nothing that was acknowledged and do nothing twice`, async () => {
  process.stdout.write(`Seed of the kills: ${seed} (CHAOS_SEED)\n`)
  const folder = quickFolder()
  const picture = join(temporaryFolder(), 'picture.png')
  writeFileSync(picture, await pngWithRecipe(7))
  vi.stubEnv('NODE_COMPILE_CACHE', temporaryFolder())
  onTestFinished(() => void vi.unstubAllEnvs())
  const start = () => startProgram('live', folder, JSON.stringify(recipe()), picture)

  const said: string[] = []
  const loading = [start(), start()]
  for (let kill = 1; kill <= kills; kill += 1) {
    const program = loading.shift() ?? start()
    await program.says('begun')
    program.process.stdin?.write('go\n')
    // Others load meanwhile, so that a kill costs little more than the life before it.
    if (kill < kills) loading.push(start())
    await momentOfDeath(program)
    await program.kill()
    const lines = program.output().split('\n')
    // After the last line break there may be the beginning of a line that was never acknowledged as a whole.
    said.push(...lines.slice(1, -1))
  }
  for (const program of loading) await program.kill()
  await expectNothingLost(folder, said)
}, 600_000)

/** A third while it starts, a third after so many writes, a third at any time. */
async function momentOfDeath(program: Program): Promise<void> {
  const kind = random()
  if (kind < 0.33) return wait(random() * 60)
  await program.says('open')
  if (kind < 0.66) return wait(random() * 120)
  const writes = 1 + Math.floor(random() * 20)
  while (program.output().split('\n').length < writes + 3) await wait(1)
}

/** In memory where there is such a place: a kill takes nothing from the disk's cache, so waiting for the disk shows nothing. */
function quickFolder(): string {
  if (!existsSync('/dev/shm')) return temporaryFolder()
  const folder = mkdtempSync('/dev/shm/mysticanvas-kills-')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function expectNothingLost(folder: string, said: readonly string[]): Promise<void> {
  const database = openDatabase(join(folder, 'mysticanvas.sqlite'))
  onTestFinished(() => closeDatabase(database))
  verifySound(database)
  const idsOf = (word: string) =>
    said.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.split(' ')[1]))
  const states = new Map(
    readAll<{ id: number; state: string; rating: number | null }>(
      database,
      'SELECT id, state, rating FROM generations',
    ).map((row) => [row.id, row]),
  )
  const queued = idsOf('queued')
  const made = idsOf('made')
  process.stdout.write(
    `${said.filter((line) => line === 'open').length} starts got through, ${queued.length} pictures were acknowledged, ${made.length} as made, ${states.size} are stored\n`,
  )
  expect(made.length).toBeGreaterThan(kills / 4)
  expect(queued.filter((id) => !states.has(id))).toEqual([])
  expect(made.filter((id) => states.get(id)?.state !== 'completed')).toEqual([])
  expect(new Set(made).size).toBe(made.length)
  for (const line of said.filter((one) => one.startsWith('rated '))) {
    const [, id, rating] = line.split(' ')
    expect(states.get(Number(id))?.rating, line).toBe(Number(rating))
  }
  verifyOnce(database)
  verifyFiles(database, folder)
  for await (const orphans of findOrphanPictures(database, folder)) expect(orphans).toEqual([])
}

function verifySound(database: ReadableDatabase): void {
  const handle = handleOf(database)
  expect(handle.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(handle.pragma('foreign_key_check')).toEqual([])
  handle.exec(`INSERT INTO generations_fts (generations_fts) VALUES ('integrity-check')`)
  const inIndex = readOne(
    database,
    `SELECT count(*) AS count FROM generations_fts WHERE generations_fts MATCH 'boat'`,
  )
  expect(inIndex).toEqual(readOne(database, 'SELECT count(*) AS count FROM generations'))
  const wrongUses = `SELECT name FROM tags WHERE uses <> (SELECT count(*) FROM generation_tags WHERE tag_id = tags.id)`
  expect(readAll(database, wrongUses)).toEqual([])
}

/** Each picture has one job to make it, and one of each kind that follows once it is made; no end was told twice. */
function verifyOnce(database: ReadableDatabase): void {
  const jobs = (kind: string) =>
    `(SELECT count(*) FROM jobs WHERE generation_id = generations.id AND kind = '${kind}')`
  const wrong = `SELECT id, state, ${jobs('generate')} AS generate, ${jobs('thumbnail')} AS thumbnail, ${jobs('autotag_prompt')} AS tags
    FROM generations WHERE generate <> 1 OR thumbnail <> (state = 'completed') OR tags <> (state = 'completed')`
  expect(readAll(database, wrong)).toEqual([])
  const open = `SELECT id FROM generations WHERE (state = 'completed') <>
    EXISTS (SELECT 1 FROM jobs WHERE generation_id = generations.id AND kind = 'generate' AND state = 'completed')`
  expect(readAll(database, open)).toEqual([])
  const toldTwice = `SELECT generation_id FROM events WHERE type = 'generation-completed' GROUP BY 1 HAVING count(*) > 1`
  expect(readAll(database, toldTwice)).toEqual([])
}

/** Every file that a row speaks of is there with the content it should have; every picture that is made has its original. */
function verifyFiles(database: ReadableDatabase, folder: string): void {
  const files = readAll<{ path: string; sha256: string }>(
    database,
    'SELECT path, sha256 FROM generation_files',
  )
  for (const { path, sha256 } of files)
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
      path,
    ).toBe(sha256)
  const without = `SELECT id FROM generations WHERE (state = 'completed') <>
    EXISTS (SELECT 1 FROM generation_files WHERE generation_id = generations.id AND role = 'original')`
  expect(readAll(database, without)).toEqual([])
}
