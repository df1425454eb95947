// Silences the SDK's logger: it logs message texts at debug level and every error twice. We log what matters, with fields, without texts.

export const silentLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => 'error' as never,
  setName: () => undefined,
}
