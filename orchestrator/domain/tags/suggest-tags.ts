import { normalizeTagName } from '../../storage/tag-name.ts'
import { autotagVocabulary } from './autotag-vocabulary.ts'

/** The most words a tag that is found in a prompt has. */
const longestTag = 4

/** What is named to be left out is no subject. */
const negations = new Set(['no', 'not', 'without'])

const builtIn = new Set(autotagVocabulary.map(normalizeTagName))

/**
 * Every run of up to four words of a prompt that could be a tag, normalized, longest first: what to look up among the tags
 * in use. Runs never cross a comma or a full stop.
 */
export function tagCandidates(prompt: string): string[] {
  const runs = prompt
    .split(/[,.;:!?()[\]{}|\n]+/u)
    .map((part) => normalizeTagName(part).match(/[\p{L}\p{N}\p{M}'’-]+/gu) ?? [])
    .flatMap((words) =>
      words.flatMap((_, start) =>
        negations.has(words[start - 1] ?? '')
          ? []
          : Array.from({ length: Math.min(longestTag, words.length - start) }, (_unused, extra) =>
              words.slice(start, start + extra + 1).join(' '),
            ),
      ),
    )
  return [...new Set(runs)].toSorted((a, b) => b.split(' ').length - a.split(' ').length)
}

/**
 * Chooses tags for a prompt.
 *
 * @param candidates see `tagCandidates`
 * @param known names by which tags are known already, normalized
 * @param limit how many at most
 */
export function chooseTags(
  candidates: readonly string[],
  known: ReadonlySet<string>,
  limit: number,
): string[] {
  const found = candidates.filter((name) => known.has(name) || builtIn.has(name))
  // The words of "oil painting" are no subjects of their own.
  const whole = found.filter(
    (name) => !found.some((longer) => longer !== name && ` ${longer} `.includes(` ${name} `)),
  )
  return whole.slice(0, limit)
}
