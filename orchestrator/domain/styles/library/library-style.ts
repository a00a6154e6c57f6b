import type { StyleContent } from '../../../storage/style-row.ts'

/** A style that comes with the product. Its key stays when its name changes. */
export interface LibraryStyle extends StyleContent {
  readonly key: string
}

/** One style: key, name, what it looks like, its template, what it avoids, and the shape that suits it. */
export type Entry = readonly [
  key: string,
  name: string,
  description: string,
  prompt_template: string,
  negative_prompt: string,
  aspect?: 'portrait' | 'landscape' | 'square',
]

/** The styles of one category. */
export function category(name: string, entries: readonly Entry[]): LibraryStyle[] {
  return entries.map(([key, styleName, description, template, negative, aspect]) => ({
    key,
    name: styleName,
    description,
    category: name,
    prompt_template: template,
    negative_prompt: negative,
    parameters: aspect === undefined ? {} : { aspect },
  }))
}
