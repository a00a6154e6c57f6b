import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { fillDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

const megabyte = 1024 * 1024

afterEach(async () => {
  await endProducts()
  removeDataFolders()
})

/** A data folder on a disk of 48 MB; null where nothing may be mounted here. The model lies elsewhere. */
async function smallDisk(): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  onTestFinished(async () => {
    await endProducts()
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true })
  })
  await fillDataFolder(folder)
  return folder
}

/** Fills the disk up to so many bytes; what frees it again. */
function fill(folder: string, leave: number): () => void {
  const { bavail, bsize } = statfsSync(folder)
  const path = join(folder, 'filler')
  writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - leave)))
  return () => rmSync(path)
}

async function queue(product: Product): Promise<string> {
  return (await product.invoke('generate', { ...quick })).generations[0]?.id ?? ''
}

test('[generation-disk-full] a full disk holds the queue; once there is room it goes on in order, and nothing is lost', async (context) => {
  const folder = await smallDisk()
  if (folder === null) return context.skip('mounting takes a privileged user')
  const product = await startProduct({ dataFolder: folder })
  const first = await queue(product)
  const waiting = [await queue(product), await queue(product)]
  await product.feed.firstOf('generation-started', first)
  const free = fill(folder, 4 * megabyte)
  const held = await product.feed.first(
    ({ event }) => event.type === 'generation-updated' && event.generation.error?.code === 'disk_full',
  )
  expect(held.message).toContain('Free some space')
  await expect(queue(product)).rejects.toMatchObject({ code: 'disk_full' })
  expect((await product.invoke('list_generations', { state: 'failed' })).generations).toEqual([])
  free()
  const made = await Promise.all([first, ...waiting].map((id) => product.finished(id)))
  expect(made.map(({ state, attempts }) => [state, attempts])).toEqual(
    Array.from({ length: 3 }, () => ['completed', 1]),
  )
  const ends = made.map(({ finished_at }) => String(finished_at))
  expect(ends).toEqual(ends.toSorted())
})

test('[generation-disk-full] a disk without a single free byte in the middle of a picture loses nothing, and the product stops when it is told to', async (context) => {
  const folder = await smallDisk()
  if (folder === null) return context.skip('mounting takes a privileged user')
  const product = await startProduct({ dataFolder: folder })
  const id = (await product.invoke('generate', { ...quick, steps: 20 })).generations[0]?.id ?? ''
  await product.feed.first(({ event }) => event.type === 'generation-progressed' && event.progress.step > 0)
  const free = fill(folder, 0)
  await product.feed.first(
    ({ event }) => event.type === 'generation-progressed' && event.progress.phase === 'decoding',
  )
  expect(await product.invoke('get_system_status', {})).toMatchObject({ disk: { free_bytes: 0 } })
  expect(await product.stop()).toBe(0)
  free()
  const next = await startProduct({ dataFolder: folder })
  expect(await next.finished(id)).toMatchObject({ state: 'completed', error: null })
})
