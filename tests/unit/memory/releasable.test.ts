import { expect, test } from 'vitest'
import type { Releasable } from '../../../orchestrator/domain/memory/releasable.ts'
import { readResidentBytes } from '../../../orchestrator/supervision/memory/resident.ts'
import { callWorker } from '../../../orchestrator/supervision/worker-connection.ts'
import { start } from '../supervision/programs.ts'
import { openMemory, ram } from './service-support.ts'

const megabytes = (count: number) => count * 1024 * 1024

/** A worker that holds 150 MB it can have again at once, and 250 MB it would have to load. */
async function holder() {
  const sizes = { context_bytes: megabytes(150), model_bytes: megabytes(250) }
  const script = new URL('../../fixtures/workers/holds-memory.mjs', import.meta.url).pathname
  const worker = await start('holds-memory', {
    command: [process.execPath, '--expose-gc', script],
    configuration: sizes,
  })
  const left = { soft: sizes.context_bytes, hard: sizes.context_bytes + sizes.model_bytes }
  const call = async (path: string) => {
    const { freed } = (await callWorker(worker.endpoint, 'POST', path, { body: {}, requestId: 'test' })) as {
      freed: number
    }
    return freed
  }
  const releasable: Releasable = {
    name: 'the language model',
    softBytes: () => left.soft,
    hardBytes: () => left.hard,
    async soft() {
      const freed = await call('/internal/context/purge')
      left.soft = 0
      left.hard -= freed
      return freed
    },
    async hard() {
      const freed = await call('/internal/models/unload')
      left.soft = left.hard = 0
      return freed
    },
  }
  const resident = async () => (await readResidentBytes(worker.child.pid ?? 0)) ?? 0
  return { releasable, resident }
}

test.runIf(process.platform === 'linux')(
  '[memory-release] another worker of ours gives back its context first, and its model only when that is not enough',
  async () => {
    const { releasable, resident } = await holder()
    const before = await resident()
    // What this machine would have free if it were small: what the worker gives back is really there then.
    let budget = 0
    const probe = async () => [ram(budget + before - (await resident()))]
    const { memory, order, told } = openMemory(probe, { releasables: [releasable] })
    const small = order({ width: 256, height: 256 })
    const { decision } = await memory.foresee(small)
    const needed = decision.expectation.bytes + decision.expectation.errorBytes + 128_000_000

    budget = needed - megabytes(100)
    const first = await memory.prepare(small)
    expect(first.plan.rung).toBe('purge_language_context')
    await expect.poll(async () => before - (await resident())).toBeGreaterThan(megabytes(120))
    first.end()

    budget = needed - megabytes(300)
    const second = await memory.prepare(small)
    expect(second.plan.rung).toBe('unload_language_model')
    await expect.poll(async () => before - (await resident())).toBeGreaterThan(megabytes(320))
    second.end()
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The context of the language model is released to make room \(needed .* free/),
      expect.stringMatching(/^The language model is unloaded to make room/),
    ])
  },
)
