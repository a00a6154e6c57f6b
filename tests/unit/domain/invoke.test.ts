import { expect, test } from 'vitest'
import { createInvoke, type Handlers } from '../../../orchestrator/domain/invoke.ts'

/** Handlers that remember what they were given and answer with the next of these. */
function invokeWith(answer: unknown) {
  const given: unknown[] = []
  const handler = (input: unknown) => {
    given.push(input)
    return answer
  }
  const handlers = new Proxy({}, { get: () => handler }) as Handlers
  return { given, invoke: createInvoke(handlers) }
}

test('[contracts-strict] a handler gets checked input with its defaults', async () => {
  const { invoke, given } = invokeWith({ generations: [], next_cursor: null, previous_cursor: null })
  expect(await invoke('list_generations', {})).toEqual({
    generations: [],
    next_cursor: null,
    previous_cursor: null,
  })
  expect(given).toEqual([{ direction: 'forward', limit: 50, deleted: false }])
})

test('[contracts-strict] a handler never sees wrong input', async () => {
  const { invoke, given } = invokeWith({})
  await expect(invoke('list_generations', { limit: 0 })).rejects.toMatchObject({ code: 'invalid_input' })
  expect(given).toEqual([])
})

test('[contracts-errors] an answer against the contract is a bug of ours, and says nothing of itself', async () => {
  const { invoke } = invokeWith({ preset: 'a', secret: 'psst' })
  const failing = invoke('delete_preset', { preset: 'a' })
  await expect(failing).rejects.toMatchObject({ code: 'internal_error', details: {} })
  await expect(failing).rejects.not.toThrow(/psst|secret/)
})
