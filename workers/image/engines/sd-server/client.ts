import { z } from 'zod'

/** A call that changes nothing is answered at once, also during a generation. */
const patienceMs = 5000

const capabilitiesSchema = z.object({ model: z.object({ path: z.string() }) })

const acceptedSchema = z.object({ id: z.string().min(1) })

const jobSchema = z.object({
  status: z.enum(['queued', 'generating', 'completed', 'failed', 'cancelled']),
  result: z.object({ images: z.array(z.object({ index: z.int(), b64_json: z.string() })) }).nullish(),
  error: z.object({ code: z.string(), message: z.string() }).nullish(),
})
export type Job = z.output<typeof jobSchema>

/** What the program answered where it did not do what it was asked to. */
class RefusedCall extends Error {}

/** True for the failure of a call that was answered, though not as it should be; false where no answer came. */
export function isAnswer(error: unknown): boolean {
  return error instanceof RefusedCall || error instanceof z.ZodError
}

/** Talks with a running program: the native routes that its `api.md` documents. Every method rejects where it is gone. */
export class Client {
  readonly #address: string

  constructor(port: number) {
    this.#address = `http://127.0.0.1:${port}/sdcpp/v1`
  }

  /** The model's file as the program was given it. Serves as health: it has no other route for that. */
  async modelPath(): Promise<string> {
    return capabilitiesSchema.parse(await this.#call('GET', '/capabilities')).model.path
  }

  /** Puts a job in the queue of the program, which is otherwise empty; gives its id. */
  async submit(body: object): Promise<string> {
    return acceptedSchema.parse(await this.#call('POST', '/img_gen', body)).id
  }

  async job(id: string): Promise<Job> {
    return jobSchema.parse(await this.#call('GET', `/jobs/${encodeURIComponent(id)}`))
  }

  async #call(method: 'GET' | 'POST', route: string, body?: object): Promise<unknown> {
    const reply = await fetch(this.#address + route, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await reply.text()
    if (!reply.ok) throw new RefusedCall(`HTTP ${reply.status}: ${text.slice(0, 500)}`)
    try {
      return JSON.parse(text)
    } catch {
      throw new RefusedCall(`no JSON: ${text.slice(0, 200)}`)
    }
  }
}
