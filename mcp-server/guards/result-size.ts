import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Generation } from '../../contracts/entities/generation.ts'
import { ProductError } from '../../contracts/errors.ts'

/** What a value costs a client, in bytes of JSON. */
export function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/**
 * Refuses a result that would flood a model's context. Pictures it tells of are named, so that what was begun is not lost.
 *
 * @throws ProductError `agent_result_too_large`
 */
export function requireSize(result: CallToolResult, mostBytes: number): void {
  const bytes = sizeOf(result)
  if (bytes <= mostBytes) return
  const { generations = [] } = (result.structuredContent ?? {}) as { generations?: readonly Generation[] }
  const ids = generations.map(({ id }) => id)
  const named = ids.length === 0 ? '' : ` It tells of the pictures ${ids.join(', ')}.`
  throw new ProductError(
    'agent_result_too_large',
    `The result has ${bytes} bytes, and an agent is given at most ${mostBytes}.${named}`,
    { details: { bytes, most_bytes: mostBytes, generations: ids } },
  )
}
