import {
  readOne,
  write,
  writeExactlyOne,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** A request that was carried out once and must not be a second time. */
export interface KeyedRequest {
  readonly client: string
  readonly key: string
  /** Tells whether the same key came with the same arguments. */
  readonly argumentsSha256: string
  /** The pictures that were made of it. */
  readonly generations: readonly number[]
  readonly createdAt: number
}

/** What a client's key stands for; null where it is new. */
export function getKeyedRequest(
  database: ReadableDatabase,
  client: string,
  key: string,
): KeyedRequest | null {
  const row = readOne<{ arguments_sha256: string; generations: string; created_at: number }>(
    database,
    'SELECT arguments_sha256, generations, created_at FROM idempotency_keys WHERE client = :client AND key = :key',
    { client, key },
  )
  return row === null
    ? null
    : {
        client,
        key,
        argumentsSha256: row.arguments_sha256,
        generations: JSON.parse(row.generations) as number[],
        createdAt: row.created_at,
      }
}

/** Remembers a key; inside the transaction that stores its pictures. */
export function insertKeyedRequest(database: WritableDatabase, request: KeyedRequest): void {
  writeExactlyOne(
    database,
    `INSERT INTO idempotency_keys (client, key, arguments_sha256, generations, created_at)
     VALUES (:client, :key, :arguments_sha256, :generations, :created_at)`,
    {
      client: request.client,
      key: request.key,
      arguments_sha256: request.argumentsSha256,
      generations: JSON.stringify(request.generations),
      created_at: request.createdAt,
    },
  )
}

/** Forgets keys that are older than a time; how many there were. */
export function pruneKeyedRequests(database: WritableDatabase, before: number): number {
  return write(database, 'DELETE FROM idempotency_keys WHERE created_at < :before', { before })
}
