import type { LanguageModel } from 'ai'
import type { ChatMessage, TurnFinish } from '../contracts/entities/conversation.ts'
import type { LanguageEndpoint } from '../contracts/language.ts'

/** What a turn is begun with. */
export interface TurnStart {
  readonly conversation: string
  /** What was said before the answer, oldest first. */
  readonly history: readonly ChatMessage[]
  /** The answer: empty, or with a call in it that a person has allowed or refused. */
  readonly answer: ChatMessage
  /** The last picture the person attached. */
  readonly attached: string | null
  /** Told as the answer is complete and stored. */
  readonly onEnded: (finish: TurnFinish) => void
  /** Told of the model that answers, once the answer is complete. */
  readonly onAnswered: (
    endpoint: LanguageEndpoint,
    model: LanguageModel,
    signal: AbortSignal,
  ) => Promise<void>
}
