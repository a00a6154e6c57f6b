import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { chooseRequestId, currentRequestId } from '../../foundation/request-context.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { enqueueJob, jobPriority } from '../../storage/jobs.ts'
import { getStyle } from '../../storage/style-list.ts'
import { getStylePreview, stylesWithoutPreview } from '../../storage/style-previews.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import { stylePreviewKind } from './style-preview-job.ts'

interface PreviewParts {
  readonly database: WritableDatabase
  readonly presets: PresetLibrary
  /** Called when there is a preview to make. */
  readonly onQueued: () => void
}

/** Asks for the small pictures that show styles, and finds their files. */
export class StylePreviews {
  readonly #parts: PreviewParts

  constructor(parts: PreviewParts) {
    this.#parts = parts
  }

  /** @throws ProductError `style_not_found` or `preset_not_found`; then none is queued */
  async make(input: CheckedInput<'make_style_previews'>): Promise<CapabilityOutput<'make_style_previews'>> {
    const { database, presets, onQueued } = this.#parts
    await presets.first()
    const queued = transaction(database, () => {
      const wanted = input.styles ?? stylesWithoutPreview(database, stylePreviewKind)
      for (const id of wanted) {
        const style = getStyle(database, id)
        if (style === null || style.deleted_at !== null) throw new ProductError('style_not_found')
        this.#enqueue(id)
      }
      return new Set(wanted).size
    })
    if (queued > 0) onQueued()
    return { queued }
  }

  /** The file of a style's preview; null where there is none. */
  file(id: number): { path: string; mime: string } | null {
    const preview = getStylePreview(this.#parts.database, id)
    return preview === null ? null : { path: preview.path, mime: 'image/webp' }
  }

  #enqueue(id: number): void {
    const now = Date.now()
    enqueueJob(this.#parts.database, {
      kind: stylePreviewKind,
      payload: { style_id: id },
      priority: jobPriority.background,
      max_attempts: 2,
      request_id: currentRequestId() ?? chooseRequestId(undefined),
      generation_id: null,
      unique_key: `${stylePreviewKind}:${id}`,
      run_at: now,
      created_at: now,
    })
  }
}
