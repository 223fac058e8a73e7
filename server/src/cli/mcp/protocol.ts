// The Model Context Protocol's own library: a bundle of its own, read when `selvage mcp` is run (scripts/build.mjs).
export { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
export { serveStdio } from '@modelcontextprotocol/server/stdio';
