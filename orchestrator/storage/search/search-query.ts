import type { GenerationState } from '../../../contracts/entities/generation.ts'

/** How a value is compared with that of a picture. */
export type Comparison = '<' | '<=' | '=' | '>=' | '>'

/** Which texts of a picture words are looked for in; `any` is all of them but the negative prompt. */
export type TextScope = 'any' | 'prompt' | 'negative_prompt' | 'notes' | 'style' | 'preset'

/** One thing a picture may meet. */
export type SearchTerm =
  /** These words side by side; with `prefix` the last of them is only the beginning of one. */
  | { readonly type: 'text'; readonly text: string; readonly scope: TextScope; readonly prefix: boolean }
  /** A tag by its name or an alias; with `prefix` every tag whose name begins so. */
  | { readonly type: 'tag'; readonly name: string; readonly prefix: boolean }
  /** A collection by its name; with `prefix` every one whose name begins so. */
  | { readonly type: 'collection'; readonly name: string; readonly prefix: boolean }
  /** Signs without a letter or digit, such as an emoji: a tag where there is one of this name, else nothing at all. */
  | { readonly type: 'symbol'; readonly name: string }
  /** A preset by its id; one that is only known by some of its words is a text. */
  | { readonly type: 'preset'; readonly id: string }
  | { readonly type: 'favorite' }
  | { readonly type: 'rating'; readonly comparison: Comparison; readonly stars: number }
  | { readonly type: 'unrated' }
  | { readonly type: 'size'; readonly width: number; readonly height: number }
  /** The longer side, in pixels. */
  | { readonly type: 'side'; readonly comparison: Comparison; readonly pixels: number }
  | { readonly type: 'shape'; readonly shape: 'landscape' | 'portrait' | 'square' }
  /** Made at or after `from` and before `before`, in milliseconds since 1970; null for no limit. */
  | { readonly type: 'time'; readonly from: number | null; readonly before: number | null }
  | { readonly type: 'seed'; readonly seed: number }
  | { readonly type: 'state'; readonly state: GenerationState }

/** A term, or that it must not be met. */
export interface SearchAlternative {
  readonly term: SearchTerm
  readonly negated: boolean
}

/** What is searched for: of each group at least one alternative has to be met. No groups find everything. */
export interface SearchQuery {
  readonly groups: readonly (readonly SearchAlternative[])[]
}
