/** How many bytes of UTF-8 a token stands for on average, chosen low: an estimate may be too high, but not too low. */
const bytesPerToken = 3.2

/** About how many tokens a text is to a language model. Each model cuts text in its own way, so this is an estimate. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken)
}
