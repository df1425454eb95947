// Socket Mode, Slack's side: tickets from apps.connections.open, envelopes that must be acknowledged, and connections that Slack ends
// when it likes. Any of several connections may get an envelope.
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Json } from './workspace.ts'

/** Source: Slack allows ten connections an app. */
const mostConnections = 10

export interface SocketMode {
  /** A fresh address, good for one connection. */
  ticketUrl(origin: string): string
  isConnected(): boolean
  /** Connections that stand now. */
  count(): number
  /** Resolves with the acknowledgement's payload. @throws Error when nobody acknowledges within `withinMs` */
  send(type: string, payload: Json, withinMs: number): Promise<unknown>
  /** Ends every connection the way Slack does; the app is to connect again. */
  refresh(reason: 'refresh_requested' | 'warning' | 'link_disabled'): void
  /** Breaks the first `count` connections without a word, as a network does. */
  drop(count: number): void
  /** Sends any text over the first connection, well-formed or not. */
  sendText(text: string): void
  close(): void
}

export function createSocketMode(server: Server, appId: string, onChange: () => void): SocketMode {
  const sockets = new Set<WebSocket>()
  const tickets = new Set<string>()
  const waiting = new Map<string, (payload: unknown) => void>()
  const inlet = new WebSocketServer({ noServer: true })
  let turn = 0

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '', 'ws://slack').searchParams.get('ticket') ?? ''
    if (!tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
      return
    }
    inlet.handleUpgrade(request, socket, head, (connection) => {
      if (sockets.size >= mostConnections) {
        // In place of the hello, as issues of Slack's own SDKs show it.
        connection.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'simulated' } }))
        connection.close(1000)
        return
      }
      sockets.add(connection)
      connection.on('close', () => {
        sockets.delete(connection)
        onChange()
      })
      connection.on('message', (data) => {
        const { envelope_id: id, payload } = JSON.parse(String(data)) as { envelope_id?: string; payload?: unknown }
        if (id === undefined) return
        waiting.get(id)?.(payload)
        waiting.delete(id)
      })
      connection.send(JSON.stringify({ type: 'hello', num_connections: sockets.size, connection_info: { app_id: appId } }))
      onChange()
    })
  })

  return {
    ticketUrl(origin) {
      const ticket = randomUUID()
      tickets.add(ticket)
      return `${origin.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${appId}`
    },
    isConnected: () => sockets.size > 0,
    count: () => sockets.size,
    send(type, payload, withinMs) {
      const open = [...sockets]
      turn += 1
      const connection = open[turn % Math.max(1, open.length)]
      if (!connection) return Promise.reject(new Error('no Socket Mode connection'))
      const id = randomUUID()
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      const timer = setTimeout(() => {
        waiting.delete(id)
        reject(new Error('operation_timeout'))
      }, withinMs)
      waiting.set(id, (answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
      connection.send(JSON.stringify({ type, envelope_id: id, accepts_response_payload: type !== 'events_api', payload }))
      return promise
    },
    refresh(reason) {
      for (const connection of sockets) {
        connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'simulated' } }))
        if (reason !== 'warning') connection.close(1000)
      }
    },
    drop(count) {
      for (const connection of [...sockets].slice(0, count)) connection.terminate()
    },
    sendText(text) {
      for (const connection of [...sockets].slice(0, 1)) connection.send(text)
    },
    close() {
      for (const connection of sockets) connection.terminate()
      inlet.close()
    },
  }
}
