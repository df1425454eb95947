// JSON-RPC 2.0 as the Model Context Protocol uses it: one message a request, and its errors. Knows no method.
import { z } from 'zod'

/** The codes of JSON-RPC. `forbidden` is ours. */
export const errorCodes = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  internal: -32_603,
  forbidden: -32_001,
} as const

export type RpcId = string | number

export interface RpcRequest {
  /** Missing in a notification, which is not answered. */
  readonly id?: RpcId | undefined
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Thrown where a request cannot be answered; `status` is the HTTP status. The message is for the client's log, never with a value. */
export class RpcError extends Error {
  readonly code: number
  readonly status: number
  constructor(code: number, message: string, status = 200) {
    super(message)
    this.code = code
    this.status = status
  }
}

const request = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string().max(200), z.number()]).optional(),
  method: z.string().max(100),
  params: z.record(z.string(), z.unknown()).optional(),
})

/** @throws RpcError for what is no single request or notification */
export function requestIn(body: unknown): RpcRequest {
  if (Array.isArray(body)) throw new RpcError(errorCodes.request, 'send one message a request', 400)
  const { success, data } = request.safeParse(body)
  if (!success) throw new RpcError(errorCodes.request, 'this is no JSON-RPC 2.0 request', 400)
  const { id, method, params = {} } = data
  return { id, method, params }
}

export const resultOf = (id: RpcId, result: unknown): object => ({ jsonrpc: '2.0', id, result })

export const errorOf = (id: RpcId | undefined, { code, message }: RpcError): object => ({
  jsonrpc: '2.0',
  id: id ?? null,
  error: { code, message },
})
