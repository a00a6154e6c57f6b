import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { ChatRequest } from '../contracts/chat.ts'
import type { ChatMessage } from '../contracts/entities/conversation.ts'
import { ProductError } from '../contracts/errors.ts'
import { attachedPicture, beginTurn, refuseOpen } from './begin-turn.ts'
import type { AssistantParts } from './parts.ts'
import { titleFrom } from './title.ts'
import { Turn } from './turn.ts'
import { writeTitle } from './write-title.ts'

/** The assistant: takes what people say, one turn at a time in each conversation. */
export interface Assistant {
  /**
   * Begins a turn. It goes on whether anyone listens to its stream or not.
   *
   * @returns the stream: server-sent events
   * @throws ProductError `conversation_busy`, `conversation_not_found`, `message_not_found` or `invalid_input`
   */
  readonly chat: (request: ChatRequest) => ReadableStream<string>
  /** The stream of the turn that runs in a conversation, from its beginning; null where none does. */
  readonly stream: (conversation: string) => ReadableStream<string> | null
  /** Ends the turn that runs in a conversation, its pictures included; false where none does. Resolves once it is over. */
  readonly stop: (conversation: string) => Promise<boolean>
  /** Breaks off every turn, for the end of the program; what was said so far is kept. */
  readonly close: () => Promise<void>
}

interface RunningTurn {
  readonly turn: Turn
  /** Resolves once it is over and stored. */
  readonly over: Promise<void>
}

/** Makes the assistant. */
export function createAssistant(parts: AssistantParts): Assistant {
  const running = new Map<string, RunningTurn>()
  /** What has to be waited for at the end: turns, and titles that are still being written. */
  const atWork = new Set<Promise<void>>()
  const insideTurn = new AsyncLocalStorage<true>()
  const closing = new AbortController()

  function chat(request: ChatRequest): ReadableStream<string> {
    if (insideTurn.getStore() === true) throw new ProductError('turn_nested')
    if (closing.signal.aborted) throw new ProductError('shutting_down')
    if (running.has(request.id)) throw new ProductError('conversation_busy')
    const history = parts.transcript.read(request.id)
    const metadata = { created_at: new Date().toISOString(), request_id: parts.requestId() }
    const begun = beginTurn(history ?? [], request, metadata)
    const refused = begun.goesOn === null ? refuseOpen(begun.kept.at(-1)) : null
    if (refused !== null) parts.transcript.save(request.id, refused, 'ended')
    const kept = refused === null ? begun.kept : [...begun.kept.slice(0, -1), refused]
    const said = begun.said === null ? kept : [...kept, begun.said]
    const answer = begun.goesOn ?? { id: randomUUID(), role: 'assistant', metadata, parts: [] }
    const words = textOf(begun.said)
    const title = titleFrom(words)
    if (begun.goesOn === null)
      parts.transcript.append(request.id, begun.said === null ? [answer] : [begun.said, answer], {
        title,
        supersededFrom: begun.supersededFrom,
        running: answer.id,
      })
    else parts.transcript.resume(request.id, answer)
    return run(request.id, said, answer, history === null ? words : null).read()
  }

  function run(
    conversation: string,
    history: readonly ChatMessage[],
    answer: ChatMessage,
    untitled: string | null,
  ): Turn['stream'] {
    const { promise: over, resolve } = Promise.withResolvers<void>()
    const turn = new Turn(parts, {
      conversation,
      history,
      answer,
      attached: attachedPicture(history),
      onEnded: (finish) => {
        running.delete(conversation)
        parts.publish({ type: 'turn-ended', conversation, finish }, 'The assistant has answered.')
        resolve()
      },
      onAnswered: ({ kind }, model) =>
        untitled === null
          ? Promise.resolve()
          : writeTitle(parts, conversation, untitled, { kind, model }, closing.signal),
    })
    running.set(conversation, { turn, over })
    parts.publish({ type: 'turn-started', conversation }, 'The assistant is answering.')
    if (untitled !== null)
      turn.stream.write({ type: 'data-title', data: { title: titleFrom(untitled) }, transient: true })
    const work = insideTurn
      .run(true, () => turn.run())
      .catch((error: unknown) => parts.onError(error, 'a turn'))
    atWork.add(work)
    void work.finally(() => {
      resolve()
      atWork.delete(work)
    })
    return turn.stream
  }

  async function stop(conversation: string): Promise<boolean> {
    const found = running.get(conversation)
    if (found === undefined) return false
    found.turn.stop('turn_stopped')
    await found.over
    return true
  }

  const stopListening = parts.subscribe(({ event }) => {
    if (event.type === 'conversation-deleted') void stop(event.conversation)
  })

  return {
    chat,
    stream: (conversation) => running.get(conversation)?.turn.stream.read() ?? null,
    stop,
    async close() {
      stopListening()
      closing.abort(new ProductError('shutting_down'))
      for (const { turn } of running.values()) turn.stop('turn_interrupted')
      await Promise.all(atWork)
    },
  }
}

function textOf(message: ChatMessage | null): string {
  return (message?.parts ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(' ')
}
