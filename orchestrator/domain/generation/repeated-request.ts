import { createHash } from 'node:crypto'
import type { CheckedInput } from '../../../contracts/capabilities/index.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { ReadableDatabase, WritableDatabase } from '../../storage/connection.ts'
import { getKeyedRequest, insertKeyedRequest } from '../../storage/idempotency-keys.ts'

/**
 * The pictures a request was already answered with; null where it has no key or the key is new.
 *
 * @throws ProductError `idempotency_key_reused` where the key came with other arguments before
 */
export function findRepeated(
  database: ReadableDatabase,
  client: string,
  input: CheckedInput<'generate'>,
): readonly number[] | null {
  const { idempotency_key: key } = input
  const before = key === undefined ? null : getKeyedRequest(database, client, key)
  if (before === null) return null
  if (before.argumentsSha256 !== hashOfArguments(input)) throw new ProductError('idempotency_key_reused')
  return before.generations
}

/** Remembers what a request with a key was answered with; inside the transaction that stores its pictures. */
export function rememberRequest(
  database: WritableDatabase,
  client: string,
  input: CheckedInput<'generate'>,
  generations: readonly number[],
): void {
  const { idempotency_key: key } = input
  if (key === undefined) return
  const argumentsSha256 = hashOfArguments(input)
  insertKeyedRequest(database, { client, key, argumentsSha256, generations, createdAt: Date.now() })
}

/** How long to wait does not make it another request, and neither does the order of the fields. */
function hashOfArguments(input: CheckedInput<'generate'>): string {
  const fields = Object.entries(input)
    .filter(([field, value]) => field !== 'wait_seconds' && value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}
