import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { childrenOf } from '../../storage/generation-lineage.ts'
import type { GenerationViews } from './generation-views.ts'

/**
 * What a picture started from, and what started from it.
 *
 * @throws ProductError `generation_not_found`
 */
export function readLineage(
  { database, views }: { readonly database: ReadableDatabase; readonly views: GenerationViews },
  { generation, cursor, limit }: CheckedInput<'get_lineage'>,
): CapabilityOutput<'get_lineage'> {
  const { id, parent_id: parent } = views.row(Number(generation))
  const found = childrenOf(database, {
    parent: id,
    cursor: cursor === undefined ? null : Number(cursor),
    limit: limit + 1,
  })
  const page = found.slice(0, limit)
  return {
    parent: parent === null ? null : (views.many([parent])[0] ?? null),
    children: views.many(page),
    next_cursor: found.length > limit ? String(page.at(-1)) : null,
  }
}
