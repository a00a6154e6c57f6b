import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

/** A picture that would take minutes. */
const endless = { ...quick, width: 256, height: 256, steps: 150 }
let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

async function queue(input: typeof quick): Promise<string> {
  return (await product.invoke('generate', input)).generations[0]?.id ?? ''
}

const cancel = (generation: string) => product.invoke('cancel_generation', { generation })

/** Waits until the engine has done a step. */
const atWork = (id: string) =>
  product.feed.first(
    ({ event }) =>
      event.type === 'generation-progressed' &&
      event.generation_id === id &&
      event.progress.phase === 'sampling',
  )

test('[generation-cancel] a picture at work is cancelled once the engine has stopped', async () => {
  const id = await queue(endless)
  await atWork(id)
  const cancelled = await cancel(id)
  expect(cancelled).toMatchObject({ state: 'cancelled', picture: null, progress: null, error: null })
  const told = product.feed.count('generation-progressed')
  // The worker is free at once: a picture that met it at work would be refused.
  const next = await product.finished(await queue(quick))
  expect(next).toMatchObject({ state: 'completed', attempts: 1 })
  const later = product.feed.events.filter(({ event }) => event.type === 'generation-progressed').slice(told)
  expect(
    later.some(({ event }) => event.type === 'generation-progressed' && event.generation_id === id),
  ).toBe(false)
  await product.feed.firstOf('generation-cancelled', id)
})

test('[generation-cancel] a picture that waits is cancelled at once, and the others move up', async () => {
  const first = await queue(endless)
  await atWork(first)
  const [second, third] = [await queue(quick), await queue(quick)]
  expect(await cancel(second)).toMatchObject({ state: 'cancelled', attempts: 0, started_at: null })
  expect((await product.invoke('get_generation', { generation: third })).queue_position).toBe(0)
  expect((await product.invoke('get_generation', { generation: first })).state).toBe('running')
  await cancel(first)
  expect((await product.finished(third)).state).toBe('completed')
})

test('[generation-cancel] a picture is cancelled at whatever moment', async () => {
  for (const delay of [0, 5, 10, 20, 40, 80, 160]) {
    const id = await queue(endless)
    await new Promise((resolve) => setTimeout(resolve, delay))
    expect((await cancel(id)).state, `after ${delay} ms`).toBe('cancelled')
  }
  const { queue: left } = await product.invoke('get_system_status', {})
  expect(left).toMatchObject({ waiting: 0, running: 0 })
})

test('[generation-cancel] a finished picture cannot be cancelled, and a cancelled one stays so', async () => {
  const id = await queue(quick)
  await product.finished(id)
  await expect(cancel(id)).rejects.toMatchObject({ code: 'generation_not_cancellable' })
  const cancelled = await queue(endless)
  await cancel(cancelled)
  expect((await cancel(cancelled)).state).toBe('cancelled')
})

test('[generation-cancel] two who cancel the same picture both hear that it stopped', async () => {
  const id = await queue(endless)
  await atWork(id)
  const answers = await Promise.all([cancel(id), cancel(id)])
  expect(answers.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
})

test('[generation-bin] a picture that is being made cannot be put in the bin', async () => {
  const id = await queue(endless)
  await expect(product.invoke('delete_generation', { generation: id })).rejects.toMatchObject({
    code: 'generation_not_finished',
  })
  await cancel(id)
  expect((await product.invoke('delete_generation', { generation: id })).deleted_at).not.toBeNull()
})
