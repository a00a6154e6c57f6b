import type { Call, CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import { styleTextLimit, type Style } from '../../../contracts/entities/style.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { styleOfRecipe } from '../../../contracts/style-of-recipe.ts'
import { applyStyle } from '../../../contracts/styled-prompt.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { findStyleByName, getStyle, listStyles } from '../../storage/style-list.ts'
import { removeStylePreview } from '../../storage/style-previews.ts'
import type { StyleContent, StyleRow } from '../../storage/style-row.ts'
import { insertStyle, markStyleDeleted, unmarkStyleDeleted, updateStyle } from '../../storage/styles.ts'
import type { EventBus } from '../event-bus.ts'
import { findGeneration } from '../generation/find-generation.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import { findStyle } from './find-style.ts'
import { addsNothing, completeTemplate, showsTheSame, toStyle } from './style-content.ts'

import { freeName, requireRoom } from './style-room.ts'

interface StyleParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly views: GenerationViews
}

/** What people do with styles: find them, put prompts into them, and keep their own. */
export class StyleService {
  readonly #parts: StyleParts

  constructor(parts: StyleParts) {
    this.#parts = parts
  }

  list({ query, cursor, limit }: CheckedInput<'get_styles'>): CapabilityOutput<'get_styles'> {
    const rows = listStyles(this.#parts.database, { query, cursor: cursor ?? null, limit: limit + 1 })
    const styles = rows.slice(0, limit).map(toStyle)
    return { styles, next_cursor: rows.length > limit ? (styles.at(-1)?.id ?? null) : null }
  }

  /** @throws ProductError `style_not_found` or `style_ambiguous` */
  apply(
    { generation, ...input }: CheckedInput<'apply_style'>,
    { client }: Call,
  ): CapabilityOutput<'apply_style'> {
    const { database, views } = this.#parts
    const style = findStyle(database, input.style_name)
    const recipe =
      generation === undefined ? null : views.row(findGeneration(database, generation, client)).recipe
    const words = (input.prompt ?? recipe?.own_prompt ?? recipe?.prompt ?? '').trim()
    const negative = input.negative_prompt ?? recipe?.own_negative_prompt ?? recipe?.negative_prompt ?? ''
    const styled = applyStyle(style, { prompt: words, negative_prompt: negative })
    return {
      style: style.name,
      prompt: words === '' ? null : styled.prompt,
      negative_prompt: styled.negative_prompt,
      own_prompt: words === '' ? null : words,
      parameters: style.parameters,
    }
  }

  /**
   * Adds a style or changes one. A built-in style that is changed becomes a person's own.
   *
   * @throws ProductError `style_name_taken`, `style_not_found`, `generation_not_found`, `too_many_styles`, or
   *   `invalid_input` where a new one has no name or adds nothing to a prompt
   */
  save(input: CheckedInput<'save_style'>): Style {
    const { database } = this.#parts
    const recipe =
      input.generation === undefined ? null : this.#parts.views.row(Number(input.generation)).recipe
    const id = transaction(database, () => {
      const before = input.id === undefined ? null : this.#require(input.id)
      const content = this.#complete(input, before, recipe === null ? {} : styleOfRecipe(recipe))
      const holder = findStyleByName(database, content.name)
      if (holder !== null && holder.id !== before?.id) throw new ProductError('style_name_taken')
      if (before === null) {
        requireRoom(database, 1)
        return insertStyle(database, content, null, Date.now())
      }
      updateStyle(database, before.id, content, 'own', Date.now())
      if (!showsTheSame(before, content)) removeStylePreview(database, before.id)
      return before.id
    })
    return this.#tell(id, 'was saved')
  }

  duplicate(id: number): Style {
    const { database } = this.#parts
    const copy = transaction(database, () => {
      const style = this.#require(id)
      requireRoom(database, 1)
      return insertStyle(database, { ...style, name: freeName(database, style.name) }, null, Date.now())
    })
    return this.#tell(copy, 'was added')
  }

  delete(id: number): { style: number } {
    this.#require(id)
    markStyleDeleted(this.#parts.database, id, Date.now())
    this.#tell(id, 'was deleted')
    return { style: id }
  }

  /** Brings a deleted style back; one that is there stays as it is. */
  restore(id: number): Style {
    const { database } = this.#parts
    const row = getStyle(database, id)
    if (row === null) throw new ProductError('style_not_found')
    if (row.deleted_at === null) return toStyle(row)
    transaction(database, () => {
      if (findStyleByName(database, row.name) !== null) throw new ProductError('style_name_taken')
      requireRoom(database, 1)
      unmarkStyleDeleted(database, id)
    })
    return this.#tell(id, 'was brought back')
  }

  #complete(
    input: CheckedInput<'save_style'>,
    before: StyleRow | null,
    found: Partial<StyleContent>,
  ): StyleContent {
    const content = {
      name: input.name ?? before?.name ?? '',
      description: input.description ?? before?.description ?? '',
      category: (input.category ?? before?.category ?? '').trim(),
      prompt_template: completeTemplate(
        input.prompt_template ?? found.prompt_template ?? before?.prompt_template ?? '',
      ),
      negative_prompt: (
        input.negative_prompt ??
        found.negative_prompt ??
        before?.negative_prompt ??
        ''
      ).trim(),
      parameters: input.parameters ?? found.parameters ?? before?.parameters ?? {},
    }
    if (content.name === '') throw invalid('name', 'A style needs a name.')
    if (addsNothing(content)) throw invalid('prompt_template', 'This style adds nothing to a prompt.')
    for (const field of ['prompt_template', 'negative_prompt'] as const)
      if (content[field].length > styleTextLimit + promptPlaceLength)
        throw invalid(field, `At most ${styleTextLimit} characters.`)
    return content
  }

  #require(id: number): StyleRow {
    const row = getStyle(this.#parts.database, id)
    if (row === null || row.deleted_at !== null) throw new ProductError('style_not_found')
    return row
  }

  #tell(id: number, what: string): Style {
    const row = getStyle(this.#parts.database, id)
    if (row === null) throw new ProductError('style_not_found')
    this.#parts.events.publish({ type: 'styles-changed', styles: [id] }, `The style "${row.name}" ${what}.`)
    return toStyle(row)
  }
}

/** What a text grows by where the place for the prompt is put before it. */
const promptPlaceLength = '{prompt}, '.length

function invalid(field: string, message: string): ProductError {
  return new ProductError('invalid_input', `${field}: ${message}`, {
    details: { fields: [{ field, message }] },
  })
}
