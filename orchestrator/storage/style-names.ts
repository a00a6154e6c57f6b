import { readAll, type ReadableDatabase } from './connection.ts'

/** The names of all styles of the library. */
export function styleNames(database: ReadableDatabase): string[] {
  return readAll<{ name: string }>(database, 'SELECT name FROM styles ORDER BY name').map(({ name }) => name)
}
