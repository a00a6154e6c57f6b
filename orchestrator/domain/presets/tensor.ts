/** A tensor as the header of a model file describes it. */
export interface Tensor {
  /** Its dimensions, in the order of the file: safetensors names the outermost first, GGUF the innermost. */
  readonly shape: readonly number[]
  /** What it takes in the file, and about what it takes in memory. */
  readonly bytes: number
}
