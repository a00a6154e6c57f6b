import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { traceSchema, type Trace } from '../../../contracts/entities/trace.ts'
import { endCommands, runCommand } from '../../support/command.ts'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

afterAll(async () => {
  await endCommands()
  await endProducts()
  removeDataFolders()
})

/** Asks for a picture under a request id of our own and waits for its end. */
async function ask(product: Product, prompt: string, requestId: string): Promise<string> {
  const reply = await product.request('/api/generations', {
    method: 'POST',
    body: JSON.stringify({ ...quick, prompt }),
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
  })
  const { generations } = (await reply.json()) as { generations: { id: string }[] }
  const id = generations[0]?.id ?? ''
  await product.finished(id)
  return id
}

describe('mysticanvas trace', () => {
  let product: Product
  let failed: string
  let running: Trace

  const trace = (...args: string[]) => runCommand(['trace', ...args, '--data', product.dataFolder])

  beforeAll(async () => {
    product = await startProduct({ scripted: true })
    await ask(product, 'noise', 'good-1')
    failed = await ask(product, 'crash', 'bad-1')
    const { stdout } = await trace('bad-1', '--json')
    running = traceSchema.parse(JSON.parse(stdout))
    await product.stop()
  })

  it('[trace-failed] explains a failed picture: each attempt, why, and the last words of the engine', () => {
    expect(running).toMatchObject({
      request_id: 'bad-1',
      outcome: 'failed',
      error: { code: 'engine_failed' },
      generations: [{ id: failed, state: 'failed', prompt: 'crash', attempts: 2 }],
      attempts: [
        { number: 1, outcome: 'failed', error: { code: 'engine_failed', details: { signal: 'SIGABRT' } } },
        { number: 2, outcome: 'failed', error: { code: 'engine_failed' } },
      ],
      last_words: expect.stringContaining('GGML_ASSERT failed'),
    })
    expect(running.summary).toContain('failed after 2 attempts')
  })

  it('[trace-processes] shows what each process had to say, in the order of time', () => {
    const { timeline } = running
    expect(new Set(timeline.map(({ process: name }) => name))).toEqual(
      new Set(['orchestrator', 'image worker']),
    )
    expect(timeline.map(({ time }) => time)).toEqual(timeline.map(({ time }) => time).toSorted())
    const endpoints = timeline
      .map(({ facts }) => facts['endpoint'])
      .filter((endpoint) => endpoint !== undefined)
    expect(endpoints).toContain('POST /api/generations')
    expect(endpoints.filter((endpoint) => endpoint === 'POST /v1/images/generate')).toHaveLength(2)
  })

  it('[trace-stopped] tells the same of a product that does not run', async () => {
    const { code, stdout } = await trace('bad-1', '--json')
    expect(code).toBe(0)
    const stopped = traceSchema.parse(JSON.parse(stdout))
    expect(stopped.timeline.slice(0, running.timeline.length)).toEqual(running.timeline)
    expect(stopped.attempts).toEqual(running.attempts)
  })

  it('[trace-cli] prints it for people', async () => {
    const { code, stdout } = await trace('bad-1')
    expect(code).toBe(0)
    expect(stdout).toContain('Request bad-1: failed')
    expect(stdout).toMatch(/attempt 1: failed after \d+ ms \(engine_failed\)/)
    expect(stdout).toMatch(/Last words\n {2}GGML_ASSERT failed/)
    expect(stdout).not.toContain('\u001B')
  })

  it('[trace-cli] tells of a picture that was made', async () => {
    const { stdout } = await trace('good-1', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'completed',
      error: null,
      last_words: null,
      attempts: [{ outcome: 'completed' }],
    })
  })

  it.each([
    ['nobody-knows-it', 'request_not_found'],
    ['not an id', 'invalid_input'],
  ])('[trace-unknown] says so where nothing is known: %s', async (id, error) => {
    const { code, stderr, stdout } = await trace(id)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(error)
  })

  it('[logs-correlated] every line of a request carries its id, endpoint, duration and outcome', () => {
    const lines = readFileSync(join(product.dataFolder, 'logs', 'orchestrator.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const ours = lines.filter((line) => line['request_id'] === 'bad-1')
    const facts = { duration_ms: expect.any(Number), outcome: expect.any(String) }
    expect(ours).toContainEqual(expect.objectContaining({ endpoint: 'POST /api/generations', ...facts }))
    expect(ours).toContainEqual(
      expect.objectContaining({ worker: 'image', endpoint: 'POST /v1/images/generate', ...facts }),
    )
    expect(ours).toContainEqual(expect.objectContaining({ kind: 'generate', attempt: 2, ...facts }))
    expect(ours).toContainEqual(
      expect.objectContaining({ event: 'generation-failed', error_code: 'engine_failed' }),
    )
  })
})
