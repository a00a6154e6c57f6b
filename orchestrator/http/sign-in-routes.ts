import type { FastifyInstance } from 'fastify'
import { ProductError } from '../../contracts/errors.ts'
import type { SignIn } from './sign-in.ts'

/**
 * Publishes the ways in: `GET /login?code=…` for a browser, and `POST /api/sign-in-codes` by which the command line,
 * which has the token, gets a code for one.
 */
export function registerSignIn(app: FastifyInstance, signIn: SignIn): void {
  const limited = { config: { rateLimit: { max: 30, timeWindow: '1 minute' } } }
  app.get('/login', limited, (request, reply) => {
    const { code } = request.query as { code?: unknown }
    const signedIn = typeof code === 'string' && signIn.redeem(code, reply)
    // The code leaves the address bar at once, whether it was good or not.
    return reply.header('cache-control', 'no-store').redirect(signedIn ? '/' : '/?sign-in=expired', 303)
  })
  app.post('/api/sign-in-codes', limited, (request) => {
    if (!signIn.hasToken(request)) throw new ProductError('unauthorized')
    return { code: signIn.issueCode() }
  })
}
