import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { ProductError, toErrorBody } from '../../../contracts/errors.ts'
import type { EventBus } from '../event-bus.ts'
import { parsePromptFile, type PromptFile, type PromptFileKind } from './prompt-file.ts'

/** More than this is no file that a person wrote. */
const largestFile = 256 * 1024

interface Read {
  /** Tells one state of the file from the next. */
  readonly stamp: string
  /** Null where the file was rejected. */
  readonly file: PromptFile<unknown> | null
}

/**
 * The files of prompts: those of the product, and in front of them a person's own copies in the data folder. A copy is
 * looked at each time it is needed, so that a change works at once. One that is not valid is told once and passed over.
 */
export class PromptLibrary {
  readonly #builtIn: string
  readonly #own: string
  readonly #events: EventBus
  readonly #read = new Map<string, Read>()

  /**
   * @param builtIn the folder of the product's files
   * @param own the folder for a person's copies; it need not be there
   */
  constructor(builtIn: string, own: string, events: EventBus) {
    this.#builtIn = builtIn
    this.#own = own
    this.#events = events
  }

  /** @throws ProductError `prompt_file_invalid` where the file of the product itself is broken */
  get<Settings extends z.ZodObject>(kind: PromptFileKind<Settings>): PromptFile<z.output<Settings>> {
    const own = this.#readCached(join(this.#own, `${kind.name}.md`), kind, (error) => this.#reject(error))
    const file = own ?? this.#readCached(join(this.#builtIn, `${kind.name}.md`), kind, rethrow)
    if (file === null) throw new ProductError('prompt_file_invalid', `prompts/${kind.name}.md is not there.`)
    return file as PromptFile<z.output<Settings>>
  }

  #readCached(
    path: string,
    kind: PromptFileKind,
    onInvalid: (error: ProductError) => void,
  ): PromptFile<unknown> | null {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats?.isFile() !== true) return null
    const stamp = `${stats.mtimeMs} ${stats.size}`
    const known = this.#read.get(path)
    if (known?.stamp === stamp) return known.file
    const file = readChecked(path, stats.size, kind, onInvalid)
    this.#read.set(path, { stamp, file })
    return file
  }

  #reject(error: ProductError): void {
    const file = String(error.details['file'])
    this.#events.publish(
      { type: 'prompt-file-rejected', file, error: toErrorBody(error, null) },
      `${error.message} Until then the original is used.`,
    )
  }
}

function readChecked(
  path: string,
  bytes: number,
  kind: PromptFileKind,
  onInvalid: (error: ProductError) => void,
): PromptFile<unknown> | null {
  const name = `prompts/${kind.name}.md`
  try {
    if (bytes > largestFile) throw tooLarge(name)
    return parsePromptFile(readFileSync(path, 'utf8'), name, kind)
  } catch (error) {
    onInvalid(error instanceof ProductError ? error : unreadable(name, error))
    return null
  }
}

function rethrow(error: ProductError): never {
  throw error
}

function tooLarge(file: string): ProductError {
  return new ProductError('prompt_file_invalid', `${file} is larger than 256 KiB.`, { details: { file } })
}

function unreadable(file: string, cause: unknown): ProductError {
  return new ProductError('prompt_file_invalid', `${file} cannot be read.`, { details: { file }, cause })
}
