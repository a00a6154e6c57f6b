import { isDeepStrictEqual } from 'node:util'
import { promptPlace, type Style } from '../../../contracts/entities/style.ts'
import type { StyleContent, StyleRow } from '../../storage/style-row.ts'

/** A style as the contract describes it. */
export function toStyle(row: StyleRow): Style {
  const { id, name, description, category, prompt_template, negative_prompt, parameters } = row
  return {
    id,
    name,
    description,
    category,
    prompt_template,
    negative_prompt,
    parameters,
    built_in: row.source === 'built_in',
    preview_url: row.preview_sha256 === null ? null : previewUrl(id, row.preview_sha256),
  }
}

/** Where a preview is fetched. Its content is in the address, because browsers keep pictures for good. */
export function previewUrl(id: number, sha256: string): string {
  return `/api/styles/${id}/preview?version=${sha256.slice(0, 12)}`
}

/** True where two styles make the same picture of the same words. */
export function showsTheSame(one: StyleContent, other: StyleContent): boolean {
  const { prompt_template, negative_prompt, parameters } = one
  return isDeepStrictEqual(
    { prompt_template, negative_prompt, parameters },
    {
      prompt_template: other.prompt_template,
      negative_prompt: other.negative_prompt,
      parameters: other.parameters,
    },
  )
}

/** A template as it is kept: with a place for the prompt, which comes first where the text names none. */
export function completeTemplate(text: string): string {
  const template = text.trim()
  if (template.includes(promptPlace)) return template
  const added = template.replace(/^[\s,]+/, '')
  return added === '' ? promptPlace : `${promptPlace}, ${added}`
}

/** True where a style neither adds words nor settings. */
export function addsNothing({ prompt_template, negative_prompt, parameters }: StyleContent): boolean {
  return (
    prompt_template.trim() === promptPlace &&
    negative_prompt.trim() === '' &&
    Object.keys(parameters).length === 0
  )
}
