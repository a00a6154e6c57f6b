import type { StyleParameters } from '../../contracts/entities/style.ts'

/** What a person says about a style. */
export interface StyleContent {
  readonly name: string
  readonly description: string
  readonly category: string
  readonly prompt_template: string
  readonly negative_prompt: string
  readonly parameters: StyleParameters
}

/** A style as it is stored; times in milliseconds since 1970. */
export interface StyleRow extends StyleContent {
  readonly id: number
  readonly normalized_name: string
  readonly source: 'built_in' | 'own'
  /** The key of the one of the product's library it came from; null for one that people made or imported. */
  readonly origin: string | null
  readonly deleted_at: number | null
  /** Of its preview; null where it has none. */
  readonly preview_sha256: string | null
}

/** A style with its JSON still as text. */
export type StoredStyleRow = Omit<StyleRow, 'parameters'> & { readonly parameters: string }

/** What to select to get a `StoredStyleRow`, and from where. */
export const styleColumns = `styles.id, name, normalized_name, description, category, prompt_template, negative_prompt,
  parameters, source, origin, deleted_at, style_previews.sha256 AS preview_sha256`
export const stylesWithPreviews = 'styles LEFT JOIN style_previews ON style_previews.style_id = styles.id'

/** Decodes a style. Its JSON was made by this program, so it is not checked again. */
export function parseStyleRow(row: StoredStyleRow): StyleRow {
  return { ...row, parameters: JSON.parse(row.parameters) as StyleParameters }
}
