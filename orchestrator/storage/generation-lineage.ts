import { readAll, type ReadableDatabase } from './connection.ts'

/** Which pictures that one led to are asked for. */
export interface ChildrenQuery {
  readonly parent: number
  /** Only pictures with a smaller id; null for the newest. */
  readonly cursor: number | null
  readonly limit: number
}

/** The statement behind `childrenOf`: an index of parents holds the ids in their order. */
export const childrenStatement = `SELECT id FROM generations INDEXED BY generations_of_parent
  WHERE parent_id = :parent AND id < :cursor AND deleted_at IS NULL AND state = 'completed'
  ORDER BY id DESC LIMIT :limit`

/** The finished pictures outside the bin that started from a picture, newest first. */
export function childrenOf(database: ReadableDatabase, query: ChildrenQuery): number[] {
  const cursor = query.cursor ?? Number.MAX_SAFE_INTEGER
  return readAll<{ id: number }>(database, childrenStatement, { ...query, cursor }).map(({ id }) => id)
}
