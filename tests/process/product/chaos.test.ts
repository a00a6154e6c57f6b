import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import type { EventType } from '../../../contracts/events.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { randomFrom } from '../../support/random.ts'
import { leftAfter } from '../../support/product-processes.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

/*
 * Kills the whole product again and again, at random moments and right after random events, while a queue of small
 * pictures is being made. What was acknowledged must be there in the end, once.
 */

const kills = Number(process.env['CHAOS_KILLS'] ?? 50)
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 2 ** 32)
const random = randomFrom(seed)

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

test(`[generation-durable] [supervision-lifeline] ${kills} kills lose nothing and make nothing twice`, async () => {
  process.stdout.write(`Seed of the kills: ${seed} (CHAOS_SEED)\n`)
  const dataFolder = await createDataFolder()
  const acknowledged = new Set<string>()
  for (let kill = 1; kill <= kills; kill += 1) {
    const product = await startProduct({ dataFolder })
    const asking = keepAsking(product, acknowledged)
    await momentOfDeath(product)
    const processes = product.processes()
    await product.kill()
    await asking
    expect(await leftAfter(processes, 2000), `after kill ${kill}`).toEqual([])
  }
  const product = await startProduct({ dataFolder })
  await verify(product, acknowledged)
}, 600_000)

/** Asks for pictures until the product is gone, never for more than a few at a time. */
async function keepAsking(product: Product, acknowledged: Set<string>): Promise<void> {
  try {
    for (;;) {
      const { queue } = await product.invoke('get_system_status', {})
      if (queue.waiting < 3) {
        const { generations } = await product.invoke('generate', {
          ...quick,
          steps: 1,
          count: 1 + Math.floor(random() * 2),
        })
        for (const { id } of generations) acknowledged.add(id)
      }
      await wait(50)
    }
  } catch {
    // Killed: what was not acknowledged may or may not be there.
  }
}

/** Half of the kills come at any time after the start, half right after something has happened. */
async function momentOfDeath(product: Product): Promise<void> {
  if (random() < 0.5) return wait(50 + random() * 1450)
  const types: EventType[] = [
    'generation-queued',
    'generation-started',
    'generation-progressed',
    'generation-completed',
    'generation-completed',
    'generation-updated',
  ]
  const type = types[Math.floor(random() * types.length)]
  await Promise.race([product.feed.first(({ event }) => event.type === type), wait(5000)])
  await wait(random() * 40)
}

async function verify(product: Product, acknowledged: ReadonlySet<string>): Promise<void> {
  const all = new Map<string, string>()
  let cursor: string | undefined
  do {
    const page = await product.invoke('list_generations', {
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const { id } of page.generations) all.set(id, (await product.finished(id)).state)
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  await product.feed
    .first(({ event }) => event.type === 'queue-changed' && event.queue.waiting + event.queue.running === 0)
    .catch(() => undefined)
  expect([...acknowledged].filter((id) => !all.has(id))).toEqual([])
  const completed = [...all].filter(([, state]) => state === 'completed').map(([id]) => id)
  const failed = [...all].filter(([, state]) => state !== 'completed').map(([id]) => id)
  process.stdout.write(
    `${acknowledged.size} pictures acknowledged, ${all.size} stored, ${completed.length} made, ${failed.length} killed twice\n`,
  )
  expect(completed.length).toBeGreaterThan(0)
  for (const id of failed) {
    expect(await product.invoke('get_generation', { generation: id })).toMatchObject({
      state: 'failed',
      error: { code: 'interrupted' },
    })
  }
  await product.stop()
  verifyStorage(product.dataFolder, completed, failed)
}

/** Looks at rows and files themselves: one original for each picture that is completed, and no other file. */
function verifyStorage(dataFolder: string, completed: readonly string[], failed: readonly string[]): void {
  const database = new Sqlite(join(dataFolder, 'mysticanvas.sqlite'), { readonly: true })
  const originals = database
    .prepare(
      "SELECT CAST(generation_id AS TEXT) AS id, path, sha256 FROM generation_files WHERE role = 'original'",
    )
    .all() as {
    id: string
    path: string
    sha256: string
  }[]
  const attempts = database
    .prepare("SELECT CAST(generation_id AS TEXT) AS id, attempts FROM jobs WHERE kind = 'generate'")
    .all() as { id: string; attempts: number }[]
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
  expect(originals.map(({ id }) => id).toSorted()).toEqual(completed.toSorted())
  for (const { path, sha256 } of originals) {
    expect(
      createHash('sha256')
        .update(readFileSync(join(dataFolder, path)))
        .digest('hex'),
      path,
    ).toBe(sha256)
  }
  for (const id of failed) expect(attempts.find((job) => job.id === id)?.attempts, id).toBe(2)
  const files = ['images', 'thumbnails', 'previews'].flatMap((folder) =>
    readdirSync(join(dataFolder, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ),
  )
  expect(files.filter(({ name }) => name.startsWith('.writing'))).toEqual([])
  const known = new Set(completed)
  // A picture that was killed between its file and its row, twice, leaves the file; anything else would be a loss of order.
  expect(
    files.map(({ name }) => name.split('.')[0] ?? '').filter((id) => !known.has(id) && !failed.includes(id)),
  ).toEqual([])
}
