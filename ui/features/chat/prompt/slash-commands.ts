import { sentences } from '../../../chat/sentences.ts'

/** Something that can be typed in place of a sentence. */
export interface SlashCommand {
  readonly name: string
  readonly about: string
  /** What follows the name, in a word; null where nothing does. */
  readonly takes: string | null
  /** False where it works without anything behind its name. */
  readonly needsWords: boolean
  /** What is said for it, or what the page does at once. */
  readonly outcome: (words: string) => SlashOutcome
}

export type SlashOutcome = { readonly say: string } | { readonly act: 'new' | 'help' }

/** The number of a picture, as "2", "#2" or "number 2"; null where the words hold none. */
function numberIn(words: string): number | null {
  const digits = /\d+/.exec(words)?.[0]
  return digits === undefined ? null : Number(digits)
}

export const slashCommands: readonly SlashCommand[] = [
  {
    name: 'generate',
    about: 'Make a picture',
    takes: 'what it shows',
    needsWords: true,
    outcome: (words) => ({ say: sentences.draw(words) }),
  },
  {
    name: 'styles',
    about: 'Show the styles',
    takes: 'words',
    needsWords: false,
    outcome: (words) => ({ say: sentences.styles(words) }),
  },
  {
    name: 'style',
    about: 'Put the latest picture into a style',
    takes: 'a style',
    needsWords: true,
    outcome: (words) => ({ say: sentences.restyle(words, null) }),
  },
  {
    name: 'enhance',
    about: 'Improve a prompt',
    takes: 'a prompt',
    needsWords: true,
    outcome: (words) => ({ say: sentences.enhance(words) }),
  },
  {
    name: 'search',
    about: 'Find earlier pictures',
    takes: 'words',
    needsWords: true,
    outcome: (words) => ({ say: sentences.search(words) }),
  },
  {
    name: 'describe',
    about: 'Measure a picture: the latest, or one by its number',
    takes: 'a number',
    needsWords: false,
    outcome: (words) => ({ say: sentences.describe(numberIn(words)) }),
  },
  {
    name: 'new',
    about: 'Begin a new conversation',
    takes: null,
    needsWords: false,
    outcome: () => ({ act: 'new' }),
  },
  {
    name: 'help',
    about: 'What can be said and typed',
    takes: null,
    needsWords: false,
    outcome: () => ({ act: 'help' }),
  },
]

/** The commands that begin like what is being typed; none once the name is followed by a space, or where it is no command. */
export function commandsLike(text: string): SlashCommand[] {
  const begun = /^\/(\w*)$/.exec(text)?.[1]?.toLowerCase()
  return begun === undefined ? [] : slashCommands.filter(({ name }) => name.startsWith(begun))
}

/** A command that was typed. */
export type ParsedCommand =
  | { readonly kind: 'ready'; readonly outcome: SlashOutcome }
  | { readonly kind: 'unfinished'; readonly hint: string }

/** Reads a command; null for everything that is none. A path or a date is none: a name is all letters. */
export function parseCommand(text: string): ParsedCommand | null {
  const [, name, rest = ''] = /^\/([a-z]+)(?:\s+(.*))?$/is.exec(text.trim()) ?? []
  if (name === undefined) return null
  const command = slashCommands.find((one) => one.name === name.toLowerCase())
  if (command === undefined)
    return { kind: 'unfinished', hint: `There is no command /${name}. Type / to see those there are.` }
  const words = rest.trim()
  if (command.needsWords && words === '')
    return { kind: 'unfinished', hint: `/${command.name} needs ${command.takes ?? 'words'} behind it.` }
  return { kind: 'ready', outcome: command.outcome(words) }
}
