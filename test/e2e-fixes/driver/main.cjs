// A second extension, only for test/e2e-fixes/fixes.test.ts: applies quick fixes as the editor does and writes down what became
// of each. It runs in the extension host beside the extension under test and knows nothing of it but its diagnostics.
const vscode = require('vscode');

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(ask, limit) {
  for (const end = Date.now() + limit; Date.now() < end; await pause(25)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  return undefined;
}

const codeOf = (diagnostic) => (typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code);
const findingsOf = (uri, rule) => vscode.languages.getDiagnostics(uri).filter((one) => codeOf(one) === rule);

async function tryFix(root, { folder, file, rule, title }) {
  const uri = vscode.Uri.joinPath(root, folder, file);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
  const before = await until(() => {
    const found = findingsOf(uri, rule);
    return found.length > 0 ? found : undefined;
  }, 20_000);
  if (before === undefined) return 'the finding does not appear';
  let fix;
  for (const finding of before) {
    const actions = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      uri,
      finding.range,
      'quickfix',
      30,
    );
    fix = actions.find((action) => action.title === title);
    if (fix !== undefined) break;
  }
  if (fix?.edit === undefined) return 'the fix is not offered';
  if (!(await vscode.workspace.applyEdit(fix.edit))) return 'the editor refuses the edit';
  const gone = await until(() => (findingsOf(uri, rule).length < before.length ? true : undefined), 20_000);
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
