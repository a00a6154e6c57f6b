import type { GenerationState } from '../../contracts/entities/generation.ts'
import { readAll, type Parameters, type ReadableDatabase } from './connection.ts'
import {
  generationColumns,
  parseGenerationRow,
  type GenerationRow,
  type StoredGenerationRow,
} from './generation-row.ts'
import { cutPage, type PageCursors, type PageDirection } from './page-cursors.ts'

/** Which pictures a list shows. */
export interface GenerationListQuery {
  /** A place between two pictures: this id and larger ones lie before it, smaller ones after it; null for the beginning or the end. */
  readonly cursor: number | null
  /** Whether the page after the cursor is wanted, as it is where this is left out, or the one before it. */
  readonly direction?: PageDirection
  /** Pictures a page. */
  readonly limit: number
  /** Only pictures in this state, or queued and running ones; null for all. */
  readonly state: GenerationState | 'unfinished' | null
  /** True for the bin, false for everything outside it. */
  readonly deleted: boolean
  /** Only pictures in this collection; null, or left out, for all. */
  readonly collection?: number | null
}

/** One page of a list, newest first, and the cursors of the pages beside it. */
export interface GenerationPage extends PageCursors {
  readonly rows: GenerationRow[]
}

/**
 * Lists pictures, newest first. The cursor is an id, so a page costs the same wherever it lies, and pictures that come
 * or go meanwhile never make one show twice or be left out.
 */
export function listGenerations(database: ReadableDatabase, query: GenerationListQuery): GenerationPage {
  const { sql, parameters } = generationListStatement(query)
  const stored = readAll<StoredGenerationRow>(database, sql, parameters)
  const { items, ...cursors } = cutPage(stored, query)
  return { rows: items.map(parseGenerationRow), ...cursors }
}

/** The statement behind `listGenerations`; it asks for one row more than the page, to know whether there is a next. */
export function generationListStatement(query: GenerationListQuery): { sql: string; parameters: Parameters } {
  const { collection = null } = query
  const conditions = [query.deleted ? 'deleted_at IS NOT NULL' : 'deleted_at IS NULL']
  const parameters: Record<string, number | string> = { limit: query.limit + 1 }
  const isBackward = query.direction === 'backward'
  if (query.state === 'unfinished') {
    conditions.push(`state IN ('queued', 'running')`)
  } else if (query.state !== null) {
    conditions.push('state = :state')
    parameters['state'] = query.state
  }
  if (query.cursor !== null) {
    conditions.push(`${collection === null ? 'id' : 'generation_id'} ${isBackward ? '>=' : '<'} :cursor`)
    parameters['cursor'] = query.cursor
  }
  const order = isBackward ? 'ASC' : 'DESC'
  if (collection !== null) {
    parameters['collection'] = collection
    // The members come newest first from their own key; each row is then looked up.
    const sql = `SELECT ${generationColumns} FROM collection_members CROSS JOIN generations ON id = generation_id
      WHERE collection_id = :collection AND ${conditions.join(' AND ')}
      ORDER BY generation_id ${order} LIMIT :limit`
    return { sql, parameters }
  }
  // Without the hint the table's own order wins, and a long row of binned pictures is read only to be skipped.
  const sql = `SELECT ${generationColumns} FROM generations INDEXED BY ${indexFor(query)}
    WHERE ${conditions.join(' AND ')} ORDER BY id ${order} LIMIT :limit`
  return { sql, parameters }
}

function indexFor(query: GenerationListQuery): string {
  if (query.state === 'unfinished') return 'generations_unfinished'
  if (query.deleted) return 'generations_deleted'
  return query.state === null ? 'generations_kept' : 'generations_kept_by_state'
}
