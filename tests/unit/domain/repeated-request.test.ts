import { expect, test } from 'vitest'
import { findGeneration } from '../../../orchestrator/domain/generation/find-generation.ts'
import { findRepeated, rememberRequest } from '../../../orchestrator/domain/generation/repeated-request.ts'
import { pruneHistory } from '../../../orchestrator/domain/system/prune-history.ts'
import {
  moveGenerationToBin,
  markGenerationCancelled,
} from '../../../orchestrator/storage/generation-states.ts'
import { insertGeneration } from '../../../orchestrator/storage/generations.ts'
import { memoryDatabase, recipe } from '../storage/support.ts'

const request = { prompt: 'a boat', count: 2, idempotency_key: 'k' }

test('[generation-idempotency] the same request gives the same pictures, in whatever order its fields come', () => {
  const database = memoryDatabase()
  expect(findRepeated(database, 'one', request)).toBeNull()
  rememberRequest(database, 'one', request, [7, 8])
  expect(findRepeated(database, 'one', { idempotency_key: 'k', count: 2, prompt: 'a boat' })).toEqual([7, 8])
  expect(findRepeated(database, 'one', { ...request, wait_seconds: 50, seed: undefined })).toEqual([7, 8])
})

test('[generation-idempotency] another request with the same key is refused', () => {
  const database = memoryDatabase()
  rememberRequest(database, 'one', request, [7, 8])
  expect(() => findRepeated(database, 'one', { ...request, count: 1 })).toThrow(
    expect.objectContaining({ code: 'idempotency_key_reused' }),
  )
})

test('[generation-idempotency] a key belongs to one client, and no key stands for nothing', () => {
  const database = memoryDatabase()
  rememberRequest(database, 'one', request, [7, 8])
  rememberRequest(database, 'one', { prompt: 'a boat' }, [9])
  expect(findRepeated(database, 'two', request)).toBeNull()
  expect(findRepeated(database, 'one', { prompt: 'a boat' })).toBeNull()
})

test('[generation-idempotency] a key is forgotten after a month, and not before', () => {
  const database = memoryDatabase()
  const day = 24 * 3_600_000
  rememberRequest(database, 'one', request, [7])
  pruneHistory(database, Date.now() + 29 * day)
  expect(findRepeated(database, 'one', request)).toEqual([7])
  pruneHistory(database, Date.now() + 31 * day)
  expect(findRepeated(database, 'one', request)).toBeNull()
})

test('[generation-last] the last picture is the newest that the same caller asked for, outside the bin', () => {
  const database = memoryDatabase()
  const store = (id: number, client?: string) =>
    insertGeneration(database, {
      id,
      recipe: recipe(),
      prompt_words: null,
      request_id: 'r',
      created_at: id,
      ...(client === undefined ? {} : { client }),
    })
  store(1)
  store(2, 'agent:one')
  store(3, 'agent:one')
  store(4, 'agent:two')
  expect(findGeneration(database, 'last', 'local')).toBe(1)
  expect(findGeneration(database, 'last', 'agent:one')).toBe(3)
  expect(findGeneration(database, '4', 'agent:one')).toBe(4)
  markGenerationCancelled(database, 3, 5)
  moveGenerationToBin(database, 3, 6)
  expect(findGeneration(database, 'last', 'agent:one')).toBe(2)
  expect(() => findGeneration(database, 'last', 'agent:three')).toThrow(
    expect.objectContaining({ code: 'generation_not_found' }),
  )
})
