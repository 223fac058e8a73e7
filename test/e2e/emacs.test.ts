import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pasted, tryOut } from './paste.ts';

const trial = tryOut('broken-fabric');
after(() => trial.end());

const init = trial.file('init.el', pasted('elisp', 'eglot-server-programs'));
/** Batch Emacs runs no hooks of the command loop, so Eglot is called by name instead of by `eglot-ensure`. */
const tell = trial.file(
  'tell.el',
  `(setq eglot-sync-connect 60)
   (call-interactively #'eglot)
   (let ((until (+ (float-time) 90)))
     (while (and (< (float-time) until) (null (flymake-diagnostics)))
       (accept-process-output nil 0.2)
       (flymake-start)))
   (dolist (one (flymake-diagnostics)) (princ (format "%s\\n" (flymake-diagnostic-text one))))
   (princ (format "%s\\n" major-mode))`,
);

function told(file: string): string {
  const { stdout, stderr } = trial.run('emacs', [
    ...['--batch', '--eval', '(package-initialize)', '-l', init],
    ...['--eval', `(progn (find-file ${JSON.stringify(file)}) (load ${JSON.stringify(tell)}))`],
  ]);
  return stdout + stderr;
}

test('Emacs with Eglot, set up as docs/editors.md says: findings in YAML and in a router’s configuration', () => {
  assert.match(told('calico/pools-bench.yaml'), /\[ipam\/block-size\]/);
  assert.match(told('frr/tor0/frr.conf'), /\[bgp\/undefined-policy\][\s\S]*frr-mode/);
});
