import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { findStyleByName, listStyles } from '../../storage/style-list.ts'
import { insertStyle } from '../../storage/styles.ts'
import type { EventBus } from '../event-bus.ts'
import { readStyleFile } from './files/read-style-file.ts'
import { toStyleCsv, toStyleJson } from './files/write-style-file.ts'
import { freeName, mostStyles, requireRoom } from './style-room.ts'

interface TransferParts {
  readonly database: WritableDatabase
  readonly events: EventBus
}

/** Styles that come from files and go into files. */
export class StyleTransfer {
  readonly #parts: TransferParts

  constructor(parts: TransferParts) {
    this.#parts = parts
  }

  /**
   * Adds the styles of a file, each row for itself.
   *
   * @throws ProductError `style_file_unreadable` or `too_many_styles`; then none is added
   */
  import({ text, category, duplicates }: CheckedInput<'import_styles'>): CapabilityOutput<'import_styles'> {
    const { database, events } = this.#parts
    const { format, styles, errors } = readStyleFile(text)
    const added: { id: number; name: string }[] = []
    const skipped: string[] = []
    transaction(database, () => {
      for (const style of styles) {
        const taken = findStyleByName(database, style.name) !== null
        if (taken && duplicates === 'skip') {
          skipped.push(style.name)
          continue
        }
        requireRoom(database, 1)
        const name = taken ? freeName(database, style.name) : style.name
        const content = { ...style, name, category: style.category || category.trim() }
        added.push({ id: insertStyle(database, content, null, Date.now()), name })
      }
    })
    if (added.length > 0) {
      const what = added.length === 1 ? 'One style was' : `${added.length} styles were`
      events.publish({ type: 'styles-changed', styles: added.map(({ id }) => id) }, `${what} imported.`)
    }
    return { format, added: added.map(({ name }) => name), skipped, errors: [...errors] }
  }

  export({ format, include }: CheckedInput<'export_styles'>): CapabilityOutput<'export_styles'> {
    const all = listStyles(this.#parts.database, { query: '', cursor: null, limit: mostStyles })
    const styles = include === 'all' ? all : all.filter(({ source }) => source === 'own')
    return format === 'json'
      ? {
          file_name: 'mysticanvas-styles.json',
          media_type: 'application/json',
          count: styles.length,
          text: toStyleJson(styles),
        }
      : { file_name: 'styles.csv', media_type: 'text/csv', count: styles.length, text: toStyleCsv(styles) }
  }
}
