import { useQueryClient } from '@tanstack/vue-query'
import { watch } from 'vue'
import type { Generation } from '../../contracts/entities/generation.ts'
import { describeBody } from '../api/failure.ts'
import { keys } from '../api/keys.ts'
import { useQueue } from './use-queue.ts'

/** Work that takes longer is worth a notice, in milliseconds. */
const longWork = 10_000

/** A notice of the system. */
export interface Notice {
  readonly title: string
  readonly body: string
}

/** Tells through the system when long work has ended while nobody looks at the page, where a person has allowed that. */
export function useFinishNotice(): void {
  const { running } = useQueue()
  const client = useQueryClient()

  watch(running, (now, before) => {
    if (before === null || now?.id === before.id || !document.hidden) return
    const ended = client.getQueryData<Generation[]>(keys.recent)?.find(({ id }) => id === before.id)
    const notice = ended === undefined ? null : noticeOf(ended)
    if (notice !== null && 'Notification' in window && Notification.permission === 'granted') show(notice)
  })
}

/** What is worth telling of a picture that has ended; null where it was quick, or where a person ended it. */
export function noticeOf({ state, started_at, finished_at, recipe, error }: Generation): Notice | null {
  if (started_at === null || finished_at === null || state === 'cancelled') return null
  if (Date.parse(finished_at) - Date.parse(started_at) < longWork) return null
  if (state === 'completed') return { title: 'Your picture is finished', body: recipe.prompt }
  return {
    title: 'Your picture was not made',
    body: error === null ? recipe.prompt : describeBody(error).what,
  }
}

/** One notice at a time: the next takes the place of the one before. */
function show({ title, body }: Notice): void {
  const notification = new Notification(title, { body, tag: 'mysticanvas' })
  notification.addEventListener('click', () => {
    window.focus()
    notification.close()
  })
}
