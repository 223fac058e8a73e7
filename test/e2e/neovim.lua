-- nvim --headless -u NONE -i NONE -n FILE +'luafile neovim.lua': attaches the server to the buffer over stdio, waits for
-- the diagnostic named by SELVAGE_CODE, applies its first quick fix, waits until it is gone, writes the file.
-- What happened is printed as one JSON object on the last line. Works from Neovim 0.7 on.
local wanted = os.getenv('SELVAGE_CODE')
local told = { codes = {} }

local function finish(failure)
  told.failure = failure
  io.stdout:write('\n' .. vim.json.encode(told) .. '\n')
  vim.cmd(failure and 'cquit 1' or 'qall!')
end

local ok, failure = pcall(function()
  local buffer = vim.api.nvim_get_current_buf()
  local uri = vim.uri_from_bufnr(buffer)
  -- The published ranges are kept as they came: vim.diagnostic counts bytes, the protocol counts UTF-16 units.
  local published = {}
  local default = vim.lsp.handlers['textDocument/publishDiagnostics']
  local config = {
    name = 'selvage',
    cmd = { os.getenv('SELVAGE_NODE'), os.getenv('SELVAGE_SERVER'), '--stdio' },
    root_dir = vim.fn.getcwd(),
    workspace_folders = { { uri = vim.uri_from_fname(vim.fn.getcwd()), name = 'network' } },
    handlers = {
      ['textDocument/publishDiagnostics'] = function(problem, result, context, settings)
        published[result.uri] = result.diagnostics
        return default(problem, result, context, settings)
      end,
    },
  }
  vim.bo[buffer].filetype = 'yaml'
  local id
  if vim.lsp.start then
    id = vim.lsp.start(config)
  else
    id = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(buffer, id)
  end
  assert(id, 'the client did not start')

  local function find()
    for _, diagnostic in ipairs(published[uri] or {}) do
      if diagnostic.code == wanted then return diagnostic end
    end
  end
  assert(vim.wait(60000, function() return find() ~= nil end, 50), 'no diagnostic ' .. wanted)
  for _, diagnostic in ipairs(published[uri]) do table.insert(told.codes, diagnostic.code) end
  local diagnostic = find()
  told.range = diagnostic.range
  told.source = diagnostic.source

  local client = vim.lsp.get_client_by_id(id)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = diagnostic.range,
    context = { diagnostics = { diagnostic } },
  }
  local function request(method, what)
    local answers = assert(vim.lsp.buf_request_sync(buffer, method, what, 30000), method .. ' was not answered')
    assert(answers[id] and not answers[id].err, method .. ' was refused')
    return answers[id].result
  end
  local action
  for _, offered in ipairs(request('textDocument/codeAction', params) or {}) do
    if vim.startswith(offered.kind or '', 'quickfix') and (offered.edit or offered.data) then action = offered break end
  end
  assert(action, 'no quick fix')
  if not action.edit then action = request('codeAction/resolve', action) end
  told.action = { title = action.title, kind = action.kind }
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding or 'utf-16')
  assert(vim.wait(60000, function() return find() == nil end, 50), 'the diagnostic did not go away')
  vim.cmd('silent write')

  client.stop()
  assert(vim.wait(20000, function() return client.is_stopped() end, 50), 'the server did not stop')
end)
if ok then finish(nil) else finish(tostring(failure)) end
