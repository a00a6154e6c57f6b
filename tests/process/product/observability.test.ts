import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Trace } from '../../../contracts/entities/trace.ts'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'
import { waitUntil } from '../../support/worker-process.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct({ scripted: true })
})
afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

async function ask(
  prompt: string,
  headers: Record<string, string>,
): Promise<{ id: string; requestId: string }> {
  const reply = await product.request('/api/generations', {
    method: 'POST',
    body: JSON.stringify({ ...quick, prompt }),
    headers: { 'content-type': 'application/json', ...headers },
  })
  const { generations } = (await reply.json()) as { generations: { id: string }[] }
  return { id: generations[0]?.id ?? '', requestId: reply.headers.get('x-request-id') ?? '' }
}

const readLog = () => readFileSync(join(product.dataFolder, 'logs', 'orchestrator.log'), 'utf8')

async function traceOf(request: string): Promise<Trace> {
  return product.invoke('get_trace', { request })
}

describe('what the running product tells about itself', () => {
  it('[trace-context] the trace of a caller names the request and goes on to the worker', async () => {
    const traceId = createHash('md5').update(String(Date.now())).digest('hex')
    const { id, requestId } = await ask('noise', { traceparent: `00-${traceId}-b7ad6b7169203331-01` })
    expect(requestId).toBe(traceId)
    await product.finished(id)
    await waitUntil(() => readLog().includes('POST /v1/images/generate'), 5000)
    const { timeline } = await traceOf(traceId)
    const ofWorker = timeline.find(({ facts }) => facts['endpoint'] === 'POST /v1/images/generate')
    expect(ofWorker).toMatchObject({ process: 'image worker', facts: { trace_id: traceId } })
  })

  it('[workers-told] a worker that is killed over a picture is told of at once and by the trace, and the picture is tried again', async () => {
    const before = product.worker().pid
    const { id } = await ask('mute', { 'x-request-id': 'mute-1' })
    // Before the worker has begun, its end would concern nobody.
    await product.feed.first(
      ({ event }) =>
        event.type === 'generation-progressed' &&
        event.generation_id === id &&
        event.progress.phase !== 'preparing',
    )
    process.kill(before, 'SIGKILL')
    const lost = await product.feed.first(
      ({ event }) => event.type === 'worker-changed' && event.state === 'restarting',
    )
    expect(lost).toMatchObject({
      request_id: 'mute-1',
      message: 'The image worker stopped unexpectedly and is starting again; your picture will be retried.',
      event: { requests: ['mute-1'], error: { details: { signal: 'SIGKILL' } } },
    })
    const recovered = await product.feed.first(
      ({ event }) => event.type === 'worker-changed' && event.recovered,
    )
    expect(recovered).toMatchObject({
      request_id: 'mute-1',
      message: 'The image worker has recovered and is ready again.',
    })
    await product.feed.first(
      ({ event }) => event.type === 'generation-started' && event.generation.attempts > 0,
    )
    await product.invoke('cancel_generation', { generation: id })
    const trace = await traceOf('mute-1')
    expect(trace).toMatchObject({ outcome: 'cancelled', generations: [{ id, state: 'cancelled' }] })
    expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'cancelled'])
    const words = trace.timeline.map(({ message }) => message)
    expect(words).toEqual(expect.arrayContaining([lost.message, recovered.message]))
  })

  it('[trace-unknown] a request that nothing is known about is answered as such', async () => {
    await expect(traceOf('never-heard-of')).rejects.toMatchObject({ code: 'request_not_found' })
    await expect(traceOf('not an id')).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('[trace-processes] a request that was refused is explained as well', async () => {
    const reply = await product.request('/api/generations/77', { headers: { 'x-request-id': 'refused-1' } })
    expect(reply.status).toBe(404)
    await waitUntil(() => readLog().includes('refused-1'), 5000)
    expect(await traceOf('refused-1')).toMatchObject({ outcome: 'refused', generations: [] })
  })

  it('[logs-metrics] tells figures to programs that have the token, and to nobody else', async () => {
    const { id } = await ask('out-of-memory', {})
    await product.finished(id)
    const reply = await product.request('/metrics')
    expect(reply.headers.get('content-type')).toContain('text/plain')
    const text = await reply.text()
    for (const line of [
      /^mysticanvas_generation_attempts_total\{outcome="completed",error_code=""\} 1$/m,
      /^mysticanvas_generation_attempts_total\{outcome="failed",error_code="\w+"\} 1$/m,
      /^mysticanvas_worker_failures_total\{worker="image",state="restarting"\} 1$/m,
      /^mysticanvas_worker_up\{worker="image"\} [01]$/m,
      /^mysticanvas_pictures 1$/m,
      /^mysticanvas_jobs\{state="waiting"\} 0$/m,
      /^mysticanvas_http_request_duration_seconds_count\{endpoint="POST \/api\/generations",status="200"\} \d+$/m,
      /^process_resident_memory_bytes \d+$/m,
    ])
      expect(text).toMatch(line)
    for (const authorization of ['', 'Bearer wrong']) {
      const refused = await fetch(`${product.url}/metrics`, { headers: { authorization } })
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    }
  })

  it('[logs-redacted] secrets that are planted in requests stand in no file of the log', async () => {
    const secret = 'planted-secret-9f8e7d6c'
    await fetch(`${product.url}/login?code=${secret}`, { redirect: 'manual' })
    await product.request(`/api/status?token=${secret}`, {
      headers: { cookie: `mysticanvas_session=${secret}` },
    })
    await fetch(`${product.url}/api/status`, { headers: { authorization: `Bearer ${secret}` } })
    await product.request(`/nowhere/token=${secret}`)
    const folder = join(product.dataFolder, 'logs')
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8')
      expect(text).not.toContain(secret)
      expect(text).not.toContain(product.token)
    }
  })
})
