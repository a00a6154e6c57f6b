import type { ToolPart } from '../../../chat/chat-message.ts'

interface ToolWords {
  readonly icon: string
  /** While it works. */
  readonly doing: string
  /** Once it is over. */
  readonly done: string
}

const known: Readonly<Record<string, ToolWords>> = {
  generate: { icon: 'i-lucide-brush', doing: 'Making a picture', done: 'Made a picture' },
  get_generation: { icon: 'i-lucide-image', doing: 'Looking at a picture', done: 'Looked at a picture' },
  cancel_generation: { icon: 'i-lucide-circle-stop', doing: 'Cancelling', done: 'Cancelled a picture' },
  search_history: {
    icon: 'i-lucide-search',
    doing: 'Searching your pictures',
    done: 'Searched your pictures',
  },
  get_styles: { icon: 'i-lucide-palette', doing: 'Looking up styles', done: 'Looked up styles' },
  apply_style: { icon: 'i-lucide-palette', doing: 'Applying a style', done: 'Applied a style' },
  analyze_image: {
    icon: 'i-lucide-scan-search',
    doing: 'Measuring the picture',
    done: 'Measured the picture',
  },
  enhance_prompt: {
    icon: 'i-lucide-sparkles',
    doing: 'Working on the prompt',
    done: 'Worked on the prompt',
  },
}

/** What a tool is called on the page. Tools this page does not know keep their names. */
export function wordsOfTool(name: string): ToolWords {
  const plain = name.replaceAll('_', ' ')
  return known[name] ?? { icon: 'i-lucide-wrench', doing: plain, done: plain }
}

/** True until a call has ended or waits for a person. */
export function isWorking({ state }: ToolPart): boolean {
  return state === 'input-streaming' || state === 'input-available' || state === 'approval-responded'
}

/** The arguments of a call, in the order they were given. */
export function argumentRows({ input }: ToolPart): { name: string; value: string }[] {
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).map(([name, value]) => ({
    name: name.replaceAll('_', ' '),
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))
}

/** The most telling argument of a call, for the line above its result. */
export function topicOf({ input }: ToolPart): string {
  const given = (input ?? {}) as Readonly<Record<string, unknown>>
  const topics = [given['query'], given['style_name'], given['question'], given['user_input']]
  return (topics.find((topic) => typeof topic === 'string' && topic !== '') as string | undefined) ?? ''
}
