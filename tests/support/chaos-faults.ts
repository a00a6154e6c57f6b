import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { ErrorCode } from '../../contracts/errors.ts'
import { quick, type Product } from './product.ts'

/** Something that goes wrong with a picture. */
export interface Fault {
  /** What the scripted engine is told. */
  readonly prompt: string
  /** Harm from outside, once the picture is being made; null where the prompt does it. */
  readonly harm: { readonly to: 'worker' | 'engine'; readonly signal: NodeJS.Signals } | null
  /** How its attempts may end. */
  readonly codes: readonly ErrorCode[]
  /** How many attempts it spoils by itself. */
  readonly attempts: number
}

/** A picture that was asked for, under a request of its own. */
export interface Asked {
  readonly id: string
  readonly requestId: string
  readonly fault: Fault
}

const broken = (prompt: string, code: ErrorCode, attempts = 2): Fault => ({
  prompt,
  harm: null,
  codes: [code],
  attempts,
})
const harmed = (to: 'worker' | 'engine', signal: NodeJS.Signals, codes: ErrorCode[]): Fault => ({
  prompt: 'slow',
  harm: { to, signal },
  codes,
  attempts: 1,
})

const faults: readonly Fault[] = [
  broken('crash', 'engine_failed'),
  broken('garbage', 'engine_failed'),
  broken('too-few', 'engine_failed'),
  broken('wrong-size', 'engine_failed'),
  broken('babble', 'engine_failed'),
  broken('out-of-memory', 'out_of_memory'),
  broken('mute', 'engine_hung'),
  broken('stall', 'engine_hung'),
  broken('blank', 'blank_image', 1),
  harmed('worker', 'SIGKILL', ['worker_unavailable']),
  harmed('worker', 'SIGTERM', ['worker_unavailable']),
  harmed('worker', 'SIGSTOP', ['worker_unavailable']),
  harmed('engine', 'SIGKILL', ['engine_failed']),
  harmed('engine', 'SIGKILL', ['engine_failed']),
  harmed('engine', 'SIGSTOP', ['engine_hung', 'engine_failed']),
]

export function faultFor(random: () => number): Fault {
  const fault = faults[Math.floor(random() * faults.length)]
  if (fault === undefined) throw new Error('There is no such fault.')
  return fault
}

/** Asks for a picture and lets the fault happen to it. */
export async function strike(product: Product, fault: Fault, requestId: string): Promise<Asked> {
  const reply = await product.request('/api/generations', {
    method: 'POST',
    body: JSON.stringify({ ...quick, prompt: fault.prompt }),
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
  })
  const { generations } = (await reply.json()) as { generations: { id: string }[] }
  const id = generations[0]?.id ?? ''
  if (fault.harm !== null) {
    await product.feed.first(
      ({ event }) =>
        event.type === 'generation-progressed' &&
        event.generation_id === id &&
        event.progress.phase === 'encoding',
    )
    harm(product, fault.harm)
  }
  return { id, requestId, fault }
}

/** It may have ended by itself in this very moment, which is fine. */
function harm(product: Product, { to, signal }: NonNullable<Fault['harm']>): void {
  try {
    process.kill(product[to]().pid, signal)
  } catch {
    // Then the picture is made without harm.
  }
}

/** An attempt that takes longer hangs: the limits of the engine and the worker lie far below; milliseconds. */
const boundMs = 60_000

/**
 * Looks whether the trace of a picture explains what became of it.
 *
 * @returns how many of its attempts failed
 */
export async function explain(product: Product, { id, requestId, fault }: Asked): Promise<number> {
  const generation = await product.finished(id)
  // The last lines of the worker may still be on their way to the log.
  await wait(0)
  const trace = await product.invoke('get_trace', { request: requestId })
  const about = `${requestId} ${fault.prompt} ${JSON.stringify(fault.harm)}`
  expect(trace.outcome, about).toBe(generation.state)
  expect(
    trace.generations.map((one) => one.id),
    about,
  ).toEqual([id])
  const last = trace.attempts.at(-1)
  expect(last?.outcome, about).toBe(generation.state)
  // Harm may hit a picture that was just beginning; a fault of its own shows at least in its last attempt.
  const accidents: ErrorCode[] = ['worker_unavailable', 'engine_failed', 'engine_hung', 'worker_failed']
  for (const { outcome, error, started_at, ended_at } of trace.attempts) {
    expect(Date.parse(ended_at ?? '') - Date.parse(started_at), about).toBeLessThan(boundMs)
    if (outcome === 'completed') continue
    expect([...fault.codes, ...accidents], about).toContain(error?.code)
  }
  if (fault.harm === null) {
    expect(generation, about).toMatchObject({ state: 'failed', error: trace.error })
    expect(trace.summary, about).toContain(trace.error?.message ?? 'a reason')
  }
  const died = trace.attempts.some(({ error }) => error?.code === 'worker_unavailable')
  if (died) {
    const states = trace.timeline.map(({ facts }) => facts['event'])
    expect(states, about).toContain('worker-changed')
  }
  return trace.attempts.filter(({ outcome }) => outcome !== 'completed').length
}
