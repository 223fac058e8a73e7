#!/usr/bin/env node
// dist/server.js. Only what is loaded after the first line can be kept compiled, so the server is another file.
import './keep-compiled.ts';
import './server.ts';
