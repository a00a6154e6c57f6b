/** Something else of ours that holds memory and can give it back, such as the worker of the language model. */
export interface Releasable {
  /** For sentences: "the language model". */
  readonly name: string
  /** What `soft` would free now, in bytes. */
  softBytes(): number
  /** What `hard` would free now, in bytes; the soft part is in it. */
  hardBytes(): number
  /** Gives back what can be had again in no time, such as the context of a conversation. @returns the bytes freed */
  soft(): Promise<number>
  /** Gives everything back; it has to be loaded again before it is used. @returns the bytes freed */
  hard(): Promise<number>
}
