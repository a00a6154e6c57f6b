import { ProductError } from '../../../contracts/errors.ts'
import type { LibraryStyle } from '../../../orchestrator/domain/styles/library/library-style.ts'
import type { WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import type { StyleContent } from '../../../orchestrator/storage/style-row.ts'
import { insertStyle } from '../../../orchestrator/storage/styles.ts'

/** A style as tests want it. */
export function content(name: string, changes: Partial<StyleContent> = {}): StyleContent {
  return {
    name,
    description: '',
    category: '',
    prompt_template: `{prompt}, ${name.toLowerCase()}`,
    negative_prompt: '',
    parameters: {},
    ...changes,
  }
}

/** A style of a library. */
export function libraryStyle(key: string, name: string, changes: Partial<StyleContent> = {}): LibraryStyle {
  return { key, ...content(name, changes) }
}

/** Adds styles of a person's own; their ids. */
export function addStyles(database: WritableDatabase, ...names: string[]): number[] {
  return names.map((name) => insertStyle(database, content(name), null, 1))
}

/** The failure that something ends with, as programs see it. */
export async function failureOf(
  run: () => unknown,
): Promise<{ code: string; details: unknown; message: string }> {
  try {
    await run()
  } catch (error) {
    if (error instanceof ProductError)
      return { code: error.code, details: error.details, message: error.message }
    throw error
  }
  throw new Error('It did not fail.')
}
