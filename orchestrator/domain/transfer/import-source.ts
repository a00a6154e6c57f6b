import type { ProductError } from '../../../contracts/errors.ts'

/** A file that may be a picture. */
export interface ImportFile {
  readonly kind: 'file'
  /** Where it lies below the folder or inside the archive, with forward slashes; unlike all others of the same source. */
  readonly path: string
  /** When it was changed last, in milliseconds since 1970. */
  readonly modifiedAt: number
  /**
   * Reads it as a whole.
   *
   * @returns null where its first bytes are not those of a picture
   * @throws ProductError where it cannot be read
   */
  read(): Promise<Buffer | null>
}

/** Something that will not be imported: `error` says why, or is null for what is no picture anyway, as a link. */
export interface ImportRefusal {
  readonly kind: 'refusal'
  readonly path: string
  readonly error: ProductError | null
}

export type ImportItem = ImportFile | ImportRefusal

/** Where an import takes its files from. */
export interface ImportSource {
  /** How many files there are; null where only going through them would tell. */
  count(): Promise<number | null>
  /** One file after the other; never all at once in memory. */
  items(): AsyncIterable<ImportItem>
}

/** How many bytes tell the format of a picture. */
export const headBytes = 16
