// Why a port cannot be opened, as one sentence that names the variables. Knows no server.
import { ConfigError } from './errors.ts'

/** `start` listens. @throws ConfigError when the port is taken, not allowed, or the address is not this machine's. */
export async function listeningAt<T>(names: { readonly port: string; readonly host: string }, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    const { code, port } = Object(error) as { readonly code?: unknown; readonly port?: unknown | undefined }
    const which = typeof port === 'number' ? ` ${port}` : ''
    if (code === 'EADDRINUSE')
      throw new ConfigError([
        `${names.port}: another program listens at port${which} already. Set another ${names.port}, or stop that program`,
      ])
    if (code === 'EACCES') throw new ConfigError([`${names.port}: this user may not listen at port${which}. Set one above 1023`])
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new ConfigError([`${names.host}: this machine has no such address. Use 127.0.0.1, 0.0.0.0 or one of its own`])
    throw error
  }
}
