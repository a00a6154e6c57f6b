import { ProductError } from '../../contracts/errors.ts'
import type { ImageEvent, ImageRequest } from '../../contracts/worker.ts'
import { examinePicture } from './blank-check.ts'

/** A picture that is not to be kept, as the details of the error name it. */
interface BlankPicture {
  readonly index: number
  readonly seed: number
  readonly deviations: readonly number[]
}

/** Stands between the engine and the reply: only pictures that show something, and have the wanted size, get through. */
export class PictureInspection {
  readonly #request: ImageRequest
  readonly #emit: (event: ImageEvent) => void
  readonly #blanks: BlankPicture[] = []
  #added = 0
  #inspected: Promise<void> = Promise.resolve()

  /** @param emit takes the pictures that pass, in order */
  constructor(request: ImageRequest, emit: (event: ImageEvent) => void) {
    this.#request = request
    this.#emit = emit
  }

  add(index: number, png: Buffer): void {
    this.#added += 1
    this.#inspected = this.#inspected.then(() => this.#inspect(index, png))
    // Reported by `finish`; until then it must not count as unhandled.
    this.#inspected.catch(() => undefined)
  }

  /**
   * Waits for the last picture. Good pictures of the batch have been emitted even where this throws.
   *
   * @throws ProductError `blank_image` with the blank ones, `engine_failed` where pictures lack or have a wrong size
   */
  async finish(): Promise<void> {
    await this.#inspected
    if (this.#added !== this.#request.count) {
      const details = { wanted: this.#request.count, made: this.#added }
      throw new ProductError('engine_failed', 'The image engine made another number of pictures.', {
        details,
      })
    }
    if (this.#blanks.length > 0) {
      throw new ProductError('blank_image', undefined, { details: { pictures: this.#blanks } })
    }
  }

  async #inspect(index: number, png: Buffer): Promise<void> {
    const { width, height } = this.#request
    const seed = this.#request.seed + index
    const facts = await examinePicture(png).catch((cause: unknown) => {
      throw new ProductError('engine_failed', 'The image engine made an unreadable picture.', { cause })
    })
    if (facts.width !== width || facts.height !== height) {
      const details = { wanted: [width, height], made: [facts.width, facts.height] }
      throw new ProductError('engine_failed', 'The image engine made a picture of another size.', { details })
    }
    if (facts.blank) this.#blanks.push({ index, seed, deviations: facts.deviations })
    else this.#emit({ type: 'image', index, seed, width, height, png_base64: png.toString('base64') })
  }
}
