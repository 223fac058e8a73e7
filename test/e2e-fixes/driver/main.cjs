// A second extension, only for test/e2e-fixes/fixes.test.ts: applies quick fixes as the editor does and writes down what became
// of each. It runs in the extension host beside the extension under test and knows nothing of it but its diagnostics.
const vscode = require('vscode');

/** How long a step may take on a machine that has other things to do. */
const PATIENCE = 60_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(ask) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(25)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  return undefined;
}

const codeOf = (diagnostic) => (typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code);
const findingsOf = (uri, rule) => vscode.languages.getDiagnostics(uri).filter((one) => codeOf(one) === rule);

async function offered(uri, rule, title) {
  for (const { range } of findingsOf(uri, rule)) {
    const command = 'vscode.executeCodeActionProvider';
    const actions = await vscode.commands.executeCommand(command, uri, range, 'quickfix', 30);
    const fix = actions.find((action) => action.title === title && action.edit !== undefined);
    if (fix !== undefined) return fix;
  }
  return undefined;
}

async function tryFix(root, { folder, file, rule, title }) {
  const uri = vscode.Uri.joinPath(root, folder, file);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
  if (!(await until(() => findingsOf(uri, rule).length > 0 || undefined))) return 'the finding does not appear';
  // Findings that came before the whole folder was read may offer less than they do a moment later.
  const fix = await until(() => offered(uri, rule, title));
  if (fix === undefined) return 'the fix is not offered';
  const before = findingsOf(uri, rule).length;
  if (!(await vscode.workspace.applyEdit(fix.edit))) return 'the editor refuses the edit';
  const gone = await until(() => findingsOf(uri, rule).length < before || undefined);
  return gone === undefined ? `the finding stays: ${findingsOf(uri, rule)[0]?.message}` : 'mended';
}

exports.activate = async () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (root === undefined) return;
  const plan = vscode.Uri.joinPath(root, 'plan.json');
  const tasks = JSON.parse(Buffer.from(await vscode.workspace.fs.readFile(plan)).toString());
  const results = [];
  for (const task of tasks) {
    const outcome = await tryFix(root, task).catch((error) => String(error));
    results.push({ ...task, outcome });
  }
  // Under another name first: who waits for the file never finds half of it.
  const half = vscode.Uri.joinPath(root, 'results.part');
  await vscode.workspace.fs.writeFile(half, Buffer.from(JSON.stringify(results)));
  await vscode.workspace.fs.rename(half, vscode.Uri.joinPath(root, 'results.json'));
};
