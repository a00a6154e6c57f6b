import type { MCPTransport } from '@ai-sdk/mcp'
import type { Config } from '../contracts/config.ts'
import type { ChatMessage } from '../contracts/entities/conversation.ts'
import type { ProductEvent, StoredEvent } from '../contracts/events.ts'
import type { LanguageEndpoint } from '../contracts/language.ts'

/** What a turn reads and writes of conversations. */
interface Transcript {
  /** What was said so far, oldest first; null where the conversation does not exist yet. */
  read(id: string): ChatMessage[] | null
  /** Puts messages at the end; `supersededFrom` and what followed it make way for them. */
  append(
    id: string,
    messages: readonly ChatMessage[],
    options: { title: string; supersededFrom: string | null; running: string },
  ): void
  /** Takes up an answer again that waits for a person. */
  resume(id: string, message: ChatMessage): void
  /** Stores how far an answer is. */
  save(id: string, message: ChatMessage, state: 'running' | 'ended'): void
  /** Gives a title where no person did; false otherwise. */
  title(id: string, title: string): boolean
}

/** What the assistant is given of the product. */
export interface AssistantParts {
  readonly version: string
  /** Where the chosen language model answers; starts and loads what that needs. */
  readonly endpoint: (signal?: AbortSignal) => Promise<LanguageEndpoint>
  /** A connection to our own MCP server, where alone tools come from. Closing it ends the server's side as well. */
  readonly openTools: () => Promise<MCPTransport>
  /** The texts of `prompts/`, read anew each time. */
  readonly prompts: {
    readonly instructions: (values: InstructionValues) => string
    readonly title: (values: { readonly said: string }) => string
  }
  readonly limits: Config['assistant']
  readonly transcript: Transcript
  readonly subscribe: (listener: (event: StoredEvent) => void) => () => void
  readonly publish: (event: ProductEvent, message: string) => void
  /** The request that is being worked for. */
  readonly requestId: () => string | null
  /** Told of what went wrong outside of any answer. */
  readonly onError: (error: unknown, what: string) => void
}

/** The variables of `prompts/assistant.md`. */
export interface InstructionValues {
  readonly date: string
  /** What was said before the part of the conversation that fits, and the pictures there are; may be empty. */
  readonly memory: string
}
