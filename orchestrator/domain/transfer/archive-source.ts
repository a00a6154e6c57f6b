import type { Readable } from 'node:stream'
import { getFileNameLowLevel, openPromise, validateFileName, type Entry, type ZipFile } from 'yauzl'
import { ProductError } from '../../../contracts/errors.ts'
import { pictureFormatOf } from '../pictures/picture-format.ts'
import { importLimits } from './import-limits.ts'
import { headBytes, type ImportItem, type ImportSource } from './import-source.ts'

const mebibyte = 1024 * 1024

/** An entry by its checked name. */
interface NamedEntry {
  readonly entry: Entry
  readonly name: string
}

/**
 * The files in a zip archive. Nothing is ever written where an entry says; one whose name leads out of the archive, or
 * that unpacks to far more than it is, is refused all the same and named in the report.
 *
 * @param path the archive
 * @param label stands before the paths of its entries
 */
export function archiveSource(path: string, label: string): ImportSource {
  return {
    async count() {
      const archive = await openArchive(path).catch(() => null)
      archive?.close()
      return archive?.entryCount ?? 1
    },
    items: () => readEntries(path, label),
  }
}

/** True for a file that begins like a zip archive. */
export function isArchive(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'PK\x03\x04'
}

async function* readEntries(path: string, label: string): AsyncGenerator<ImportItem> {
  let archive: ZipFile | null = null
  const names = new Set<string>()
  try {
    archive = await openArchive(path)
    for await (const entry of archive.eachEntry()) {
      const item = toItem(archive, entry, label)
      if (names.has(item.path)) {
        yield { ...item, kind: 'refusal', error: refused(`There are two entries called "${item.path}".`) }
        continue
      }
      names.add(item.path)
      if (names.size > importLimits.archiveEntries) throw refused('The archive has too many entries.')
      yield item
    }
  } catch (cause) {
    const error = cause instanceof ProductError ? cause : unreadable(cause)
    yield { kind: 'refusal', path: label, error }
  } finally {
    archive?.close()
  }
}

function openArchive(path: string): Promise<ZipFile> {
  // Names are checked one by one below; the library would give up the whole archive over a single one.
  return openPromise(path, { decodeStrings: false, lazyEntries: true, autoClose: false })
}

function toItem(archive: ZipFile, entry: Entry, label: string): ImportItem {
  const name = getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileName as unknown as Buffer,
    entry.extraFields,
    false,
  )
  const path = `${label}/${name}`
  const error = refusalOf({ entry, name })
  if (error !== null || name.endsWith('/')) return { kind: 'refusal', path, error }
  return {
    kind: 'file',
    path,
    modifiedAt: entry.getLastModDate().getTime(),
    read: () => readEntry(archive, { entry, name }),
  }
}

function refusalOf({ entry, name }: NamedEntry): ProductError | null {
  const problem = validateFileName(name)
  if (problem !== null) return refused(`The name "${name}" leads out of the archive.`)
  if (entry.isEncrypted()) return refused(`"${name}" is protected by a password.`)
  const fair = mebibyte + entry.compressedSize * importLimits.archiveRatio
  return entry.uncompressedSize > fair ? refused(`"${name}" unpacks to far more than it is.`) : null
}

/** The library makes sure that an entry does not unpack to more than it says. */
async function readEntry(archive: ZipFile, { entry, name }: NamedEntry): Promise<Buffer | null> {
  let stream: Readable | null = null
  try {
    stream = await archive.openReadStreamPromise(entry)
    const chunks: Buffer[] = []
    let length = 0
    let isPicture = false
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (!isPicture && length >= headBytes) {
        isPicture = pictureFormatOf(Buffer.concat(chunks)) !== null
        if (!isPicture) return null
        if (entry.uncompressedSize > importLimits.pictureBytes)
          throw new ProductError('picture_file_too_large')
      }
    }
    return isPicture ? Buffer.concat(chunks, length) : null
  } catch (cause) {
    if (cause instanceof ProductError) throw cause
    throw new ProductError('picture_unreadable', `"${name}" cannot be unpacked.`, { cause })
  } finally {
    stream?.destroy()
  }
}

function refused(summary: string): ProductError {
  return new ProductError('archive_entry_refused', summary)
}

function unreadable(cause: unknown): ProductError {
  return new ProductError('archive_unreadable', undefined, { cause })
}
