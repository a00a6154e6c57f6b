import { findTableDamage, listCheckedTables } from '../damage.ts'
import { countFacets } from './facets.ts'
import { findNewest, findRelevant } from './find-generations.ts'
import { countMonths } from './periods.ts'
import { findSimilar } from './similar-pictures.ts'
import { suggestSpelling } from './spelling.ts'
import type { ReadableDatabase } from '../connection.ts'

/** What a reader thread can be asked: each a function of its connection and one request that can be sent between threads. */
export const readerOperations = {
  find_newest: findNewest,
  find_relevant: findRelevant,
  count_facets: countFacets,
  count_months: (database: ReadableDatabase, _request: Record<string, never>) => countMonths(database),
  suggest_spelling: suggestSpelling,
  find_similar: findSimilar,
  list_checked_tables: (database: ReadableDatabase, _request: Record<string, never>) =>
    listCheckedTables(database),
  find_table_damage: (database: ReadableDatabase, { table }: { readonly table: string }) =>
    findTableDamage(database, table),
} as const

export type ReaderOperations = typeof readerOperations
export type ReaderOperation = keyof ReaderOperations
export type ReaderRequest<Name extends ReaderOperation> = Parameters<ReaderOperations[Name]>[1]
export type ReaderReply<Name extends ReaderOperation> = ReturnType<ReaderOperations[Name]>
