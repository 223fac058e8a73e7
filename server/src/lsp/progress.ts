import type { WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Text } from '../text.ts';
import type { Session } from './session.ts';

/** The reading of one folder as the editor shows it, with a way to stop it. */
export interface FolderProgress {
  report(read: number, found: number): void;
  isCancelled(): boolean;
  end(): void;
}

/** Begins at once; an editor that shows no progress, or is slow to say that it does, loses nothing. */
export function beginProgress({ connection, client }: Session, folder: string): FolderProgress {
  let reporter: WorkDoneProgressServerReporter | undefined;
  let ended = false;
  let last = -1;
  if (client.showsProgress)
    connection.window.createWorkDoneProgress().then(
      (created) => {
        if (ended) return;
        reporter = created;
        created.begin(TITLE[client.language], 0, folder, true);
      },
      () => {},
    );
  return {
    report(read, found) {
      const percent = found === 0 ? 100 : Math.floor((read / found) * 100);
      if (percent === last) return;
      last = percent;
      reporter?.report(percent, `${folder} · ${read}/${found}`);
    },
    isCancelled: () => reporter?.token.isCancellationRequested === true,
    end() {
      ended = true;
      reporter?.done();
    },
  };
}

const TITLE: Text = { en: 'Selvage reads the network', 'zh-cn': 'Selvage 正在读取网络' };
