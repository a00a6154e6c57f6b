import type { PromptEdit } from './entities/prompt-edit.ts'

/**
 * A prompt or negative prompt after one edit. Nothing else in it changes, and an edit that was made already changes
 * nothing.
 */
export function applyEditToText(
  text: string,
  edit: Pick<PromptEdit, 'action' | 'text' | 'replaces'>,
): string {
  switch (edit.action) {
    case 'add':
      return addPart(text, edit.text)
    case 'remove':
      return removePart(text, edit.text)
    case 'replace':
      return text.replace(asWords(edit.replaces ?? ''), () => edit.text)
  }
}

/** The parts of a prompt that commas divide it into, without the spaces around them. */
function partsOf(text: string): string[] {
  return text.split(',').map((part) => part.trim())
}

/** What stands between the signs of a prompt, whatever its case. */
function phrasesOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[,;:.!?]/)
    .map((phrase) => phrase.trim())
}

function addPart(text: string, part: string): string {
  const kept = text.trimEnd()
  if (kept.trim() === '') return part
  const known = new Set(phrasesOf(kept))
  if (phrasesOf(part).every((one) => known.has(one))) return text
  return `${kept}${/[,;:.!?]$/.test(kept) ? '' : ','} ${part}`
}

function removePart(text: string, part: string): string {
  const wanted = part.toLowerCase()
  const parts = partsOf(text)
  const kept = parts.filter((one) => one.toLowerCase() !== wanted)
  return kept.length === parts.length ? text.replace(asWords(part), '').trim() : kept.join(', ')
}

/** Finds a run of whole words, whatever their case. */
function asWords(words: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\\p{L}\\p{N}])`,
    'iu',
  )
}
